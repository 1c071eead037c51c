//! Compares what the documentation pages say with what the specs say.
//!
//! [`read`] takes a capture of a page in any format, [`Specs`] the spec files, and both give the same form.
//! [`check`] compares the structure of both, and the sentences of the page with those that were reviewed; [`accept`]
//! records a review; [`draft`] begins a spec from a page. The library reads no files and runs no programs.

mod accept;
mod capture;
mod check;
mod comparison;
mod draft;
mod facts;
mod finding;
mod identify;
mod new;
mod page;
mod problem;
mod sentences;
mod spec;
mod words;

pub use accept::{Accepted, Selection, accept};
pub use capture::{MOST_BYTES, read};
pub use check::check;
pub use comparison::Comparison;
pub use finding::{Finding, SpecPlace, Topic};
pub use identify::{is_slug, slug_of, spec_of};
pub use new::{Draft, draft, slug};
pub use page::{Capture, CaptureFormat};
pub use problem::Problem;
pub use sentences::{Memory, SentenceChange, SentenceEvent, Statement};
pub use spec::{Broken, Spec, Specs};

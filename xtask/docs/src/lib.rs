//! What the documentation pages say, against what the specs say.
//!
//! [`read`] takes a capture of a page in any of its shapes, [`specs`] the checked spec files, and both give the same
//! form: [`check`] sets one against the other, [`draft`] begins a spec from a page.
//!
//! The library reads no files and runs no programs. What the generated validators have to judge is handed out as
//! [`Case`]s, and their verdicts are taken back by [`refused`].

mod bodies;
mod capture;
mod compare;
mod finding;
mod identify;
mod new;
mod node;
mod page;
mod spec;

pub use bodies::{Case, cases, refused};
pub use capture::{Problem, read};
pub use compare::{Comparison, compare as check};
pub use finding::{Finding, Place, Topic};
pub use identify::{is_slug, slug_of, spec_of};
pub use new::{Draft, Target, draft, slug};
pub use page::{Page, Shape};
pub use spec::{Spec, specs};

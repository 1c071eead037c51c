//! What an edit of the spec files means for callers: for request bodies that were valid before, and for Rust code
//! that compiled before.
//!
//! [`State::read`] takes a state of the spec files, as the generator does; [`compare`] lists what differs between two.
//!
//! ```
//! use foxapi_codegen::Source;
//! use foxapi_diff::{Class, State, Step, compare};
//!
//! let spec = |options: &str| {
//!     let text = format!(r#"{{ "$defs": {{ "Mode": {{ "description": "Quality.", "enum": {options} }} }} }}"#);
//!     State::read(&[Source::new("spec/common.json", text)])
//! };
//! let comparison = compare(&spec(r#"["std", "pro"]"#)?, &spec(r#"["std"]"#)?);
//! assert_eq!(comparison.step, Step::Major);
//! assert_eq!(comparison.changes[0].code.class, Class::Breaking);
//! assert_eq!(comparison.changes[0].code.why, "`Mode::Pro` is gone");
//! # Ok::<(), foxapi_codegen::Diagnostics>(())
//! ```
//!
//! "Safe" is never a guess. For bodies it means that everything which is asked now is proven to follow from what was
//! asked before (`judge`); for code, that every public item of the generated source is still there, with its type
//! (`surface`). What is neither proven nor refuted by an example is risky.

mod change;
mod compare;
mod judge;
mod meaning;
mod pattern;
mod surface;
mod value;

pub use change::{Change, Class, Comparison, Kind, Step, Verdict};

use foxapi_codegen::model::Model;
use foxapi_codegen::{Diagnostics, Source};
use surface::Surface;

/// A state of the spec files that was read and found right.
#[derive(Debug)]
pub struct State {
    model: Model,
    surface: Surface,
}

impl State {
    /// Reads and checks spec files.
    ///
    /// # Errors
    ///
    /// Every problem that the specs have, if they have any.
    pub fn read(sources: &[Source]) -> Result<Self, Diagnostics> {
        let model = foxapi_codegen::check(sources)?;
        let surface = Surface::of(&foxapi_codegen::generate(sources)?.files);
        Ok(Self { model, surface })
    }

    /// Whether no file describes a documentation page: then there is nothing that bodies could be compared by.
    #[must_use]
    pub fn is_without_pages(&self) -> bool {
        self.model.requests().next().is_none()
    }
}

/// What differs between two states, and what it means for those who relied on the first.
#[must_use]
pub fn compare(from: &State, to: &State) -> Comparison {
    compare::compare(from, to)
}

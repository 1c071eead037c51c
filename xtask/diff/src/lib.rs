//! Decides what an edit of the spec files means for callers: for request bodies that were valid before, and for Rust
//! code that compiled before.
//!
//! [`State::read`] reads a state of the spec files, as the generator does; [`compare`] lists the differences of two.
//!
//! ```
//! use foxapi_codegen::Source;
//! use foxapi_diff::{Class, State, VersionStep, compare};
//!
//! let spec = |options: &str| {
//!     let text = format!(r#"{{ "$defs": {{ "Mode": {{ "description": "Quality.", "enum": {options} }} }} }}"#);
//!     State::read(&[Source::new("spec/common.json", text)])
//! };
//! let differences = compare(&spec(r#"["std", "pro"]"#)?, &spec(r#"["std"]"#)?);
//! assert_eq!(differences.step, VersionStep::Major);
//! assert_eq!(differences.changes[0].code.class, Class::Breaking);
//! assert_eq!(differences.changes[0].code.why, "`Mode::Pro` is gone");
//! # Ok::<(), foxapi_codegen::Diagnostics>(())
//! ```
//!
//! "Safe" is never a guess. For bodies it means that every requirement is proven to follow from the requirements
//! before (`judge`); for code, that every public item of the generated source still exists with its type
//! (`surface`). Whatever is neither proven nor refuted by an example is risky.

mod change;
mod compare;
mod judge;
mod meaning;
mod pattern;
mod surface;
mod value;

pub use change::{Change, Class, Differences, Kind, Verdict, VersionStep};

use foxapi_codegen::checked::SpecSet;
use foxapi_codegen::{Diagnostics, Source};
use surface::Surface;

/// A state of the spec files that has been read and checked.
#[derive(Debug)]
pub struct State {
    specs: SpecSet,
    surface: Surface,
}

impl State {
    /// Reads and checks spec files.
    ///
    /// # Errors
    ///
    /// Every problem that the specs have, if they have any.
    pub fn read(sources: &[Source]) -> Result<Self, Diagnostics> {
        let specs = foxapi_codegen::check(sources)?;
        let surface = Surface::of(&foxapi_codegen::generate(sources)?.files);
        Ok(Self { specs, surface })
    }

    /// Whether no file describes a documentation page, so that there are no bodies to compare.
    #[must_use]
    pub fn is_without_pages(&self) -> bool {
        self.specs.requests().next().is_none()
    }
}

/// The differences between two states, and what they mean for those who rely on the first.
#[must_use]
pub fn compare(from: &State, to: &State) -> Differences {
    compare::compare(from, to)
}

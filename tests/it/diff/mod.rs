//! Checks that diffs of the specs are right: with hand-written cases for each kind of change, and with generated pairs
//! of specs and judges that share no code with the diff: a JSON Schema validator for bodies, the compiler for code.

mod bodies;
mod cases;
mod code;
mod complete;
mod edit;
mod history;

use foxapi_codegen::Diagnostics;
use foxapi_diff::{Differences, State, compare};

use crate::oracle::specs::Specs;

fn state(specs: &Specs) -> Result<State, Diagnostics> {
    State::read(&specs.sources())
}

/// The comparison of two valid folders.
fn comparison(from: &Specs, to: &Specs) -> Differences {
    let read = |specs: &Specs| state(specs).unwrap_or_else(|problems| panic!("{problems}"));
    compare(&read(from), &read(to))
}

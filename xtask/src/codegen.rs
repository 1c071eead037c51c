//! `cargo xtask codegen`: reads the spec files, has them turned into Rust, brings the output folder up to date.

mod difference;
pub(crate) mod plan;
mod report;
mod todos;

use std::collections::BTreeMap;

use foxapi_codegen::{Source, generate};
use plan::Plan;

use crate::{
    cli::Codegen,
    error::Error,
    folder::Folder,
    specs::{sources, told},
    text::{complain, say},
};

pub(crate) fn run(arguments: &Codegen) -> Result<(), Error> {
    let spec = Folder::new(arguments.spec.as_deref(), "spec");
    let out = Folder::new(arguments.out.as_deref(), "foxapi-models/src/generated");
    if spec.is_same_as(&out) {
        return Err(Error::SameFolder { folder: spec.shown().to_owned() });
    }

    let sources = sources(&spec)?;
    let files = generated(&sources)?;
    let plan = Plan::new(&out, files)?;
    settle(&plan, &out, arguments.check, || arguments.mending_command())?;
    let todos = if arguments.check { todos::todos(&sources) } else { Vec::new() };
    todos.iter().for_each(complain);
    if todos.is_empty() { Ok(()) } else { Err(Error::Undecided { todos: todos.len() }) }
}

/// Brings a folder up to date, and says what was done; or, to check it, says what would be, and fails if anything is.
pub(crate) fn settle(
    plan: &Plan,
    out: &Folder,
    check: bool,
    mending_command: impl FnOnce() -> String,
) -> Result<(), Error> {
    if !check {
        plan.apply(out)?;
        return say(&report::done(plan, out));
    }
    say(&report::due(plan, out))?;
    match plan.steps().filter(|(_, step)| step.is_due()).count() {
        0 => Ok(()),
        files => Err(Error::OutOfDate { files, command: mending_command() }),
    }
}

/// The names and texts of the files that the spec files ask for.
fn generated(sources: &[Source]) -> Result<BTreeMap<String, String>, Error> {
    match generate(sources) {
        Ok(output) => {
            let files = output.files.into_iter();
            Ok(files.map(|file| (file.name, file.text)).collect())
        }
        Err(diagnostics) => Err(Error::WrongSpecs { problems: told(&diagnostics) }),
    }
}

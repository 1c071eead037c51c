//! `cargo xtask codegen`: reads the spec files, turns them into Rust, and updates the output folder.

mod difference;
mod features;
pub(crate) mod plan;
mod report;
mod todos;

use std::path::Path;

use foxapi_codegen::{Output, Source, generate};
use plan::Plan;

use crate::cli::Codegen;
use crate::error::Error;
use crate::folder::Folder;
use crate::output::{complain, say};
use crate::specs::{sources, told};

pub(crate) fn run(arguments: &Codegen) -> Result<(), Error> {
    let spec = Folder::new(arguments.spec.as_deref(), "spec");
    let out = Folder::new(arguments.out.as_deref(), "foxapi-models/src/generated");
    if spec.is_same_as(&out) {
        return Err(Error::SameFolder { folder: spec.shown().to_owned() });
    }

    let sources = sources(&spec)?;
    let output = generated(&sources)?;
    let files = output.files.into_iter().map(|file| (file.name, file.text)).collect();
    let mut plans = vec![(Plan::new(&out, files)?, &out)];
    let manifest = manifest(arguments, &output.families)?;
    if let Some((plan, folder)) = &manifest {
        plans.push((plan.clone(), folder));
    }
    settle(&plans, arguments.check, || arguments.mending_command())?;
    let todos = if arguments.check { todos::todos(&sources) } else { Vec::new() };
    todos.iter().for_each(complain);
    if todos.is_empty() { Ok(()) } else { Err(Error::Undecided { todos: todos.len() }) }
}

/// Plans the update of the crate's manifest, which has a feature for each family.
///
/// Code that is written elsewhere for inspection does not belong to a crate.
fn manifest(arguments: &Codegen, families: &[String]) -> Result<Option<(Plan, Folder)>, Error> {
    const NAME: &str = "Cargo.toml";
    let above = arguments.out.as_ref().map(|out| out.parent().and_then(Path::parent));
    if above == Some(None) {
        return Ok(None);
    }
    let folder = Folder::new(above.flatten(), "foxapi-models");
    if !folder.contains(NAME) {
        return Ok(None);
    }
    let present = folder.read(NAME)?;
    match features::with_families(&String::from_utf8_lossy(&present), families) {
        Some(wanted) => {
            let name = NAME.to_owned();
            let plan = Plan::compare_with([(name.clone(), wanted)].into(), [(name, present)].into(), |_, _| None);
            Ok(Some((plan, folder)))
        }
        None if arguments.out.is_some() => Ok(None),
        None => Err(Error::NoPlaceForFamilies { file: folder.shown_file(NAME) }),
    }
}

/// Applies plans and reports what was done. With `check`, only reports what is to be done, and fails if anything is.
pub(crate) fn settle(
    plans: &[(Plan, &Folder)],
    check: bool,
    mending_command: impl FnOnce() -> String,
) -> Result<(), Error> {
    if !check {
        for (plan, out) in plans {
            plan.apply(out)?;
        }
        return say(&report::done(plans));
    }
    say(&report::due(plans))?;
    match plans.iter().flat_map(|(plan, _)| plan.steps()).filter(|(_, step)| step.is_due()).count() {
        0 => Ok(()),
        files => Err(Error::OutOfDate { files, command: mending_command() }),
    }
}

/// Generates the output of the spec files.
fn generated(sources: &[Source]) -> Result<Output, Error> {
    generate(sources).map_err(|diagnostics| Error::WrongSpecs { problems: told(&diagnostics) })
}

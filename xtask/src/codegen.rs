//! `cargo xtask codegen`: reads the spec files, turns them into Rust, and updates the output folder.

mod difference;
mod features;
pub(crate) mod plan;
mod report;
mod todos;

use std::path::Path;

use foxapi_codegen::generate;
use plan::Plan;

use crate::cli::Codegen;
use crate::error::Error;
use crate::folder::Folder;
use crate::output::{complain, say};
use crate::specs::{sources, wrong_specs};
use crate::text::counted;

pub(crate) fn run(arguments: &Codegen) -> Result<(), Error> {
    let spec = Folder::new(arguments.spec.as_deref(), "spec");
    let out = Folder::new(arguments.out.as_deref(), "foxapi-models/src/generated");
    spec.must_differ_from(&out)?;
    let sources = sources(&spec)?;
    let output = generate(&sources).map_err(|diagnostics| wrong_specs(&diagnostics))?;
    let files = output.files.into_iter().map(|file| (file.name, file.text)).collect();
    let mut plans = vec![(Plan::new(&out, files)?, &out)];
    let manifest = manifest(arguments, &output.families)?;
    if let Some((plan, folder)) = &manifest {
        plans.push((plan.clone(), folder));
    }
    apply_or_check(&plans, arguments.check, || arguments.fix_command())?;
    let todos = if arguments.check { todos::todos(&sources) } else { Vec::new() };
    todos.iter().for_each(complain);
    if todos.is_empty() {
        return Ok(());
    }
    let left = format!("{} left in the spec files", counted(todos.len(), "TODO"));
    Err(Error::new(left).help("decide, put the decision into the spec, and delete the comment"))
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
        None => {
            let file = folder.shown_file(NAME);
            Err(Error::new(format!("`{}` has no place for the features of families", file.display())).help(
                "put the line \"# Written by `cargo xtask codegen`.\" below [features], with an empty line after it",
            ))
        }
    }
}

/// Applies plans and reports what was done. With `check`, only reports what is to be done, and fails if anything is.
pub(crate) fn apply_or_check(
    plans: &[(Plan, &Folder)],
    check: bool,
    fix_command: impl FnOnce() -> String,
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
        files => {
            let verb = if files == 1 { "is" } else { "are" };
            let message = format!("{} {verb} out of date", counted(files, "generated file"));
            Err(Error::new(message).help(format!("run `{}`", fix_command())))
        }
    }
}

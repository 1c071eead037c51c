//! `cargo xtask docs`: the commands around `foxapi_docs`, which reads pages and compares them with the specs.

mod accept;
mod captures;
mod check;
mod fetch;
mod new;
mod report;
mod specs;

use crate::cli::{Docs, DocsCommand};
use crate::error::Error;
use specs::SpecFolder;

pub(crate) fn run(arguments: &Docs) -> Result<(), Error> {
    let specs = SpecFolder::read(arguments.spec.as_deref())?;
    match &arguments.command {
        DocsCommand::Accept(arguments) => accept::run(arguments, &specs),
        DocsCommand::Check(arguments) => check::run(arguments, &specs),
        DocsCommand::New(arguments) => new::run(arguments, &specs),
        DocsCommand::Fetch(arguments) => fetch::run(arguments, &specs),
    }
}

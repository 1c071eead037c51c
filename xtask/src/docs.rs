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

pub(crate) fn run(arguments: &Docs) -> Result<(), Error> {
    match &arguments.command {
        DocsCommand::Accept(arguments) => accept::run(arguments),
        DocsCommand::Check(arguments) => check::run(arguments),
        DocsCommand::New(arguments) => new::run(arguments),
        DocsCommand::Fetch(arguments) => fetch::run(arguments),
    }
}

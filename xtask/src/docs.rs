//! `cargo xtask docs`: what the documentation pages say, against what the specs say.
//!
//! A capture of a page is read into a `page` whatever its shape (`capture`), the spec of that page is read into the
//! same (`spec`), and `compare` sets one against the other.

mod bodies;
mod capture;
mod check;
mod compare;
mod fetch;
mod finding;
mod new;
mod node;
mod page;
mod report;
mod spec;

use crate::{
    cli::{Docs, DocsCommand},
    error::Error,
};

pub(crate) fn run(arguments: &Docs) -> Result<(), Error> {
    match &arguments.command {
        DocsCommand::Check(arguments) => check::run(arguments),
        DocsCommand::New(arguments) => new::run(arguments),
        DocsCommand::Fetch(arguments) => fetch::run(arguments),
    }
}

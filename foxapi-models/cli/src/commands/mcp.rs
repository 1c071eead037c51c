//! `foxapi mcp`: the models as tools for agents, over standard input and output.

mod answer;
mod files;
mod folder;
mod instructions;
mod models;
mod server;
mod tasks;

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use rmcp::ServiceExt;
use rmcp::transport::stdio;

use crate::failure::Failure;
use crate::output::Output;
use crate::{journal, session};

use folder::Folder;
use server::Server;

pub(super) fn command(command: Command) -> Command {
    command.arg(
        Arg::new("folder")
            .long("folder")
            .value_name("DIR")
            .default_value(".")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .help("The folder that downloads go to and uploads come from; no other file is touched"),
    )
}

pub(super) fn run(matches: &ArgMatches, _: Output) -> Result<(), Failure> {
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_default();
    let folder = Folder::new(&folder)
        .map_err(|error| Failure::usage(format!("--folder: {} cannot be used: {error}", folder.display())))?;
    // Looking at models and checking requests needs no key.
    let client = session::client().map_err(|failure| failure.in_one_line());
    let path = journal::path()?;
    session::run(async {
        let journal = journal::open(&path).await.map_err(|failure| failure.in_one_line());
        let server = Server::new(client, journal, folder);
        let failed = |error: &dyn std::fmt::Display| Failure::failed(format!("the connection failed: {error}"));
        let service = server.serve(stdio()).await.map_err(|error| failed(&error))?;
        service.waiting().await.map_err(|error| failed(&error))?;
        Ok(())
    })
}

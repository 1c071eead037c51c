//! The commands, a file each: what they take and what they do.

mod auth;
mod batch;
mod completions;
mod credits;
mod describe;
mod download;
mod make;
mod man;
#[cfg(feature = "mcp")]
mod mcp;
mod models;
mod schema;
mod tasks;
mod tools;
mod upload;
mod validate;
mod wait;

use clap::{ArgMatches, Command};

use crate::failure::Failure;
use crate::output::Output;

/// A command: its definition, for the words among the arguments, and its work.
pub(crate) struct Entry {
    pub(crate) command: fn(&[&str]) -> Command,
    run: fn(&ArgMatches, Output) -> Result<(), Failure>,
}

/// All commands, in the order of the help.
pub(crate) const COMMANDS: &[Entry] = &[
    Entry { command: |_| models::command(), run: models::run },
    Entry { command: |_| describe::command(), run: describe::run },
    Entry { command: make::command, run: make::run },
    Entry { command: |_| batch::command(), run: batch::run },
    Entry { command: |_| wait::command(), run: wait::run },
    Entry { command: |_| tasks::command(), run: tasks::run },
    Entry { command: |_| download::command(), run: download::run },
    Entry { command: |_| upload::command(), run: upload::run },
    Entry { command: |_| credits::command(), run: credits::run },
    Entry { command: |_| validate::command(), run: validate::run },
    Entry { command: |_| schema::command(), run: schema::run },
    Entry { command: |_| tools::command(), run: tools::run },
    #[cfg(feature = "mcp")]
    Entry { command: |_| mcp::command(), run: mcp::run },
    Entry { command: |_| auth::command(), run: auth::run },
    Entry { command: |_| completions::command(), run: completions::run },
    Entry { command: |_| man::command(), run: man::run },
];

/// Does what the arguments ask for.
pub(crate) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::usage("which command?"));
    };
    let entry = COMMANDS.iter().find(|entry| (entry.command)(&[]).get_name() == name);
    entry.map_or_else(
        || Err(Failure::usage(format!("there is no command `{name}`"))),
        |entry| (entry.run)(matches, output),
    )
}

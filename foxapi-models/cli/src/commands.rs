//! The commands, with one file each for arguments and implementation.

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

/// A command.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    about: &'static str,
    /// Adds the arguments of the command, given the words on the command line.
    command: fn(Command, &[&str]) -> Command,
    run: fn(&ArgMatches, Output) -> Result<(), Failure>,
}

/// All commands, in the order of the help.
pub(crate) const COMMANDS: &[Entry] = &[
    Entry {
        name: "models",
        about: "List the models, or those that take what you are looking for",
        command: |command, _| models::command(command),
        run: models::run,
    },
    Entry {
        name: "describe",
        about: "Show what a model takes: parameters, limits, options and rules",
        command: |command, _| describe::command(command),
        run: describe::run,
    },
    Entry {
        name: "make",
        about: "Make something with a model: its parameters are the flags",
        command: make::command,
        run: make::run,
    },
    Entry {
        name: "batch",
        about: "Make a result for every row of a file, and resume where an earlier run stopped",
        command: |command, _| batch::command(command),
        run: batch::run,
    },
    Entry {
        name: "wait",
        about: "Wait for a task and download its results",
        command: |command, _| wait::command(command),
        run: wait::run,
    },
    Entry {
        name: "tasks",
        about: "List what was submitted from here, with the state in the journal",
        command: |command, _| tasks::command(command),
        run: tasks::run,
    },
    Entry {
        name: "download",
        about: "Download the results of a completed task, which are kept for 24 hours",
        command: |command, _| download::command(command),
        run: download::run,
    },
    Entry {
        name: "upload",
        about: "Upload files; addresses are valid for 72 hours, and the same content is uploaded once in that time",
        command: |command, _| upload::command(command),
        run: upload::run,
    },
    Entry {
        name: "credits",
        about: "Show the credits of the account",
        command: |command, _| credits::command(command),
        run: credits::run,
    },
    Entry {
        name: "validate",
        about: "Check request bodies; exits with 1 if one is invalid",
        command: |command, _| validate::command(command),
        run: validate::run,
    },
    Entry {
        name: "schema",
        about: "Print the JSON Schema of a model's requests",
        command: |command, _| schema::command(command),
        run: schema::run,
    },
    Entry {
        name: "tools",
        about: "Print models as tool definitions for a provider of language models",
        command: |command, _| tools::command(command),
        run: tools::run,
    },
    #[cfg(feature = "mcp")]
    Entry {
        name: "mcp",
        about: "Serve the models as tools for agents: the Model Context Protocol over standard input and output",
        command: |command, _| mcp::command(command),
        run: mcp::run,
    },
    Entry {
        name: "auth",
        about: "Store the API key, or show where it comes from",
        command: |command, _| auth::command(command),
        run: auth::run,
    },
    Entry {
        name: "completions",
        about: "Print completions for a shell",
        command: |command, _| completions::command(command),
        run: completions::run,
    },
    Entry {
        name: "man",
        about: "Print the manual page, or that of a command",
        command: |command, _| man::command(command),
        run: man::run,
    },
];

impl Entry {
    /// The definition: complete if the command is among the words, otherwise only what a list of commands shows.
    pub(crate) fn definition(&self, words: &[&str]) -> Command {
        let command = Command::new(self.name).about(self.about);
        if words.contains(&self.name) { (self.command)(command, words) } else { command }
    }
}

/// Runs the command that the arguments name.
pub(crate) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::usage("which command?"));
    };
    match COMMANDS.iter().find(|entry| entry.name == name) {
        Some(entry) => (entry.run)(matches, output),
        None => Err(Failure::usage(format!("there is no command `{name}`"))),
    }
}

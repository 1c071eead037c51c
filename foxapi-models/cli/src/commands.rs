//! The commands, with one file each for arguments and implementation, and the program that they make up: its parser,
//! help, completions and manual.

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

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::failure::Failure;
use crate::output::Output;

const ENDS: &str = "\
Exit codes: 0 success; 1 failure; 2 invalid arguments or settings, and nothing was sent; 130 interrupted.

Environment: FOXAPI_API_KEY is the key, which no flag takes; FOXAPI_BASE_URL another URL for the API; \
FOXAPI_JOURNAL another file for the journal; NO_COLOR turns colours off.";

/// A command.
struct CommandRow {
    name: &'static str,
    about: &'static str,
    /// Adds the arguments of the command, given the words on the command line.
    command: fn(Command, &[&str]) -> Command,
    run: fn(&ArgMatches, Output) -> Result<(), Failure>,
}

/// All commands, in the order of the help.
const COMMANDS: &[CommandRow] = &[
    CommandRow {
        name: "models",
        about: "List the models, or those that take what you are looking for",
        command: |command, _| models::command(command),
        run: models::run,
    },
    CommandRow {
        name: "describe",
        about: "Show what a model takes: parameters, limits, options and rules",
        command: |command, _| describe::command(command),
        run: describe::run,
    },
    CommandRow {
        name: "make",
        about: "Make something with a model: its parameters are the flags",
        command: make::command,
        run: make::run,
    },
    CommandRow {
        name: "batch",
        about: "Make a result for every row of a file, and resume where an earlier run stopped",
        command: |command, _| batch::command(command),
        run: batch::run,
    },
    CommandRow {
        name: "wait",
        about: "Wait for a task and download its results",
        command: |command, _| wait::command(command),
        run: wait::run,
    },
    CommandRow {
        name: "tasks",
        about: "List what was submitted from here, with the state in the journal",
        command: |command, _| tasks::command(command),
        run: tasks::run,
    },
    CommandRow {
        name: "download",
        about: "Download the results of a completed task, which are kept for 24 hours",
        command: |command, _| download::command(command),
        run: download::run,
    },
    CommandRow {
        name: "upload",
        about: "Upload files; their URLs are valid for 72 hours, and the same content is uploaded once in that time",
        command: |command, _| upload::command(command),
        run: upload::run,
    },
    CommandRow {
        name: "credits",
        about: "Show the credits of the account",
        command: |command, _| credits::command(command),
        run: credits::run,
    },
    CommandRow {
        name: "validate",
        about: "Check request bodies; exits with 1 if one is invalid",
        command: |command, _| validate::command(command),
        run: validate::run,
    },
    CommandRow {
        name: "schema",
        about: "Print the JSON Schema of a model's requests",
        command: |command, _| schema::command(command),
        run: schema::run,
    },
    CommandRow {
        name: "tools",
        about: "Print models as tool definitions for a provider of language models",
        command: |command, _| tools::command(command),
        run: tools::run,
    },
    #[cfg(feature = "mcp")]
    CommandRow {
        name: "mcp",
        about: "Serve the models as tools for agents: the Model Context Protocol over standard input and output",
        command: |command, _| mcp::command(command),
        run: mcp::run,
    },
    CommandRow {
        name: "auth",
        about: "Store the API key, or show where it comes from",
        command: |command, _| auth::command(command),
        run: auth::run,
    },
    CommandRow {
        name: "completions",
        about: "Print completions for a shell",
        command: |command, _| completions::command(command),
        run: completions::run,
    },
    CommandRow {
        name: "man",
        about: "Print the manual page, or that of a command",
        command: |command, _| man::command(command),
        run: |matches, output| man::run(whole(), matches, output),
    },
];

impl CommandRow {
    /// The definition: complete if the command is among the words, otherwise only what a list of commands shows.
    fn definition(&self, words: &[&str]) -> Command {
        let command = Command::new(self.name).about(self.about);
        if words.contains(&self.name) { (self.command)(command, words) } else { command }
    }
}

/// All commands. The arguments of a command or model are only included if it is named, and no command is if only the
/// version is asked for, so that starting stays fast.
pub(crate) fn program(arguments: &[OsString]) -> Command {
    let named: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let commands = if matches!(named[..], [_, "--version" | "-V"]) { &[] } else { COMMANDS };
    Command::new("foxapi")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Makes videos, images and audio with the models behind FoxAPI")
        .after_help(ENDS)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .max_term_width(100)
        .arg(
            Arg::new("color")
                .long("color")
                .value_name("WHEN")
                .value_parser(["auto", "always", "never"])
                .default_value("auto")
                .hide_default_value(true)
                .hide_possible_values(true)
                .global(true)
                .help("Colours: auto, always or never"),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .action(ArgAction::SetTrue)
                .global(true)
                .help("Print only results and errors"),
        )
        .subcommands(commands.iter().map(|row| row.definition(&named)))
}

/// All commands with all their arguments, except the flags of models.
fn whole() -> Command {
    program(&COMMANDS.iter().map(|row| row.name.into()).collect::<Vec<OsString>>())
}

/// Runs the command that the arguments name.
pub(crate) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::usage("which command?"));
    };
    match COMMANDS.iter().find(|row| row.name == name) {
        Some(row) => (row.run)(matches, output),
        None => Err(Failure::usage(format!("there is no command `{name}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{program, whole};

    #[test]
    fn the_definition_holds_together_for_every_model() {
        whole().debug_assert();
        for id in crate::catalogue::ids() {
            program(&["foxapi".into(), "make".into(), id.into()]).debug_assert();
        }
    }
}

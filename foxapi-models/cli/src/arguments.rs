//! Defines all commands, for the parser, the help, completions and the man page.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::commands::COMMANDS;

const ENDS: &str = "\
Exit codes: 0 it worked; 1 it did not; 2 what was asked for is wrong, and nothing was sent; 130 interrupted.

Environment: FOXAPI_API_KEY is the key, which no flag takes; FOXAPI_BASE_URL another address of the API; NO_COLOR turns \
colours off.";

/// All commands. The arguments of a command or model are only included if it is named, so that starting stays fast.
pub(crate) fn command(arguments: &[OsString]) -> Command {
    let named: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
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
        .subcommands(COMMANDS.iter().map(|entry| entry.definition(&named)))
}

/// All commands with all their arguments, except the flags of models.
pub(crate) fn whole() -> Command {
    command(&COMMANDS.iter().map(|entry| entry.name.into()).collect::<Vec<OsString>>())
}

/// The argument that names a model.
pub(crate) fn model() -> Arg {
    Arg::new("model")
        .value_name("MODEL")
        .required(true)
        .help("Id of a model; `foxapi models` lists them")
        .add(clap_complete::ArgValueCandidates::new(crate::catalogue::candidates))
}

/// `--json`.
pub(crate) fn json(help: &'static str) -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help(help)
}

#[cfg(test)]
mod tests {
    use super::{command, whole};

    #[test]
    fn the_definition_holds_together_for_every_model() {
        whole().debug_assert();
        for id in crate::catalogue::ids() {
            command(&["foxapi".into(), "make".into(), id.into()]).debug_assert();
        }
    }
}

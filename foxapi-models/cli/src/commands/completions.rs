//! `foxapi completions SHELL`: the script that lets a shell complete models, flags and options.

use std::io::Write;

use clap::{Arg, ArgMatches, Command};
use clap_complete::env::Shells;

use crate::failure::Failure;
use crate::output::Output;

pub(super) fn command(command: Command) -> Command {
    let shells: Vec<&str> = Shells::builtins().names().collect();
    command
        .after_help("For bash, add to ~/.bashrc:  source <(foxapi completions bash)")
        .arg(Arg::new("shell").value_name("SHELL").required(true).value_parser(shells).help("Which shell"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let name = matches.get_one::<String>("shell").map(String::as_str).unwrap_or_default();
    let shells = Shells::builtins();
    let shell = shells.completer(name).ok_or_else(|| Failure::usage(format!("there is no shell {name:?}")))?;
    let mut data = output.data();
    shell.write_registration("COMPLETE", "foxapi", "foxapi", "foxapi", &mut data)?;
    Ok(data.flush()?)
}

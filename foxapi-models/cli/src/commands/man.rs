//! `foxapi man [COMMAND]`: the manual, made from the same definition as the help.

use std::io::Write;

use clap::{Arg, ArgMatches, Command};
use clap_mangen::Man;

use crate::failure::Failure;
use crate::output::Output;

pub(super) fn command(command: Command) -> Command {
    command
        .after_help("To read it: foxapi man | man -l -")
        .arg(Arg::new("command").value_name("COMMAND").help("A command of foxapi"))
}

pub(super) fn run(mut program: Command, matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    program.build();
    let name = matches.get_one::<String>("command");
    let command = match name {
        Some(name) => {
            program.find_subcommand(name).ok_or_else(|| Failure::usage(format!("there is no command `{name}`")))?
        }
        None => &program,
    };
    let page = name.map_or_else(|| "foxapi".to_owned(), |name| format!("foxapi-{name}"));
    let mut data = output.data();
    Man::new(command.clone()).title(page).render(&mut data)?;
    Ok(data.flush()?)
}

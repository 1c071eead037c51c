//! The program `foxapi`: a command line for the catalogue and the client of `foxapi-models`.
//!
//! [`commands`] defines the program, with a file for each command. All output of a command goes through
//! [`output`]; an error is a [`Failure`](failure::Failure), which also determines the exit code.

mod arguments;
mod body;
mod catalogue;
mod commands;
mod credentials;
mod destination;
mod example;
mod failure;
mod filter;
mod finish;
mod flags;
mod journal;
mod output;
mod progress;
mod request;
mod session;
mod submission;
mod table;
mod usage;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap_complete::CompleteEnv;

use output::Output;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // If a shell asks for completions, they are printed here and the program ends.
    CompleteEnv::with_factory(|| commands::program(&arguments)).complete();

    let colour = usage::colour(&arguments);
    colour.write_global();
    let matches = match commands::program(&arguments).color(usage::for_clap(colour)).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(error),
    };
    let output = Output::new(matches.get_flag("quiet"));
    match commands::run(&matches, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => output.failed(&failure),
    }
}

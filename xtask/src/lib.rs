//! The commands of this workspace: `cargo xtask <command>`.

mod bench;
mod ci;
mod cli;
mod codegen;
mod diff;
mod docs;
mod error;
mod export;
mod folder;
mod fuzz;
mod output;
mod specs;
mod text;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Ci, Cli, Command};

/// Runs the command given by the arguments of this process.
pub fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Ci(Ci) => ci::run(),
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

//! The commands of this workspace: `cargo xtask <command>`.

mod cli;
mod codegen;
mod docs;
mod error;
mod folder;
mod specs;
mod text;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            text::complain(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

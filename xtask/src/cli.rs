//! The command line of `cargo xtask`: its arguments and help texts.

mod bench;
mod ci;
mod codegen;
mod diff;
mod docs;
mod export;
mod fuzz;

use clap::{Parser, Subcommand};

pub(crate) use bench::{Bench, Benchmark};
pub(crate) use ci::Ci;
pub(crate) use codegen::Codegen;
pub(crate) use diff::Diff;
pub(crate) use docs::{Accept, Check, Docs, DocsCommand, Fetch, New};
pub(crate) use export::{Export, What};
pub(crate) use fuzz::Fuzz;

/// The commands of this workspace.
#[derive(Debug, Parser)]
#[command(
    verbatim_doc_comment,
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = EXIT_CODES
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One variant per command: its arguments are in the submodule of that name, its implementation is in the module of
/// that name at the root of the crate.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Bench(Bench),
    Ci(Ci),
    Codegen(Codegen),
    Diff(Diff),
    Docs(Docs),
    Export(Export),
    Fuzz(Fuzz),
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed: the reason is on standard error
  2  the command line was not understood";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}

//! The arguments of `cargo xtask fuzz`.

use clap::{Args, value_parser};

/// Try random request bodies and broken spec files for a while.
///
/// The tests do the same with fixed seeds: bodies for every model are judged by our validators
/// and by an independent one, and the generator gets spec files that are wrong in every way.
/// This runs them in rounds, each with the next seed, until the time is up or something is
/// found. Debug builds are used on purpose: they detect overflows.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub(crate) struct Fuzz {
    /// How long to run; the last round is completed
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    pub(crate) seconds: u64,

    /// Seed of the first round [default: the time]
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask fuzz --seconds 600                 ten minutes
  cargo xtask fuzz --seconds 60 --seed 7         the same bodies each time

Exit codes:
  0  nothing was found
  1  something was found: what, and the command that shows it again, is printed
  2  the command line was not understood";

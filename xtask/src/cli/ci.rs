//! The arguments of `cargo xtask ci`: none.

use clap::Args;

/// Run everything that must hold before a change is merged.
///
/// The steps are those of `.ci/run`, which continuous integration runs: format, lints,
/// documentation, generated files, all tests, packages. The first failure ends the run. The
/// last step needs a clean checkout, so commit first.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = super::EXIT_CODES)]
pub(crate) struct Ci;

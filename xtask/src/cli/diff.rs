//! The arguments of `cargo xtask diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use foxapi_diff::Class;

/// Show what a change to the spec files means for callers.
///
/// Compares two states of the spec files by what they mean: models, parameters, types, options, limits,
/// defaults and rules. Each change is classified twice, with the reason:
///
///   bodies  request bodies that were valid before
///   code    Rust code that compiled before
///
///   safe      proven: what was right still is
///   risky     a person must look: it depends, or neither a proof nor an example was found
///   breaking  something that was right is now wrong, usually with an example
///
/// A state with problems is an error, never "no changes". The frame of the OpenAPI document is not a
/// spec file and is not compared.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub(crate) struct Diff {
    /// State before: a git revision, or a folder with spec files [default: HEAD]
    #[arg(long, value_name = "REV|DIR")]
    pub(crate) from: Option<String>,

    /// State after: a git revision, or a folder with spec files [default: the working tree]
    #[arg(long, value_name = "REV|DIR")]
    pub(crate) to: Option<String>,

    /// The spec folder, in the working tree and in revisions [default: the workspace's spec]
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// Print a Markdown table, for a pull request or CHANGELOG.md
    #[arg(long, conflicts_with = "json")]
    pub(crate) markdown: bool,

    /// Print JSON, with a whole request body as an example of each break
    #[arg(long)]
    pub(crate) json: bool,

    /// Fail if there is a change of this class or a worse one
    #[arg(long, value_name = "CLASS")]
    pub(crate) fail_on: Option<Threshold>,
}

/// A class of changes that makes the command fail.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Threshold {
    Risky,
    Breaking,
}

impl From<Threshold> for Class {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Risky => Self::Risky,
            Threshold::Breaking => Self::Breaking,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask diff                                  the edits since the last commit
  cargo xtask diff --from main --markdown           a branch, as a table for its pull request
  cargo xtask diff --from v0.1.0 --fail-on breaking in CI: is the next version still compatible?
  cargo xtask diff --from ../old/spec --to spec     two folders; git is not needed

Exit codes:
  0  compared; with --fail-on: no change of that class
  1  a state cannot be read or has problems; with --fail-on: there is such a change
  2  the command line was not understood";

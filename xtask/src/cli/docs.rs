//! The arguments of `cargo xtask docs`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Compare the documentation pages with the specs, fetch them, or begin a spec from one.
#[derive(Debug, Args)]
pub(crate) struct Docs {
    #[command(subcommand)]
    pub(crate) command: DocsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DocsCommand {
    Check(Check),
    Fetch(Fetch),
    New(New),
}

/// Compare captures of documentation pages with their specs.
///
/// A capture is the text that a browser copies from a page, the page's Markdown form (its
/// address with .md), or an OpenAPI 3 document in JSON or YAML; English or Chinese. The shape
/// is recognised by the content, and the page by its model ids or by the name of the file.
///
/// Facts are compared, words are not: models, endpoint, parameters and their order, types,
/// null, required, defaults, options, limits, other keywords, rules, examples. The requests
/// and examples of a page are judged by the generated validators. What could not be compared
/// is listed as not checked, and is no finding.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// Captures, or folders of captures
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,

    /// Print findings as JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// Which page the captures show, where it cannot be told from them
    #[arg(long, value_name = "SLUG")]
    pub(crate) page: Option<String>,

    /// Folder of the spec files [default: the workspace's spec]
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

/// Download the documentation pages of the specs, for `docs check`.
///
/// Asks for one page after the other, first for its Markdown form. A page that has not
/// changed since the last time is not sent again.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = FETCH_EXAMPLES)]
pub(crate) struct Fetch {
    /// Names of pages [default: all that have a spec]
    #[arg(value_name = "SLUG")]
    pub(crate) slugs: Vec<String>,

    /// Folder for the pages [default: the workspace's .docs]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Ask this server in place of the ones that the specs name
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,

    /// Folder of the spec files [default: the workspace's spec]
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

/// Begin a spec from a capture of a documentation page.
///
/// Fills in every fact that the page states. Notes that may hide a rule become TODO comments
/// at their parameter. A spec that is there already is never overwritten.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = NEW_EXAMPLES)]
pub(crate) struct New {
    /// The capture
    #[arg(value_name = "CAPTURE")]
    pub(crate) capture: PathBuf,

    /// Name of the page, the last part of its address [default: the name of the capture]
    #[arg(long, value_name = "SLUG")]
    pub(crate) slug: Option<String>,

    /// Family of the models, a folder below that of their group [default: by the name of the page]
    #[arg(long, value_name = "NAME")]
    pub(crate) family: Option<String>,

    /// Address of the page
    #[arg(long, value_name = "URL")]
    pub(crate) docs: Option<String>,

    /// Folder of the spec files [default: the workspace's spec]
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  cargo xtask docs check page.txt              one capture
  cargo xtask docs check .docs                 every page that `docs fetch` stored
  cargo xtask docs check --json page.txt       findings for programs
  cargo xtask docs check --page sora-2 x.txt   the page of this capture is sora-2

Exit codes:
  0  every page says what its spec says
  1  there are findings, or a page cannot be read
  2  the command line was not understood";

const FETCH_EXAMPLES: &str = "\
Examples:
  cargo xtask docs fetch                          every page that has a spec
  cargo xtask docs fetch kling-v3-text-to-video   one of them

Exit codes:
  0  every page is there, new or as it was
  1  a page could not be fetched; the others are there
  2  the command line was not understood";

const NEW_EXAMPLES: &str = "\
Examples:
  cargo xtask docs new sora-2.txt                 writes spec/video/sora/sora-2.json
  cargo xtask docs new page.md --slug sora-2      where the file has another name

Exit codes:
  0  the spec is written; what is left to decide is listed
  1  the capture cannot be read, or the spec is there already
  2  the command line was not understood";

//! The arguments of `cargo xtask docs`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Compare the documentation pages with the specs, fetch them, or draft a spec from one.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Docs {
    #[command(subcommand)]
    pub(crate) command: DocsCommand,

    /// Folder of the spec files [default: the workspace's spec]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DocsCommand {
    Accept(Accept),
    Check(Check),
    Fetch(Fetch),
    New(New),
}

/// Compare captures of documentation pages with their specs.
///
/// A capture is the text that a browser copies from a page, the page's Markdown form (its
/// address with .md), or an OpenAPI 3 document in JSON or YAML; English or Chinese. The format
/// is recognised by the content, and the page by its model IDs or by the name of the file.
///
/// What a page gives as fields and lists is compared with its spec: models, endpoint, parameters
/// and their order, types, null, required, defaults, options, limits, other keywords, examples.
/// What it says in words is compared with the sentences that were reviewed before, which
/// `docs accept` records in spec/reviewed. The requests and examples of a page are judged by
/// the spec.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// Captures, or folders of captures
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,

    /// List every sentence of the pages, including pages that were never reviewed
    #[arg(long)]
    pub(crate) all: bool,

    /// Print findings as JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// Which page the captures show, if they do not say so
    #[arg(long, value_name = "SLUG")]
    pub(crate) page: Option<String>,
}

/// Record that the sentences of a page were reviewed.
///
/// Stores a hash of each sentence and what became of it in spec/reviewed, and prints what it
/// recorded; it asks nothing. It refuses while the structure differs in what is accepted.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = ACCEPT_EXAMPLES)]
pub(crate) struct Accept {
    /// A capture, or the name of a page that `docs fetch` stored
    #[arg(value_name = "PAGE")]
    pub(crate) page: PathBuf,

    /// One parameter: its name or pointer, or `request` [default: the whole page]
    #[arg(value_name = "PARAMETER")]
    pub(crate) parameter: Option<String>,

    /// What the sentences that are new became, or the one on LINE: a keyword of the parameter,
    /// a rule such as allOf/0, description, or none; several with commas
    #[arg(long = "as", value_name = "OUTCOME")]
    pub(crate) outcome: Option<String>,

    /// Only the sentence on this line of the capture
    #[arg(long, value_name = "LINE")]
    pub(crate) line: Option<usize>,

    /// Which page the capture shows, if it does not say so
    #[arg(long = "page", value_name = "SLUG")]
    pub(crate) slug: Option<String>,
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

    /// Ask this server instead of those that the specs name
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,
}

/// Draft a spec from a capture of a documentation page.
///
/// Fills in what the page gives as fields and lists. Each sentence becomes a TODO at its
/// parameter, and `codegen --check` refuses a spec with a TODO. An existing spec is
/// never overwritten.
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
}

const CHECK_EXAMPLES: &str = "\
Examples:
  cargo xtask docs check page.txt              one capture
  cargo xtask docs check .docs                 every page that `docs fetch` stored
  cargo xtask docs check --json page.txt       findings for programs
  cargo xtask docs check --page sora-2 x.txt   the page of this capture is sora-2

Exit codes:
  0  every page says what its spec says, in words that were reviewed
  1  something is listed, or a page cannot be read
  2  the command line was not understood";

const ACCEPT_EXAMPLES: &str = "\
Examples:
  cargo xtask docs accept kling-v3-text-to-video            every sentence of the page
  cargo xtask docs accept page.txt prompt                   those of one parameter
  cargo xtask docs accept page.txt voice_ids --as allOf/0   they became the first rule
  cargo xtask docs accept page.txt prompt --line 83 --as maxLength

Exit codes:
  0  recorded
  1  nothing was recorded: the structure differs, or there is no such sentence
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

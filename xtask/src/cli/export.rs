//! The arguments of `cargo xtask export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::codegen::folders;

/// Export the specs for people and programs that do not use Rust.
///
/// Without --to, updates the files that are checked in: the OpenAPI document and the table of
/// models. With --to, writes everything to that folder, including JSON Schemas and tool definitions.
/// Only files that changed are written, and schemas of pages that no longer exist are removed.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub(crate) struct Export {
    /// What to export [default: the files that are checked in; with --to, everything]
    pub(crate) what: Option<What>,

    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    pub(crate) check: bool,

    /// Folder of the spec files [default: the workspace's spec]
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// Folder to write to [default: the workspace's spec/export]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// An OpenAPI 3.1 document: openapi.json
    Openapi,
    /// A self-contained JSON Schema per page: PAGE.schema.json
    Schemas,
    /// Tool definitions for language models: tools.PROVIDER.json
    Tools,
    /// The capability table: models.md
    Table,
}

impl What {
    /// Whether it is checked in. Schemas and tools are made on demand for selected models, since nobody would read them
    /// in a review.
    fn is_checked_in(self) -> bool {
        matches!(self, Self::Openapi | Self::Table)
    }
}

impl Export {
    /// Whether something is to be exported.
    pub(crate) fn includes(&self, what: What) -> bool {
        match self.what {
            Some(asked) => asked == what,
            None => self.to.is_some() || what.is_checked_in(),
        }
    }

    /// The command that fixes what `--check` found.
    pub(crate) fn fix_command(&self) -> String {
        let mut command = "cargo xtask export".to_owned();
        if let Some(what) = self.what.as_ref().and_then(ValueEnum::to_possible_value) {
            command.push_str(&format!(" {}", what.get_name()));
        }
        command + &folders([("--spec", &self.spec), ("--to", &self.to)])
    }
}

const EXAMPLES: &str = "\
Tools are written for anthropic (Messages API), bedrock (Converse API), gemini (Gemini API),
mcp (Model Context Protocol), openai (Responses API, strict) and openai-chat (Chat
Completions and what speaks its protocol). Each file is the value of \"tools\" in a request.

Examples:
  cargo xtask export                       after an edit in spec/
  cargo xtask export --check               in CI: are the exports up to date?
  cargo xtask export --to exports          everything, in a folder of yours
  cargo xtask export tools --to exports    only the tool definitions

Exit codes:
  0  done; with --check: up to date
  1  a spec file is wrong, a file cannot be read or written; with --check: out of date
  2  the command line was not understood";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fix_command_exports_the_same_to_the_same_folders() {
        let arguments =
            Export { what: Some(What::Table), check: true, spec: Some("../spec".into()), to: Some("it's here".into()) };
        assert_eq!(arguments.fix_command(), r"cargo xtask export table --spec ../spec --to 'it'\''s here'");
    }
}

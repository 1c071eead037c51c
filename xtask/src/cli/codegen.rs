//! The arguments of `cargo xtask codegen`.

use std::path::{Path, PathBuf};

use clap::Args;

/// Generate the Rust source of foxapi-models from the spec files.
///
/// Reads every *.json file of the spec folder, writes the files that changed, and removes
/// files that it wrote earlier but that no spec file needs any longer. Files that it did
/// not write stay. If a spec file is invalid, every problem of every file is printed and
/// nothing is written.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// Write nothing; show what would change, and fail if anything would
    #[arg(long)]
    pub(crate) check: bool,

    /// Folder of the spec files [default: the workspace's spec]
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,

    /// Folder of the generated files [default: the workspace's foxapi-models/src/generated]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

impl Codegen {
    /// The command that fixes what `--check` found.
    pub(crate) fn fix_command(&self) -> String {
        "cargo xtask codegen".to_owned() + &folders([("--spec", &self.spec), ("--out", &self.out)])
    }
}

/// The options that name the given folders.
pub(super) fn folders(given: [(&str, &Option<PathBuf>); 2]) -> String {
    given.iter().filter_map(|(option, folder)| Some(format!(" {option} {}", quoted(folder.as_ref()?)))).collect()
}

/// A path, quoted for a shell if necessary.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c)) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                      after an edit in spec/
  cargo xtask codegen --check              in CI: is the checked-in code up to date?
  cargo xtask codegen --out ../preview     look before it touches the workspace

Exit codes:
  0  done; with --check: up to date
  1  a spec file is wrong, a file cannot be read or written; with --check: out of date
  2  the command line was not understood";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fix_command_names_the_same_folders() {
        let arguments = Codegen { check: true, spec: Some("../spec".into()), out: Some("it's here".into()) };
        assert_eq!(arguments.fix_command(), r"cargo xtask codegen --spec ../spec --out 'it'\''s here'");
    }
}

//! Why a command failed: what is wrong, where, and what to do about it.

use std::{
    error,
    fmt::{self, Display, Formatter},
    io,
    path::{Path, PathBuf},
};

use crate::text::counted;

#[derive(Debug)]
pub(crate) enum Error {
    Io {
        action: &'static str,
        path: PathBuf,
        cause: io::Error,
    },
    /// Standard output does not take the report; the work itself is done.
    Report(io::Error),
    NoSpecFolder {
        folder: PathBuf,
    },
    /// The spec folder has nothing to generate from.
    NoSpecs {
        folder: PathBuf,
    },
    /// Generated files could replace spec files of the same name.
    SameFolder {
        folder: PathBuf,
    },
    /// The spec files are wrong; the diagnostics are already printed.
    WrongSpecs {
        problems: usize,
    },
    /// `--check` found work; the differences are already printed.
    OutOfDate {
        files: usize,
        command: String,
    },
    /// `docs check` was given folders that are empty.
    NoCaptures,
    /// A page was asked for that has no spec.
    NoSuchPage {
        slug: String,
        known: Vec<String>,
    },
    /// `docs check` found differences, or captures that are no pages; all of them are already printed.
    PagesDiffer {
        findings: usize,
        unreadable: usize,
    },
    /// A server of documentation cannot be reached.
    Unreachable {
        address: String,
        reason: String,
    },
    /// Some pages are not there; why is already printed.
    NotFetched {
        pages: String,
    },
    /// The program that asks for pages does not run.
    NoClient,
    /// What should be the name of a page cannot be the name of a spec file.
    NoSlug {
        slug: String,
    },
    /// `docs new` overwrites nothing.
    SpecIsThere {
        path: PathBuf,
    },
    /// The generated validators could not be asked.
    Validators {
        reason: String,
    },
}

impl Error {
    /// An operation of the system failed: "cannot `action` `path`".
    pub(crate) fn io(action: &'static str, path: impl AsRef<Path>, cause: io::Error) -> Self {
        Self::Io { action, path: path.as_ref().to_owned(), cause }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, cause } => write!(f, "cannot {action} `{}`: {cause}", path.display()),
            Self::Report(cause) => write!(f, "cannot write to standard output: {cause}"),
            Self::NoSpecFolder { folder } => {
                write!(f, "spec folder `{}` does not exist", folder.display())
            }
            Self::NoSpecs { folder } => write!(
                f,
                "spec folder `{}` has no spec file\n  help: spec files are the *.json files directly in it",
                folder.display()
            ),
            Self::SameFolder { folder } => write!(
                f,
                "`{}` is both the spec folder and the folder to write to\n  \
                 help: name another folder with --out",
                folder.display()
            ),
            Self::WrongSpecs { problems } => {
                write!(f, "{} in the spec files; nothing was written", counted(*problems, "problem"))
            }
            Self::OutOfDate { files, command } => {
                let verb = if *files == 1 { "is" } else { "are" };
                write!(f, "{} {verb} out of date\n  help: run `{command}`", counted(*files, "generated file"))
            }
            Self::NoCaptures => write!(f, "there is no file to check"),
            Self::NoSuchPage { slug, known } => {
                write!(f, "no spec is named {slug:?}\n  help: there are {}", known.join(", "))
            }
            Self::PagesDiffer { findings, unreadable: 0 } => {
                write!(f, "{} between pages and specs", counted(*findings, "difference"))
            }
            Self::PagesDiffer { findings: 0, unreadable } => {
                write!(f, "{} cannot be checked", counted(*unreadable, "capture"))
            }
            Self::PagesDiffer { findings, unreadable } => {
                let (findings, captures) = (counted(*findings, "difference"), counted(*unreadable, "capture"));
                write!(f, "{findings} between pages and specs, and {captures} that cannot be checked")
            }
            Self::Unreachable { address, reason } => write!(
                f,
                "cannot reach {address}: {reason}\n  \
                 help: without a network, copy the pages from a browser and check those"
            ),
            Self::NotFetched { pages } => write!(f, "{pages} could not be fetched"),
            Self::NoClient => write!(
                f,
                "the program that asks for pages does not answer\n  \
                 help: `cargo build --package foxapi-docs-fetch` has to work"
            ),
            Self::NoSlug { slug } => write!(
                f,
                "{slug:?} cannot be the name of a spec file\n  \
                 help: name the page with --slug: lower-case letters, digits, `-` and `.`"
            ),
            Self::SpecIsThere { path } => write!(
                f,
                "`{}` is there already, and is not overwritten\n  \
                 help: compare with `cargo xtask docs check`, or give another name with --slug",
                path.display()
            ),
            Self::Validators { reason } => write!(
                f,
                "the generated validators cannot be asked: {reason}\n  \
                 help: `cargo run --package foxapi-models --example validate` has to work"
            ),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { cause, .. } | Self::Report(cause) => Some(cause),
            _ => None,
        }
    }
}

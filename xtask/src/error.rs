//! Errors of commands: what is wrong, where, and what to do about it.

use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};
use std::{error, io};

use foxapi_schema::suggest::closest;

use crate::text::counted;

#[derive(Debug)]
pub(crate) enum Error {
    Io {
        action: &'static str,
        path: PathBuf,
        cause: io::Error,
    },
    /// The report could not be written to standard output; the work itself is done.
    Report(io::Error),
    NoSpecFolder {
        folder: PathBuf,
    },
    /// The spec folder has no spec files.
    NoSpecs {
        folder: PathBuf,
    },
    /// Generated files could replace spec files of the same name.
    SameFolder {
        folder: PathBuf,
    },
    /// A file that codegen did not write has the name of one that it should write.
    InTheWay {
        file: PathBuf,
    },
    /// The manifest of the crate has no place for the features of families.
    NoPlaceForFamilies {
        file: PathBuf,
    },
    /// The spec files are wrong; the diagnostics are already printed.
    WrongSpecs {
        problems: usize,
    },
    /// The frame of the OpenAPI document does not fit the specs; the diagnostics are already printed.
    WrongFrame {
        problems: usize,
    },
    /// A state of the specs that is to be compared is wrong; the diagnostics are already printed.
    WrongState {
        state: String,
        problems: usize,
    },
    /// Neither a folder nor a revision.
    UnknownState {
        name: String,
        reason: String,
    },
    /// Both a folder and a revision.
    AmbiguousState {
        name: String,
    },
    /// A revision without spec files.
    NoSpecsInRevision {
        revision: String,
        folder: String,
    },
    /// A git command failed.
    Git {
        asked: String,
        reason: String,
    },
    /// `--fail-on` found changes; they are already printed.
    Changes {
        count: usize,
        class: &'static str,
    },
    /// `--check` found work; the differences are already printed.
    OutOfDate {
        files: usize,
        command: String,
    },
    /// Comments in the specs say that something is left to decide; they are already printed.
    Undecided {
        todos: usize,
    },
    /// A command that does part of the work failed; it has already printed why.
    Failed {
        command: String,
    },
    /// A benchmark printed something that is not a ratio.
    Unreadable {
        line: String,
    },
    /// Ratios miss their targets; the table is already printed.
    Missed {
        missed: usize,
    },
    /// Fuzzing found something; it is already printed.
    Deviations {
        found: usize,
    },
    /// `docs check` was given empty folders.
    NoCaptures,
    /// A page was requested that has no spec.
    NoSuchPage {
        slug: String,
        known: Vec<String>,
    },
    /// `docs new` was given a capture from which it cannot create a spec; it has already printed why.
    CaptureUnread,
    /// `docs check` listed something, or was given captures that are not pages; everything is already printed.
    PagesDiffer {
        listed: String,
        unreadable: usize,
    },
    /// `docs accept` recorded nothing.
    NotAccepted {
        reason: String,
    },
    /// A server of documentation cannot be reached.
    Unreachable {
        address: String,
        reason: String,
    },
    /// Some pages could not be fetched; the reasons are already printed.
    NotFetched {
        pages: String,
    },
    /// The program that fetches pages does not run.
    NoClient,
    /// The name of a page cannot be the name of a spec file.
    NoSlug {
        slug: String,
    },
    /// The spec already exists; `docs new` does not overwrite anything.
    SpecIsThere {
        path: PathBuf,
    },
}

impl Error {
    /// A system call failed: "cannot `action` `path`".
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
                "spec folder `{}` has no spec file\n  help: spec files are the *.json files in it and below it",
                folder.display()
            ),
            Self::SameFolder { folder } => write!(
                f,
                "`{}` is both the spec folder and the folder to write to\n  \
                 help: name another folder with --out",
                folder.display()
            ),
            Self::InTheWay { file } => write!(
                f,
                "`{}` is in the way: its first line does not say @generated, so it was not written by this command\n  \
                 help: move it to another folder or name, or delete it; nothing was written",
                file.display()
            ),
            Self::NoPlaceForFamilies { file } => write!(
                f,
                "`{}` has no place for the features of families\n  \
                 help: put the line \"# Written by `cargo xtask codegen`.\" below [features], with an empty line after it",
                file.display()
            ),
            Self::WrongSpecs { problems } => {
                write!(f, "{} in the spec files; nothing was written", counted(*problems, "problem"))
            }
            Self::WrongFrame { problems } => {
                write!(f, "{} in the frame of the OpenAPI document; nothing was written", counted(*problems, "problem"))
            }
            Self::Undecided { todos } => write!(
                f,
                "{} left in the spec files\n  help: decide, put the decision into the spec, and delete the comment",
                counted(*todos, "TODO")
            ),
            Self::Failed { command } => write!(f, "`{command}` failed"),
            Self::Unreadable { line } => write!(f, "a benchmark printed something that is not a ratio: {line:?}"),
            Self::Missed { missed } => write!(f, "{} missed", counted(*missed, "target")),
            Self::Deviations { found } => write!(f, "{} failed", counted(*found, "test")),
            Self::WrongState { state, problems } => {
                write!(f, "{} in the spec files of {state}; nothing was compared", counted(*problems, "problem"))
            }
            Self::UnknownState { name, reason } => write!(
                f,
                "`{name}` is neither a folder nor a revision: {reason}\n  \
                 help: `git log --oneline` lists revisions"
            ),
            Self::AmbiguousState { name } => write!(
                f,
                "`{name}` is both a folder and a revision\n  \
                 help: write `./{name}` for the folder, `{name}^0` for the revision"
            ),
            Self::NoSpecsInRevision { revision, folder } => {
                write!(f, "revision `{revision}` has no spec file in `{folder}`")
            }
            Self::Git { asked, reason } => write!(f, "`git {asked}` failed: {reason}"),
            Self::Changes { count, class } => {
                let verb = if *count == 1 { "is" } else { "are" };
                write!(f, "{} {verb} {class}", counted(*count, "change"))
            }
            Self::OutOfDate { files, command } => {
                let verb = if *files == 1 { "is" } else { "are" };
                write!(f, "{} {verb} out of date\n  help: run `{command}`", counted(*files, "generated file"))
            }
            Self::NoCaptures => write!(f, "there is no file to check"),
            Self::NoSuchPage { slug, known } => {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let help = match closest(slug, &known) {
                    Some(other) => format!("did you mean {other:?}?"),
                    None if known.len() > 20 => {
                        "the name of a page is the name of its file in the spec folder".to_owned()
                    }
                    None => format!("there are {}", known.join(", ")),
                };
                write!(f, "there is no spec named {slug:?}\n  help: {help}")
            }
            Self::CaptureUnread => write!(f, "the capture cannot be read"),
            Self::PagesDiffer { listed, unreadable } => {
                let captures = format!("{} cannot be checked", counted(*unreadable, "capture"));
                match (listed.is_empty(), unreadable) {
                    (_, 0) => f.write_str(listed),
                    (true, _) => f.write_str(&captures),
                    (false, _) => write!(f, "{listed}; {captures}"),
                }
            }
            Self::NotAccepted { reason } => f.write_str(reason),
            Self::Unreachable { address, reason } => write!(
                f,
                "cannot reach {address}: {reason}\n  \
                 help: without a network, copy the pages from a browser and check those"
            ),
            Self::NotFetched { pages } => write!(f, "{pages} could not be fetched"),
            Self::NoClient => write!(
                f,
                "foxapi-docs-fetch, which downloads pages, does not run\n  \
                 help: `cargo build --package foxapi-docs-fetch` has to work"
            ),
            Self::NoSlug { slug } => write!(
                f,
                "{slug:?} cannot be the name of a spec file\n  \
                 help: name the page with --slug: lower-case letters, digits, `-` and `.`"
            ),
            Self::SpecIsThere { path } => write!(
                f,
                "`{}` already exists, and is not overwritten\n  \
                 help: compare with `cargo xtask docs check`, or give another name with --slug",
                path.display()
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

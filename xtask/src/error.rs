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
    /// A file that codegen did not write has the name of one that it should write.
    InTheWay {
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
    /// `--check` found work; the differences are already printed.
    OutOfDate {
        files: usize,
        command: String,
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
            Self::InTheWay { file } => write!(
                f,
                "`{}` is in the way: its first line does not say @generated, so it was not written by this command\n  \
                 help: move it to another folder or name, or delete it; nothing was written",
                file.display()
            ),
            Self::WrongSpecs { problems } => {
                write!(f, "{} in the spec files; nothing was written", counted(*problems, "problem"))
            }
            Self::WrongFrame { problems } => {
                write!(f, "{} in the frame of the OpenAPI document; nothing was written", counted(*problems, "problem"))
            }
            Self::OutOfDate { files, command } => {
                let verb = if *files == 1 { "is" } else { "are" };
                write!(f, "{} {verb} out of date\n  help: run `{command}`", counted(*files, "generated file"))
            }
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

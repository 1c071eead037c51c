//! Why a file could not be sent.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a file could not be sent, where that is the fault of the file.
#[derive(Debug)]
#[non_exhaustive]
pub enum UploadError {
    /// It is a folder, or something else that is not a file.
    NotAFile(PathBuf),
    /// It gave fewer or more bytes than it should: somebody changed it meanwhile.
    WrongLength {
        /// Bytes that it should give.
        expected: u64,
        /// Bytes that it gave until that was noticed.
        read: u64,
    },
    /// It could not be read.
    Io(io::Error),
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFile(path) => write!(f, "{} is not a file", path.display()),
            Self::WrongLength { expected, read } => {
                write!(f, "the file gave {read} bytes instead of {expected}; it was changed while it was read")
            }
            Self::Io(error) => write!(f, "the file cannot be read: {error}"),
        }
    }
}

impl Error for UploadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

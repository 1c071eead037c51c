//! Why a file could not be sent.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// What is wrong with a file that could not be uploaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum UploadError {
    /// It is a folder, or something else that is not a file.
    NotAFile(PathBuf),
    /// It returned fewer or more bytes than expected: something changed it in the meantime.
    WrongLength {
        /// Expected bytes.
        expected: u64,
        /// Bytes read until that was noticed.
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
                write!(f, "the file has {read} bytes instead of {expected}; it was changed while it was read")
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

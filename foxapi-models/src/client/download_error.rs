//! Why a result was not stored.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::address::ForbiddenAddress;
use super::status::is_transient;
use super::transport_error::TransportError;

/// Why a result was not stored. Whatever was under its name before is still there.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadError {
    /// The task has no such result with an address: it is not completed, has fewer results, or has something else.
    NoSuchResult {
        /// How many addresses the task has.
        results: usize,
        /// What it has instead of addresses, cleaned and shortened.
        holds: Option<String>,
    },
    /// The address of the result is not an `http` or `https` URL.
    InvalidUrl,
    /// The result, or a redirect to it, is at an address that must not be contacted.
    Forbidden(ForbiddenAddress),
    /// The file already exists, and overwriting it was not allowed.
    AlreadyExists(PathBuf),
    /// The connection failed.
    Connection(TransportError),
    /// The server of the file refused the request, as it does when the address has expired after 24 hours.
    Refused {
        /// HTTP status.
        status: u16,
        /// Start of its answer, cleaned.
        excerpt: String,
        /// How long it asks you to wait.
        retry_after: Option<Duration>,
    },
    /// The server sent something other than a file, judging by its type or its first bytes, such as a page or an error.
    NotAFile {
        /// The header `Content-Type`.
        content_type: String,
        /// Start of what was received, cleaned.
        excerpt: String,
    },
    /// The file does not have the announced length.
    WrongLength {
        /// Announced bytes; `None` if the fault is that the file is empty.
        expected: Option<u64>,
        /// Bytes received.
        received: u64,
    },
    /// The file could not be written.
    Io(io::Error),
}

impl DownloadError {
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Connection(error) => error.may_pass(),
            Self::WrongLength { .. } => true,
            Self::Refused { status, .. } => is_transient(*status),
            _ => false,
        }
    }

    pub(crate) fn is_timeout(&self) -> bool {
        matches!(self, Self::Connection(error) if error.is_timeout())
    }

    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

impl From<io::Error> for DownloadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchResult { results: 0, holds: None } => f.write_str("the task has no results"),
            Self::NoSuchResult { results: 0, holds: Some(holds) } => {
                write!(f, "the task has no result with an address; it has {holds}")
            }
            Self::NoSuchResult { results, .. } => write!(f, "the task has only {results} results"),
            Self::InvalidUrl => f.write_str("the address of the result is not an http or https URL"),
            Self::Forbidden(reason) => write!(f, "the result was not fetched because of its address: {reason}"),
            Self::AlreadyExists(path) => write!(f, "{} already exists", path.display()),
            Self::Connection(error) => error.fmt(f),
            Self::Refused { status, excerpt, .. } => {
                write!(f, "the server of the file refused the request (HTTP {status})")?;
                if matches!(status, 401 | 403 | 404 | 410) {
                    f.write_str(", perhaps because addresses expire after 24 hours: fetch the task again")?;
                }
                if excerpt.is_empty() { Ok(()) } else { write!(f, ": {excerpt:?}") }
            }
            Self::NotAFile { content_type, excerpt } => {
                let content_type = if content_type.is_empty() { "no type" } else { content_type };
                write!(f, "the server did not send a file ({content_type}): {excerpt:?}")
            }
            Self::WrongLength { expected: Some(expected), received } => {
                write!(f, "{received} bytes were received instead of {expected}")
            }
            Self::WrongLength { expected: None, received } => write!(f, "only {received} bytes were received"),
            Self::Io(error) => write!(f, "the file cannot be written: {error}"),
        }
    }
}

impl Error for DownloadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Connection(error) => error.source(),
            Self::Io(error) => Some(error),
            Self::Forbidden(reason) => Some(reason),
            _ => None,
        }
    }
}

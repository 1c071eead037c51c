//! Errors of commands: what is wrong, where, and what to do about it.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::Path;

/// Why a command failed. Details may already be printed.
#[derive(Debug)]
pub(crate) struct Error {
    message: String,
    help: Option<String>,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Adds what to do about it.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// A system call failed: "cannot `action` `path`".
    pub(crate) fn io(action: &str, path: impl AsRef<Path>, cause: io::Error) -> Self {
        Self::new(format!("cannot {action} `{}`: {cause}", path.as_ref().display()))
    }

    /// A command that does part of the work failed; it has already printed why.
    pub(crate) fn failed(command: &str) -> Self {
        Self::new(format!("`{command}` failed"))
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}

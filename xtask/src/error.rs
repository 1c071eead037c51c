//! Errors of commands: what is wrong, where, and what to do about it.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::Path;

use foxapi_schema::suggest::closest;

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

    /// None of the `known` specs has the name.
    pub(crate) fn no_spec<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.collect();
        let help = match closest(name, &known) {
            Some(other) => format!("did you mean {other:?}?"),
            None if known.len() > 20 => "the name of a page is the name of its file in the spec folder".to_owned(),
            None => format!("the specs are {}", known.join(", ")),
        };
        Self::new(format!("there is no spec named {name:?}")).help(help)
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

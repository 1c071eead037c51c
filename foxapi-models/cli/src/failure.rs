//! Failures of commands: what went wrong, what to do about it, and the exit code for scripts.

use std::io;

/// The failure of a command.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What went wrong: lines for `error:`. Empty if everything has already been said.
    pub(crate) errors: Vec<String>,
    /// What to do: lines for `help:`.
    pub(crate) help: Vec<String>,
    pub(crate) exit: Exit,
}

/// How the program ends, if not well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The reader of the output has closed it; this is not reported.
    ClosedPipe,
    /// It did not work.
    Failed,
    /// The arguments or the request are wrong: nothing was sent, and trying again will fail again.
    Usage,
    /// Ctrl-C was pressed.
    Interrupted,
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Interrupted => 130,
        }
    }
}

impl Failure {
    /// It did not work.
    pub(crate) fn failed(error: impl Into<String>) -> Self {
        Self { errors: vec![error.into()], help: Vec::new(), exit: Exit::Failed }
    }

    /// The arguments or the request are wrong.
    pub(crate) fn usage(error: impl Into<String>) -> Self {
        Self { errors: vec![error.into()], help: Vec::new(), exit: Exit::Usage }
    }

    /// Ctrl-C was pressed, and nothing is lost.
    pub(crate) fn interrupted(error: impl Into<String>) -> Self {
        Self { errors: vec![error.into()], help: Vec::new(), exit: Exit::Interrupted }
    }

    /// It did not work, and the output has already said so.
    pub(crate) fn reported() -> Self {
        Self { errors: Vec::new(), help: Vec::new(), exit: Exit::Failed }
    }

    /// What went wrong and what to do, as one text.
    #[cfg(feature = "mcp")]
    pub(crate) fn in_one_line(&self) -> String {
        let help = self.help.iter().map(|help| format!(" ({help})"));
        self.errors.join("; ") + &help.collect::<String>()
    }

    /// Adds advice.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// Writing to standard output failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self { errors: Vec::new(), help: Vec::new(), exit: Exit::ClosedPipe };
        }
        Self::failed(format!("the output cannot be written: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

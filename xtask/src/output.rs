//! Output to the terminal.

use std::fmt::Display;
use std::io::{self, Write};

use crate::error::Error;

/// Prints a report of the command to standard output.
pub(crate) fn say(report: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(report.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|cause| Error::new(format!("cannot write to standard output: {cause}")))
}

/// Prints what went wrong to standard error.
pub(crate) fn complain(message: impl Display) {
    // If standard error is closed, there is nobody left to tell; the exit code still reports the failure.
    writeln!(io::stderr(), "{message}").ok();
}

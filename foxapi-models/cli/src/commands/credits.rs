//! `foxapi credits`: shows the credits of the account.

use std::io::Write;

use clap::{ArgMatches, Command};

use crate::failure::Failure;
use crate::output::{self, Output, clean};
use crate::{arguments, session};

pub(super) fn command(command: Command) -> Command {
    command.arg(arguments::json("Print the server's answer as it is"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let client = session::client()?;
    let credits = session::run(async { client.credits().await.map_err(|error| session::failure(&error)) })?;
    let mut data = output.data();
    let numbers = credits.numbers();
    if matches.get_flag("json") || numbers.is_empty() {
        // The answer is not documented, so it is shown as it is.
        output::json(&mut data, credits.as_value())?;
    } else {
        for (name, number) in numbers {
            writeln!(data, "{}: {number}", clean(name.trim_start_matches('/')))?;
        }
    }
    Ok(data.flush()?)
}

//! `foxapi schema MODEL`: prints the JSON Schema of its requests.

use std::io::Write;

use clap::{ArgMatches, Command};

use crate::failure::Failure;
use crate::output::Output;
use crate::{arguments, catalogue};

pub(super) fn command(command: Command) -> Command {
    command.arg(arguments::model())
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let id = matches.get_one::<String>("model").map(String::as_str).unwrap_or_default();
    let page = catalogue::page(id).ok_or_else(|| catalogue::unknown(id))?;
    let mut data = output.data();
    // In standard keywords, for any validator.
    serde_json::to_writer_pretty(&mut data, &page.schema.to_value())?;
    data.write_all(b"\n")?;
    Ok(data.flush()?)
}

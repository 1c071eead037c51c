//! `foxapi schema MODEL`: the JSON Schema of its requests.

use std::io::Write;

use clap::{ArgMatches, Command};

use crate::failure::Failure;
use crate::output::Output;
use crate::{arguments, catalogue};

pub(super) fn command() -> Command {
    Command::new("schema").about("Print the JSON Schema of a model's requests").arg(arguments::model())
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let id = matches.get_one::<String>("model").map(String::as_str).unwrap_or_default();
    let page = catalogue::page(id).ok_or_else(|| catalogue::unknown(id))?;
    let mut data = output.data();
    data.write_all(page.schema.text().trim_end().as_bytes())?;
    data.write_all(b"\n")?;
    Ok(data.flush()?)
}

//! `foxapi auth`: stores and removes the key, and shows where it is kept.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{ArgMatches, Command};
use foxapi_models::client::ClientBuilder;

use crate::credentials::{self, KeyPlace};
use crate::failure::Failure;
use crate::output::Output;

pub(super) fn command(command: Command) -> Command {
    command
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(Command::new("login").about(
            "Read the key, from the terminal or from standard input, and keep it in the keyring of the system, or in a \
             file that only you can read",
        ))
        .subcommand(Command::new("status").about("Show where the key comes from; exits with 1 if there is none"))
        .subcommand(Command::new("logout").about("Forget the key"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    match matches.subcommand_name() {
        Some("login") => login(output),
        Some("logout") => logout(output),
        _ => status(output),
    }
}

fn login(output: Output) -> Result<(), Failure> {
    let key = read().map_err(|error| Failure::failed(format!("the key cannot be read: {error}")))?;
    // Checks now, and not at the first request, that the key is valid in a header.
    ClientBuilder::new().api_key(key.as_str()).build().map_err(|_| Failure::usage("this is not an API key"))?;
    let place = credentials::store(key.trim())?;
    output.note(&format!("the key is stored in {place}"));
    if matches!(credentials::find()?, Some((_, KeyPlace::Environment))) {
        output.note("FOXAPI_API_KEY is set, and takes precedence");
    }
    Ok(())
}

/// Reads a line from a terminal without echo, or the first line of anything else.
fn read() -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("API key: ");
    }
    let mut key = String::new();
    io::stdin().lock().read_line(&mut key)?;
    Ok(key)
}

fn status(output: Output) -> Result<(), Failure> {
    let (_, place) = credentials::key()?;
    let mut data = output.data();
    writeln!(data, "the key comes from {place}")?;
    Ok(data.flush()?)
}

fn logout(output: Output) -> Result<(), Failure> {
    let places = credentials::remove()?;
    for place in &places {
        output.note(&format!("the key was removed from {place}"));
    }
    if places.is_empty() {
        output.note("no key was stored");
    }
    if matches!(credentials::find()?, Some((_, KeyPlace::Environment))) {
        output.note("FOXAPI_API_KEY is still set");
    }
    Ok(())
}

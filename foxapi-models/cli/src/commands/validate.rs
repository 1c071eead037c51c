//! `foxapi validate`: checks bodies before they cost anything.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use foxapi_models::{Request, ValidationError};
use serde::Serialize;

use crate::arguments;
use crate::catalogue::AnyRequest;
use crate::failure::Failure;
use crate::output::{self, Output, clean};

/// The longest file that is read as one document.
const LONGEST: u64 = 64 * 1024 * 1024;

pub(super) fn command(command: Command) -> Command {
    command
        .long_about(
            "Check request bodies before they cost anything; exits with 1 if one is invalid.\n\n\
             A file whose name ends in .json holds one body. Any other file, and standard input, holds one per line, unless \
             its first line is only a brace.",
        )
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .action(ArgAction::Append)
                .default_value("-")
                .hide_default_value(true)
                .value_hint(ValueHint::FilePath)
                .help("Files to check; standard input if there is none, or for -"),
        )
        .arg(arguments::json("Print a line of JSON per body: whether it is valid, and every violation"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let mut check = Check { data: output.data(), json: matches.get_flag("json"), bodies: 0, wrong: 0 };
    for path in matches.get_many::<String>("files").into_iter().flatten() {
        check.file(path)?;
    }
    let Check { mut data, json, bodies, wrong } = check;
    data.flush()?;
    if !json {
        let noun = if bodies == 1 { "body" } else { "bodies" };
        output.note(&format!("{bodies} {noun} checked, {wrong} invalid"));
    }
    if wrong == 0 { Ok(()) } else { Err(Failure::reported()) }
}

/// The verdict on a body, as a line of JSON.
#[derive(Serialize)]
#[serde(untagged)]
enum Verdict {
    Valid { valid: bool, model: &'static str },
    Invalid { valid: bool, violations: ValidationError },
}

struct Check<W> {
    data: W,
    json: bool,
    bodies: usize,
    wrong: usize,
}

impl<W: Write> Check<W> {
    fn file(&mut self, path: &str) -> Result<(), Failure> {
        let unreadable = |error: io::Error| Failure::usage(format!("{path} cannot be read: {error}"));
        if path == "-" {
            return self.lines("", io::stdin().lock()).map_err(|error| error.into_failure(unreadable));
        }
        let file = File::open(path).map_err(unreadable)?;
        if Path::new(path).extension().is_some_and(|extension| extension == "json") {
            let mut text = Vec::new();
            file.take(LONGEST).read_to_end(&mut text).map_err(unreadable)?;
            return Ok(self.body(path, &text)?);
        }
        self.lines(path, BufReader::new(file)).map_err(|error| error.into_failure(unreadable))
    }

    fn lines(&mut self, path: &str, mut input: impl BufRead) -> Result<(), LineError> {
        let mut line = Vec::new();
        let mut number = 0;
        while input.read_until(b'\n', &mut line).map_err(LineError::Read)? > 0 {
            number += 1;
            if number == 1 && line.trim_ascii() == b"{" {
                // One document over several lines, as `describe --example` prints it.
                input.take(LONGEST).read_to_end(&mut line).map_err(LineError::Read)?;
                let place = if path.is_empty() { "standard input" } else { path };
                return self.body(place, &line).map_err(LineError::Write);
            }
            let place = if path.is_empty() { format!("line {number}") } else { format!("{path}:{number}") };
            // The line break is not part of the document, so errors must not point behind it.
            self.body(&place, line.trim_ascii_end()).map_err(LineError::Write)?;
            line.clear();
        }
        Ok(())
    }

    fn body(&mut self, place: &str, text: &[u8]) -> io::Result<()> {
        let read = AnyRequest::from_slice(text);
        self.bodies += 1;
        self.wrong += usize::from(read.is_err());
        if self.json {
            let verdict = match read {
                Ok(request) => Verdict::Valid { valid: true, model: request.model() },
                Err(violations) => Verdict::Invalid { valid: false, violations },
            };
            return output::json(&mut self.data, &verdict);
        }
        for violation in read.err().iter().flatten() {
            writeln!(self.data, "{place}: {}", clean(&violation.to_string()))?;
        }
        Ok(())
    }
}

/// Which side of the work failed.
enum LineError {
    Read(io::Error),
    Write(io::Error),
}

impl LineError {
    fn into_failure(self, unreadable: impl FnOnce(io::Error) -> Failure) -> Failure {
        match self {
            Self::Read(error) => unreadable(error),
            Self::Write(error) => error.into(),
        }
    }
}

//! `foxapi batch FILE --model M --out DIR`: a request per row; all are checked before the first is paid for.
//!
//! The journal in the folder makes it safe to kill and to run again, and several processes can share the work.

mod names;
mod rows;
mod work;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use foxapi_schema::words::count;
use serde_json::json;

use crate::failure::Failure;
use crate::output::{self, Output};
use crate::progress::Progress;
use crate::{arguments, catalogue, journal, session};

use rows::Row;
use work::{BatchContext, Done};

pub(super) fn command(command: Command) -> Command {
    command
        .long_about(
            "Make something of every row of a CSV or JSONL file, with a column per parameter.\n\n\
             The whole file is checked first, and nothing is paid for while a row is invalid. What was submitted is noted \
             in DIR/journal.db before it is sent: run the same command again after an interruption, and nothing is paid \
             for twice.",
        )
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("A .csv file with a line of parameter names, or a file with a JSON object per line"),
        )
        .arg(arguments::model().long("model").short('m'))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Folder of the results and of the journal"),
        )
        .arg(
            Arg::new("at-once")
                .long("at-once")
                .value_name("N")
                .value_parser(value_parser!(u16).range(1..=64))
                .default_value("4")
                .help("How many tasks run at the same time"),
        )
        .arg(
            Arg::new("renew")
                .long("renew")
                .action(ArgAction::SetTrue)
                .help("Submit again, and pay for, what failed on the server in an earlier run"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Check the file, and print the bodies as JSONL"),
        )
        .arg(arguments::json("Print one JSON object: what became of each row"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let (model, _) = catalogue::find(matches.get_one::<String>("model").map(String::as_str).unwrap_or_default())?;
    let path = |name| matches.get_one::<PathBuf>(name).map(PathBuf::as_path).unwrap_or(Path::new(""));
    let (file, out) = (path("file"), path("out"));
    let rows = rows::read(file, model)?;
    let mut data = output.data();
    if matches.get_flag("dry-run") {
        for row in &rows {
            output::json(&mut data, &row.body)?;
        }
        return Ok(data.flush()?);
    }
    std::fs::create_dir_all(out)
        .map_err(|error| Failure::usage(format!("--out: {} cannot be created: {error}", out.display())))?;
    let client = session::client()?;
    let progress = Progress::new(output);
    let total = rows.len();
    let done = session::run(async {
        let journal = journal::open(&out.join("journal.db")).await?;
        let at_once = matches.get_one::<u16>("at-once").copied().unwrap_or(1).into();
        let context = BatchContext {
            client,
            journal,
            out: out.to_owned(),
            progress: progress.clone(),
            renew: matches.get_flag("renew"),
        };
        Ok(context.all(rows, at_once).await)
    })?;
    let interrupted = done.len() < total || done.iter().any(Done::is_interrupted);
    let made = done.iter().filter(|done| done.outcome.is_ok()).count();
    if matches.get_flag("json") {
        let rows: Vec<_> = done.iter().map(Done::as_json).collect();
        output::json(&mut data, &json!({"rows": rows, "made": made, "missing": total - made}))?;
    } else {
        for file in done.iter().filter_map(|done| done.outcome.as_ref().ok()).flatten() {
            writeln!(data, "{}", file.display())?;
        }
    }
    data.flush()?;
    output.note(&format!("{}: {made} made, {} missing", count(total, "row"), total - made));
    if interrupted {
        let failure = Failure::interrupted("interrupted; submitted tasks continue");
        return Err(failure.help("run the same command again: nothing is paid for twice"));
    }
    if made < total { Err(Failure::reported()) } else { Ok(()) }
}

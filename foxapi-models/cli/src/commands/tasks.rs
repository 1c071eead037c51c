//! `foxapi tasks`: lists the submissions in the journal.

use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, ValueHint, value_parser};
use foxapi_models::journal::{Entry, Journal, Key, Resolution, State};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::{self, Output, clean};
use crate::{arguments, journal, session, table};

pub(super) fn command(command: Command) -> Command {
    let resolve = Command::new("resolve")
        .about("Record the outcome of a submission if it is unknown")
        .arg(Arg::new("key").value_name("KEY").required(true).help("Its key, or the beginning of it"))
        .arg(Arg::new("accepted").long("task").value_name("TASK").help("It was accepted, as this task"))
        .arg(
            Arg::new("not-accepted")
                .long("not-accepted")
                .action(ArgAction::SetTrue)
                .help("It was not accepted: it will be paid for when it is submitted"),
        )
        .group(ArgGroup::new("word").args(["accepted", "not-accepted"]).required(true));
    command
        .disable_help_subcommand(true)
        .arg(
            Arg::new("journal")
                .long("journal")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .global(true)
                .help("Another journal, such as that of a batch: DIR/journal.db"),
        )
        .arg(
            Arg::new("unknown")
                .long("unknown")
                .action(ArgAction::SetTrue)
                .help("Only submissions whose outcome is unknown"),
        )
        .arg(arguments::json("Print a JSON array with an object per submission"))
        .subcommand(resolve)
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let path = match matches.get_one::<PathBuf>("journal") {
        Some(path) => path.clone(),
        None => journal::path()?,
    };
    if !path.exists() {
        output.note("nothing was submitted from here yet");
        if matches.get_flag("json") {
            let mut data = output.data();
            data.write_all(b"[]\n")?;
            return Ok(data.flush()?);
        }
        return Ok(());
    }
    session::run(async {
        let journal = journal::open(&path).await?;
        match matches.subcommand() {
            Some((_, given)) => resolve(&journal, given, output).await,
            None => list(&journal, matches, output).await,
        }
    })
}

async fn list(journal: &Journal, matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let mut entries = journal.entries().await.map_err(|error| journal::failure(&error))?;
    if matches.get_flag("unknown") {
        entries.retain(|entry| matches!(entry.state, State::Unknown { .. }));
    }
    let mut data = output.data();
    if matches.get_flag("json") {
        let rows: Vec<Value> = entries.iter().map(as_json).collect();
        output::json(&mut data, &rows)?;
    } else {
        for line in lines(&entries, output.width()) {
            writeln!(data, "{line}")?;
        }
    }
    Ok(data.flush()?)
}

fn lines(entries: &[Entry], width: Option<u16>) -> Vec<String> {
    let header = ["TASK", "KEY", "STATE", "AGE", "FILES"].map(str::to_owned).to_vec();
    let rows = entries.iter().map(|entry| {
        let files: Vec<String> = entry.files.iter().map(|file| clean(&file.display().to_string())).collect();
        vec![
            entry.task_id().map(clean).unwrap_or_default(),
            clean(&journal::short(&entry.key)),
            state(entry).to_owned(),
            age(entry.claimed.unwrap_or(entry.changed)),
            files.join(", "),
        ]
    });
    table::lines(header, rows, width)
}

fn state(entry: &Entry) -> &'static str {
    match entry.state {
        State::NotAccepted => "not accepted",
        State::UnderWay => "being submitted",
        State::Unknown { .. } => "unknown",
        State::Submitted { .. } if !entry.files.is_empty() => "stored",
        State::Submitted { .. } => "submitted",
        _ => "",
    }
}

/// How long ago something was, in the largest unit.
fn age(time: SystemTime) -> String {
    let seconds = time.elapsed().unwrap_or(Duration::ZERO).as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}

fn as_json(entry: &Entry) -> Value {
    let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).map(|since| since.as_secs()).ok();
    json!({
        "key": entry.key,
        "model": entry.model,
        "state": state(entry),
        "task": entry.task_id(),
        "submitted": entry.claimed.and_then(seconds),
        "files": entry.files,
    })
}

async fn resolve(journal: &Journal, given: &ArgMatches, output: Output) -> Result<(), Failure> {
    let wanted = given.get_one::<String>("key").map(String::as_str).unwrap_or_default();
    let entries = journal.entries().await.map_err(|error| journal::failure(&error))?;
    let exact = entries.iter().filter(|entry| entry.key == wanted || journal::short(&entry.key) == wanted);
    let mut found: Vec<&str> = exact.map(|entry| entry.key.as_str()).collect();
    if found.is_empty() {
        found = entries.iter().map(|entry| entry.key.as_str()).filter(|key| key.starts_with(wanted)).collect();
    }
    let key = match found.as_slice() {
        [key] => Key::new(*key),
        [] => {
            return Err(
                Failure::usage(format!("{wanted:?} is not in the journal")).help("`foxapi tasks` lists the keys")
            );
        }
        several => {
            let failure = Failure::usage(format!("{} keys begin with {wanted:?}", several.len()));
            return Err(failure.help("give more of the key"));
        }
    };
    let resolution = match given.get_one::<String>("accepted") {
        Some(task) => Resolution::Accepted(task.clone()),
        None => Resolution::NotAccepted,
    };
    let entry = journal.resolve(&key, resolution).await.map_err(|error| journal::failure(&error))?;
    output.note(&format!("{} is {}", journal::short(&entry.key), state(&entry)));
    Ok(())
}

//! `foxapi wait TASK`: waits for a task that was submitted before.

use clap::{Arg, ArgMatches, Command};

use crate::failure::Failure;
use crate::finish::{Finish, destination_flags, timeout_flag};
use crate::output::Output;
use crate::progress::Progress;
use crate::{arguments, journal, session};

pub(super) fn command(command: Command) -> Command {
    command
        .arg(task())
        .args(destination_flags())
        .arg(timeout_flag())
        .arg(arguments::json("Print one JSON object: the task and the files"))
}

/// The argument that names a task.
pub(super) fn task() -> Arg {
    Arg::new("task").value_name("TASK").required(true).help("ID of the task")
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let id = matches.get_one::<String>("task").map(String::as_str).unwrap_or_default();
    let finish = Finish::of(matches)?;
    let client = session::client()?;
    let path = journal::path()?;
    session::run(async {
        // Results can be fetched without it.
        let journal = journal::open(&path).await.ok();
        finish.wait(&client, journal.as_ref(), id, &Progress::new(output), output).await
    })
}

//! `foxapi download TASK -o FILE`: fetches the results of a completed task.

use clap::{ArgMatches, Command};

use super::wait::task;
use crate::failure::Failure;
use crate::finish::{Finish, destination_flags};
use crate::output::Output;
use crate::progress::Progress;
use crate::{arguments, journal, session};

pub(super) fn command(command: Command) -> Command {
    let [output, force] = destination_flags();
    command
        .arg(task())
        .arg(output.required(true).help("Store the result in this file; several are numbered"))
        .arg(force)
        .arg(arguments::json("Print one JSON object: the task and the files"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let id = matches.get_one::<String>("task").map(String::as_str).unwrap_or_default();
    let finish = Finish::of(matches)?;
    let client = session::client()?;
    let path = journal::path()?;
    session::run(async {
        // Results can be fetched without it.
        let journal = journal::open(&path).await.ok();

        let task = client.task(id).await.map_err(|error| session::failure(&error))?;
        if !task.has_results() {
            let failure = Failure::failed(format!("the task {} has no results: it is {}", task.id, task.status));
            return Err(failure.help(format!("to wait for it: {}", finish.again(id))));
        }
        finish.fetch(&client, journal.as_ref(), &task, &Progress::new(output), output).await
    })
}

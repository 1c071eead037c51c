//! Turns the ID of a task into results: waits, downloads, and reports where they are, without losing anything.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, ValueHint, value_parser};
use foxapi_models::client::{DownloadOptions, WaitOptions};
use foxapi_models::journal::Journal;
use foxapi_models::{Client, Task};
use serde_json::json;

use crate::destination::Destination;
use crate::failure::Failure;
use crate::journal;
use crate::output::{self, Output, clean};
use crate::progress::Progress;
use crate::session::{self, quoted};

/// What to do with the results of a task.
#[derive(Clone, Debug)]
pub(crate) struct Finish {
    destination: Option<Destination>,
    timeout: Duration,
    json: bool,
}

/// `-o` and `--force`.
pub(crate) fn destination_flags() -> [Arg; 2] {
    [
        Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
            .help("Store the result in this file; several are numbered. Without it, the URL is printed"),
        Arg::new("force").long("force").action(ArgAction::SetTrue).help("Replace an existing file"),
    ]
}

/// `--timeout`.
pub(crate) fn timeout_flag() -> Arg {
    Arg::new("timeout")
        .long("timeout")
        .value_name("SECONDS")
        .value_parser(value_parser!(u64).range(1..=31_536_000))
        .default_value("1800")
        .help("How long to wait; the task continues after that")
}

impl Finish {
    /// Reads the flags, and checks that the results can be stored.
    pub(crate) fn of(matches: &ArgMatches) -> Result<Self, Failure> {
        let destination = matches.get_one::<PathBuf>("output");
        let destination = destination.map(|path| Destination::new(path, matches.get_flag("force"))).transpose()?;
        let seconds = matches.try_get_one::<u64>("timeout").ok().flatten().copied().unwrap_or_default();
        Ok(Self { destination, timeout: Duration::from_secs(seconds), json: matches.get_flag("json") })
    }

    /// Waits for a task and fetches its results. Ctrl-C leaves the task running.
    pub(crate) async fn wait(
        &self,
        client: &Client,
        journal: Option<&Journal>,
        id: &str,
        progress: &Progress,
        output: Output,
    ) -> Result<(), Failure> {
        let work = async {
            let (options, shown) = progress.waiting(id, WaitOptions::default().timeout(self.timeout));
            let waited = client.wait_with(id, &options).await;
            drop(shown);
            let task = waited.map_err(|error| {
                let failure = session::failure(&error);
                let may_go_on = error.is_timeout() || error.is_retryable();
                if may_go_on { failure.help(format!("to continue: {}", self.again(id))) } else { failure }
            })?;
            self.fetch(client, journal, &task, progress, output).await
        };
        tokio::select! {
            done = work => done,
            () = progress.interrupted() => Err(self.interrupted(id)),
        }
    }

    /// Fetches the results of a completed task, and prints where they are.
    pub(crate) async fn fetch(
        &self,
        client: &Client,
        journal: Option<&Journal>,
        task: &Task,
        progress: &Progress,
        output: Output,
    ) -> Result<(), Failure> {
        let files = match &self.destination {
            Some(destination) => self.store(client, journal, task, destination, progress).await?,
            None => Vec::new(),
        };
        let mut data = output.data();
        if self.json {
            output::json(&mut data, &json!({"task": task, "files": files}))?;
        } else if !files.is_empty() {
            for file in files {
                writeln!(data, "{}", file.display())?;
            }
        } else {
            let urls = task.result_urls();
            for url in &urls {
                writeln!(data, "{}", clean(url))?;
            }
            if urls.is_empty() {
                // Texts, IDs and whatever else a model makes.
                output::json(&mut data, &json!({"results": task.results, "output": task.output}))?;
            }
        }
        Ok(data.flush()?)
    }

    async fn store(
        &self,
        client: &Client,
        journal: Option<&Journal>,
        task: &Task,
        destination: &Destination,
        progress: &Progress,
    ) -> Result<Vec<PathBuf>, Failure> {
        let results = task.result_urls().len();
        let mut files = Vec::new();
        // Also if there is no address: the client explains what is wrong with such a task.
        for index in 0..results.max(1) {
            let file = destination.of(index, results);
            let options = DownloadOptions::default().overwrite(destination.force()).result(index);
            let (options, shown) = progress.downloading(&file.display().to_string(), options);
            let fetched = match journal {
                Some(journal) => {
                    let fetched = journal.download_with(client, task, &file, &options).await;
                    fetched.map_err(|error| journal::failure(&error))
                }
                None => client.download_with(task, &file, &options).await.map_err(|error| session::failure(&error)),
            };
            drop(shown);
            fetched.map_err(|failure| {
                failure.help(format!(
                    "the results are kept for 24 hours: `foxapi download {} -o FILE` fetches them again",
                    quoted(&task.id)
                ))
            })?;
            files.push(file);
        }
        Ok(files)
    }

    /// The failure after Ctrl-C.
    pub(crate) fn interrupted(&self, id: &str) -> Failure {
        Failure::interrupted(format!("interrupted; task {id} continues"))
            .help(format!("to continue: {}", self.again(id)))
    }

    /// The command that continues where this one stopped.
    pub(crate) fn again(&self, id: &str) -> String {
        let mut command = format!("foxapi wait {}", quoted(id));
        if let Some(destination) = &self.destination {
            command.push_str(&format!(" -o {}", quoted(&destination.path().display().to_string())));
            if destination.force() {
                command.push_str(" --force");
            }
        }
        command
    }
}

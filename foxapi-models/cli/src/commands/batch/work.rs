//! Works on the rows. Each is taken through the journal, so that no other process works on it at the same time.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use foxapi_models::client::{DownloadOptions, WaitOptions};
use foxapi_models::journal::{Journal, JournalError, State, Turn};
use foxapi_models::{Client, Request, Task, TaskStatus};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::Row;
use super::names;
use crate::catalogue::AnyRequest;
use crate::failure::{Exit, Failure};
use crate::progress::Progress;
use crate::{journal, session};

/// The pause before checking again on rows that other processes work on.
const PAUSE: Duration = Duration::from_secs(1);

/// How long to wait for a task; the next run waits for it again.
const LONGEST_WAIT: Duration = Duration::from_secs(2 * 60 * 60);

/// The data that all rows share.
#[derive(Clone, Debug)]
pub(super) struct BatchContext {
    pub(super) client: Client,
    pub(super) journal: Journal,
    pub(super) out: PathBuf,
    pub(super) progress: Progress,
    pub(super) renew: bool,
}

/// The outcome of a row: its files, or why there are none.
pub(super) struct Done {
    place: String,
    task: Option<String>,
    pub(super) outcome: Result<Vec<PathBuf>, Failure>,
}

impl Done {
    pub(super) fn is_interrupted(&self) -> bool {
        self.outcome.as_ref().is_err_and(|failure| failure.exit == Exit::Interrupted)
    }

    pub(super) fn as_json(&self) -> Value {
        let (files, error) = match &self.outcome {
            Ok(files) => (files.as_slice(), None),
            Err(failure) => (&[][..], Some(failure.errors.join("; "))),
        };
        json!({"row": self.place, "task": self.task, "files": files, "error": error})
    }
}

impl BatchContext {
    /// Makes the missing results of all rows. After Ctrl-C no row is begun, and only submissions in progress are waited
    /// for, unless it is pressed again.
    pub(super) async fn all(&self, rows: Vec<Row>, at_once: usize) -> Vec<Done> {
        let mut rows = VecDeque::from(rows);
        let mut held = VecDeque::new();
        let mut done = Vec::new();
        let mut running: JoinSet<Done> = JoinSet::new();
        let (stop, stopped) = watch::channel(false);
        loop {
            while running.len() < at_once
                && !*stopped.borrow()
                && let Some(row) = rows.pop_front()
            {
                match self.turn(&row).await {
                    Ok(Some(turn)) => {
                        let (work, stopped) = (self.clone(), stopped.clone());
                        running.spawn(async move { work.make_and_report(row, turn, stopped).await });
                    }
                    Ok(None) => held.push_back(row),
                    Err(failure) => done.push(self.report(row.place, None, Err(failure))),
                }
            }
            if running.is_empty() && (*stopped.borrow() || rows.is_empty() && held.is_empty()) {
                return done;
            }
            tokio::select! {
                Some(ended) = running.join_next() => done.extend(ended.ok()),
                // By then, other processes may be done with their rows, or have ended.
                () = sleep(PAUSE), if running.is_empty() => {}
                () = self.progress.interrupted() => {
                    if stop.send_replace(true) {
                        // The next run finds submissions in progress as unknown.
                        return done;
                    }
                    self.progress.note("interrupted: waiting only for submissions in progress; press Ctrl-C again to stop at once");
                }
            }
            rows.append(&mut held);
        }
    }

    /// The right to work on a row; `None` while another process has it.
    async fn turn(&self, row: &Row) -> Result<Option<Turn>, Failure> {
        if self.renew {
            self.renew_failed(row).await?;
        }
        self.journal.take(&row.key).await.map_err(|error| journal::failure(&error))
    }

    /// Frees the key of a row whose task failed in an earlier run.
    async fn renew_failed(&self, row: &Row) -> Result<(), Failure> {
        let entry = self.journal.entry(&row.key).await.map_err(|error| journal::failure(&error))?;
        let Some(State::Submitted { task_id }) = entry.filter(|entry| !entry.is_held).map(|entry| entry.state) else {
            return Ok(());
        };
        let task = self.client.task(&task_id).await.map_err(|error| session::failure(&error))?;
        if matches!(task.status, TaskStatus::Failed | TaskStatus::Cancelled) {
            self.journal.renew(&row.key).await.map_err(|error| journal::failure(&error))?;
        }
        Ok(())
    }

    /// Makes one row, unless it already exists, and reports it.
    async fn make_and_report(&self, row: Row, turn: Turn, stopped: watch::Receiver<bool>) -> Done {
        match self.stored(&row).await {
            Ok(None) => {
                let (task, outcome) = self.make(&row, &turn, stopped).await;
                self.report(row.place, task, outcome)
            }
            Ok(Some(files)) => {
                self.progress.note(&format!("{}: {} (already there)", row.place, listed(&files)));
                Done { place: row.place, task: None, outcome: Ok(files) }
            }
            Err(error) => self.report(row.place, None, Err(journal::failure(&error))),
        }
    }

    fn report(&self, place: String, task: Option<String>, outcome: Result<Vec<PathBuf>, Failure>) -> Done {
        match &outcome {
            Ok(files) => self.progress.note(&format!("{place}: {}", listed(files))),
            Err(failure) => {
                let help: Vec<String> = failure.help.iter().map(|help| format!(" ({help})")).collect();
                self.progress.complain(&format!("{place}: {}{}", failure.errors.join("; "), help.concat()));
            }
        }
        Done { place, task, outcome }
    }

    /// Makes one row, continuing from its state in the journal. Returns its task, if there is one.
    async fn make(
        &self,
        row: &Row,
        turn: &Turn,
        mut stopped: watch::Receiver<bool>,
    ) -> (Option<String>, Result<Vec<PathBuf>, Failure>) {
        let id = match self.submit(row, turn).await {
            Ok(id) => id,
            Err((id, failure)) => return (id, Err(failure)),
        };
        let finish = async {
            let label = format!("{} {id}", row.place);
            let (options, shown) = self.progress.waiting(&label, WaitOptions::default().timeout(LONGEST_WAIT));
            let waited = self.client.wait_with(&id, &options).await;
            drop(shown);
            match waited {
                Ok(task) => self.store(row, &task).await,
                Err(error) => Err(session::failure(&error)),
            }
        };
        let outcome = tokio::select! {
            outcome = finish => outcome,
            _ = stopped.wait_for(|stopped| *stopped) => Err(Failure::interrupted(format!("task {id} continues"))),
        };
        (Some(id), outcome)
    }

    /// The files of a row that an earlier run has stored, if it has stored all of them.
    async fn stored(&self, row: &Row) -> Result<Option<Vec<PathBuf>>, JournalError> {
        let files = self.journal.entry(&row.key).await?.map(|entry| entry.files).unwrap_or_default();
        // The first result is stored last.
        let is_whole =
            files.iter().any(|file| names::is_first(&row.stem, file)) && files.iter().all(|file| file.is_file());
        // The journal has absolute paths; those shown begin with the folder as named this time.
        let named = files.iter().map(|file| self.out.join(file.file_name().unwrap_or_default()));
        Ok(is_whole.then(|| named.collect()))
    }

    /// Uploads the files of a row and submits it, unless it was submitted before. Returns the ID of its task.
    async fn submit(&self, row: &Row, turn: &Turn) -> Result<String, (Option<String>, Failure)> {
        let known = self.journal.entry(&row.key).await.map_err(|error| (None, journal::failure(&error)))?;
        if let Some(State::Submitted { task_id }) = known.map(|entry| entry.state) {
            return Ok(task_id);
        }
        let body = journal::with_addresses(&self.journal, &self.client, &row.body, &row.files, &self.progress);
        let body = body.await.map_err(|failure| (None, failure))?;
        let submitted = match AnyRequest::from_value(&body) {
            Ok(request) => turn.submit(&self.client, &request).await,
            Err(_) => turn.submit_json(&self.client, &body).await,
        };
        let submitted = submitted.map(|submission| submission.task_id);
        submitted.map_err(|error| (error.task_id().map(str::to_owned), journal::failure(&error)))
    }

    async fn store(&self, row: &Row, task: &Task) -> Result<Vec<PathBuf>, Failure> {
        let results = task.result_urls().len();
        let mut files = Vec::new();
        // The first one last, so that it stands for all.
        for index in (0..results.max(1)).rev() {
            let file = self.out.join(names::file(&row.stem, task, index, results));
            let options = DownloadOptions::default().result(index);
            let (options, shown) = self.progress.downloading(&file.display().to_string(), options);
            let stored = self.journal.download_with(&self.client, task, &file, &options).await;
            drop(shown);
            stored.map_err(|error| journal::failure(&error))?;
            files.push(file);
        }
        files.reverse();
        Ok(files)
    }
}

/// Files on one line.
fn listed(files: &[PathBuf]) -> String {
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    files.join(", ")
}

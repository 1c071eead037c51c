//! Turns: the exclusive right to work on a key.

use std::sync::Arc;

use serde_json::Value;

use crate::client::{ClientError, ErrorKind};
use crate::{Client, Request, Task};

use super::entry::Submission;
use super::error::{JournalError, StorageError};
use super::held::Held;
use super::key::{Key, fingerprint};
use super::owner::Note;
use super::row::{Row, Stored, now};
use super::{entry_of, on_disk};

/// The exclusive right to work on a key. Others can take the key when this is dropped, or when the process ends.
#[derive(Debug)]
#[must_use]
pub struct Turn(pub(super) Arc<Held>);

/// A submission, as the journal records it.
pub(super) struct Work {
    model: String,
    api: String,
    fingerprint: String,
}

impl Turn {
    /// Submits a request, unless the key was submitted before.
    ///
    /// The work continues even if the caller stops waiting, so that the ID of a task that was paid for is recorded.
    ///
    /// # Errors
    ///
    /// The request breaks rules or was refused; nobody knows whether it was accepted, now or earlier; the key stands for
    /// another request; or the journal cannot be written. See [`JournalError`].
    pub async fn submit<R: Request>(&self, client: &Client, request: &R) -> Result<Submission, JournalError> {
        if let Err(violations) = request.validate() {
            return Err(JournalError::Client(ClientError::before_sending(ErrorKind::InvalidRequest(violations))));
        }
        let work = Work::new(client, request.model(), &request.to_value());
        let (client, request) = (client.clone(), request.clone());
        self.run(work, async move { client.submit(&request).await }).await
    }

    /// Submits any JSON body, unless the key was submitted before; see [`Client::submit_json`].
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit), except that no rules are checked.
    pub async fn submit_json(&self, client: &Client, body: &Value) -> Result<Submission, JournalError> {
        let work = Work::of_json(client, body);
        let (client, body) = (client.clone(), body.clone());
        self.run(work, async move { client.submit_json(&body).await }).await
    }

    async fn run(
        &self,
        work: Work,
        submit: impl Future<Output = Result<Task, ClientError>> + Send + 'static,
    ) -> Result<Submission, JournalError> {
        let held = Arc::clone(&self.0);
        let work = async move {
            let claiming = Arc::clone(&held);
            if let Some(task_id) = on_disk(move || claim(&claiming, work)).await? {
                return Ok(Submission { task_id, is_new: false });
            }
            let done = submit.await;
            let outcome = Outcome::of(&done);
            let key = held.key.to_string();
            let noted = on_disk(move || note(&held, outcome)).await;
            match (done, noted) {
                (Ok(task), Ok(())) => Ok(Submission { task_id: task.id, is_new: true }),
                (Ok(task), Err(error)) => {
                    Err(JournalError::NotRecorded { key, task_id: task.id, cause: error.into_storage() })
                }
                // If this could not be recorded, the key counts as unknown, which is safe.
                (Err(error), _) => Err(JournalError::Client(error)),
            }
        };
        #[cfg(feature = "tracing")]
        let work = tracing::Instrument::in_current_span(work);
        tokio::spawn(work).await.unwrap_or_else(|_| Err(StorageError::runtime_ended().into()))
    }
}

impl Work {
    pub(super) fn new(client: &Client, model: &str, body: &Value) -> Self {
        Self { model: model.to_owned(), api: client.base_url().to_owned(), fingerprint: fingerprint(body) }
    }

    pub(super) fn of_json(client: &Client, body: &Value) -> Self {
        Self::new(client, body.get("model").and_then(Value::as_str).unwrap_or_default(), body)
    }

    /// Checks that a row that was submitted stands for this work.
    pub(super) fn check_match(&self, key: &Key, row: &Row) -> Result<(), JournalError> {
        let entry = || Box::new(entry_of(row, true));
        if row.api != self.api {
            return Err(JournalError::AnotherApi { api: row.api.clone(), entry: entry() });
        }
        if !key.is_derived() && row.fingerprint != self.fingerprint {
            return Err(JournalError::AnotherRequest(entry()));
        }
        Ok(())
    }
}

/// Records that the request is about to be sent, or returns the task if it was already submitted.
fn claim(held: &Held, work: Work) -> Result<Option<String>, JournalError> {
    let before = held.store.write(|connection| {
        let mut row = held.row(connection)?.ok_or_else(StorageError::gone)?;
        if row.state != Stored::NotAccepted {
            work.check_match(&held.key, &row)?;
        }
        match (row.state, &row.task_id) {
            (Stored::Submitted, Some(task_id)) => return Ok(Some(task_id.clone())),
            (Stored::NotAccepted, _) => {}
            _ => return Err(JournalError::Unknown(Box::new(entry_of(&row, true)))),
        }
        row.state = Stored::Claimed;
        row.model = work.model;
        row.api = work.api;
        row.fingerprint = work.fingerprint;
        row.task_id = None;
        row.claimed = Some(now());
        row.save(connection)?;
        Ok(None)
    })?;
    held.store.check_place()?;
    Ok(before)
}

/// The outcome of a submission, as the journal records it.
struct Outcome {
    state: Stored,
    task_id: Option<String>,
}

impl Outcome {
    fn of(done: &Result<Task, ClientError>) -> Self {
        match done {
            Ok(task) => Self { state: Stored::Submitted, task_id: Some(task.id.clone()) },
            Err(error) if error.may_have_been_accepted() => {
                Self { state: Stored::Unknown, task_id: error.task_id().map(str::to_owned) }
            }
            Err(_) => Self { state: Stored::NotAccepted, task_id: None },
        }
    }
}

fn note(held: &Held, outcome: Outcome) -> Result<(), JournalError> {
    let task_id = outcome.task_id.clone().filter(|_| outcome.state == Stored::Submitted);
    let noted = held.store.write(|connection| {
        let mut row = held.row(connection)?.ok_or_else(StorageError::gone)?;
        row.state = outcome.state;
        row.task_id = outcome.task_id;
        row.save(connection)?;
        Ok(())
    });
    match (noted, task_id) {
        // The disk is full, or worse: the ID goes where there is space for it.
        (Err(error), Some(task_id)) => {
            let elsewhere = Note { key: held.key.to_string(), task_id };
            held.store.holders.note(elsewhere).map_err(|_| error)
        }
        (noted, _) => noted,
    }
}

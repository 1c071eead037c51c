//! The journal without an async runtime.

use std::path::Path;

use serde_json::Value;

use crate::client::{ClientError, Uploaded};
use crate::journal::{Entry, JournalError, Key, Resolution, Submission};
use crate::{Request, Task};

use super::Client;

/// A journal whose methods return when they are done; cheap to clone, and made to be used from many threads.
///
/// ```no_run
/// use foxapi_models::{blocking::Client, journal::Key, kling::KlingV3TextToVideo};
///
/// let client = Client::from_env()?;
/// let journal = client.journal("river.journal")?;
/// let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
/// let submission = journal.submit(&Key::of(&request), &request)?; // once, however often this runs
/// let task = client.wait(&submission.task_id)?;
/// journal.download(&task, "river.mp4")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Journal {
    client: Client,
    journal: crate::journal::Journal,
}

impl Client {
    /// Opens a journal for what this client submits; see [`journal::Journal::open`](crate::journal::Journal::open).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn journal(&self, path: impl AsRef<Path>) -> Result<Journal, JournalError> {
        let journal = self.journaled(crate::journal::Journal::open(path))?;
        Ok(Journal { client: self.clone(), journal })
    }

    fn journaled<T>(&self, work: impl Future<Output = Result<T, JournalError>>) -> Result<T, JournalError> {
        let done: Result<_, ClientError> = self.block_on(async { Ok(work.await) });
        done.map_err(JournalError::Client)?
    }
}

impl Journal {
    /// See [`journal::Journal::submit`](crate::journal::Journal::submit).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn submit<R: Request>(&self, key: &Key, request: &R) -> Result<Submission, JournalError> {
        self.client.journaled(self.journal.submit(&self.client.client, key, request))
    }

    /// See [`journal::Journal::submit_json`](crate::journal::Journal::submit_json).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn submit_json(&self, key: &Key, body: &Value) -> Result<Submission, JournalError> {
        self.client.journaled(self.journal.submit_json(&self.client.client, key, body))
    }

    /// See [`journal::Journal::upload`](crate::journal::Journal::upload).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn upload(&self, path: impl AsRef<Path>) -> Result<Uploaded, JournalError> {
        self.client.journaled(self.journal.upload(&self.client.client, path))
    }

    /// See [`journal::Journal::download`](crate::journal::Journal::download).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn download(&self, task: &Task, path: impl AsRef<Path>) -> Result<u64, JournalError> {
        self.client.journaled(self.journal.download(&self.client.client, task, path))
    }

    /// See [`journal::Journal::entries`](crate::journal::Journal::entries).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn entries(&self) -> Result<Vec<Entry>, JournalError> {
        self.client.journaled(self.journal.entries())
    }

    /// See [`journal::Journal::unknown`](crate::journal::Journal::unknown).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn unknown(&self) -> Result<Vec<Entry>, JournalError> {
        self.client.journaled(self.journal.unknown())
    }

    /// See [`journal::Journal::resolve`](crate::journal::Journal::resolve).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn resolve(&self, key: &Key, resolution: Resolution) -> Result<Entry, JournalError> {
        self.client.journaled(self.journal.resolve(key, resolution))
    }

    /// See [`journal::Journal::renew`](crate::journal::Journal::renew).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn renew(&self, key: &Key) -> Result<Entry, JournalError> {
        self.client.journaled(self.journal.renew(key))
    }
}

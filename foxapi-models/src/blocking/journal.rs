//! The journal without an async runtime.

use std::path::Path;

use serde_json::Value;

use crate::client::{ClientError, Uploaded};
use crate::journal::{Entry, JournalError, Key, Resolution, Submission};
use crate::{Request, Task};

use super::Client;

/// A journal whose methods block until they are done. It is cheap to clone, and can be used from many threads.
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
    /// Opens a journal for the submissions of this client; see [`journal::Journal::open`](crate::journal::Journal::open).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
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
    /// Submits a request, unless its key was submitted before; see
    /// [`journal::Journal::submit`](crate::journal::Journal::submit).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn submit<R: Request>(&self, key: &Key, request: &R) -> Result<Submission, JournalError> {
        self.client.journaled(self.journal.submit(&self.client.client, key, request))
    }

    /// Submits any JSON body, unless its key was submitted before; see
    /// [`journal::Journal::submit_json`](crate::journal::Journal::submit_json).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn submit_json(&self, key: &Key, body: &Value) -> Result<Submission, JournalError> {
        self.client.journaled(self.journal.submit_json(&self.client.client, key, body))
    }

    /// Uploads a file, unless the same content was uploaded before; see
    /// [`journal::Journal::upload`](crate::journal::Journal::upload).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn upload(&self, path: impl AsRef<Path>) -> Result<Uploaded, JournalError> {
        self.client.journaled(self.journal.upload(&self.client.client, path))
    }

    /// Stores the first result of a task, unless that was done before; see
    /// [`journal::Journal::download`](crate::journal::Journal::download).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn download(&self, task: &Task, path: impl AsRef<Path>) -> Result<u64, JournalError> {
        self.client.journaled(self.journal.download(&self.client.client, task, path))
    }

    /// Returns all entries; see [`journal::Journal::entries`](crate::journal::Journal::entries).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn entries(&self) -> Result<Vec<Entry>, JournalError> {
        self.client.journaled(self.journal.entries())
    }

    /// Returns the entries whose outcome is unknown; see
    /// [`journal::Journal::unknown`](crate::journal::Journal::unknown).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn unknown(&self) -> Result<Vec<Entry>, JournalError> {
        self.client.journaled(self.journal.unknown())
    }

    /// Records what you found out about a submission whose outcome was unknown; see
    /// [`journal::Journal::resolve`](crate::journal::Journal::resolve).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn resolve(&self, key: &Key, resolution: Resolution) -> Result<Entry, JournalError> {
        self.client.journaled(self.journal.resolve(key, resolution))
    }

    /// Frees a key on purpose, so that it is paid for again; see
    /// [`journal::Journal::renew`](crate::journal::Journal::renew).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn renew(&self, key: &Key) -> Result<Entry, JournalError> {
        self.client.journaled(self.journal.renew(key))
    }
}

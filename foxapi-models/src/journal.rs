//! A file that records what was submitted, so that nothing is paid for twice, even after a crash (feature `journal`).
//!
//! ```no_run
//! use foxapi_models::journal::{Journal, Key};
//! use foxapi_models::kling::KlingV3TextToVideo;
//! use foxapi_models::Client;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env()?;
//! let journal = Journal::open("river.journal").await?;
//!
//! let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
//! let submission = journal.submit(&client, &Key::of(&request), &request).await?; // once, however often this runs
//! let task = client.wait(&submission.task_id).await?;
//! journal.download(&client, &task, "river.mp4").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What it guarantees
//!
//! The API has no idempotency keys. So a [`Key`] is *claimed* in the journal, on the disk, before its request is sent, and
//! the ID of the task is recorded afterwards. Only one task of one of the processes that share the journal can claim a
//! key. All others get the ID of the same task. If nobody can know whether a request was accepted, because the process
//! was killed or the answer was lost, the key is [`Unknown`](State::Unknown): no process submits it again until you call
//! [`Journal::resolve`].
//!
//! The API offers no list of tasks where you could look it up. The usage on the account's web pages can tell, or the
//! API's support. Be careful: if you resolve a key as not accepted although it was accepted, you pay twice.
//!
//! # Sharing the work
//!
//! [`Journal::submit`] waits while another process submits the same key. If several processes work on one batch, each
//! [takes](Journal::take) keys that nobody holds, and returns to the others later. Only a running process can hold a key:
//! however it ends, the operating system releases its lock.
//!
//! # The file
//!
//! The journal is an SQLite database in WAL mode, which `sqlite3` can read at any time. The files `-wal` and `-shm` next to
//! it belong to it while it is open and after a crash. Every process that writes to it also has a lock file next to it,
//! `….owner`. All of them must be on a local disk: locks are not reliable in a folder shared over a network.
//!
//! It stores keys, task IDs, models, hashes of bodies and of uploaded files, the address of the API, addresses of
//! uploads, paths of downloads, and times. It does not store prompts, other parts of a body, or the API key.
//! Every row is sealed with a hash, all rows together are as well, and changes are counted in the lock files too. A
//! journal that is damaged, was edited, has lost a row or its `-wal` file after a crash is refused when it is opened, with
//! nothing submitted. To submit something once more on purpose, use [`Journal::renew`] instead of deleting its row.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::client::{ClientError, ErrorKind};
use crate::{Client, Request};

mod download;
mod entry;
mod error;
mod file;
mod hash;
mod held;
mod holders;
mod key;
mod owner;
mod row;
mod sealed;
mod store;
mod total;
mod turn;
mod upload;

pub use entry::{Entry, Resolution, State, Submission};
pub use error::{InvalidKey, JournalError, StorageError, Unusable};
pub use key::Key;
pub use turn::Turn;

use held::Held;
use row::{Row, Stored, time};
use store::Store;
use turn::Work;

/// How long to wait for a process that holds a key; a submission takes seconds.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// The first and the longest pause between two checks of a key that another process holds.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

/// An open journal. It is cheap to clone, and can be shared by many tasks and processes.
#[derive(Clone, Debug)]
pub struct Journal(Arc<Store>);

impl Journal {
    /// Opens a journal, or creates it. Its folder must exist.
    ///
    /// # Errors
    ///
    /// The file is not a journal, is damaged or of a newer version, or cannot be read or written.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, JournalError> {
        let path = std::path::absolute(path)?;
        on_disk(move || Ok(Self(Arc::new(Store::open(&path)?)))).await
    }

    /// Submits a request, unless its key was submitted before, by any process; then returns that task.
    ///
    /// The work continues even if the caller stops waiting, so that the ID of a task that was paid for is recorded.
    ///
    /// # Errors
    ///
    /// The request breaks rules or was refused; nobody knows whether it was accepted, now or earlier; the key stands for
    /// another request; or the journal cannot be written. See [`JournalError`].
    pub async fn submit<R: Request>(
        &self,
        client: &Client,
        key: &Key,
        request: &R,
    ) -> Result<Submission, JournalError> {
        if let Err(violations) = request.validate() {
            return Err(JournalError::Client(ClientError::before_sending(ErrorKind::InvalidRequest(violations))));
        }
        match self.begin(key, Work::new(client, request.model(), &request.to_value())).await? {
            Begun::Before(submission) => Ok(submission),
            Begun::Now(turn) => turn.submit(client, request).await,
        }
    }

    /// Submits any JSON body, unless its key was submitted before; see [`Client::submit_json`].
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit), except that no rules are checked.
    pub async fn submit_json(&self, client: &Client, key: &Key, body: &Value) -> Result<Submission, JournalError> {
        match self.begin(key, Work::of_json(client, body)).await? {
            Begun::Before(submission) => Ok(submission),
            Begun::Now(turn) => turn.submit_json(client, body).await,
        }
    }

    /// Takes a key to work on, unless another process, or another task of this process, holds it.
    ///
    /// ```no_run
    /// # use foxapi_models::{Client, journal::{Journal, Key}, kling::KlingV3TextToVideo};
    /// # async fn example(client: Client, journal: Journal, request: KlingV3TextToVideo) -> Result<(), Box<dyn std::error::Error>> {
    /// let Some(turn) = journal.take(&Key::of(&request)).await? else {
    ///     return Ok(()); // somebody else is working on it: try again after all other work
    /// };
    /// let submission = turn.submit(&client, &request).await?;
    /// let task = client.wait(&submission.task_id).await?;
    /// journal.download(&client, &task, "river.mp4").await?;
    /// drop(turn); // the key was held until here
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The name of the key is invalid, or the journal cannot be read or written.
    pub async fn take(&self, key: &Key) -> Result<Option<Turn>, JournalError> {
        key.check()?;
        let (store, key) = (Arc::clone(&self.0), key.clone());
        on_disk(move || {
            if store.find(key.as_str())?.is_some_and(|(_, is_held)| is_held) {
                return Ok(None);
            }
            let held = store.write_unsynced(|connection| {
                let row = Row::load(connection, key.as_str())?;
                if let Some(row) = &row
                    && store.holders.holds(row)?
                {
                    return Ok(None);
                }
                Held::take(&store, connection, key, row).map(Some)
            })?;
            Ok(held.map(|held| Turn(Arc::new(held))))
        })
        .await
    }

    /// Returns all entries, in the order of their submission.
    ///
    /// # Errors
    ///
    /// The journal cannot be read.
    pub async fn entries(&self) -> Result<Vec<Entry>, JournalError> {
        self.run(|store| {
            store.take_over()?;
            let rows = store.read(|connection| {
                let mut files = download::all(connection)?;
                let rows = Row::load_all(connection)?.into_iter();
                let with_files = rows.map(|row| {
                    let files = row.task_id.as_ref().and_then(|id| files.remove(id)).unwrap_or_default();
                    (row, files)
                });
                Ok(with_files.collect::<Vec<_>>())
            })?;
            let entries = rows.into_iter().map(|(row, files)| {
                let is_held = store.holders.holds(&row)?;
                Ok(Entry { files, ..entry_of(&row, is_held) })
            });
            entries.collect()
        })
        .await
    }

    /// Returns the entry of a key, if there is one.
    ///
    /// # Errors
    ///
    /// The journal cannot be read.
    pub async fn entry(&self, key: &Key) -> Result<Option<Entry>, JournalError> {
        let key = key.clone();
        self.run(move |store| {
            let Some((row, is_held)) = store.find(key.as_str())? else { return Ok(None) };
            let files = match &row.task_id {
                Some(id) => store.read(|connection| Ok(download::all(connection)?.remove(id)))?.unwrap_or_default(),
                None => Vec::new(),
            };
            Ok(Some(Entry { files, ..entry_of(&row, is_held) }))
        })
        .await
    }

    /// Returns the entries that may or may not have been accepted: they wait for you to [`resolve`](Self::resolve) them.
    ///
    /// # Errors
    ///
    /// The journal cannot be read.
    pub async fn unknown(&self) -> Result<Vec<Entry>, JournalError> {
        let mut entries = self.entries().await?;
        entries.retain(|entry| matches!(entry.state, State::Unknown { .. }));
        Ok(entries)
    }

    /// Records what you found out about a submission whose outcome was unknown.
    ///
    /// ```no_run
    /// # async fn example(journal: foxapi_models::journal::Journal) -> Result<(), foxapi_models::journal::JournalError> {
    /// use foxapi_models::journal::{Key, Resolution};
    ///
    /// journal.resolve(&Key::new("scene-1"), Resolution::Accepted("task-0123".to_owned())).await?;
    /// journal.resolve(&Key::new("scene-2"), Resolution::NotAccepted).await?; // it will be paid for when it is submitted again
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The key is not [`Unknown`](State::Unknown), the ID cannot be that of a task, or the journal cannot be written.
    pub async fn resolve(&self, key: &Key, resolution: Resolution) -> Result<Entry, JournalError> {
        let (state, task_id) = match resolution {
            Resolution::NotAccepted => (Stored::NotAccepted, None),
            Resolution::Accepted(id) if Key::new(id.trim()).check().is_ok() => {
                (Stored::Submitted, Some(id.trim().to_owned()))
            }
            Resolution::Accepted(_) => {
                return Err(JournalError::Client(ClientError::before_sending(ErrorKind::InvalidTaskId)));
            }
        };
        self.change(key, move |row, is_held| match entry_of(row, is_held).state {
            State::Unknown { .. } => {
                row.state = state;
                row.task_id = task_id;
                Ok(())
            }
            _ => Err(JournalError::NothingToResolve(Some(Box::new(entry_of(row, is_held))))),
        })
        .await
    }

    /// Frees a key on purpose, so that it can be submitted, **and paid for**, once more. Returns the entry as it was.
    ///
    /// Use it if a task failed, or if you do not like the result.
    ///
    /// # Errors
    ///
    /// Somebody holds the key; it is [`Unknown`](State::Unknown) and must be [resolved](Self::resolve) first; it is not in
    /// the journal; or the journal cannot be written.
    pub async fn renew(&self, key: &Key) -> Result<Entry, JournalError> {
        let before = self.entry(key).await?.ok_or(JournalError::NothingToResolve(None))?;
        self.change(key, |row, is_held| {
            let entry = Box::new(entry_of(row, is_held));
            match entry.state {
                State::Unknown { .. } => return Err(JournalError::Unknown(entry)),
                _ if is_held => return Err(JournalError::Held(entry)),
                _ => {}
            }
            row.state = Stored::NotAccepted;
            row.task_id = None;
            Ok(())
        })
        .await?;
        Ok(before)
    }

    /// Changes an entry, and returns it.
    async fn change(
        &self,
        key: &Key,
        change: impl FnOnce(&mut Row, bool) -> Result<(), JournalError> + Send + 'static,
    ) -> Result<Entry, JournalError> {
        let key = key.clone();
        self.run(move |store| {
            store.write(|connection| {
                let mut row = Row::load(connection, key.as_str())?.ok_or(JournalError::NothingToResolve(None))?;
                let is_held = store.holders.holds(&row)?;
                change(&mut row, is_held)?;
                row.save(connection)?;
                Ok(entry_of(&row, is_held))
            })
        })
        .await
    }

    /// Takes the key, waiting for its holder, or returns the task it was submitted as.
    async fn begin(&self, key: &Key, work: Work) -> Result<Begun, JournalError> {
        key.check()?;
        let deadline = Instant::now() + PATIENCE;
        let mut pause = PAUSES.0;
        let work = Arc::new(work);
        loop {
            let (wanted, work) = (key.clone(), Arc::clone(&work));
            let look = self.run(move |store| {
                let Some((row, is_held)) = store.find(wanted.as_str())? else { return Ok(Look::Free) };
                let entry = entry_of(&row, is_held);
                match entry.state {
                    State::Submitted { task_id } => {
                        work.check_match(&wanted, &row)?;
                        Ok(Look::Submitted(task_id))
                    }
                    _ if is_held => Ok(Look::Held(entry)),
                    State::Unknown { .. } => {
                        work.check_match(&wanted, &row)?;
                        Err(JournalError::Unknown(Box::new(entry)))
                    }
                    _ => Ok(Look::Free),
                }
            });
            match look.await? {
                Look::Submitted(task_id) => return Ok(Begun::Before(Submission { task_id, is_new: false })),
                Look::Held(entry) if Instant::now() >= deadline => return Err(JournalError::Held(Box::new(entry))),
                Look::Held(_) => {}
                Look::Free => {
                    if let Some(turn) = self.take(key).await? {
                        return Ok(Begun::Now(turn));
                    }
                }
            }
            sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }

    /// Runs work on the journal in a thread that may block.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, JournalError> {
        let store = Arc::clone(&self.0);
        on_disk(move || work(&store)).await
    }
}

/// The state of a key before its turn.
enum Look {
    Free,
    Held(Entry),
    Submitted(String),
}

/// The beginning of a submission.
enum Begun {
    Before(Submission),
    Now(Turn),
}

/// Runs work that may block in a thread for blocking work.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, JournalError> + Send + 'static,
) -> Result<T, JournalError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(StorageError::runtime_ended().into()))
}

/// The meaning of a row, which depends on whether its holder is alive.
fn entry_of(row: &Row, is_held: bool) -> Entry {
    let task_id = row.task_id.clone();
    let state = match (row.state, task_id) {
        (Stored::NotAccepted, _) => State::NotAccepted,
        (Stored::Claimed, _) if is_held => State::UnderWay,
        (Stored::Submitted, Some(task_id)) => State::Submitted { task_id },
        (Stored::Claimed | Stored::Unknown | Stored::Submitted, task_id) => State::Unknown { task_id },
    };
    Entry {
        key: row.key.clone(),
        state,
        is_held,
        model: row.model.clone(),
        claimed: row.claimed.map(time),
        changed: time(row.changed),
        files: Vec::new(),
    }
}

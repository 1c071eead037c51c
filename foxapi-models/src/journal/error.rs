//! Errors of journals.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::ClientError;

use super::entry::{Entry, State};

/// Why a call to a journal failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum JournalError {
    /// The client failed: the request was refused, or nobody knows whether it was accepted. The journal recorded which.
    Client(ClientError),
    /// An earlier submission of this key may have been accepted; nothing was sent.
    ///
    /// Find out what happened, and call [`Journal::resolve`](super::Journal::resolve).
    Unknown(Box<Entry>),
    /// The submission was accepted, but the journal could not be written: **write down the ID of the task**.
    ///
    /// To the journal the outcome is unknown, so the key is not submitted again.
    NotRecorded {
        /// Name of the key.
        key: String,
        /// ID of the task that was paid for.
        task_id: String,
        /// Why the journal could not be written.
        cause: StorageError,
    },
    /// The key stands for another request; nothing was sent. Choose another key.
    AnotherRequest(Box<Entry>),
    /// The key was submitted to another address of the API; nothing was sent. Use another journal for it.
    AnotherApi {
        /// The address to which it was submitted.
        api: String,
        /// What is known.
        entry: Box<Entry>,
    },
    /// Another process has been busy with this key for too long; nothing was sent.
    Held(Box<Entry>),
    /// The key cannot be resolved or renewed: its state is known, or it is not in the journal.
    NothingToResolve(Option<Box<Entry>>),
    /// The name of the key is invalid.
    InvalidKey(InvalidKey),
    /// A local file could not be read.
    File(PathBuf, io::Error),
    /// The journal cannot be opened as one; nothing was sent.
    Unusable {
        /// Path of the journal.
        path: PathBuf,
        /// What is wrong with it.
        reason: Unusable,
    },
    /// The journal could not be read or written; nothing was sent.
    Storage(StorageError),
}

/// What is wrong with the name of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidKey {
    /// It is empty.
    Empty,
    /// It has more than 512 characters.
    TooLong,
    /// It contains a control character, such as a line break.
    ControlCharacter,
}

/// Why a file cannot be used as a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unusable {
    /// It is a file of another kind.
    NotAJournal,
    /// It is empty, which a journal never is: its content was lost.
    Empty,
    /// It was written by a newer version of this crate.
    Newer {
        /// Version of its schema.
        version: i64,
    },
    /// It was damaged, or changed by something other than this crate.
    Damaged {
        /// What was found.
        detail: String,
    },
    /// It lost changes: its `-wal` file was removed or damaged after a crash, or it was replaced by an older copy. It may be
    /// missing keys that were claimed.
    Lost {
        /// How many changes it contains.
        known: u64,
        /// How many changes were made, at least.
        made: u64,
        /// The lock file that says so.
        file: PathBuf,
    },
    /// It was moved, removed or replaced while it was open.
    Moved,
}

/// A failure of the file system or the database.
#[derive(Debug)]
pub struct StorageError(Cause);

#[derive(Debug)]
enum Cause {
    Database(rusqlite::Error),
    Io(io::Error),
    /// The runtime ended before the work did.
    RuntimeEnded,
    /// The entry was removed in the meantime.
    Gone,
    Unusable(Unusable),
}

impl StorageError {
    pub(super) fn database(&self) -> Option<&rusqlite::Error> {
        match &self.0 {
            Cause::Database(error) => Some(error),
            _ => None,
        }
    }

    pub(super) fn runtime_ended() -> Self {
        Self(Cause::RuntimeEnded)
    }

    pub(super) fn gone() -> Self {
        Self(Cause::Gone)
    }

    /// Whether there is no space left for the journal.
    pub fn is_full(&self) -> bool {
        match &self.0 {
            Cause::Database(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            Cause::Io(error) => matches!(
                error.kind(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
            ),
            Cause::RuntimeEnded | Cause::Gone | Cause::Unusable(_) => false,
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Database(error) => error.fmt(f),
            Cause::Io(error) => error.fmt(f),
            Cause::RuntimeEnded => f.write_str("the runtime ended before it was done"),
            Cause::Gone => f.write_str("its entry was removed in the meantime"),
            Cause::Unusable(reason) => reason.fmt(f),
        }
    }
}

impl Error for StorageError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Cause::Database(error) => Some(error),
            Cause::Io(error) => Some(error),
            Cause::RuntimeEnded | Cause::Gone | Cause::Unusable(_) => None,
        }
    }
}

impl JournalError {
    /// Whether this call may have submitted something that was accepted and charged.
    pub fn may_have_been_accepted(&self) -> bool {
        match self {
            Self::Client(error) => error.may_have_been_accepted(),
            Self::NotRecorded { .. } => true,
            _ => false,
        }
    }

    /// ID of the task that the key stands for, if it is known.
    pub fn task_id(&self) -> Option<&str> {
        match self {
            Self::Client(error) => error.task_id(),
            Self::NotRecorded { task_id, .. } => Some(task_id),
            Self::Unknown(entry) | Self::AnotherRequest(entry) | Self::Held(entry) => entry.task_id(),
            Self::AnotherApi { entry, .. } | Self::NothingToResolve(Some(entry)) => entry.task_id(),
            _ => None,
        }
    }
}

impl JournalError {
    /// The storage error behind it.
    pub(super) fn into_storage(self) -> StorageError {
        match self {
            Self::Storage(error) => error,
            Self::Unusable { reason, .. } => StorageError(Cause::Unusable(reason)),
            _ => StorageError(Cause::Gone),
        }
    }
}

impl From<StorageError> for JournalError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(StorageError(Cause::Database(error)))
    }
}

impl From<io::Error> for JournalError {
    fn from(error: io::Error) -> Self {
        Self::Storage(StorageError(Cause::Io(error)))
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(error) => error.fmt(f),
            Self::Unknown(entry) => {
                write!(f, "{:?} was submitted before", entry.key)?;
                if let Some(claimed) = entry.claimed {
                    write!(f, " ({})", httpdate::fmt_http_date(claimed))?;
                }
                f.write_str(
                    ", and whether it was accepted is not known: it is not submitted again until you resolve it",
                )?;
                entry
                    .task_id()
                    .map_or(Ok(()), |id| write!(f, "; the answer contained {id:?}, which may be the ID of its task"))
            }
            Self::NotRecorded { key, task_id, cause } => {
                write!(f, "{key:?} was accepted as task {task_id:?}, but the journal cannot be written ({cause}): ")?;
                f.write_str("write down the ID, and resolve the key with it")
            }
            Self::AnotherRequest(entry) => {
                write!(f, "nothing was sent: {:?} stands for another request in this journal", entry.key)
            }
            Self::AnotherApi { api, entry } => {
                write!(f, "nothing was sent: {:?} was submitted to another address, {api}", entry.key)
            }
            Self::Held(entry) => write!(f, "nothing was sent: another process is working on {:?}", entry.key),
            Self::NothingToResolve(None) => f.write_str("this key is not in the journal"),
            Self::NothingToResolve(Some(entry)) => {
                write!(f, "{:?} needs no resolution: ", entry.key)?;
                match &entry.state {
                    State::Submitted { task_id } => write!(f, "it was accepted as task {task_id:?}"),
                    State::UnderWay => f.write_str("a process is submitting it"),
                    State::NotAccepted | State::Unknown { .. } => f.write_str("it was not accepted"),
                }
            }
            Self::InvalidKey(reason) => {
                let reason = match reason {
                    InvalidKey::Empty => "is empty",
                    InvalidKey::TooLong => "has more than 512 characters",
                    InvalidKey::ControlCharacter => "contains a control character",
                };
                write!(f, "nothing was sent: the key {reason}")
            }
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Unusable { path, reason } => write!(f, "{}: {reason}; nothing was sent", path.display()),
            Self::Storage(error) => write!(f, "the journal cannot be used: {error}; nothing was sent"),
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAJournal => f.write_str("the file is not a journal of foxapi-models"),
            Self::Empty => f.write_str(
                "the file is empty, which a journal never is: restore a copy, or remove the file if nothing was paid for",
            ),
            Self::Newer { version } => {
                write!(f, "the journal has version {version}, which only a newer version of this program can read")
            }
            Self::Damaged { detail } => {
                write!(f, "the journal is damaged ({detail}): restore a copy, or read it with sqlite3")
            }
            Self::Lost { known, made, file } => write!(
                f,
                "the journal contains only {known} of at least {made} changes, so submitted keys may be missing: restore \
                 its newest copy together with its -wal file, or remove {} to go on without them",
                file.display()
            ),
            Self::Moved => f.write_str("the journal was moved or removed while it was open"),
        }
    }
}

impl Error for JournalError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Client(error) => error.source(),
            Self::NotRecorded { cause, .. } => cause.source(),
            Self::Storage(error) => error.source(),
            Self::File(_, error) => Some(error),
            _ => None,
        }
    }
}

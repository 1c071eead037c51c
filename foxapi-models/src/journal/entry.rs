//! The entries of a journal.

use std::path::PathBuf;
use std::time::SystemTime;

/// One key of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Name of the key.
    pub key: String,
    /// State of the work.
    pub state: State,
    /// Whether a running process, this one or another, works on it now.
    pub is_held: bool,
    /// ID of the model; empty until the first submission.
    pub model: String,
    /// When it was last submitted.
    pub claimed: Option<SystemTime>,
    /// When this entry last changed.
    pub changed: SystemTime,
    /// Files of the results that were stored.
    pub files: Vec<PathBuf>,
}

impl Entry {
    /// ID of its task, if known; this may be what looks like an ID in an answer that could not be read.
    pub fn task_id(&self) -> Option<&str> {
        match &self.state {
            State::Submitted { task_id } => Some(task_id),
            State::Unknown { task_id } => task_id.as_deref(),
            _ => None,
        }
    }
}

/// The state of a piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Not accepted: it was not submitted yet, or was refused.
    NotAccepted,
    /// A running process is submitting it at this moment.
    UnderWay,
    /// It was submitted, and nobody knows whether it was accepted: the process was killed or the answer was lost.
    ///
    /// It is not submitted again until you call [`resolve`](super::Journal::resolve).
    Unknown {
        /// What looks like the ID of its task in an answer that could not be read, if anything does.
        task_id: Option<String>,
    },
    /// Accepted, and charged.
    Submitted {
        /// ID of its task, for [`Client::wait`](crate::Client::wait).
        task_id: String,
    },
}

/// The task that a key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Submission {
    /// ID of the task, for [`Client::wait`](crate::Client::wait).
    pub task_id: String,
    /// Whether this call submitted it; otherwise an earlier run or another process did.
    pub is_new: bool,
}

/// What you found out about a submission whose outcome was unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resolution {
    /// It was accepted, and became the task with this ID.
    Accepted(String),
    /// It was not accepted, and may be submitted, and paid for, again.
    NotAccepted,
}

//! What a journal tells.

use std::path::PathBuf;
use std::time::SystemTime;

/// One key of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Name of the key.
    pub key: String,
    /// How far the work is.
    pub state: State,
    /// Whether a living process, this one or another, works on it now.
    pub is_held: bool,
    /// Id of the model; empty until the first submission.
    pub model: String,
    /// When it was submitted last.
    pub claimed: Option<SystemTime>,
    /// When this entry changed last.
    pub changed: SystemTime,
    /// Results that were stored.
    pub files: Vec<PathBuf>,
}

impl Entry {
    /// Id of its task, where one is known: also what only looks like one, in an answer that could not be read.
    pub fn task_id(&self) -> Option<&str> {
        match &self.state {
            State::Submitted { task_id } => Some(task_id),
            State::Unknown { task_id } => task_id.as_deref(),
            _ => None,
        }
    }
}

/// How far a piece of work is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Not accepted: it was not submitted yet, or was refused.
    NotAccepted,
    /// A living process submits it at this moment.
    UnderWay,
    /// It was submitted, and nobody knows whether it was accepted: the process was killed or the answer was lost.
    ///
    /// It is not submitted again until [`resolve`](super::Journal::resolve) says what became of it.
    Unknown {
        /// What looks like the id of its task in an answer that could not be read.
        task_id: Option<String>,
    },
    /// Accepted, and charged.
    Submitted {
        /// Id of its task, for [`Client::wait`](crate::Client::wait).
        task_id: String,
    },
}

/// A task that a key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Submission {
    /// Id of the task, for [`Client::wait`](crate::Client::wait).
    pub task_id: String,
    /// Whether this call submitted it; otherwise an earlier run or another process did.
    pub is_new: bool,
}

/// What a person found out about a submission of which nobody knew whether it was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resolution {
    /// It was accepted, and became the task with this id.
    Accepted(String),
    /// It was not accepted, and may be submitted, and paid for, again.
    NotAccepted,
}

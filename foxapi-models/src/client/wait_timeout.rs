//! The end of a wait: the task continues without its caller.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::Task;

use super::error::ClientError;

/// A wait that timed out.
///
/// Nothing is lost: call [`Client::wait`](super::Client::wait) with [`task_id`](Self::task_id) again, in this process or
/// another.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitTimeout {
    /// Id of the task.
    pub task_id: String,
    /// How long the client waited.
    pub waited: Duration,
    /// The last known state of the task.
    pub task: Option<Box<Task>>,
    /// Why later states could not be fetched, if that failed.
    pub last_error: Option<ClientError>,
}

impl WaitTimeout {
    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.last_error.as_ref().map(|error| error as _)
    }
}

impl fmt::Display for WaitTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "task {} was not done after {:.1} s", super::clean::id(&self.task_id), self.waited.as_secs_f64())?;
        if let Some(task) = &self.task {
            write!(f, " ({})", super::clean::line(task.status.as_str()))?;
        }
        f.write_str("; it continues, and you can wait for it again by its id")?;
        match &self.last_error {
            Some(error) => write!(f, "; the last attempt to ask for it failed: {error}"),
            None => Ok(()),
        }
    }
}

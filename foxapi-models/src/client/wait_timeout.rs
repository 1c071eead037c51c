//! The end of patience: the task goes on without its caller.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::Task;

use super::error::ClientError;

/// A wait that took as long as it was allowed to.
///
/// Nothing is lost: give [`task_id`](Self::task_id) to [`Client::wait`](super::Client::wait) again, now or in
/// another process.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitTimeout {
    /// Id of the task.
    pub task_id: String,
    /// How long the wait was.
    pub waited: Duration,
    /// The task as it was seen last.
    pub task: Option<Box<Task>>,
    /// Why it could not be seen since, where that is so.
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
        f.write_str("; it goes on, and can be waited for again by its id")?;
        match &self.last_error {
            Some(error) => write!(f, "; the last question failed: {error}"),
            None => Ok(()),
        }
    }
}

//! Errors of the client as sentences, with what they mean for the caller's credits.

use std::error::Error;
use std::fmt;

use crate::Task;
use crate::client::{clean, outcome};

use super::{ClientError, ErrorKind, Operation, WaitTimeout};

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            ErrorKind::InvalidRequest(violations) => {
                write!(f, "the request was not sent because it breaks rules:\n{violations}")
            }
            ErrorKind::InvalidTaskId => f.write_str("nothing was sent: this cannot be the ID of a task"),
            ErrorKind::NotSent(error) => write!(f, "the request was not sent: {error}"),
            ErrorKind::UnknownWhetherReceived(lost) => write!(f, "the submission got no complete answer: {lost}"),
            ErrorKind::NoAnswer(lost) => write!(f, "no complete answer: {lost}"),
            ErrorKind::Refused(refusal) => refusal.fmt(f),
            ErrorKind::Unreadable(answer) => answer.fmt(f),
            ErrorKind::TaskFailed(task) => write_failure(f, task),
            ErrorKind::TaskCancelled(task) => write!(f, "task {} was cancelled", clean::id(&task.id)),
            ErrorKind::NoResults(task) => write!(f, "task {} is completed, but has no results", clean::id(&task.id)),
            ErrorKind::WaitTimedOut(timeout) => timeout.fmt(f),
            ErrorKind::Download(error) => write!(f, "download: {error}"),
            ErrorKind::Upload(error) => write!(f, "upload: {error}"),
            ErrorKind::InsideAsyncRuntime => {
                f.write_str("the blocking client was used inside an async runtime; use foxapi_models::Client there")
            }
        }?;
        match self.0.task_id.as_deref().map(clean::id) {
            Some(id) if self.has_new_task() => write!(
                f,
                "; it may have been accepted and charged as task {id}, so it was not sent again: \
                 wait for that task before you submit it again"
            ),
            None if self.0.operation == Operation::Submit && self.may_have_been_accepted() => f.write_str(
                "; it may have been accepted and charged, so it was not sent again: \
                 the API offers no list of tasks, so check your credits before you submit it again",
            ),
            Some(id) if self.task().is_none() && !id.is_empty() => write!(f, " (task {id})"),
            _ => Ok(()),
        }
    }
}

fn write_failure(f: &mut fmt::Formatter<'_>, task: &Task) -> fmt::Result {
    write!(f, "task {} failed", clean::id(&task.id))?;
    match outcome::reason(task) {
        Some(reason) => write!(f, ": {reason}"),
        None => Ok(()),
    }
}

impl fmt::Debug for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientError")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("task_id", &self.0.task_id)
            .finish()
    }
}

impl Error for ClientError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.kind {
            ErrorKind::InvalidRequest(violations) => Some(violations),
            ErrorKind::NotSent(error) => error.source(),
            ErrorKind::UnknownWhetherReceived(lost) | ErrorKind::NoAnswer(lost) => lost.cause.source(),
            ErrorKind::Unreadable(answer) => answer.source(),
            ErrorKind::WaitTimedOut(timeout) => timeout.source(),
            ErrorKind::Download(error) => error.source(),
            ErrorKind::Upload(error) => error.source(),
            _ => None,
        }
    }
}

impl fmt::Display for WaitTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "task {} was not done after {:.1} s", clean::id(&self.task_id), self.waited.as_secs_f64())?;
        if let Some(task) = &self.task {
            write!(f, " ({})", clean::line(task.status.as_str()))?;
        }
        f.write_str("; it continues, and you can wait for it again by its ID")?;
        match &self.last_error {
            Some(error) => write!(f, "; the last attempt to ask for it failed: {error}"),
            None => Ok(()),
        }
    }
}

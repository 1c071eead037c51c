//! The successive states of a task as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::Task;

use super::error::ClientError;
use super::trace;
use super::wait::{Seen, Wait};

/// A stream of the states of a task, returned by [`Client::watch`](super::Client::watch).
///
/// It ends with the task that has results, or with the error that [`Client::wait`](super::Client::wait) would have
/// returned. Dropping it only stops asking: the task continues, and can be watched again.
#[must_use = "a stream does nothing unless it is polled"]
pub struct TaskStates(Option<Next>);

type Next = Pin<Box<dyn Future<Output = (Result<Seen, ClientError>, Wait)> + Send>>;

impl TaskStates {
    pub(super) fn new(wait: Wait) -> Self {
        Self(Some(next(wait)))
    }
}

fn next(mut wait: Wait) -> Next {
    Box::pin(async move {
        let seen = wait.next().await;
        if let Err(error) = &seen {
            trace::failed(error);
        }
        (seen, wait)
    })
}

impl Stream for TaskStates {
    type Item = Result<Task, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(work) = &mut self.0 else { return Poll::Ready(None) };
        let (seen, wait) = ready!(work.as_mut().poll(context));
        self.0 = None;
        Poll::Ready(Some(match seen {
            Ok(Seen::UnderWay(task)) => {
                self.0 = Some(next(wait));
                Ok(task)
            }
            Ok(Seen::Last(task)) => Ok(task),
            Err(error) => Err(error),
        }))
    }
}

impl fmt::Debug for TaskStates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskStates").field("ended", &self.0.is_none()).finish()
    }
}

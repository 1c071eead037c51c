//! Spans and events with the feature `tracing`; nothing without it. They never contain prompts, keys or server texts.

use std::time::Duration;

use super::error::ClientError;

#[cfg(feature = "tracing")]
mod enabled {
    use tracing::field::Empty;
    use tracing::{Instrument, Span, info_span};

    use super::super::clean::{id, line};

    /// Runs a submission in its own span.
    pub(crate) fn submitting<W: Future>(model: &str, work: W) -> impl Future<Output = W::Output> {
        work.instrument(info_span!("foxapi.submit", model = line(model), task_id = Empty))
    }

    /// Runs questions about a task in their own span.
    pub(crate) fn asking<W: Future>(what: &'static str, task_id: &str, work: W) -> impl Future<Output = W::Output> {
        work.instrument(info_span!("foxapi.task", what, task_id = id(task_id)))
    }

    /// Records which task a submission has become.
    pub(crate) fn submitted(task_id: &str) {
        let task_id = id(task_id);
        Span::current().record("task_id", &task_id);
        tracing::info!(task_id, "submitted");
    }

    /// Records the progress of a task.
    pub(crate) fn seen(task: &crate::Task) {
        tracing::debug!(task_id = id(&task.id), status = line(task.status.as_str()), progress = task.progress, "task");
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    pub(crate) fn submitting<W: Future>(_: &str, work: W) -> W {
        work
    }

    pub(crate) fn asking<W: Future>(_: &'static str, _: &str, work: W) -> W {
        work
    }

    pub(crate) fn submitted(_: &str) {}

    pub(crate) fn seen(_: &crate::Task) {}
}

#[cfg(not(feature = "tracing"))]
pub(crate) use disabled::*;
#[cfg(feature = "tracing")]
pub(crate) use enabled::*;

/// Records that a request is about to be retried.
pub(crate) fn retry(error: &ClientError, delay: Duration) {
    #[cfg(feature = "tracing")]
    tracing::warn!(reason = error.label(), status = error.status(), ?delay, "trying again");
    #[cfg(not(feature = "tracing"))]
    let _ = (error, delay);
}

/// Records that a call has failed.
pub(crate) fn failed(error: &ClientError) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        reason = error.label(),
        status = error.status(),
        task_id = error.task_id().map(super::clean::id),
        "failed"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = error;
}

//! Waits for a task: patiently, within limits, and without ever losing the task.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::time::{Instant, sleep, timeout};

use crate::Task;

use super::Client;
use super::error::{ClientError, ErrorKind, Operation, WaitTimeout};
use super::outcome::Outcome;
use super::retry::scaled;
use super::trace;

type OnProgress = Arc<dyn Fn(&Task) + Send + Sync>;

/// How long to wait for a task, how often to ask, and whom to tell about its progress.
///
/// ```
/// use std::time::Duration;
/// use foxapi_models::client::WaitOptions;
///
/// let options = WaitOptions::default()
///     .timeout(Duration::from_secs(600))
///     .on_progress(|task| println!("{}: {:?} %", task.status, task.progress));
/// # let _ = options;
/// ```
#[derive(Clone)]
#[must_use]
pub struct WaitOptions {
    timeout: Duration,
    interval: Duration,
    max_interval: Duration,
    max_failures: u32,
    max_empty: u32,
    sync_upstream: bool,
    on_progress: Option<OnProgress>,
}

impl Default for WaitOptions {
    /// Waits for half an hour; asks every two seconds at first, and every fifteen seconds later.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30 * 60),
            interval: Duration::from_secs(2),
            max_interval: Duration::from_secs(15),
            max_failures: 20,
            max_empty: 8,
            sync_upstream: true,
            on_progress: None,
        }
    }
}

impl WaitOptions {
    /// Sets how long to wait altogether. After that, the error contains the ID of the task, which continues.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the first pause between two requests. Each further pause is half as long again.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets the longest pause between two requests.
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets how many requests in a row may fail before the wait fails with the last error.
    pub fn max_failures(mut self, failures: u32) -> Self {
        self.max_failures = failures;
        self
    }

    /// Sets how often to ask again when the task is completed but has no results yet.
    pub fn max_empty(mut self, questions: u32) -> Self {
        self.max_empty = questions;
        self
    }

    /// Sets whether the server asks the provider of the model for the state first. It does by default.
    pub fn sync_upstream(mut self, sync: bool) -> Self {
        self.sync_upstream = sync;
        self
    }

    /// Sets a function to call with every state of the task, from the thread that waits.
    pub fn on_progress(mut self, callback: impl Fn(&Task) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(callback));
        self
    }

    fn pauses(&self) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_factor(1.5)
            .with_min_delay(self.interval.min(self.max_interval))
            .with_max_delay(self.max_interval)
            .without_max_times()
            .build()
    }
}

impl fmt::Debug for WaitOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitOptions")
            .field("timeout", &self.timeout)
            .field("interval", &self.interval)
            .field("max_interval", &self.max_interval)
            .field("max_failures", &self.max_failures)
            .field("max_empty", &self.max_empty)
            .field("sync_upstream", &self.sync_upstream)
            .finish_non_exhaustive()
    }
}

/// Waits for a task of which the caller may know the state `seen`.
pub(super) async fn wait(
    client: &Client,
    id: &str,
    seen: Option<Task>,
    options: &WaitOptions,
) -> Result<Task, ClientError> {
    let mut wait = Wait::new(client.clone(), id.to_owned(), seen, options.clone());
    loop {
        if let Seen::Last(task) = wait.next().await? {
            return Ok(task);
        }
    }
}

/// A state of a task.
pub(super) enum Seen {
    /// It is still running.
    UnderWay(Task),
    /// It has results.
    Last(Task),
}

/// A wait in progress.
pub(super) struct Wait {
    client: Client,
    id: String,
    options: WaitOptions,
    started: Instant,
    pauses: ExponentialBackoff,
    /// An answer that is already known, so that no request is needed.
    answer: Option<Result<Task, ClientError>>,
    /// Whether nothing has been asked yet, so that the first request needs no pause.
    fresh: bool,
    /// The wait that the last answer asked for.
    asked_to_wait: Option<Duration>,
    /// Requests without an answer since the last answer.
    failures: u32,
    /// Answers that say that the task is completed but have no results.
    empty: u32,
    task: Option<Box<Task>>,
    last_error: Option<ClientError>,
}

impl Wait {
    pub(super) fn new(client: Client, id: String, seen: Option<Task>, options: WaitOptions) -> Self {
        Self {
            client,
            id,
            started: Instant::now(),
            pauses: options.pauses(),
            options,
            answer: seen.map(Ok),
            fresh: true,
            asked_to_wait: None,
            failures: 0,
            empty: 0,
            task: None,
            last_error: None,
        }
    }

    /// The next state of the task, after a pause and as many requests as it takes.
    ///
    /// An error ends the wait: the task failed, the time is up, or there was no answer.
    pub(super) async fn next(&mut self) -> Result<Seen, ClientError> {
        loop {
            if !self.fresh {
                self.pause().await?;
            }
            self.fresh = false;
            let answer = match self.answer.take() {
                Some(answer) => answer,
                None => self.ask().await?,
            };
            self.asked_to_wait = answer.as_ref().err().and_then(ClientError::retry_after);
            if let Some(seen) = self.judge(answer)? {
                return Ok(seen);
            }
        }
    }

    fn remaining(&self) -> Duration {
        self.options.timeout.saturating_sub(self.started.elapsed())
    }

    /// Asks once. The inner result is the answer, the outer one the end of the wait.
    async fn ask(&mut self) -> Result<Result<Task, ClientError>, ClientError> {
        // With `sync_upstream`, the server may answer before the results of a completed task are stored.
        let sync_upstream = self.options.sync_upstream && self.empty == 0;
        match timeout(self.remaining(), self.client.ask(&self.id, sync_upstream)).await {
            Ok(answer) => Ok(answer),
            Err(_) => Err(self.timed_out()),
        }
    }

    /// The state of the task, an error if it will never be done, or `None` if it could not be fetched.
    fn judge(&mut self, answer: Result<Task, ClientError>) -> Result<Option<Seen>, ClientError> {
        let task = match answer {
            Ok(task) => task,
            Err(error) => {
                self.failures += 1;
                if !error.is_retryable() || self.failures > self.options.max_failures {
                    return Err(error.about(&self.id));
                }
                self.last_error = Some(error);
                return Ok(None);
            }
        };
        self.failures = 0;
        self.last_error = None;
        trace::seen(&task);
        if let Some(callback) = &self.options.on_progress {
            callback(&task);
        }
        let failed = |kind: fn(Box<Task>) -> ErrorKind, task: Task| {
            Err(ClientError::new(Operation::Ask, kind(Box::new(task))).about(&self.id))
        };
        match Outcome::of(&task) {
            Outcome::Done => return Ok(Some(Seen::Last(task))),
            Outcome::Failed => return failed(ErrorKind::TaskFailed, task),
            Outcome::Cancelled => return failed(ErrorKind::TaskCancelled, task),
            Outcome::Empty if self.empty >= self.options.max_empty => return failed(ErrorKind::NoResults, task),
            Outcome::Empty => {
                // They are missing only for a moment, so pauses can be short again.
                if self.empty == 0 {
                    self.pauses = self.options.pauses();
                }
                self.empty += 1;
            }
            Outcome::UnderWay => {}
        }
        self.task = Some(Box::new(task.clone()));
        Ok(Some(Seen::UnderWay(task)))
    }

    async fn pause(&mut self) -> Result<(), ClientError> {
        let longest = self.pauses.next().unwrap_or(self.options.max_interval);
        // Many clients that submitted together should not ask together.
        let pause = scaled(longest, 1.0 - fastrand::f64() / 4.0);
        let asked_to_wait = self.asked_to_wait.take().unwrap_or_default();
        let pause = pause.max(asked_to_wait.min(self.client.0.retry.longest_retry_after()));
        let remaining = self.remaining();
        sleep(pause.min(remaining)).await;
        if pause >= remaining { Err(self.timed_out()) } else { Ok(()) }
    }

    fn timed_out(&mut self) -> ClientError {
        let timeout = WaitTimeout {
            task_id: self.id.clone(),
            waited: self.started.elapsed(),
            task: self.task.take(),
            last_error: self.last_error.take(),
        };
        ClientError::new(Operation::Ask, ErrorKind::WaitTimedOut(timeout))
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, WaitOptions};

    #[test]
    fn pauses_grow_by_half_up_to_the_ceiling() {
        let pauses: Vec<_> = WaitOptions::default().pauses().take(8).map(|it| it.as_millis()).collect();
        assert_eq!(pauses, [2000, 3000, 4500, 6750, 10125, 15000, 15000, 15000]);
    }

    #[test]
    fn a_first_pause_beyond_the_ceiling_is_the_ceiling() {
        let options = WaitOptions::default().interval(Duration::from_secs(60)).max_interval(Duration::from_secs(1));
        assert_eq!(options.pauses().next(), Some(Duration::from_secs(1)));
    }
}

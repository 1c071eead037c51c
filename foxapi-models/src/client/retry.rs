//! Decides when a request is retried, and after how long.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::error::ClientError;
use super::retry_after::UNREADABLE;
use super::trace;

/// How often and how soon a request is retried.
///
/// Which requests may be retried is not a matter of policy: a submission only if it was certainly not accepted,
/// everything else whenever the failure may be temporary.
///
/// A `Retry-After` from the server is respected. One longer than [`max_retry_after`](Self::max_retry_after), or one that
/// cannot be read, ends the attempts, and the error says how long the server asked to wait. Without one, the delay is
/// random, between zero and a limit that doubles from [`base_delay`](Self::base_delay) to
/// [`max_delay`](Self::max_delay), so that many clients do not return at the same moment.
///
/// ```
/// use std::time::Duration;
/// use foxapi_models::client::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_retries(8).max_delay(Duration::from_secs(60));
/// let never = RetryPolicy::none();
/// # let _ = (patient, never);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_retries: usize,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Three retries, half a second to ten seconds apart; a `Retry-After` of up to one minute is respected.
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Never retries: every request is sent once.
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How many times a request is retried.
    pub fn max_retries(mut self, retries: usize) -> Self {
        self.max_retries = retries;
        self
    }

    /// The longest delay before the first retry; it doubles with each further retry.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest delay before any retry.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is respected; a longer one ends the attempts.
    pub fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    pub(crate) fn longest_retry_after(&self) -> Duration {
        self.max_retry_after
    }

    /// Does the work, and retries it as long as its error allows.
    pub(crate) async fn run<T, F, W>(&self, work: F) -> Result<T, ClientError>
    where
        F: FnMut() -> W,
        W: Future<Output = Result<T, ClientError>>,
    {
        let ceilings = ExponentialBuilder::new()
            .with_factor(2.0)
            .with_min_delay(self.base_delay)
            .with_max_delay(self.max_delay)
            .with_max_times(self.max_retries);
        work.retry(ceilings)
            .sleep(tokio::time::sleep)
            .when(ClientError::is_retryable)
            .adjust(|error, ceiling| self.delay(ceiling?, error.retry_after(), fastrand::f64()))
            .notify(trace::retry)
            .await
    }

    /// How long to wait before the next attempt; `None` if there is none.
    ///
    /// `chance` is between 0 and 1. It also adds to a `Retry-After`, since all clients that were refused at once were
    /// told the same.
    fn delay(&self, ceiling: Duration, retry_after: Option<Duration>, chance: f64) -> Option<Duration> {
        match retry_after {
            Some(after) if after == UNREADABLE || after > self.max_retry_after => None,
            Some(after) => Some(after.saturating_add(scaled(self.base_delay.min(self.max_delay), chance))),
            None => Some(scaled(ceiling.min(self.max_delay), chance)),
        }
    }
}

/// A duration times a factor, without overflow.
pub(crate) fn scaled(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Duration, RetryPolicy};

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn without_retry_after_the_wait_is_anywhere_below_the_ceiling() {
        let policy = RetryPolicy::default().max_delay(MS(800));
        assert_eq!(policy.delay(MS(500), None, 0.0), Some(MS(0)));
        assert_eq!(policy.delay(MS(500), None, 0.5), Some(MS(250)));
        assert_eq!(policy.delay(MS(9000), None, 1.0), Some(MS(800)));
    }

    #[test]
    fn retry_after_is_never_undercut_and_not_waited_for_beyond_the_cap() {
        let policy = RetryPolicy::default().base_delay(MS(100)).max_retry_after(MS(5000));
        assert_eq!(policy.delay(MS(1), Some(MS(3000)), 0.0), Some(MS(3000)));
        assert_eq!(policy.delay(MS(1), Some(MS(3000)), 0.5), Some(MS(3050)));
        assert_eq!(policy.delay(MS(1), Some(MS(5001)), 0.0), None);
        assert_eq!(policy.delay(MS(1), Some(Duration::from_secs(u64::MAX)), 1.0), None);
    }

    #[test]
    fn no_duration_is_too_long() {
        let endless = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
        assert_eq!(endless.delay(Duration::MAX, None, 1.0), Some(Duration::MAX));
        assert_eq!(endless.delay(Duration::MAX, Some(MS(1)), 1.0), Some(Duration::MAX));
    }
}

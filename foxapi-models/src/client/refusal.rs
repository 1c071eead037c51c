//! Refusals of the API.

use std::fmt;
use std::time::Duration;

use crate::ApiError;

use super::clean;
use super::retry_after;

/// A refusal in the documented form, `{"error": {"message": "…", "type": "…"}}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The reason, as the API gives it.
    pub error: ApiError,
    /// ID of this exchange in the logs of the API, for questions to its support.
    pub request_id: Option<String>,
    /// How long the API asks you to wait before the next attempt; [`Duration::MAX`] if that cannot be read.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// Whether the API has said, in the documented form, that it did not accept the submission.
    ///
    /// An answer without type or message comes from an intermediary, about which nothing is documented. A time-out
    /// or a server error leaves open what happened before.
    pub(crate) fn is_certain(&self) -> bool {
        let says = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let documented = says(&self.error.type_) && says(&self.error.message);
        documented && matches!(self.status, 400..=407 | 409..=499 | 503)
    }

    /// Whether the API refused only for now, so that the same submission may be accepted later.
    pub(crate) fn is_for_now(&self) -> bool {
        self.is_certain() && matches!(self.status, 429 | 503)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API refused (HTTP {}): {}", self.status, reason(&self.error))?;
        match self.retry_after {
            Some(retry_after::UNREADABLE) => f.write_str("; it asks you to wait, but the time cannot be read")?,
            Some(after) => write!(f, "; try again in {} s", after.as_secs_f64().ceil())?,
            None => {}
        }
        match &self.request_id {
            Some(id) => write!(f, " [request {}]", clean::line(id)),
            None => Ok(()),
        }
    }
}

/// An error of the API on one line: `insufficient_quota: no credits left (code …)`.
pub(crate) fn reason(error: &ApiError) -> String {
    let mut parts: Vec<String> =
        [&error.type_, &error.message].into_iter().flatten().map(|text| clean::line(text)).collect();
    parts.retain(|part| !part.is_empty());
    let mut reason = if parts.is_empty() { "without a reason".to_owned() } else { parts.join(": ") };
    if let Some(code) = &error.code {
        reason.push_str(&format!(" (code {})", clean::line(code)));
    }
    reason
}

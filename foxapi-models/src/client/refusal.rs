//! What the API says when it refuses.

use std::fmt;
use std::time::Duration;

use crate::ApiError;

use super::excerpt;

/// A refusal in the documented form, `{"error": {"message": "…", "type": "…"}}`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The reason, as the API gives it.
    pub error: ApiError,
    /// Name of this exchange in the logs of the API, for questions to its support.
    pub request_id: Option<String>,
    /// How long the API asks to wait before the next attempt.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    /// Whether the API has said, in the documented form, that it did not take the submission for now.
    ///
    /// An answer without type or message comes from something between, of which nothing is documented.
    pub(crate) fn is_certain_not_to_be_accepted(&self) -> bool {
        let documented = self.error.type_.is_some() && self.error.message.is_some();
        documented && matches!(self.status, 429 | 503)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API refused (HTTP {}): {}", self.status, reason(&self.error))?;
        if let Some(after) = self.retry_after {
            write!(f, "; try again in {} s", after.as_secs())?;
        }
        match &self.request_id {
            Some(id) => write!(f, " [request {}]", excerpt::line(id)),
            None => Ok(()),
        }
    }
}

/// An error of the API on one line: `insufficient_quota: no credits left (code …)`.
pub(crate) fn reason(error: &ApiError) -> String {
    let mut parts: Vec<String> =
        [&error.type_, &error.message].into_iter().flatten().map(|text| excerpt::line(text)).collect();
    parts.retain(|part| !part.is_empty());
    let mut reason = if parts.is_empty() { "without a reason".to_owned() } else { parts.join(": ") };
    if let Some(code) = &error.code {
        reason.push_str(&format!(" (code {})", excerpt::line(code)));
    }
    reason
}

//! What the status of an answer says about the next attempt.

/// Statuses after which the same request may succeed.
pub(super) fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=524 | 529)
}

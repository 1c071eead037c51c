//! Answers of the server, including faulty ones.

use std::time::Duration;

/// An answer, or a fault in place of one.
///
/// ```
/// use std::time::Duration;
/// use foxapi_mock::Answer;
///
/// let slow = Answer::refusal(429, "rate_limit_error", "slow down").header("Retry-After", "1");
/// let slow = slow.after(Duration::from_millis(20));
/// let half = Answer::json(200, r#"{"id": "task-1", "status": "pending"}"#).cut_after(12);
/// # let _ = (slow, half);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) delay: Duration,
    pub(crate) end: End,
    /// Whether the request takes effect, no matter what the answer is.
    pub(crate) takes_effect: bool,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Complete.
    Whole,
    /// The connection is closed after that many bytes of the body.
    CutAfter(usize),
    /// The connection is closed without an answer.
    HangUp,
    /// The connection stays open without an answer.
    Silence,
}

impl Answer {
    /// Creates an answer with any body.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body: body.into(),
            delay: Duration::ZERO,
            end: End::Whole,
            takes_effect: false,
        }
    }

    /// Creates an answer with a JSON body.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    /// Creates a refusal in the documented form.
    pub fn refusal(status: u16, type_: &str, message: &str) -> Self {
        Self::json(status, serde_json::json!({"error": {"message": message, "type": type_}}))
    }

    /// Closes the connection after the request was read, without an answer.
    pub fn hang_up() -> Self {
        Self { end: End::HangUp, ..Self::json(200, "") }
    }

    /// Reads the request, and sends nothing for as long as the client waits.
    pub fn silence() -> Self {
        Self { end: End::Silence, ..Self::json(200, "") }
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Delays the answer by this time.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Closes the connection after that many bytes of the body, although all were announced.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.end = End::CutAfter(bytes);
        self
    }

    /// Lets the request take effect as it would have without this answer: a submission is accepted, a file is kept.
    pub fn after_taking_effect(mut self) -> Self {
        self.takes_effect = true;
        self
    }
}

//! An answer that came, but is not what the API documents.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::status::is_transient;

/// An answer that is not what the API documents, such as a page from a proxy, an empty body or JSON of another shape.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnreadableAnswer {
    /// HTTP status.
    pub status: u16,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// What is wrong with it.
    pub reason: Unreadable,
    /// Start of the body: one short line, without markup and control characters.
    pub excerpt: String,
    /// ID of this exchange in the logs of the API, for questions to its support.
    pub request_id: Option<String>,
    /// How long the server asks you to wait before the next attempt; [`Duration::MAX`] if that cannot be read.
    pub retry_after: Option<Duration>,
    pub(crate) source: Option<Arc<serde_json::Error>>,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unreadable {
    /// The body is empty.
    Empty,
    /// The body is not JSON.
    NotJson,
    /// The body is JSON, but not of a shape that the API documents.
    UnknownShape,
    /// The body is longer than any answer of the API.
    TooLong,
    /// The server redirects to another address; the key is not sent there.
    Redirect,
    /// It is about a task other than the one that was asked for.
    AnotherTask,
}

impl UnreadableAnswer {
    /// Whether the same request may get a better answer.
    pub(crate) fn may_pass(&self) -> bool {
        let stranger = matches!(self.reason, Unreadable::Empty | Unreadable::NotJson);
        is_transient(self.status) || (stranger && matches!(self.status, 200..=299))
    }

    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|error| error as _)
    }
}

impl fmt::Display for UnreadableAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            Unreadable::Empty => "is empty",
            Unreadable::NotJson => "is not JSON",
            Unreadable::UnknownShape => "does not have the documented shape",
            Unreadable::TooLong => "is far too long",
            Unreadable::Redirect => "is a redirect, which is not followed",
            Unreadable::AnotherTask => "is about another task",
        };
        write!(f, "the answer {reason} (HTTP {}", self.status)?;
        if let Some(content_type) = &self.content_type {
            write!(f, ", {content_type}")?;
        }
        f.write_str(")")?;
        if self.status == 403 && self.excerpt.contains("1010") {
            f.write_str(", the proxy rejects the user agent")?;
        }
        if self.excerpt.is_empty() { Ok(()) } else { write!(f, ": {:?}", self.excerpt) }
    }
}

//! Faults of the connection, below HTTP.

use std::error::Error;
use std::fmt;

/// What went wrong with a connection.
#[derive(Debug)]
pub struct TransportError(Cause);

#[derive(Debug)]
enum Cause {
    Http(reqwest::Error),
    Silence,
}

impl TransportError {
    /// Addresses are left out, since the address of a result works like a password for a day.
    pub(crate) fn new(error: reqwest::Error) -> Self {
        Self(Cause::Http(error.without_url()))
    }

    /// The server sends nothing.
    pub(crate) fn silence() -> Self {
        Self(Cause::Silence)
    }

    /// Whether the failure may be temporary; a redirect loop is not.
    pub(crate) fn may_pass(&self) -> bool {
        !matches!(&self.0, Cause::Http(error) if error.is_redirect())
    }

    /// Whether the connection or the server took too long.
    pub fn is_timeout(&self) -> bool {
        match &self.0 {
            Cause::Http(error) => error.is_timeout(),
            Cause::Silence => true,
        }
    }

    /// Whether the name of the host could not be resolved.
    pub fn is_dns(&self) -> bool {
        matches!(&self.0, Cause::Http(error) if error.is_dns())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cause::Http(error) = &self.0 else {
            return f.write_str("time-out: the server stopped sending");
        };
        if error.is_timeout() {
            return f.write_str(if error.is_connect() { "time-out while connecting" } else { "time-out" });
        }
        // The root says what happened ("connection refused"), the errors above it only where.
        let mut root: &dyn Error = error;
        while let Some(source) = root.source() {
            root = source;
        }
        if self.is_dns() {
            write!(f, "the host name could not be resolved: {root}")
        } else {
            fmt::Display::fmt(root, f)
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Cause::Http(error) => Some(error),
            Cause::Silence => None,
        }
    }
}

/// An answer that did not arrive, or not completely, after at least a part of the request was sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct LostAnswer {
    /// What happened to the connection.
    pub cause: TransportError,
    /// HTTP status of the answer, if its head arrived.
    pub status: Option<u16>,
    /// Start of what arrived of its body, cleaned.
    pub excerpt: Option<String>,
}

impl fmt::Display for LostAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)?;
        if let Some(status) = self.status {
            write!(f, ", after HTTP {status}")?;
        }
        match &self.excerpt {
            Some(excerpt) => write!(f, " and {excerpt:?}"),
            None => Ok(()),
        }
    }
}

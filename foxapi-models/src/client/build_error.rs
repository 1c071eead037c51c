//! Why a client cannot be built.

use std::fmt;

use super::environment;

/// Why a client cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no key: none was given, and `FOXAPI_API_KEY` is not set.
    MissingApiKey,
    /// The key has characters that keys do not have, such as spaces or line breaks.
    InvalidApiKey,
    /// The address is invalid.
    InvalidBaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The address is `http` and on another machine: anyone along the way could read the key.
    InsecureBaseUrl,
    /// The user agent is empty, or not valid in a header.
    InvalidUserAgent,
    /// The address needs TLS, and the crate was built without the features `rustls` and `native-tls`.
    NoTls,
    /// A variable of the environment is set to something invalid.
    InvalidVariable {
        /// Its name.
        name: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The HTTP library cannot be set up.
    Http(reqwest::Error),
    /// TLS cannot be set up; usually there are no certificates on the machine.
    Tls(Box<dyn std::error::Error + Send + Sync>),
    /// The runtime of the blocking client cannot be started.
    Runtime(std::io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingApiKey => {
                write!(f, "the API key is missing: set {}, or give it to the builder", environment::API_KEY)
            }
            Self::InvalidApiKey => f.write_str("the API key has characters that keys do not have"),
            Self::InvalidBaseUrl { reason } => write!(f, "the base URL is invalid: {reason}"),
            Self::InsecureBaseUrl => f.write_str(
                "the base URL is http, so anyone along the way could read the key; use https, or `allow_insecure_http`",
            ),
            Self::InvalidUserAgent => f.write_str("the user agent is empty, or not valid in a header"),
            Self::NoTls => f.write_str("https needs one of the features `rustls` and `native-tls`"),
            Self::InvalidVariable { name, reason } => write!(f, "the environment variable {name} is invalid: {reason}"),
            Self::Tls(error) => write!(f, "TLS cannot be set up: {error}"),
            Self::Http(error) => {
                write!(f, "the HTTP client cannot be set up: {error}")?;
                let cause = std::error::Error::source(error);
                cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))
            }
            Self::Runtime(error) => write!(f, "the runtime cannot be started: {error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            Self::Tls(error) => Some(error.as_ref()),
            Self::Runtime(error) => Some(error),
            _ => None,
        }
    }
}

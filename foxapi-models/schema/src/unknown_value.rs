//! The error for a text that is not a value of an enumeration.

use std::fmt;

use crate::suggest::closest;
use crate::{found, words};

/// A text that is not a value of the enumeration it was parsed as.
///
/// ```
/// use foxapi_models::Resolution;
///
/// let error = "720P".parse::<Resolution>().unwrap_err();
/// assert_eq!(error.suggestion(), Some("720p"));
/// assert_eq!(error.to_string(), r#""720P" is unknown, only "720p", "1080p" and "4k" are allowed; did you mean "720p"?"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    found: String,
    allowed: &'static [&'static str],
    suggestion: Option<&'static str>,
}

impl UnknownValue {
    /// An error for a text that is not one of the allowed values.
    #[doc(hidden)]
    #[cold]
    #[must_use]
    pub fn new(found: &str, allowed: &'static [&'static str]) -> Self {
        let suggestion = closest(found, allowed);
        Self { found: found::text(found), allowed, suggestion }
    }

    /// The allowed values.
    #[must_use]
    pub fn allowed(&self) -> &[&'static str] {
        self.allowed
    }

    /// The value that was probably meant.
    #[must_use]
    pub fn suggestion(&self) -> Option<&'static str> {
        self.suggestion
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let allowed: Vec<String> = self.allowed.iter().map(|value| format!("{value:?}")).collect();
        write!(f, "{} is unknown, {}", self.found, words::only(allowed.iter()))?;
        self.suggestion.map_or(Ok(()), |value| write!(f, "; did you mean {value:?}?"))
    }
}

impl std::error::Error for UnknownValue {}

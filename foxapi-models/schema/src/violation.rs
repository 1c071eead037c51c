//! The result of checking an invalid request: every violation, as data and as a sentence.

use std::fmt;

use serde::Serialize;

use crate::keyword::Keyword;

/// One violation: a place in a request, and the keyword that it violates.
///
/// `path` and `keyword` are for programs, `message` is for people. A message never repeats free text such as
/// a prompt or a URL: it only says how long the text is, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    /// A [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901) into the body, such as
    /// `/multi_prompt/1/duration`. Empty for the body as a whole; for a missing property, where it should be.
    pub path: String,
    /// The keyword of the schema that is violated.
    pub keyword: Keyword,
    /// What was found and what is allowed.
    pub message: String,
    /// The other parameters that take part in the rule, as JSON Pointers; empty if the value is wrong by itself.
    /// Changing one of them may fix the violation, too. Not serialised if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
}

impl Violation {
    #[doc(hidden)]
    #[must_use]
    pub fn new(path: impl Into<String>, keyword: Keyword, message: impl Into<String>) -> Self {
        Self { path: path.into(), keyword, message: message.into(), related: Vec::new() }
    }

    pub(crate) fn with_related(mut self, related: Vec<String>) -> Self {
        self.related = related;
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.path.is_empty() { "(body)" } else { &self.path })?;
        f.write_str(": ")?;
        f.write_str(&self.message)
    }
}

/// All violations of a request, in the order of the documentation page; never empty.
///
/// Displayed with one violation per line, and serialised as an array of violations.
///
/// ```
/// use foxapi_models::veo::Veo31ImageToVideo;
/// use foxapi_models::{Keyword, Request};
///
/// let error = Veo31ImageToVideo::from_json(r#"{"model": "veo-3.1-image-to-video", "promt": "petals fall"}"#)
///     .unwrap_err();
/// for violation in &error {
///     match violation.keyword {
///         Keyword::Required => println!("{} is missing", violation.path),
///         Keyword::AdditionalProperties => println!("{} is unknown", violation.path),
///         _ => println!("{violation}"),
///     }
/// }
/// # assert_eq!(error.violations().len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ValidationError {
    violations: Vec<Violation>,
}

impl ValidationError {
    /// Creates it from `violations`, or from `otherwise` if there are none.
    #[doc(hidden)]
    #[must_use]
    pub fn new(mut violations: Vec<Violation>, otherwise: impl FnOnce() -> Violation) -> Self {
        if violations.is_empty() {
            violations.push(otherwise());
        }
        Self { violations }
    }

    /// The violations; at least one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The violations, by value; at least one.
    #[must_use]
    pub fn into_violations(self) -> Vec<Violation> {
        self.violations
    }
}

impl From<Violation> for ValidationError {
    fn from(violation: Violation) -> Self {
        Self { violations: vec![violation] }
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ValidationError {}

impl IntoIterator for ValidationError {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.into_iter()
    }
}

impl<'a> IntoIterator for &'a ValidationError {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.violations.iter()
    }
}

//! One difference between a page and its spec.

use std::fmt::{self, Display, Formatter};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Topic {
    /// A model that only one of the two has.
    Model,
    /// Method or path.
    Endpoint,
    /// A parameter that only the spec has.
    MissingOnPage,
    /// A parameter that only the page has.
    MissingInSpec,
    /// Parameters stand in another order.
    Order,
    /// Type or format.
    Type,
    /// Whether it may be null.
    Null,
    /// Whether it is required.
    Required,
    /// The default.
    Default,
    /// The values that it may have.
    Options,
    /// A bound on the value.
    Limit,
    /// An example.
    Example,
    /// `deprecated`, `readOnly`, …
    Mark,
    /// A keyword that has no topic of its own: `pattern`, `uniqueItems`, …
    Keyword,
    /// A condition over several parameters.
    Rule,
    /// A request or value of the page is refused by the generated validators.
    Body,
    /// Something that is labelled as a fact and cannot be read.
    Unread,
    /// A reviewed sentence is said to have become something that the spec does not have.
    Review,
}

impl Topic {
    /// The word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Endpoint => "endpoint",
            Self::MissingOnPage => "missing-on-page",
            Self::MissingInSpec => "missing-in-spec",
            Self::Order => "order",
            Self::Type => "type",
            Self::Null => "null",
            Self::Required => "required",
            Self::Default => "default",
            Self::Options => "options",
            Self::Limit => "limit",
            Self::Example => "example",
            Self::Mark => "mark",
            Self::Keyword => "keyword",
            Self::Rule => "rule",
            Self::Body => "body",
            Self::Unread => "unread",
            Self::Review => "review",
        }
    }
}

/// A place in a spec file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// Name of the file, as messages show it.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1.
    pub column: usize,
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One difference, with where it stands on both sides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// What it is about.
    pub topic: Topic,
    /// JSON Pointer to the parameter; empty: it is about the whole request.
    pub parameter: String,
    /// Line of the capture, counted from 1.
    pub line: usize,
    /// Where the spec says it, or could.
    pub place: Place,
    /// What differs.
    pub message: String,
    /// The keyword of the spec that no field of the page states: a sentence may.
    pub(crate) unstated: Option<String>,
}

//! One difference between a page and its spec.

use std::fmt::{self, Display, Formatter};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    Model,
    Endpoint,
    /// A parameter that the spec has and the page has not.
    MissingOnPage,
    /// A parameter that the page has and the spec has not.
    MissingInSpec,
    Order,
    Type,
    Null,
    Required,
    Default,
    Options,
    Limit,
    Example,
    Advice,
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
}

impl Topic {
    /// The word for programs.
    pub(crate) fn word(self) -> &'static str {
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
            Self::Advice => "advice",
            Self::Mark => "mark",
            Self::Keyword => "keyword",
            Self::Rule => "rule",
            Self::Body => "body",
            Self::Unread => "unread",
        }
    }
}

/// A place in a spec file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One difference, with where it stands on both sides.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) topic: Topic,
    /// JSON Pointer to the parameter; empty: it is about the whole request.
    pub(crate) parameter: String,
    /// Line of the capture, counted from 1.
    pub(crate) line: usize,
    pub(crate) place: Place,
    pub(crate) message: String,
}

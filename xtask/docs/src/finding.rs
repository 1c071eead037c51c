//! One difference between a page and its spec.

use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use crate::words::words;

words! {
    /// What a finding is about.
    pub enum Topic {
        /// A model that only one of the two has.
        Model = "model",
        /// Method or path.
        Endpoint = "endpoint",
        /// A parameter that only the spec has.
        MissingOnPage = "missing-on-page",
        /// A parameter that only the page has.
        MissingInSpec = "missing-in-spec",
        /// Parameters are in a different order.
        Order = "order",
        /// Type or format.
        Type = "type",
        /// Whether it may be null.
        Null = "null",
        /// Whether it is required.
        Required = "required",
        /// The default.
        Default = "default",
        /// The values that it may have.
        Options = "options",
        /// A bound on the value.
        Limit = "limit",
        /// An example.
        Example = "example",
        /// `deprecated`, `readOnly`, …
        Mark = "mark",
        /// A keyword without a separate topic: `pattern`, `uniqueItems`, …
        Keyword = "keyword",
        /// A condition on several parameters.
        Rule = "rule",
        /// A request or value of the page is refused by its spec.
        Body = "body",
        /// Something that is labelled as a fact but cannot be read.
        Unread = "unread",
        /// A reviewed sentence is recorded to have become something that the spec does not have.
        Review = "review",
    }
}

/// A place in a spec file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SpecPlace {
    /// Name of the file, as shown in messages.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1.
    pub column: usize,
}

impl Display for SpecPlace {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One difference, with its place on both sides.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What it is about.
    pub topic: Topic,
    /// JSON Pointer to the parameter; empty: the whole request.
    pub parameter: String,
    /// Line of the capture, counted from 1.
    pub line: usize,
    /// Where the spec says it, or could say it.
    #[serde(rename = "spec")]
    pub place: SpecPlace,
    /// What differs.
    pub message: String,
    /// The keyword of the spec that no field of the page states, though a sentence may.
    #[serde(skip)]
    pub(crate) unstated: Option<String>,
    /// What a contradiction of the page is remembered by.
    #[serde(skip)]
    pub(crate) hash: Option<String>,
}

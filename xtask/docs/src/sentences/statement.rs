//! What a person reviews of a page.

/// A sentence of a page, or a contradiction that was found in it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Statement {
    /// JSON Pointer to the parameter; empty: the request.
    pub parameter: String,
    /// Line of the capture, counted from 1.
    pub line: usize,
    /// The words of the sentence, or what the contradiction is.
    pub words: String,
    pub(crate) hash: String,
    /// Whether it is a contradiction.
    pub is_contradiction: bool,
}

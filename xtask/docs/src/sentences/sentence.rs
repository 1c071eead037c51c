//! One sentence.

/// A sentence of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sentence {
    /// JSON Pointer to the parameter; empty: it is about the request.
    pub(crate) parameter: String,
    pub(crate) line: usize,
    pub(crate) words: String,
    pub(crate) hash: String,
    /// It says where the page contradicts itself.
    pub(crate) is_contradiction: bool,
}

//! Positions in texts.

/// A place in one of several texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_structs, reason = "made by readers of other formats")]
pub struct Span {
    /// Which of the texts.
    pub file: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1 in Unicode code points.
    pub column: usize,
}

impl Default for Span {
    /// The beginning of the first text.
    fn default() -> Self {
        Self { file: 0, line: 1, column: 1 }
    }
}

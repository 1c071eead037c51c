//! What is wrong with a capture.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

/// What to do about a file that shows more than one page.
pub(crate) const SEVERAL_PAGES: &str = "if this is several pages in one file, check them one by one";

/// Why a capture cannot be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Problem {
    /// Counted from 1; `None`: the whole file.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Cow<'static, str>,
}

impl Problem {
    pub(crate) fn at(line: usize, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { line: Some(line), ..Self::whole(message, help) }
    }

    /// A problem with the whole file.
    pub fn whole(message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { line: None, message: message.into(), help: help.into() }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.message, self.help)
    }
}

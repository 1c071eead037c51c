//! `pattern`: a regular expression that is compiled on first use.

use std::sync::OnceLock;

use regex_lite::Regex;

/// Whether a text matches a pattern, which is compiled only once for each place in the code.
macro_rules! pattern {
    ($text:expr, $pattern:literal) => {{
        static PATTERN: $crate::runtime::Pattern = $crate::runtime::Pattern::new($pattern);
        PATTERN.matches($text)
    }};
}

pub(crate) use pattern;

/// A regular expression, and its compiled form once it is needed.
pub(crate) struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Whether the text matches the pattern somewhere. The generator has made sure that the pattern compiles.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.compiled.get_or_init(|| Regex::new(self.text).ok()).as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn pattern_is_searched_for_anywhere() {
        let has_size = |text| pattern!(text, r"\d+x\d+");
        assert!(has_size("640x480"));
        assert!(has_size("about 640x480, or so"));
        assert!(!has_size("640 x 480"));
        assert!(!pattern!("a\n", "^a$"), "the end is the end of the text");
    }
}

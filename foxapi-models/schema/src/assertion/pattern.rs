//! `pattern`: a regular expression that a text matches somewhere.

use serde_json::Value;

use crate::invalid_keyword::InvalidKeyword;
use crate::keyword::Keyword;

pub(super) fn read(value: &Value) -> Result<String, InvalidKeyword> {
    match value {
        Value::String(pattern) => Ok(pattern.clone()),
        other => Err(InvalidKeyword::expected(Keyword::Pattern, "a string", other)),
    }
}

/// The generator has seen to it that the pattern compiles.
pub(super) fn holds(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

pub(super) fn violation(pattern: &str) -> String {
    format!("does not match `{pattern}`")
}

pub(super) fn phrase(pattern: &str) -> String {
    format!("matches `{pattern}`")
}

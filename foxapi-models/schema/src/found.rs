//! How violations show what was found: enough to recognise it, and never a piece of free text.

use serde_json::Number;

use crate::invisible;
use crate::json::View;
use crate::words::count;

/// A text that was found where one of a few values belongs: verbatim if it looks like such a value, otherwise only
/// its length.
pub(crate) fn text(found: &str) -> String {
    /// Values of enumerations are hardly ever longer; prompts and URLs usually are.
    const LONGEST: usize = 40;

    let looks_like_value = found.len() <= LONGEST * 4
        && found.chars().count() <= LONGEST
        && !found.contains("://")
        && !found.chars().any(|character| character.is_whitespace() || character.is_control());
    let shown = if looks_like_value {
        format!("{found:?}")
    } else {
        format!("a string of {}", count(found.chars().count(), "character"))
    };
    shown + &unseen(found)
}

/// Names the first invisible character in a text; empty if there is none.
pub(crate) fn unseen(found: &str) -> String {
    invisible::first(found).map_or_else(String::new, |character| format!(" with the invisible character {character}"))
}

/// A value that was found where one of a few values belongs, without free text.
pub fn value(found: &View<'_>) -> String {
    match found {
        View::String(found) => text(found),
        View::Number(number) => self::number(number),
        View::Boolean(flag) => flag.to_string(),
        View::Null | View::Array(_) | View::Object(_) => kind(found).to_owned(),
    }
}

/// A number as it is written, unless it has too many digits to read.
pub(crate) fn number(found: &Number) -> String {
    const LONGEST: usize = 40;

    let digits = found.to_string();
    if digits.len() <= LONGEST { digits } else { format!("a number of {}", count(digits.len(), "digit")) }
}

/// The JSON type of a value, with an article.
pub fn kind(found: &View<'_>) -> &'static str {
    match found {
        View::Null => "null",
        View::Boolean(_) => "a boolean",
        View::Number(_) => "a number",
        View::String(_) => "a string",
        View::Array(_) => "an array",
        View::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_text_is_never_repeated() {
        assert_eq!(text("8k"), r#""8k""#);
        assert_eq!(text(""), r#""""#);
        assert_eq!(text("a secret prompt"), "a string of 15 characters");
        assert_eq!(text("https://a.example/?key=1"), "a string of 24 characters");
        assert_eq!(text(&"語".repeat(41)), "a string of 41 characters");
    }
}

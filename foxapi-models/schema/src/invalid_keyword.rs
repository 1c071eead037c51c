//! Why the value of a keyword is refused.

use serde_json::{Number, Value};

use crate::found;
use crate::keyword::Keyword;

/// Why the value of a keyword is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "code that shows it needs every field")]
pub struct InvalidKeyword {
    pub at: KeywordPart,
    pub message: String,
    pub help: Option<String>,
}

/// Which part of a keyword is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "code that shows it has to handle every kind")]
pub enum KeywordPart {
    /// The keyword itself, which lacks something.
    Keyword,
    /// Its value, or the part of it that a JSON Pointer leads to.
    Value(String),
    /// The name of a member, as a JSON Pointer.
    Name(String),
}

impl InvalidKeyword {
    pub(crate) fn new(message: String) -> Self {
        Self { at: KeywordPart::Value(String::new()), message, help: None }
    }

    pub(crate) fn of_keyword(message: String) -> Self {
        Self { at: KeywordPart::Keyword, ..Self::new(message) }
    }

    /// The same problem, in a part of the value.
    pub(crate) fn inside(self, pointer: String) -> Self {
        Self { at: KeywordPart::Value(pointer), ..self }
    }

    /// The keyword takes another kind of value.
    pub(crate) fn expected(keyword: Keyword, what: &str, found: &Value) -> Self {
        Self::new(format!("\"{keyword}\" takes {what}, not {}", found::kind(&found.into())))
    }

    /// The keyword takes only other numbers.
    pub(crate) fn out_of_range(keyword: Keyword, what: &str, found: &Number) -> Self {
        Self::new(format!("\"{keyword}\" takes {what}, not {found}"))
    }
}

/// Reads a list of distinct names; anything wrong is added to `problems`.
pub(crate) fn names(keyword: Keyword, value: &Value, within: &str, problems: &mut Vec<InvalidKeyword>) -> Vec<String> {
    const NAMES: &str = "an array of names";

    let Value::Array(items) = value else {
        problems.push(InvalidKeyword::expected(keyword, NAMES, value).inside(within.to_owned()));
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let why = match item.as_str() {
            None => InvalidKeyword::expected(keyword, NAMES, item),
            Some(name) if names.iter().any(|known| known == name) => {
                InvalidKeyword::new(format!("\"{name}\" is listed twice in \"{keyword}\""))
            }
            Some(name) => {
                names.push(name.to_owned());
                continue;
            }
        };
        problems.push(why.inside(format!("{within}/{index}")));
    }
    names
}

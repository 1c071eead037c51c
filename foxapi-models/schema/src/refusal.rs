//! Why a keyword cannot have a value.

use serde_json::{Number, Value};

use crate::keyword::Keyword;
use crate::message;

/// Why a keyword cannot have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "it is shown, field by field")]
pub struct Refusal {
    pub at: At,
    pub message: String,
    pub help: Option<String>,
}

/// What of a keyword is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "it is shown, whatever it is")]
pub enum At {
    /// The keyword itself, which lacks something.
    Keyword,
    /// Its value, or what a JSON Pointer leads to from there.
    Value(String),
    /// The name of a member, by its JSON Pointer.
    Name(String),
}

impl Refusal {
    pub(crate) fn new(message: String) -> Self {
        Self { at: At::Value(String::new()), message, help: None }
    }

    pub(crate) fn of_keyword(message: String) -> Self {
        Self { at: At::Keyword, ..Self::new(message) }
    }

    /// Of something inside of the value.
    pub(crate) fn inside(self, pointer: String) -> Self {
        Self { at: At::Value(pointer), ..self }
    }

    /// Of a keyword that takes another kind of value.
    pub(crate) fn expected(keyword: Keyword, what: &str, found: &Value) -> Self {
        Self::new(format!("\"{keyword}\" takes {what}, not {}", message::kind(found)))
    }

    /// Of a keyword that takes other numbers.
    pub(crate) fn out_of_range(keyword: Keyword, what: &str, found: &Number) -> Self {
        Self::new(format!("\"{keyword}\" takes {what}, not {found}"))
    }
}

/// Names in a list, none of them twice; what is wrong is noted.
pub(crate) fn names(keyword: Keyword, value: &Value, within: &str, refusals: &mut Vec<Refusal>) -> Vec<String> {
    const NAMES: &str = "an array of names";

    let Value::Array(items) = value else {
        refusals.push(Refusal::expected(keyword, NAMES, value).inside(within.to_owned()));
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let why = match item.as_str() {
            None => Refusal::expected(keyword, NAMES, item),
            Some(name) if names.iter().any(|known| known == name) => {
                Refusal::new(format!("\"{name}\" stands in \"{keyword}\" twice"))
            }
            Some(name) => {
                names.push(name.to_owned());
                continue;
            }
        };
        refusals.push(why.inside(format!("{within}/{index}")));
    }
    names
}

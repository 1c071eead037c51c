//! `x-combined-max-items`: several arrays together have a limited number of items.

use serde_json::Value;

use super::members::members;
use crate::invalid_keyword::{InvalidKeyword, names};
use crate::json::Members;
use crate::keyword::Keyword;
use crate::words;

/// The arrays together have at most `maximum` items.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "code that enforces rules needs all of it")]
pub struct Together {
    pub arrays: Vec<String>,
    pub maximum: u64,
}

pub(super) fn read(value: &Value) -> Result<Together, Vec<InvalidKeyword>> {
    const KEYWORD: Keyword = Keyword::XCombinedMaxItems;

    let mut problems = Vec::new();
    let [arrays, maximum] = members(KEYWORD, value, ["arrays", "maximum"], &mut problems);
    let arrays = arrays.map(|arrays| names(KEYWORD, arrays, "/arrays", &mut problems));
    if arrays.as_ref().is_some_and(|arrays| arrays.len() < 2) {
        problems.push(InvalidKeyword::of_keyword(format!("\"{KEYWORD}\" needs at least two arrays")));
    }
    if maximum.is_some_and(|maximum| !maximum.is_u64()) {
        let why = InvalidKeyword::new("\"maximum\" takes a non-negative integer".to_owned());
        problems.push(why.inside("/maximum".to_owned()));
    }
    match (arrays, maximum.and_then(Value::as_u64)) {
        (Some(arrays), Some(maximum)) if problems.is_empty() => Ok(Together { arrays, maximum }),
        _ => Err(problems),
    }
}

impl Together {
    pub(super) fn violation(&self, object: &Members<'_>) -> Option<(&str, String)> {
        let Self { arrays, maximum } = self;
        let lengths = arrays.iter().filter_map(|name| object.get(name)?.as_array()).map(|items| items.len() as u64);
        let found = lengths.fold(0, u64::saturating_add);
        let first = arrays.first().filter(|_| found > *maximum)?;
        let names = words::names(arrays);
        Some((first, format!("{names} together have {found} items, {}", words::limit("at most", maximum))))
    }
}

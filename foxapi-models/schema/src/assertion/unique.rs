//! `uniqueItems`: no duplicates.

use std::collections::HashMap;

use serde_json::Value;

use crate::invalid_keyword::InvalidKeyword;
use crate::json::View;
use crate::keyword::Keyword;
use crate::number::canonical;

pub(super) const PHRASE: &str = "no duplicates";

/// Whether items must differ.
pub(super) fn read(value: &Value) -> Result<bool, InvalidKeyword> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        other => Err(InvalidKeyword::expected(Keyword::UniqueItems, "`true` or `false`", other)),
    }
}

/// The indexes of the first repeated item: where it occurs first, and where again.
pub(super) fn repeated(items: &[View<'_>]) -> Option<(usize, usize)> {
    let mut seen = HashMap::with_capacity(items.len());
    items.iter().enumerate().find_map(|(index, item)| seen.insert(canonical(item), index).map(|first| (first, index)))
}

pub(super) fn violation(items: &[View<'_>]) -> String {
    let (first, second) = repeated(items).unwrap_or_default();
    format!("has the same item at {first} and at {second}")
}

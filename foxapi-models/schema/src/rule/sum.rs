//! `x-sum-equals`: a number in each item of an array adds up to a total.

use serde_json::Value;

use super::members::members;
use crate::invalid_keyword::InvalidKeyword;
use crate::json::{Members, View};
use crate::keyword::Keyword;

/// Looks up the default of a property by name.
pub type Defaults<'d> = &'d dyn Fn(&str) -> Option<&'d Value>;

/// The numbers that the items have under `property` add up to the total.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "code that enforces rules needs all of it")]
pub struct Sum {
    pub items: String,
    pub property: String,
    pub total: String,
}

pub(super) fn read(value: &Value) -> Result<Sum, Vec<InvalidKeyword>> {
    const NAMES: [&str; 3] = ["items", "property", "total"];

    let mut problems = Vec::new();
    let found = members(Keyword::XSumEquals, value, NAMES, &mut problems);
    for (name, value) in NAMES.into_iter().zip(found) {
        if let Some(value) = value.filter(|value| !value.is_string()) {
            let why = InvalidKeyword::expected(Keyword::XSumEquals, "names of properties", value);
            problems.push(why.inside(format!("/{name}")));
        }
    }
    match found.map(|name| name.and_then(Value::as_str).map(str::to_owned)) {
        [Some(items), Some(property), Some(total)] if problems.is_empty() => Ok(Sum { items, property, total }),
        _ => Err(problems),
    }
}

impl Sum {
    /// Holds if there is no total, or if an item has no number.
    pub(super) fn violation(&self, object: &Members<'_>, default: Defaults<'_>) -> Option<(&str, String)> {
        let Self { items, property, total } = self;
        let parts = object.get(items)?.as_array()?;
        let given = object.get(total).filter(|total| !total.is_null());
        let wanted = match given {
            Some(total) => integer(total)?,
            None => integer(&default(total)?.into())?,
        };
        let sum = parts.iter().map(|part| part.get(property).and_then(integer)).sum::<Option<i128>>()?;
        let by_default = if given.is_some() { "" } else { " by default" };
        let why = || format!("has items whose `{property}` adds up to {sum}, but `{total}` is {wanted}{by_default}");
        (sum != wanted).then(|| (items.as_str(), why()))
    }
}

fn integer(value: &View<'_>) -> Option<i128> {
    let number = value.as_number()?;
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

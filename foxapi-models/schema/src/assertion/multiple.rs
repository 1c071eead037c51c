//! `multipleOf`: a number is a multiple of another.

use serde_json::{Number, Value};

use crate::found;
use crate::invalid_keyword::InvalidKeyword;
use crate::json::View;
use crate::keyword::Keyword;
use crate::number::is_multiple_of;

pub(super) fn read(value: &Value) -> Result<Number, InvalidKeyword> {
    match value {
        Value::Number(step) if step.as_f64().is_some_and(|step| step > 0.0) => Ok(step.clone()),
        Value::Number(step) => Err(InvalidKeyword::out_of_range(Keyword::MultipleOf, "a number greater than 0", step)),
        _ => Err(InvalidKeyword::expected(Keyword::MultipleOf, "a number", value)),
    }
}

pub(super) fn holds(step: &Number, number: &Number) -> bool {
    is_multiple_of(number, step)
}

pub(super) fn violation(step: &Number, value: &View<'_>) -> String {
    format!("is {}, only {} is allowed", found::value(value), phrase(step))
}

pub(super) fn phrase(step: &Number) -> String {
    format!("a multiple of {step}")
}

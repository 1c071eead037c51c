//! The wording of violations of what a schema says: its types, its values and its models.

use std::borrow::Cow;

use serde_json::Value;

use crate::assertion;
use crate::found::{kind, number, text, value};
use crate::json::View;
use crate::json_type::JsonType;
use crate::page::Page;
use crate::subschema::{Keywords, Subschema};
use crate::suggest::closest;
use crate::words::{list, only};

/// The message for a missing property.
pub(crate) const MISSING: &str = "is required";

/// The message for a value of the wrong type, with the types that are allowed.
pub(crate) fn mistyped(expected: &[JsonType], found: &View<'_>) -> String {
    let found = match found {
        // Naming the type alone would not explain what is wrong with 5.5 where an integer belongs.
        View::Number(found) => match found.as_f64().filter(|_| expected.contains(&JsonType::Integer)) {
            Some(0.0) => number(found) + ", write it as 0",
            Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
                number(found) + ", write it without a fraction"
            }
            Some(value) if value.fract() == 0.0 => number(found) + ", which is out of range",
            _ => number(found),
        }
        .into(),
        _ => Cow::from(kind(found)),
    };
    let mut names: Vec<&str> = Vec::new();
    for kind in expected {
        let name = match kind {
            JsonType::String => "a string",
            JsonType::Integer => "an integer",
            JsonType::Number => "a number",
            JsonType::Boolean => "a boolean",
            JsonType::Array => "an array",
            JsonType::Object => "an object",
            JsonType::Null => "null",
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    ["expected ", &list(&names, "or"), ", found ", &found].concat()
}

/// Whether branches are only ranges of numbers and single values.
pub(crate) fn are_alternatives(branches: &[Subschema]) -> bool {
    let is_number = |branch: &Keywords| matches!(branch.constant, Some(Value::Number(_)));
    let is_range = |branch: &Keywords| branch.constant.is_none() && branch.is_limits_alone();
    let all = |is: &dyn Fn(&Keywords) -> bool| branches.iter().all(|branch| branch.keywords().is_some_and(is));
    branches.len() > 1 && all(&|branch| is_number(branch) || is_range(branch)) && !all(&is_number)
}

/// Single values and ranges of numbers: `-1 or 4 to 15`.
pub(crate) fn alternatives(branches: &[Subschema]) -> String {
    let words = branches.iter().filter_map(Subschema::keywords).map(|keywords| match &keywords.constant {
        Some(constant) => constant.to_string(),
        None => assertion::phrases(&keywords.assertions.iter().collect::<Vec<_>>()).join(" and "),
    });
    list(&words.collect::<Vec<_>>(), "or")
}

/// The message for a value that is not allowed, with the one that was probably meant.
pub(crate) fn not_among<'v>(allowed: impl Iterator<Item = &'v Value> + Clone, found: &View<'_>) -> String {
    let meant = match found {
        View::String(found) if allowed.clone().count() > 1 => {
            did_you_mean(found, &allowed.clone().filter_map(Value::as_str).collect::<Vec<_>>())
        }
        _ => String::new(),
    };
    ["is ", &value(found), ", ", &only(allowed), &meant].concat()
}

/// The message for a model that no page describes.
pub fn unknown_model(found: &str, pages: &[&Page]) -> String {
    let mut models = Vec::new();
    for page in pages {
        models.extend_from_slice(page.models);
    }
    let meant = did_you_mean(found, &models);
    let documented = match models.as_slice() {
        [only] => format!("only {only:?} is documented"),
        models => format!("which is not one of the {} documented models", models.len()),
    };
    ["is ", &text(found), ", ", &documented, &meant].concat()
}

/// `; did you mean …?` with the name that was probably meant; empty if none is close.
fn did_you_mean(found: &str, known: &[&str]) -> String {
    closest(found, known).map_or_else(String::new, |meant| format!("; did you mean {meant:?}?"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn type_is_named_and_a_number_shown() {
        assert_eq!(
            mistyped(&[JsonType::Integer, JsonType::Null], &View::from(&json!("5"))),
            "expected an integer or null, found a string"
        );
        assert_eq!(mistyped(&[JsonType::Boolean], &View::from(&json!(5.5))), "expected a boolean, found 5.5");
    }

    #[test]
    fn what_looks_like_an_integer_says_why_it_is_none() {
        let mistyped = |value: Value| mistyped(&[JsonType::Integer], &View::from(&value));
        assert_eq!(mistyped(json!(5.5)), "expected an integer, found 5.5");
        assert_eq!(mistyped(json!(5.0)), "expected an integer, found 5.0, write it without a fraction");
        assert_eq!(mistyped(json!(-0.0)), "expected an integer, found -0.0, write it as 0");
        assert_eq!(mistyped(json!(1e23)), "expected an integer, found 1e+23, which is out of range");
    }

    #[test]
    fn an_unknown_model_is_told_how_many_are_documented() {
        let page = |models| Page::of_schema(models, "{}".to_owned());
        let (one, two) = (page(&["doc-v3"]), page(&["a-1", "a-2"]));
        assert_eq!(
            unknown_model("doc-v4", &[&one]),
            r#"is "doc-v4", only "doc-v3" is documented; did you mean "doc-v3"?"#
        );
        assert_eq!(unknown_model("x", &[&one, &two]), r#"is "x", which is not one of the 3 documented models"#);
    }

    #[test]
    fn misspelt_value_is_recognised() {
        assert_eq!(
            not_among([json!("720p"), json!("1080p")].iter(), &View::from(&json!("720P"))),
            r#"is "720P", only "720p" and "1080p" are allowed; did you mean "720p"?"#,
        );
        assert_eq!(not_among([json!(4), json!(6)].iter(), &View::from(&json!(5))), "is 5, only 4 and 6 are allowed");
    }
}

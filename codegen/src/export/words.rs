//! Keywords in words, for tools that do not know them.

use super::json::{Json, Object};
use super::plain::code;

/// Said of a parameter that the page advises to leave out.
pub(super) const ADVANCED: &str = "Leave it unset unless you need it.";

/// Keywords that have words of their own here.
const SPOKEN: &[&str] = &[
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "uniqueItems",
    "format",
    "x-uri-schemes",
    "default",
    "examples",
    "x-advanced",
];

/// What a schema says with keywords that are `lost`, a sentence each.
///
/// Keywords without words of their own are given as JSON: nothing is passed over.
pub(super) fn sentences(schema: &Object, lost: impl Fn(&str) -> bool) -> Vec<String> {
    let get = |keyword: &str| schema.get(keyword).filter(|_| lost(keyword));
    let mut sentences = Vec::new();
    for (low, high, unit) in
        [("minimum", "maximum", ""), ("minLength", "maxLength", " characters"), ("minItems", "maxItems", " items")]
    {
        match (get(low), get(high)) {
            (Some(low), Some(high)) => sentences.push(format!("{} to {}{unit}.", low.to_line(), high.to_line())),
            (Some(low), None) => sentences.push(format!("At least {}{unit}.", low.to_line())),
            (None, Some(high)) => sentences.push(format!("At most {}{unit}.", high.to_line())),
            (None, None) => {}
        }
    }
    for (keyword, words) in
        [("exclusiveMinimum", "More than"), ("exclusiveMaximum", "Less than"), ("multipleOf", "A multiple of")]
    {
        sentences.extend(get(keyword).map(|value| format!("{words} {}.", value.to_line())));
    }
    if get("uniqueItems") == Some(&Json::Boolean(true)) {
        sentences.push("No item twice.".to_owned());
    }
    match (get("x-uri-schemes"), get("format")) {
        (Some(Json::Array(schemes)), _) => {
            let schemes: Vec<_> = schemes.iter().map(code).collect();
            sentences.push(format!("An absolute {} URL with a host.", schemes.join(" or ")));
        }
        (_, Some(_)) => sentences.push("A URI.".to_owned()),
        _ => {}
    }
    sentences.extend(schema.iter().filter(|(name, _)| lost(name) && !SPOKEN.contains(name)).map(|(name, value)| {
        let schema = Object::new().with(name, value.clone());
        format!("Satisfies the JSON Schema `{}`.", Json::Object(schema).to_line())
    }));
    sentences
        .extend(get("default").filter(|value| **value != Json::Null).map(|value| format!("Default: {}.", code(value))));
    if let Some(Json::Array(examples)) = get("examples") {
        let examples: Vec<_> = examples.iter().map(code).collect();
        sentences.push(format!("For example {}.", examples.join(", ")));
    }
    if get("x-advanced") == Some(&Json::Boolean(true)) {
        sentences.push(ADVANCED.to_owned());
    }
    sentences
}

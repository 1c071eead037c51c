//! Keywords in words, for tools that do not know them.

use foxapi_schema::words;

use super::json::{Json, Object};
use super::plain::code;
use crate::check::upper_first;
use crate::model::Format;

/// Said of a parameter that the page advises to leave out.
pub(super) const ADVANCED: &str = "Leave it unset unless you need it.";

/// Limits of values; each has words of its own here.
pub(super) const LIMITS: &[&str] = &[
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minProperties",
    "maxProperties",
    "uniqueItems",
    "pattern",
];

/// The other keywords that have words of their own here.
const SPOKEN: &[&str] = &["format", "x-models", "x-uri-schemes", "default", "examples", "x-advanced"];

/// What a schema says with keywords that are `lost`, a sentence each.
///
/// Keywords without words of their own are given as JSON: nothing is passed over.
pub(super) fn sentences(schema: &Object, lost: impl Fn(&str) -> bool) -> Vec<String> {
    let get = |keyword: &str| schema.get(keyword).filter(|_| lost(keyword));
    let mut sentences = Vec::new();
    for (low, high, unit) in [
        ("minimum", "maximum", ""),
        ("minLength", "maxLength", " characters"),
        ("minItems", "maxItems", " items"),
        ("minProperties", "maxProperties", " properties"),
    ] {
        match (get(low), get(high)) {
            (Some(low), Some(high)) if low == high => sentences.push(format!("Exactly {}{unit}.", low.to_line())),
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
    sentences.extend(get("pattern").map(|pattern| format!("Matches {}.", code(pattern))));
    match (get("x-uri-schemes"), get("format")) {
        (Some(Json::Array(schemes)), _) => {
            let schemes: Vec<_> = schemes.iter().map(code).collect();
            sentences.push(format!("An absolute {} URL with a host.", schemes.join(" or ")));
        }
        (_, Some(Json::String(name))) => {
            let format = Format::ALL.into_iter().find(|format| format.as_str() == name);
            let what = format.map_or_else(|| format!("a {name}"), |format| format.describe().to_owned());
            sentences.push(format!("{}.", upper_first(&what)));
        }
        _ => {}
    }
    sentences.extend(
        schema.iter().filter(|(name, _)| lost(name) && !LIMITS.contains(name) && !SPOKEN.contains(name)).map(
            |(name, value)| {
                let schema = Object::new().with(name, value.clone());
                format!("Satisfies the JSON Schema `{}`.", Json::Object(schema).to_line())
            },
        ),
    );
    sentences
        .extend(get("default").filter(|value| **value != Json::Null).map(|value| format!("Default: {}.", code(value))));
    if let Some(Json::Array(examples)) = get("examples") {
        let examples: Vec<_> = examples.iter().map(code).collect();
        sentences.push(format!("For example {}.", examples.join(", ")));
    }
    sentences.extend(get("x-models").map(|models| format!("Only for {}.", models_of(models))));
    if get("x-advanced") == Some(&Json::Boolean(true)) {
        sentences.push(ADVANCED.to_owned());
    }
    sentences
}

/// The models of `x-models`, as code.
pub(super) fn models_of(models: &Json) -> String {
    let Json::Array(models) = models else { return String::new() };
    words::names(&models.iter().filter_map(Json::as_str).collect::<Vec<_>>())
}

//! Keywords in words, for tools that do not know them.

use foxapi_schema::{url, words};

use super::json::{Json, Object};
use super::plain::{code, is_null};
use crate::check::{lower_first, upper_first};
use crate::model::Format;

/// Said of a parameter that the page advises to leave out.
pub(super) const ADVANCED: &str = "Leave it unset unless you need it.";

/// Limits of values; each has words of its own here.
const LIMITS: &[&str] = &[
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

/// Whether a keyword of a schema limits the value, and has words here.
pub(super) fn is_limit(schema: &Object, keyword: &str) -> bool {
    LIMITS.contains(&keyword) || keyword == "anyOf" && alternatives(schema).is_some()
}

/// The other keywords that have words of their own here.
const SPOKEN: &[&str] = &["format", "x-models", "x-uri-schemes", "default", "examples", "x-advanced"];

/// Values beside a range, or several ranges, of the type beside them: `-1 or 4 to 15`.
pub(super) fn alternatives(schema: &Object) -> Option<String> {
    let branches: Vec<&Object> =
        schema.list("anyOf").iter().filter_map(Json::as_object).filter(|branch| !is_null(branch)).collect();
    let phrase = |branch: &&Object| match branch.get("const") {
        _ if branch.contains("type") || branch.contains("$ref") => None,
        Some(value) => Some(value.to_line()),
        None => {
            let facts = sentences(branch, |keyword| is_limit(branch, keyword));
            let facts = facts.iter().map(|fact| lower_first(fact.trim_end_matches('.')));
            Some(facts.collect::<Vec<_>>().join(" and ")).filter(|words| !words.is_empty())
        }
    };
    let has_range = branches.iter().any(|branch| !branch.contains("const"));
    let phrases = branches.iter().map(phrase).collect::<Option<Vec<_>>>()?;
    (has_range && phrases.len() > 1).then(|| words::list(&phrases, "or"))
}

/// What a schema says with keywords that are `lost`, a sentence each.
///
/// Keywords without words of their own are given as JSON: nothing is passed over.
pub(super) fn sentences(schema: &Object, lost: impl Fn(&str) -> bool) -> Vec<String> {
    let get = |keyword: &str| schema.get(keyword).filter(|_| lost(keyword));
    let is_spoken = |keyword: &str| is_limit(schema, keyword) || SPOKEN.contains(&keyword);
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
    sentences.extend(get("anyOf").and_then(|_| alternatives(schema)).map(|words| format!("{}.", upper_first(&words))));
    sentences.extend(get("pattern").map(|pattern| format!("Matches {}.", code(pattern))));
    match (get("x-uri-schemes"), get("format")) {
        (Some(Json::Array(schemes)), _) => {
            let schemes: Vec<&str> = schemes.iter().filter_map(Json::as_str).collect();
            sentences.push(format!("{}.", upper_first(&url::describe(&schemes, "`"))));
        }
        (_, Some(Json::String(name))) => {
            let format = Format::ALL.into_iter().find(|format| format.as_str() == name);
            let what = format.map_or_else(|| format!("a {name}"), |format| format.describe().to_owned());
            sentences.push(format!("{}.", upper_first(&what)));
        }
        _ => {}
    }
    sentences.extend(schema.iter().filter(|(name, _)| lost(name) && !is_spoken(name)).map(|(name, value)| {
        let schema = Object::new().with(name, value.clone());
        format!("Satisfies the JSON Schema `{}`.", Json::Object(schema).to_line())
    }));
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

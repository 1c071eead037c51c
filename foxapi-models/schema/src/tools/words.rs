//! Keywords in words, for tools that do not support them.

use super::plain::{code, is_null, models_of};
use crate::assertion::{self, Assertion, Measure};
use crate::json::{Json, Object};
use crate::words::{self, lower_first, upper_first};

/// The sentence for a parameter that the page advises against setting.
pub const ADVANCED: &str = "Leave it unset unless you need it.";

/// What a keyword asserts; `Some(None)` for nothing. `minContains` and `maxContains` are left to `contains`.
fn read_assertion(schema: &Object, keyword: &str) -> Option<Option<Assertion>> {
    let read = Assertion::read(keyword, &schema.get(keyword)?.to_value())?.ok()?;
    let is_counted = matches!(&read, Some(Assertion::Bound(bound)) if bound.measure == Measure::Matches);
    (!is_counted).then_some(read)
}

/// Whether a keyword of a schema limits the value, other than by its format.
pub fn is_limit(schema: &Object, keyword: &str) -> bool {
    let is_written = |asked: &Option<Assertion>| matches!(asked, Some(Assertion::Format(_) | Assertion::Url(_)));
    read_assertion(schema, keyword).is_some_and(|asked| !is_written(&asked))
        || keyword == "anyOf" && alternatives(schema).is_some()
}

/// The keywords, other than limits, that have their own wording here.
const SPOKEN: &[&str] = &["x-models", "default", "examples", "x-advanced"];

/// Single values and ranges of the type stated next to them: `-1 or 4 to 15`.
pub fn alternatives(schema: &Object) -> Option<String> {
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

/// The `lost` keywords of a schema, each as a sentence.
///
/// Keywords without their own wording are given as JSON, so that nothing is dropped.
pub fn sentences(schema: &Object, lost: impl Fn(&str) -> bool) -> Vec<String> {
    let get = |keyword: &str| schema.get(keyword).filter(|_| lost(keyword));
    let alternatives = get("anyOf").and_then(|_| alternatives(schema));
    let limits: Vec<(&str, Option<Assertion>)> = schema
        .iter()
        .filter_map(|(name, _)| Some((name, read_assertion(schema, name).filter(|_| lost(name))?)))
        .collect();
    let is_spoken = |keyword: &str| {
        SPOKEN.contains(&keyword)
            || keyword == "anyOf" && alternatives.is_some()
            || limits.iter().any(|(name, _)| *name == keyword)
    };
    let mut sentences =
        assertion::sentences(&limits.iter().filter_map(|(_, limit)| limit.as_ref()).collect::<Vec<_>>());
    sentences.extend(alternatives.as_ref().map(|words| format!("{}.", upper_first(words))));
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

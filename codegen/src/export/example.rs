//! Example bodies, assembled from the examples of their parameters.

use serde_json::{Map, Value};

use super::json::{Json, Object};
use crate::check::{Bodies, SpecFile};

/// How many optional parameters are tried, alone and in pairs.
const MOST: usize = 40;

/// A body, and what it shows.
pub(super) struct Example {
    pub(super) summary: &'static str,
    pub(super) body: Object,
}

/// The shortest body of a page, and one with what most callers set. Only valid bodies are returned.
pub(super) fn examples(bodies: &Bodies<'_>, file: &SpecFile) -> Vec<Example> {
    let Json::Object(root) = Json::from(&file.raw) else { return Vec::new() };
    let required = root.list("required");
    let is_required = |name: &str| required.iter().any(|known| known.as_str() == Some(name));
    let body = |with: &dyn Fn(&str) -> bool| -> Object {
        let members = root.members("properties").filter(|(name, _)| with(name));
        members.filter_map(|(name, schema)| Some((name.to_owned(), value(schema.as_object()?)?))).collect()
    };
    let validator = bodies.validator(file);
    let is_valid = |body: &Object| {
        let body: Map<String, Value> = body.iter().map(|(name, value)| (name.to_owned(), value.to_value())).collect();
        validator.accepts(&Value::Object(body))
    };

    // A rule may require one or two parameters that are optional by themselves.
    let optional: Vec<&str> =
        root.members("properties").map(|(name, _)| name).filter(|name| !is_required(name)).take(MOST).collect();
    let pairs = optional.iter().flat_map(|one| optional.iter().map(move |other| vec![*one, *other]));
    let additions = [vec![]].into_iter().chain(optional.iter().map(|one| vec![*one])).chain(pairs);
    let with = |added: &[&str]| body(&|name| is_required(name) || added.contains(&name));
    let Some(least) = additions.into_iter().find(|added| is_valid(&with(added))) else { return Vec::new() };
    let short = with(&least);
    let mut taken = least.clone();
    for (name, schema) in root.members("properties").filter(|(name, _)| !is_required(name)).take(MOST) {
        let is_advanced = schema.as_object().and_then(|it| it.get("x-advanced")) == Some(&Json::Boolean(true));
        let candidate = with(&[taken.as_slice(), &[name]].concat());
        if !is_advanced && candidate.contains(name) && is_valid(&candidate) {
            taken.push(name);
        }
    }
    let long = with(&taken);
    let mut examples = vec![Example { summary: "Only the required parameters.", body: short }];
    if taken.len() > least.len() {
        examples.push(Example { summary: "With what most callers set.", body: long });
    }
    examples
}

/// The first example of a parameter, or else its default.
fn value(schema: &Object) -> Option<Json> {
    schema.list("examples").first().or_else(|| schema.get("default").filter(|value| **value != Json::Null)).cloned()
}

//! Bodies to show, put together from the examples of their parameters.

use serde_json::{Map, Value};

use super::Specs;
use super::json::{Json, Object};
use crate::check::{self, SpecFile};

/// A body, and what it shows.
pub(super) struct Example {
    pub(super) summary: &'static str,
    pub(super) body: Object,
}

/// The shortest body of a page, and one that sets what most callers set. None that breaks a rule is given.
pub(super) fn examples(specs: &Specs, file: &SpecFile) -> Vec<Example> {
    let Json::Object(root) = Json::from(&file.raw) else { return Vec::new() };
    let required = root.list("required");
    let is_required = |name: &str| required.iter().any(|known| known.as_str() == Some(name));
    let body = |with: &dyn Fn(&str) -> bool| -> Object {
        let members = root.members("properties").filter(|(name, _)| with(name));
        members.filter_map(|(name, schema)| Some((name.to_owned(), value(schema.as_object()?)?))).collect()
    };
    let is_valid = |body: &Object| {
        let body: Map<String, Value> = body.iter().map(|(name, value)| (name.to_owned(), value.to_value())).collect();
        check::satisfies(&specs.files, file, &Value::Object(body))
    };

    let short = body(&is_required);
    if !is_valid(&short) {
        return Vec::new();
    }
    let mut taken: Vec<&str> = Vec::new();
    for (name, schema) in root.members("properties").filter(|(name, _)| !is_required(name)) {
        let is_advanced = schema.as_object().and_then(|it| it.get("x-advanced")) == Some(&Json::Boolean(true));
        let candidate = body(&|known| is_required(known) || taken.contains(&known) || known == name);
        if !is_advanced && candidate.contains(name) && is_valid(&candidate) {
            taken.push(name);
        }
    }
    let long = body(&|name| is_required(name) || taken.contains(&name));
    let mut examples = vec![Example { summary: "What is required, and nothing else.", body: short }];
    if !taken.is_empty() {
        examples.push(Example { summary: "With what most callers set.", body: long });
    }
    examples
}

/// What a parameter gives as an example, or else as its default.
fn value(schema: &Object) -> Option<Json> {
    schema.list("examples").first().or_else(|| schema.get("default").filter(|value| **value != Json::Null)).cloned()
}

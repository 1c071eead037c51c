//! Narrows the schema of a page to some of its models.

use crate::json::{Json, Object};

/// A schema without anything that none of these models has.
#[must_use]
pub fn narrow(schema: &Object, models: &[&str]) -> Object {
    let mut narrowed = of_models(schema, models);
    let properties = narrowed.get_mut("properties").and_then(Json::as_object_mut);
    if let Some(model) = properties.and_then(|it| it.get_mut("model")).and_then(Json::as_object_mut) {
        let is_meant = |value: &Json| value.as_str().is_some_and(|id| models.contains(&id));
        for keyword in ["oneOf", "enum", "examples"] {
            if let Some(Json::Array(values)) = model.get_mut(keyword) {
                values.retain(|value| is_meant(value.as_object().and_then(|it| it.get("const")).unwrap_or(value)));
            }
        }
        if model.list("examples").is_empty() {
            model.remove("examples");
        }
        if model.get("default").is_some_and(|default| !is_meant(default)) {
            model.remove("default");
        }
    }
    narrowed
}

/// Whether at least one of the models has what a schema describes.
fn is_there(schema: &Json, models: &[&str]) -> bool {
    let only = schema.as_object().map(|schema| schema.list("x-models")).unwrap_or_default();
    only.is_empty() || only.iter().filter_map(Json::as_str).any(|model| models.contains(&model))
}

fn of_models(schema: &Object, models: &[&str]) -> Object {
    let inside = |value: &Json| match value {
        Json::Object(schema) => Json::Object(of_models(schema, models)),
        other => other.clone(),
    };
    let mut narrowed = Object::new();
    for (keyword, value) in schema.iter() {
        let value = match (keyword, value) {
            ("x-models", Json::Array(only)) => {
                let has = |model: &&str| only.iter().any(|known| known.as_str() == Some(model));
                // What all of them have no longer depends on the model.
                if models.iter().all(has) {
                    continue;
                }
                let known = only.iter().filter(|known| known.as_str().is_some_and(|id| models.contains(&id)));
                Json::Array(known.cloned().collect())
            }
            ("properties" | "$defs", Json::Object(named)) => {
                let there = named.iter().filter(|(_, schema)| is_there(schema, models));
                Json::Object(there.map(|(name, schema)| (name.to_owned(), inside(schema))).collect())
            }
            ("oneOf" | "anyOf", Json::Array(branches)) => {
                Json::Array(branches.iter().filter(|branch| is_there(branch, models)).map(inside).collect())
            }
            ("items" | "additionalProperties", schema) => inside(schema),
            (_, other) => other.clone(),
        };
        narrowed.set(keyword, value);
    }
    narrowed
}

//! Lowers a schema to the keywords that a provider accepts; the others become words.

use super::flat::FlatSchema;
use super::plain::{code, is_null, is_scalar, listed, paragraphs, rules, typed};
use super::provider::Provider;
use super::words::{alternatives, sentences};
use crate::json::{Json, Object};

/// The schema of a page without its own description and rules, which are the tool's.
pub(super) fn parameters(provider: Provider, schema: &Object) -> Object {
    let mut parameters = object(provider, schema);
    if provider == Provider::Bedrock {
        // Amazon's models accept only type, properties and required at the top level.
        parameters.remove("additionalProperties");
    }
    let definitions: Object = schema
        .members("$defs")
        .filter_map(|(name, definition)| {
            Some((name.to_owned(), Json::Object(value(provider, definition.as_object()?, true))))
        })
        .collect();
    if !definitions.is_empty() {
        parameters.set("$defs", definitions);
    }
    parameters
}

/// `type`, `properties` and the keywords that belong to them.
fn object(provider: Provider, schema: &Object) -> Object {
    let required = schema.list("required");
    let is_required = |name: &str| required.iter().any(|known| known.as_str() == Some(name));
    let properties: Object = schema
        .members("properties")
        .filter_map(|(name, property)| {
            let property = value(provider, property.as_object()?, is_required(name));
            Some((name.to_owned(), Json::Object(property)))
        })
        .collect();
    let names = properties.iter().map(|(name, _)| name);
    let required: Vec<Json> = names.filter(|name| provider.is_strict() || is_required(name)).map(Json::from).collect();
    let mut object = Object::new().with("type", "object").with("properties", properties);
    if !required.is_empty() {
        object.set("required", required);
    }
    object.with("additionalProperties", false)
}

/// The schema of one value. An optional one is nullable only for strict providers, where it cannot be left out.
fn value(provider: Provider, schema: &Object, is_required: bool) -> Object {
    let flat = FlatSchema::of(schema);
    let nullable = if is_required { flat.nullable } else { provider.is_strict() };
    let shape = shape(provider, &flat);
    let mut value = beside_nothing(if nullable { or_null(shape) } else { shape });
    let description = description(provider, &flat);
    if !description.is_empty() {
        value.set_first("description", description);
    }
    value
}

/// The kind of value, in the keywords that the provider accepts.
fn shape(provider: Provider, flat: &FlatSchema) -> Object {
    if flat.is_object() {
        return object(provider, &flat.rest);
    }
    let mut shape = Object::new();
    match flat.types.as_slice() {
        [] => {}
        [only] => shape.set("type", only.as_str()),
        several => shape.set("type", several.to_vec()),
    }
    if let Some(values) = flat.values.clone().filter(|values| provider.takes_values(values)) {
        shape.set("enum", values);
    }
    let prefix: Vec<Object> = flat.rest.list("prefixItems").iter().filter_map(Json::as_object).cloned().collect();
    if let Some(items) = flat.rest.get("items").and_then(Json::as_object) {
        shape.set("items", value(provider, items, true));
    } else if !prefix.is_empty() {
        // Their order is put into words.
        let forms: Vec<Object> = prefix.iter().map(|item| value(provider, item, true)).collect();
        shape.set("items", Object::new().with("anyOf", forms));
        shape.set("maxItems", Json::Number(prefix.len().into()));
    }
    match flat.rest.get("additionalProperties") {
        Some(Json::Object(each)) => shape.set("additionalProperties", value(provider, each, true)),
        Some(any @ Json::Boolean(true)) => shape.set("additionalProperties", any.clone()),
        _ => {}
    }
    let is_kept = |name: &str| name == "$ref" || provider.limits().contains(&name) && !is_idle(flat, name);
    for (name, value) in flat.rest.iter().filter(|(name, _)| is_kept(name)) {
        shape.set(name, value.clone());
    }
    if !flat.rest.contains("$ref") {
        let branches = flat.rest.list("anyOf").iter().filter_map(Json::as_object);
        let is_beside_range = is_scalar(&flat.types) && alternatives(&flat.rest).is_some();
        let branches = branches
            .filter(|branch| !is_null(branch))
            .map(|branch| if is_beside_range { typed(branch, &flat.types) } else { branch.clone() });
        let branches: Vec<Object> = branches.map(|branch| value(provider, &branch, true)).collect();
        if !branches.is_empty() {
            if is_beside_range {
                shape.remove("type");
            }
            shape.set("anyOf", branches);
        }
    }
    shape
}

/// What the value is for, and in words whatever the provider does not accept as a keyword.
fn description(provider: Provider, flat: &FlatSchema) -> String {
    let own = flat.rest.text("description").unwrap_or_default();
    let rules = if flat.is_object() { rules(&flat.rest) } else { Vec::new() };
    let mut words = Vec::new();
    if let Some(values) = flat.values.as_ref().filter(|values| !provider.takes_values(values)) {
        let values: Vec<_> = values.iter().map(code).collect();
        words.push(format!("One of {}.", values.join(", ")));
    }
    words.extend(sentences(&flat.rest, |keyword| is_lost(provider, flat, keyword)));
    words.retain(|sentence| !own.contains(sentence));
    paragraphs([own.to_owned(), flat.meanings.join("\n"), listed("Rules:", &rules), words.join(" ")])
}

/// Whether [`shape`] leaves out a keyword that then has to be put into words.
fn is_lost(provider: Provider, flat: &FlatSchema, keyword: &str) -> bool {
    match keyword {
        "title" | "description" | "items" | "$ref" | "$defs" | "x-extensible" => false,
        "properties" | "required" | "additionalProperties" if flat.is_object() => false,
        // A rule has a sentence; what comes with a reference does not.
        "allOf" if flat.is_object() => rules(&flat.rest).len() < flat.rest.list("allOf").len(),
        "anyOf" => flat.rest.contains("$ref") || alternatives(&flat.rest).is_some(),
        _ => !is_idle(flat, keyword) && !provider.takes(keyword),
    }
}

/// Whether a keyword only gives examples of values that are all listed anyway.
fn is_idle(flat: &FlatSchema, keyword: &str) -> bool {
    keyword == "examples" && (flat.values.is_some() || flat.only_type() == Some("boolean"))
}

/// Wraps a reference in `anyOf`: two providers accept nothing next to `$ref`, and a description has to go there.
fn beside_nothing(mut shape: Object) -> Object {
    if let Some(reference) = shape.remove("$ref") {
        shape.set("anyOf", vec![Object::new().with("$ref", reference)]);
    }
    shape
}

/// The schema or null: expressed in `type` if that is enough.
fn or_null(mut shape: Object) -> Object {
    let documentation = ["default", "examples"].map(|name| (name, shape.remove(name)));
    let is_plain = !shape.contains("enum") && !shape.contains("properties");
    let mut nullable = match shape.text("type").map(str::to_owned) {
        Some(name) if is_plain => {
            shape.set("type", vec![name.as_str(), "null"]);
            shape
        }
        None if shape.list("anyOf").len() > 1 => {
            let null = Json::from(Object::new().with("type", "null"));
            shape.set("anyOf", shape.list("anyOf").iter().cloned().chain([null]).collect::<Vec<_>>());
            shape
        }
        _ => Object::new().with("anyOf", vec![shape, Object::new().with("type", "null")]),
    };
    for (name, value) in documentation {
        if let Some(value) = value {
            nullable.set(name, value);
        }
    }
    nullable
}

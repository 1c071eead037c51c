//! Collects the examples and defaults in the schemas of pages.

use std::collections::BTreeMap;

use foxapi_codegen::checked::{Object, SpecSet, Type};
use serde_json::Value as JsonValue;

use crate::value::Value;

/// A sample: the name of the object, the name of the property, and the value.
pub(super) type Sample = (String, String, Value);

pub(super) fn of(specs: &SpecSet, objects: &BTreeMap<&str, &Object>) -> Vec<Sample> {
    let mut found = Vec::new();
    for (module, object, _) in specs.requests() {
        if let Some(schema) = &module.schema {
            of_object(&schema.to_json(), object, objects, &mut found);
        }
    }
    found
}

fn of_object(schema: &JsonValue, object: &Object, objects: &BTreeMap<&str, &Object>, found: &mut Vec<Sample>) {
    for field in &object.fields {
        let Some(property) = schema.get("properties").and_then(|properties| properties.get(&field.name)) else {
            continue;
        };
        let examples = property.get("examples").and_then(JsonValue::as_array).into_iter().flatten();
        for value in examples.chain(property.get("default")) {
            let sample = (object.name.clone(), field.name.clone(), Value::of_json(value));
            if *value != JsonValue::Null && !found.contains(&sample) {
                found.push(sample);
            }
        }
        inside(property, &field.ty, objects, found);
    }
}

/// Collects from the objects in a value. This terminates, because recursive schemas are not unfolded.
fn inside(schema: &JsonValue, ty: &Type, objects: &BTreeMap<&str, &Object>, found: &mut Vec<Sample>) {
    let branches = schema.get("anyOf").and_then(JsonValue::as_array).into_iter().flatten();
    for schema in std::iter::once(schema).chain(branches) {
        match ty {
            Type::Object(name) if schema.get("properties").is_some() => {
                if let Some(object) = objects.get(name.as_str()) {
                    of_object(schema, object, objects, found);
                }
            }
            Type::Array(item) | Type::Map(item) => {
                for items in ["items", "additionalProperties"].iter().filter_map(|keyword| schema.get(keyword)) {
                    inside(items, &item.ty, objects, found);
                }
            }
            _ => {}
        }
    }
}

//! What typify makes of the same specs, with its builders: the alternative to this workspace.

use serde_json::{Map, Value, json};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::synthetic::Spec;

/// The modules of a folder as one Rust file, formatted.
///
/// # Panics
///
/// typify refuses a schema.
#[must_use]
pub fn rust(folder: &[Spec], with_builder: bool) -> String {
    let modules = folder.iter().map(|(name, spec)| {
        let name = name.trim_end_matches(".json").replace(['-', '.', '/'], "_");
        format!("pub mod {name} {{\n{}\n}}\n", module(&resolved(folder, spec), with_builder))
    });
    modules.collect()
}

fn module(spec: &Value, with_builder: bool) -> String {
    let root = serde_json::from_value(lowered(spec)).expect("a schema");
    let mut settings = TypeSpaceSettings::default();
    settings.with_struct_builder(with_builder);
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(root).expect("typify takes it");
    let file = syn::parse2(space.to_stream()).expect("Rust");
    prettyplease::unparse(&file)
}

/// A spec with the definitions of other files in place, as typify knows only one file.
fn resolved(folder: &[Spec], spec: &Value) -> Value {
    let mut spec = spec.clone();
    let mut definitions = Map::new();
    for (name, other) in folder.iter().filter(|(_, other)| other.get("x-endpoint").is_none()) {
        if refers_to(&spec, name) {
            definitions.extend(other["$defs"].as_object().cloned().unwrap_or_default());
            localise(&mut spec, name);
        }
    }
    if let Some(members) = spec.as_object_mut()
        && !definitions.is_empty()
    {
        let own = members.entry("$defs").or_insert_with(|| json!({}));
        definitions.extend(own.as_object().cloned().unwrap_or_default());
        *own = Value::Object(definitions);
    }
    spec
}

fn refers_to(value: &Value, file: &str) -> bool {
    match value {
        Value::Object(members) => {
            members.get("$ref").and_then(Value::as_str).is_some_and(|reference| reference.starts_with(file))
                || members.values().any(|value| refers_to(value, file))
        }
        Value::Array(items) => items.iter().any(|item| refers_to(item, file)),
        _ => false,
    }
}

fn localise(value: &mut Value, file: &str) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(fragment) = reference.strip_prefix(file)
            {
                *reference = fragment.to_owned();
            }
            members.values_mut().for_each(|value| localise(value, file));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| localise(item, file)),
        _ => {}
    }
}

/// What typify would panic at is left out; values to choose from become an `enum`.
fn lowered(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(lowered_members(members)),
        Value::Array(items) => items.iter().map(lowered).collect(),
        other => other.clone(),
    }
}

fn lowered_members(members: &Map<String, Value>) -> Map<String, Value> {
    let is_integer = members.get("type").is_some_and(|ty| ty == "integer");
    let mut lower = Map::new();
    for (keyword, value) in members {
        match (keyword.as_str(), value) {
            ("allOf" | "examples" | "$id" | "$schema" | "format" | "default", _) => {}
            ("enum", _) if is_integer => {}
            // Values in addition to a range: the type says what typify can.
            ("anyOf", _) if members.contains_key("type") => {}
            (keyword, _) if keyword.starts_with("x-") => {}
            ("oneOf", Value::Array(branches)) if branches.iter().all(|branch| branch.get("const").is_some()) => {
                let constants = branches.iter().map(|branch| &branch["const"]).filter(|value| !value.is_null());
                lower.insert("type".to_owned(), "string".into());
                lower.insert("enum".to_owned(), constants.cloned().collect());
            }
            ("properties" | "$defs", Value::Object(named)) => {
                let named = named.iter().map(|(name, schema)| (name.clone(), lowered(schema))).collect();
                let keyword = if keyword == "$defs" { "definitions" } else { keyword };
                lower.insert(keyword.to_owned(), Value::Object(named));
            }
            ("$ref", Value::String(reference)) => {
                lower.insert(keyword.clone(), reference.replace("#/$defs/", "#/definitions/").into());
            }
            _ => {
                lower.insert(keyword.clone(), lowered(value));
            }
        }
    }
    lower
}

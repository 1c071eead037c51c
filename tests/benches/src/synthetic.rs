//! Spec folders of any size, made from the real one: its pages again and again, under other names.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

/// A spec file: its path from the folder of all, and what it says.
pub type Spec = (String, Value);

/// The spec files of the workspace, but the schema of the dialect.
///
/// # Panics
///
/// They cannot be read.
#[must_use]
pub fn real() -> Vec<Spec> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(String::new(), Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec"))];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of specs") {
            let path = entry.expect("an entry").path();
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else if foxapi_codegen::is_spec(&name) {
                let text = std::fs::read_to_string(path).expect("a spec file");
                files.insert(name, serde_json::from_str(&text).expect("JSON"));
            }
        }
    }
    files.into_iter().collect()
}

/// How many pages are real.
///
/// # Panics
///
/// The spec files cannot be read.
#[must_use]
pub fn pages() -> usize {
    real().iter().filter(|(_, spec)| is_page(spec)).count()
}

fn is_page(spec: &Value) -> bool {
    spec.get("x-endpoint").is_some()
}

/// A folder with that many pages, and what they refer to: the real pages first, and copies of them after.
///
/// # Panics
///
/// The spec files cannot be read.
#[must_use]
pub fn folder(pages: usize) -> Vec<Spec> {
    let (originals, mut folder): (Vec<Spec>, Vec<Spec>) = real().into_iter().partition(|(_, spec)| is_page(spec));
    let rounds = pages.div_ceil(originals.len());
    let copies = (0..rounds).flat_map(|round| originals.iter().map(move |original| copy(original, round)));
    folder.extend(copies.take(pages));
    folder
}

/// A page under another name; its types and models, too.
fn copy((name, spec): &Spec, round: usize) -> Spec {
    if round == 0 {
        return (name.clone(), spec.clone());
    }
    let stem = name.strip_suffix(".json").unwrap_or(name);
    let mut spec = spec.clone();
    spec["$id"] = format!("{}-{round}", stem.rsplit('/').next().unwrap_or(stem)).into();
    rename_types(&mut spec, round);
    if let Some(models) = spec.pointer("/properties/model/oneOf").and_then(Value::as_array).cloned() {
        let ids: Vec<String> = models.iter().filter_map(|model| model["const"].as_str().map(str::to_owned)).collect();
        rename_values(&mut spec, &ids, round);
    }
    (format!("{stem}-{round}.json"), spec)
}

/// The titles of types: where there are values to choose from, the titles of these stay.
fn rename_types(schema: &mut Value, round: usize) {
    let Some(members) = schema.as_object_mut() else { return };
    if let Some(Value::String(title)) = members.get_mut("title") {
        title.push_str(&format!("N{round}"));
    }
    if let Some(Value::String(reference)) = members.get_mut("$ref")
        && reference.starts_with("#/$defs/")
    {
        reference.push_str(&format!("N{round}"));
    }
    if let Some(Value::Object(definitions)) = members.get_mut("$defs") {
        *definitions = std::mem::take(definitions)
            .into_iter()
            .map(|(name, mut definition)| {
                rename_types(&mut definition, round);
                extend_values(&mut definition, round);
                (format!("{name}N{round}"), definition)
            })
            .collect();
    }
    for (keyword, value) in members.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, property) in properties {
                    rename_types(property, round);
                    // Models are told apart by their IDs, which are other ones already.
                    if name != "model" {
                        extend_values(property, round);
                    }
                }
            }
            ("items", item) => {
                rename_types(item, round);
                extend_values(item, round);
            }
            ("anyOf", Value::Array(branches)) => {
                for branch in branches {
                    rename_types(branch, round);
                    extend_values(branch, round);
                }
            }
            _ => {}
        }
    }
}

/// One more value for a set of the page's own: equal sets would be one type.
fn extend_values(set: &mut Value, round: usize) {
    let Some(members) = set.as_object_mut() else { return };
    let more = format!("round-{round}");
    if members.contains_key("$ref") {
        return;
    }
    if let Some(Value::Array(values)) = members.get_mut("enum")
        && values.iter().any(Value::is_string)
    {
        values.push(more.into());
    } else if let Some(Value::Array(values)) = members.get_mut("oneOf")
        && values.iter().any(|value| value["const"].is_string())
    {
        values.push(json!({ "const": more, "description": "Another value." }));
    }
}

/// The IDs of models, wherever they stand.
fn rename_values(value: &mut Value, ids: &[String], round: usize) {
    match value {
        Value::String(text) if ids.contains(text) => text.push_str(&format!("-{round}")),
        Value::Array(items) => items.iter_mut().for_each(|item| rename_values(item, ids, round)),
        Value::Object(members) => {
            // `$id` has its number already, and may be the ID of a model.
            let values = members.iter_mut().filter(|(keyword, _)| *keyword != "$id");
            values.for_each(|(_, value)| rename_values(value, ids, round));
        }
        _ => {}
    }
}

/// The folder as the generator takes it.
#[must_use]
pub fn sources(folder: &[Spec]) -> Vec<foxapi_codegen::Source> {
    folder.iter().map(|(name, spec)| foxapi_codegen::Source::within("spec/", name, format!("{spec:#}"))).collect()
}

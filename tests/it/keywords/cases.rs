//! The cases: small schemas as data, each of which becomes a separate page.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

/// A page, and hand-written bodies.
pub(crate) struct Case {
    /// Name of the case, of its page, and of its first model.
    pub(crate) name: String,
    /// IDs of its models.
    pub(crate) models: Vec<String>,
    /// The spec file.
    pub(crate) spec: Value,
    valid: Vec<Value>,
    invalid: Vec<Value>,
}

impl Case {
    /// Every case in the files of a folder.
    pub(crate) fn all(folder: &Path) -> Vec<Self> {
        let mut files: Vec<_> =
            std::fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        let cases = files.iter().flat_map(|file| {
            let text = std::fs::read_to_string(file).expect("a file of cases");
            serde_json::from_str::<Map<String, Value>>(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        });
        cases.map(|(name, members)| Self::new(name, members)).collect()
    }

    fn new(name: String, mut members: Value) -> Self {
        let members = members.as_object_mut().expect("a case is an object");
        let mut bodies = |list: &str| match members.remove(list) {
            Some(Value::Array(bodies)) => bodies,
            _ => Vec::new(),
        };
        let (valid, invalid) = (bodies("valid"), bodies("invalid"));
        let spec = page(&name, members);
        let listed = spec["properties"]["model"]["oneOf"].as_array().expect("models").iter();
        let models = listed.map(|model| model["const"].as_str().expect("an ID").to_owned()).collect();
        Self { name, models, spec, valid, invalid }
    }

    pub(crate) fn file(&self) -> String {
        format!("{}.json", self.name)
    }

    /// The hand-written bodies, with the JSON Pointers that must be blamed.
    pub(crate) fn by_hand(&self) -> impl Iterator<Item = (Value, Vec<String>)> {
        let valid = self.valid.iter().map(|body| (body.clone(), Vec::new()));
        let invalid = self.invalid.iter().map(|case| {
            let paths = case["paths"].as_array().expect("paths").iter();
            (case["body"].clone(), paths.map(|path| path.as_str().expect("a path").to_owned()).collect())
        });
        valid.chain(invalid).map(|(mut body, paths)| {
            self.name_model(&mut body);
            (body, paths)
        })
    }

    /// Sets the model of a body to the first one, unless it has another.
    fn name_model(&self, body: &mut Value) {
        let members = body.as_object_mut().expect("a body is an object");
        members.entry("model").or_insert_with(|| self.name.as_str().into());
    }

    /// Each valid body with one of the parameters that are blamed in other bodies, so that a missing check cannot hide
    /// behind another one.
    pub(crate) fn one_fault_at_a_time(&self) -> Vec<Value> {
        let mut bodies = Vec::new();
        for invalid in &self.invalid {
            let paths = invalid["paths"].as_array().expect("paths").iter();
            let names: BTreeSet<&str> =
                paths.filter_map(|path| path.as_str().expect("a path").split('/').nth(1)).collect();
            for (valid, name) in self.valid.iter().flat_map(|valid| names.iter().map(move |name| (valid, *name))) {
                let mut body = valid.clone();
                let members = body.as_object_mut().expect("a body is an object");
                match invalid["body"].get(name) {
                    Some(value) => members.insert(name.to_owned(), value.clone()),
                    None => members.remove(name),
                };
                self.name_model(&mut body);
                bodies.push(body);
            }
        }
        bodies
    }
}

/// A page around the keywords of a case; `models` are models besides the first one.
pub(crate) fn page(name: &str, members: &Map<String, Value>) -> Value {
    let title: String = name
        .split('-')
        .flat_map(|word| word[..1].to_uppercase().chars().chain(word[1..].chars()).collect::<Vec<_>>())
        .collect();
    let mut page = json!({
        "$schema": "./dialect.schema.json",
        "$id": name,
        "title": format!("{title}Case"),
        "description": "A case.",
        "x-docs": "https://docs.foxapi.cc/case",
        "x-endpoint": "POST /v1/videos/generations",
        "type": "object",
        "additionalProperties": false,
    });
    let members = members.iter().map(|(keyword, value)| (keyword.clone(), value.clone()));
    page.as_object_mut().expect("an object").extend(members);
    let mut models = vec![json!({ "const": name, "title": "First" })];
    if let Some(more) = page.as_object_mut().and_then(|page| page.remove("models")) {
        let more = more.as_array().expect("IDs").iter().map(|id| json!({ "const": id }));
        models.extend(more);
    }
    page["properties"]["model"] = json!({ "oneOf": models, "default": name });
    let required = page["required"].take();
    let required = required.as_array().into_iter().flatten().cloned().chain(["model".into()]);
    page["required"] = required.collect();
    describe(&mut page);
    page
}

/// Adds the descriptions that the generator requires.
fn describe(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(describe),
        Value::Object(members) => {
            for (keyword, value) in members {
                match (keyword.as_str(), value) {
                    ("properties" | "$defs", Value::Object(named)) => named.values_mut().for_each(describe_one),
                    ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(branches)) => {
                        branches.iter_mut().for_each(describe_one)
                    }
                    ("items" | "additionalProperties", items) => describe_one(items),
                    (_, value) => describe(value),
                }
            }
        }
        _ => {}
    }
}

fn describe_one(schema: &mut Value) {
    describe(schema);
    if let Value::Object(members) = schema {
        members.entry("description").or_insert_with(|| "What it is about.".into());
    }
}

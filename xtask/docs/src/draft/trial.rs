//! Whether the generator takes a schema: asked before it is written into a spec.

use foxapi_codegen::{ENDPOINTS_FILE, Source, check};
use serde_json::Value;

use super::json::Json;

/// Whether the generator takes a pattern.
pub(crate) fn takes_pattern(pattern: &Value) -> bool {
    let members =
        [("description", Json::text("A text.")), ("type", Json::text("string")), ("pattern", pattern.clone().into())];
    is_taken(&members.map(|(name, value)| (name.to_owned(), value)))
}

/// Whether the generator takes a parameter with these keywords.
pub(crate) fn is_taken(members: &[(String, Json)]) -> bool {
    // A reference leads into other files, which say nothing of the keywords beside it.
    let own = members.iter().filter(|(name, _)| !["$comment", "title", "$ref", "anyOf"].contains(&name.as_str()));
    let model = Json::object([
        ("oneOf", Json::Array(vec![Json::object([("const", Json::text("one")), ("title", Json::text("One"))])])),
        ("description", Json::text("Model.")),
        ("default", Json::text("one")),
    ]);
    let spec = Json::object([
        ("$schema", Json::text("./dialect.schema.json")),
        ("$id", Json::text("trial")),
        ("title", Json::text("Trial")),
        ("description", Json::text("A trial.")),
        ("x-docs", Json::text("https://example.com/trial")),
        ("x-endpoint", Json::text("POST /trial")),
        ("type", Json::text("object")),
        ("additionalProperties", Json::Value(false.into())),
        ("required", Json::texts(["model"])),
        ("properties", Json::object([("model", model), ("it", Json::Object(own.cloned().collect()))])),
    ]);
    let endpoints = r#"{ "POST /trial": { "description": "A trial.", "group": "trial" } }"#;
    check(&[Source::new(ENDPOINTS_FILE, endpoints), Source::new("trial.json", spec.to_file())]).is_ok()
}

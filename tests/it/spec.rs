//! The spec files themselves conform to the dialect, according to an independent judge.

use foxapi_codegen::{DIALECT_FILE, ENDPOINTS_FILE, KEYWORDS};
use foxapi_tests::{spec_files, workspace};
use serde_json::Value;

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(workspace().join("spec").join(name)).expect("the file can be read");
    serde_json::from_str(&text).expect("the file is JSON")
}

fn names() -> Vec<String> {
    let files = spec_files(&workspace().join("spec")).expect("the spec folder can be read");
    files.into_keys().filter(|name| name != ENDPOINTS_FILE).collect()
}

#[test]
fn every_spec_file_satisfies_the_dialect() {
    let dialect = jsonschema::validator_for(&read(DIALECT_FILE)).expect("the dialect is a schema");
    assert!(!names().is_empty());
    for name in names() {
        let file = read(&name);
        let problems: Vec<_> =
            dialect.iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(problems, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_endpoints_satisfy_the_dialect() {
    let mut dialect = read(DIALECT_FILE);
    dialect["$ref"] = "#/$defs/endpoints".into();
    for keyword in ["required", "if", "then"] {
        dialect.as_object_mut().expect("an object").remove(keyword);
    }
    let dialect = jsonschema::validator_for(&dialect).expect("the dialect is a schema");
    let mut endpoints = read(ENDPOINTS_FILE);
    let problems: Vec<_> = dialect.iter_errors(&endpoints).map(|error| error.to_string()).collect();
    assert_eq!(problems, Vec::<String>::new());
    endpoints["POST v1"] = serde_json::json!({ "description": "Not a path.", "group": "video" });
    assert!(!dialect.is_valid(&endpoints));
}

#[test]
fn the_dialect_and_the_generator_know_the_same_keywords() {
    let dialect = read(DIALECT_FILE);
    let described = dialect.pointer("/$defs/schema/properties").and_then(Value::as_object).expect("the keywords");
    let mut described: Vec<_> = described.keys().map(String::as_str).collect();
    let mut known = KEYWORDS.to_vec();
    described.sort_unstable();
    known.sort_unstable();
    assert_eq!(described, known);
}

//! The spec files themselves: they are what the dialect allows, by an independent judge.

use foxapi_codegen::{DIALECT_FILE, KEYWORDS};
use foxapi_tests::workspace;
use serde_json::Value;

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(workspace().join("spec").join(name)).expect("the file can be read");
    serde_json::from_str(&text).expect("the file is JSON")
}

fn names() -> Vec<String> {
    let entries = std::fs::read_dir(workspace().join("spec")).expect("the spec folder can be read");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".json") && name != DIALECT_FILE).collect()
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
fn the_dialect_and_the_generator_know_the_same_keywords() {
    let dialect = read(DIALECT_FILE);
    let described = dialect.pointer("/$defs/schema/properties").and_then(Value::as_object).expect("the keywords");
    let mut described: Vec<_> = described.keys().map(String::as_str).collect();
    let mut known = KEYWORDS.to_vec();
    described.sort_unstable();
    known.sort_unstable();
    assert_eq!(described, known);
}

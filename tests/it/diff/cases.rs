//! One small pair of spec folders per kind of change, as data, with the expected report.

use std::collections::BTreeSet;
use std::fs;

use foxapi_codegen::Source;
use foxapi_diff::{Change, Differences, State, compare};
use foxapi_tests::workspace;
use serde_json::{Map, Value, json};

use super::comparison;
use crate::keywords::cases::page;
use crate::oracle::specs::Specs;

/// A folder with a file for each member: a page, or `common`, or `task`.
fn folder(members: &Value) -> Specs {
    let mut specs = Specs::default();
    for (name, members) in members.as_object().expect("files") {
        let mut members = members.as_object().expect("a file").clone();
        let models = members.remove("models");
        let spec = match name.as_str() {
            "common" => {
                json!({ "$schema": "./dialect.schema.json", "$id": "common", "description": "Shared.", "$defs": members })
            }
            "task" | "endpoints" => Value::Object(members),
            name => {
                let mut page = page(name, &members);
                if let Some(models) = models {
                    let models = models.as_array().expect("IDs").iter().map(|model| match model {
                        Value::String(id) => json!({ "const": id }),
                        titled => titled.clone(),
                    });
                    page["properties"]["model"] =
                        json!({ "description": "Model.", "oneOf": models.collect::<Vec<_>>() });
                }
                page
            }
        };
        specs.insert(format!("{name}.json"), spec);
    }
    specs
}

/// A change in one line.
fn line(change: &Change) -> String {
    let kind = serde_json::to_value(change.kind).expect("a name");
    let (bodies, code) = (&change.bodies, &change.code);
    format!(
        "{} [{}] {}: {} | {}: {} | {}: {}",
        kind.as_str().expect("a name"),
        change.pages.join(", "),
        change.subject,
        change.what,
        bodies.class,
        bodies.why,
        code.class,
        code.why
    )
}

fn lines(comparison: &Differences) -> Vec<String> {
    let mut lines = vec![comparison.step.to_string()];
    lines.extend(comparison.changes.iter().map(line));
    lines
}

#[test]
fn each_change_is_said_and_classed() {
    let path = workspace().join("tests/it/diff/cases/changes.json");
    let cases: Map<String, Value> = serde_json::from_str(&fs::read_to_string(&path).expect("the cases")).expect("JSON");
    let mut wrong = Vec::new();
    let mut kinds: BTreeSet<String> = BTreeSet::new();
    for (name, case) in &cases {
        let comparison = comparison(&folder(&case["before"]), &folder(&case["after"]));
        kinds.extend(comparison.changes.iter().map(|change| format!("{:?}", change.kind)));
        let said = lines(&comparison);
        if json!(said) != case["changes"] {
            wrong.push(format!("{name}:\n{:#}", json!(said)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(kinds, KINDS, "each kind of change has a case");
}

/// Every kind of change that there is.
const KINDS: &[&str] = &[
    "AdviceChanged",
    "AvailabilityChanged",
    "BecameOptional",
    "BecameRequired",
    "DefaultAdded",
    "DefaultChanged",
    "DefaultRemoved",
    "DocsAddressChanged",
    "EndpointChanged",
    "ItemChanged",
    "LimitChanged",
    "ModelAdded",
    "ModelMoved",
    "ModelRemoved",
    "NullAllowed",
    "NullRefused",
    "OptionAdded",
    "OptionRemoved",
    "OptionRenamed",
    "OrderChanged",
    "PageAdded",
    "PageRemoved",
    "PageRenamed",
    "ParameterAdded",
    "ParameterRemoved",
    "ParameterRenamed",
    "RuleAdded",
    "RuleChanged",
    "RuleRemoved",
    "RuleReworded",
    "TypeChanged",
    "WordingChanged",
];

#[test]
fn a_state_is_no_different_from_itself() {
    let specs = Specs::read(&workspace().join("spec"));
    let comparison = comparison(&specs, &specs);
    assert!(comparison.changes.is_empty(), "{comparison:#?}");
    assert_eq!(comparison.step.to_string(), "none");
}

/// Given as text, because JSON values have no order here.
#[test]
fn parameters_in_another_order_matter_to_types_of_builders_alone() {
    let read = |order: [&str; 3]| {
        let property = |name: &str| match name {
            "model" => r#""model": { "description": "M.", "oneOf": [{ "const": "p", "title": "Only" }] }"#.to_owned(),
            name => format!(r#""{name}": {{ "description": "S.", "type": "string" }}"#),
        };
        let text = format!(
            r#"{{
                "$schema": "./dialect.schema.json", "$id": "p", "title": "Plain", "description": "A page.",
                "x-docs": "https://docs.foxapi.cc/p", "x-endpoint": "POST /v1/videos/generations",
                "type": "object", "additionalProperties": false, "required": ["model", "a"],
                "properties": {{ {} }}
            }}"#,
            order.map(property).join(", ")
        );
        State::read(&[foxapi_tests::endpoints(), Source::new("p.json", text)])
            .unwrap_or_else(|problems| panic!("{problems}"))
    };
    let swapped = |from, to| lines(&compare(&read(from), &read(to)));
    assert_eq!(
        swapped(["model", "a", "b"], ["model", "b", "a"]),
        [
            "patch",
            "order-changed [p] : parameters in another order | safe: JSON has no order | \
             safe: fields and setters go by name",
        ]
    );
    assert_eq!(
        swapped(["model", "a", "b"], ["a", "model", "b"]),
        [
            "major",
            "order-changed [p] : parameters in another order | safe: JSON has no order | \
             risky: code that names the type `PlainBuilder<…>` must be rewritten: its parameters changed",
        ]
    );
}

//! The collector on small schemas: what is said, where, and in which order.

use serde_json::{Value, json};

use crate::json::Duplicates;
use crate::page::{Endpoint, Facts, Page, PageSource};

fn page(schema: String) -> Page {
    Page::new(Facts {
        slug: "test",
        title: "Test",
        docs: "",
        source: PageSource::Page,
        group: "video",
        family: "test",
        endpoint: Endpoint::new("POST", "/"),
        models: &["full", "lite"],
        schema: schema.leak(),
    })
}

/// The violations of `schema`, one per line as `path keyword: message`.
fn violations(schema: Value, body: &Value) -> String {
    let found = super::violations(&[&page(schema.to_string())], &[], body, Duplicates::default());
    let lines: Vec<String> = found.iter().map(|it| format!("{} {}: {}", it.path, it.keyword, it.message)).collect();
    lines.join("\n")
}

#[test]
fn valid_body_has_none() {
    let schema = json!({"type": "object", "properties": {"a": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}});
    assert_eq!(violations(schema.clone(), &json!({"a": 1})), "");
    assert_eq!(violations(schema, &json!({"a": null})), "");
}

#[test]
fn form_beside_null_is_looked_into() {
    let segment = json!({"type": "object", "required": ["prompt"], "properties": {"prompt": {"type": "string"}}});
    let schema = json!({"properties": {"list": {"anyOf": [
        {"type": "array", "items": {"$ref": "#/$defs/Segment"}},
        {"type": "null"},
    ]}}, "$defs": {"Segment": segment}});
    assert_eq!(
        violations(schema.clone(), &json!({"list": [{"prompt": 1}, {}]})),
        "/list/0/prompt type: expected a string, found 1\n/list/1/prompt required: is required, but missing",
    );
    assert_eq!(violations(schema, &json!({"list": 5})), "/list type: expected an array or null, found 5");
}

#[test]
fn named_values_are_an_enumeration() {
    let schema = json!({"properties": {"mode": {"oneOf": [{"const": "std"}, {"const": "pro"}, {"const": null}]}}});
    assert_eq!(violations(schema.clone(), &json!({"mode": null})), "");
    assert_eq!(
        violations(schema, &json!({"mode": "Pro"})),
        r#"/mode enum: is "Pro", only "std", "pro" and null are allowed; did you mean "pro"?"#,
    );
}

#[test]
fn rule_blames_with_its_sentence() {
    let schema = json!({"properties": {"voice": {"type": "string"}, "audio": {"type": "boolean"}}, "allOf": [{
        "description": "Voices need audio.",
        "if": {"required": ["voice"]},
        "then": {"required": ["audio"], "properties": {"audio": {"const": true}}},
    }]});
    assert_eq!(
        violations(schema.clone(), &json!({"voice": "v"})),
        "/audio required: is required, but missing. Voices need audio.",
    );
    assert_eq!(
        violations(schema.clone(), &json!({"voice": "v", "audio": false})),
        "/audio const: is false, only true is allowed. Voices need audio.",
    );
    assert_eq!(
        violations(schema, &json!({"voice": "v", "audio": "yes"})),
        "/audio type: expected a boolean, found a string",
        "a rule adds nothing to a wrong type",
    );
}

#[test]
fn what_only_some_models_have_names_them() {
    let schema = json!({"properties": {
        "model": {"enum": ["full", "lite"]},
        "resolution": {"oneOf": [{"const": "720p"}, {"const": "4k", "x-models": ["full"]}]},
        "seed": {"type": ["integer", "null"], "x-models": ["full"]},
    }});
    assert_eq!(violations(schema.clone(), &json!({"model": "full", "resolution": "4k", "seed": 1})), "");
    assert_eq!(violations(schema.clone(), &json!({"model": "lite", "resolution": "720p", "seed": null})), "");
    assert_eq!(
        violations(schema.clone(), &json!({"model": "lite", "resolution": "4k", "seed": 1})),
        "/resolution x-models: `4k` is not available for `lite`, only for `full`\n\
         /seed x-models: is not available for `lite`, only for `full`",
    );
    assert_eq!(
        violations(schema.clone(), &json!({"model": "other", "resolution": "4k", "seed": 1})),
        r#"/model enum: is "other", only "full" and "lite" are allowed"#,
        "nothing is known of a model that the page does not describe",
    );
    assert_eq!(violations(schema, &json!({"resolution": "4k", "seed": 1})), "", "no model is named");
}

#[test]
fn sum_falls_back_on_the_default() {
    let schema = json!({"properties": {"shots": {}, "total": {"default": 5}}, "allOf": [{
        "description": "The shots fill the video.",
        "x-sum-equals": {"items": "shots", "property": "length", "total": "total"},
    }]});
    assert_eq!(violations(schema.clone(), &json!({"shots": [{"length": 2}, {"length": 3}]})), "");
    assert_eq!(violations(schema.clone(), &json!({"shots": [{"length": 2}, {}], "total": 9})), "", "not judgeable");
    assert_eq!(
        violations(schema, &json!({"shots": [{"length": 4}], "total": null})),
        "/shots x-sum-equals: has items whose `length` adds up to 4, but `total` is 5 by default. \
         The shots fill the video.",
    );
}

#[test]
fn order_is_that_of_the_page() {
    let schema = r#"{
        "required": ["z"],
        "additionalProperties": false,
        "properties": {"z": {"type": "string"}, "a": {"minimum": 1}},
        "allOf": [{"description": "Rule.", "required": ["a"]}]
    }"#;
    let page = page(schema.to_owned());
    let paths = |body| {
        super::violations(&[&page], &[], &body, Duplicates::default()).into_iter().map(|it| it.path).collect::<Vec<_>>()
    };
    assert_eq!(paths(json!({"b": 1})), ["/z", "/a", "/b"]);
    assert_eq!(paths(json!({"a": 0, "z": 1})), ["/z", "/a"]);
}

#[test]
fn a_report_has_a_bound_and_says_how_much_is_beyond() {
    let schema = json!({
        "properties": {"list": {"items": {"type": "string"}}, "z": {"type": "string"}},
        "additionalProperties": false,
    });
    let mut body = json!({"list": vec![1; 100_000], "z": 1});
    if let Value::Object(body) = &mut body {
        body.extend((0..1000).map(|number| (format!("unknown-{number}-{}", "x".repeat(1000)), json!(1))));
    }
    let report = violations(schema, &body);
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.len(), 201);
    assert_eq!(lines.first(), Some(&"/list/0 type: expected a string, found 1"));
    assert_eq!(lines.get(25), Some(&"/z type: expected a string, found 1"), "a list hides no other parameter");
    assert_eq!(lines.last(), Some(&" more: has 100801 more violations"));
    assert!(report.len() < 50_000, "{} bytes", report.len());
}

#[test]
fn an_invisible_character_is_named() {
    let schema = json!({"properties": {"mode": {"enum": ["std"]}}, "additionalProperties": false});
    assert_eq!(
        violations(schema.clone(), &json!({"mode": "std\u{200b}"})),
        r#"/mode enum: is "std\u{200b}" with the invisible character U+200B (zero width space), only "std" is allowed"#,
    );
    assert_eq!(
        violations(schema, &json!({"mode\u{ad}": "std"})),
        "/mode\u{ad} additionalProperties: is unknown with the invisible character U+00AD (soft hyphen); did you mean `mode`?",
    );
}

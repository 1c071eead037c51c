//! The collector on small schemas: the violations, their places and their order.

use serde_json::{Value, json};

use crate::json::Duplicates;
use crate::page::Page;

fn page(schema: String) -> Page {
    Page::of_schema(&["full", "lite"], schema)
}

/// The violations of `schema`, one per line as `path keyword: message`.
fn violations(schema: Value, body: &Value) -> String {
    let found = super::violations(&[&page(schema.to_string())], &body.into(), Duplicates::default());
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
        "/list/0/prompt type: expected a string, found 1\n/list/1/prompt required: is required",
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
    assert_eq!(violations(schema.clone(), &json!({"voice": "v"})), "/audio required: is required. Voices need audio.",);
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
    let paths = |body: Value| {
        super::violations(&[&page], &(&body).into(), Duplicates::default())
            .into_iter()
            .map(|it| it.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(json!({"b": 1})), ["/z", "/a", "/b"]);
    assert_eq!(paths(json!({"a": 0, "z": 1})), ["/z", "/a"]);
}

#[test]
fn value_beside_a_range_is_one_sentence() {
    let schema = json!({"properties": {"length": {
        "type": ["integer", "null"],
        "anyOf": [{"const": -1}, {"const": 0}, {"minimum": 4, "maximum": 15}],
    }}});
    for allowed in [json!(-1), json!(0), json!(4), json!(15), json!(null)] {
        assert_eq!(violations(schema.clone(), &json!({"length": allowed})), "");
    }
    assert_eq!(
        violations(schema.clone(), &json!({"length": 3})),
        "/length anyOf: is 3, only -1, 0 or 4 to 15 is allowed",
    );
    assert_eq!(
        violations(schema, &json!({"length": "auto"})),
        "/length type: expected an integer or null, found a string",
    );
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
        "/mode\u{ad} additionalProperties: is unknown, with the invisible character U+00AD (soft hyphen) in its name; did you mean `mode`?",
    );
}

#[test]
fn of_several_forms_the_one_of_the_value_is_judged() {
    let size = json!({"type": "object", "properties": {"width": {"type": "integer", "maximum": 9}}});
    let preset = json!({"oneOf": [{"const": "small"}, {"const": "large"}]});
    let forms = json!([{"title": "Preset", "$ref": "#/$defs/Preset"}, size, {"type": "null"}]);
    let schema = json!({"properties": {"size": {"anyOf": forms}}, "$defs": {"Preset": preset}});
    for size in [json!("small"), json!({"width": 9}), json!(null)] {
        assert_eq!(violations(schema.clone(), &json!({"size": size})), "");
    }
    assert_eq!(
        violations(schema.clone(), &json!({"size": "smal"})),
        r#"/size enum: is "smal", only "small" and "large" are allowed; did you mean "small"?"#,
    );
    assert_eq!(
        violations(schema.clone(), &json!({"size": {"width": 10}})),
        "/size/width maximum: is 10, at most 9 is allowed",
    );
    assert_eq!(violations(schema, &json!({"size": 5})), "/size type: expected a string, an object or null, found 5",);
}

/// The parameters that take part in each violation, by the path that is blamed.
fn related(schema: &Value, body: &Value) -> Vec<(String, Vec<String>)> {
    let found = super::violations(&[&page(schema.to_string())], &body.into(), Duplicates::default());
    found.into_iter().map(|violation| (violation.path, violation.related)).collect()
}

#[test]
fn others_that_take_part_in_a_rule_are_named() {
    let blamed = |path: &str, related: &[&str]| {
        vec![(path.to_owned(), related.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())]
    };
    let schema = json!({"allOf": [{
        "description": "Voices need audio, unless there is music.",
        "if": {"required": ["voice"], "not": {"required": ["music"]}},
        "then": {"required": ["audio"], "properties": {"audio": {"const": true}}},
    }]});
    assert_eq!(related(&schema, &json!({"voice": "v", "audio": false})), blamed("/audio", &["/music", "/voice"]));

    let rule =
        json!({"description": "Low before high.", "x-sum-equals": {"items": "low", "property": "n", "total": "high"}});
    let schema = json!({"properties": {"list": {"items": {"allOf": [rule]}}}});
    let body = json!({"list": [{}, {"low": [{"n": 1}], "high": 2}]});
    assert_eq!(related(&schema, &body), blamed("/list/1/low", &["/list/1/high"]), "of the same object");

    let schema = json!({"dependentRequired": {"a": ["b"]}});
    assert_eq!(related(&schema, &json!({"a": 1})), blamed("/b", &["/a"]));

    let schema = json!({"properties": {"seed": {"x-models": ["full"]}}});
    assert_eq!(related(&schema, &json!({"model": "lite", "seed": 1})), blamed("/seed", &["/model"]));

    let schema = json!({"properties": {"seed": {"type": "integer"}}});
    assert_eq!(related(&schema, &json!({"seed": "x"})), blamed("/seed", &[]), "wrong by itself");
}

//! Cases that no page of the spec folder has: names that clash, examples that break rules, bodies without examples.

use foxapi_codegen::Source;
use foxapi_codegen::export::{Exports, Provider};
use serde_json::{Value, json};

/// A page with these parameters next to `model`.
pub(super) fn page(slug: &str, title: &str, more: Value) -> Source {
    let mut spec = json!({
        "$id": slug,
        "title": title,
        "description": "Makes something.",
        "x-docs": format!("https://docs.example.com/{slug}"),
        "x-endpoint": "POST /v1/videos/generations",
        "type": "object",
        "additionalProperties": false,
        "required": ["model"],
        "properties": {
            "model": {
                "description": "Who makes it.",
                "oneOf": [{ "const": slug, "title": "Only" }],
                "default": slug
            }
        }
    });
    let (spec_members, more) = (spec.as_object_mut().expect("an object"), more.as_object().expect("an object"));
    for (name, value) in more {
        match (spec_members.get_mut(name).and_then(Value::as_object_mut), value) {
            (Some(members), Value::Object(added)) => members.extend(added.clone()),
            _ => drop(spec_members.insert(name.clone(), value.clone())),
        }
    }
    Source::new(format!("spec/{slug}.json"), format!("{spec:#}"))
}

fn specs(pages: &[Source]) -> Exports {
    let sources = [pages, &[foxapi_tests::endpoints()]].concat();
    Exports::read(&sources).unwrap_or_else(|problems| panic!("{problems}"))
}

pub(super) fn document(sources: &[Source]) -> Value {
    let frame = json!({
        "openapi": "3.1.0",
        "info": { "title": "Things", "version": "" },
        "paths": { "/v1/videos/generations": { "post": {
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } },
            "responses": { "200": { "description": "Made." } }
        } } }
    });
    let frame = Source::new("frame.json", frame.to_string());
    let specs = specs(sources);
    serde_json::from_str(&specs.openapi(&frame, "1.0.0").expect("frame and specs fit")).expect("JSON")
}

fn examples(document: &Value) -> &Value {
    &document["paths"]["/v1/videos/generations"]["post"]["requestBody"]["content"]["application/json"]["examples"]
}

fn string(example: &str) -> Value {
    json!({ "description": "A text.", "type": "string", "examples": [example] })
}

#[test]
fn an_example_leaves_out_what_would_break_a_rule() {
    let more = json!({
        "properties": { "one": string("a"), "other": string("b"), "last": string("c") },
        "allOf": [{
            "description": "Beside `one`, `other` is empty.",
            "if": { "required": ["one"] },
            "then": { "properties": { "other": { "maxLength": 0 } } }
        }]
    });
    let document = document(&[page("thing", "OneThing", more)]);
    assert_eq!(examples(&document)["thing-full"]["value"], json!({ "model": "thing", "one": "a", "last": "c" }));
}

#[test]
fn an_example_has_what_a_rule_asks_for() {
    let more = json!({
        "properties": {
            "line": { "description": "L.", "type": "string", "examples": ["rain"] },
            "size": { "description": "S.", "type": "integer", "minimum": 1, "maximum": 9, "examples": [3] }
        },
        "allOf": [{ "description": "There is a line or a size.", "anyOf": [{ "required": ["line"] }, { "required": ["size"] }] }]
    });
    let document = document(&[page("thing", "OneThing", more)]);
    let shown = examples(&document).as_object().expect("examples");
    let bodies: Vec<_> = shown.values().map(|example| &example["value"]).collect();
    assert_eq!(bodies.len(), 2, "{shown:#?}");
    assert_eq!((bodies[0].get("line"), bodies[0].get("size")), (Some(&json!("rain")), None));
    assert_eq!((bodies[1].get("line"), bodies[1].get("size")), (Some(&json!("rain")), Some(&json!(3))));
}

#[test]
fn the_table_has_the_rules_of_what_a_parameter_holds() {
    let more = json!({
        "properties": { "parts": { "description": "P.", "type": "array", "items": {
            "title": "Part", "type": "object", "additionalProperties": false, "description": "A part.",
            "properties": { "a": { "description": "A.", "type": "string" }, "b": { "description": "B.", "type": "string" } },
            "allOf": [{ "description": "Never both letters.", "not": { "required": ["a", "b"] } }]
        } } }
    });
    let specs = specs(&[page("thing", "OneThing", more)]);
    let table = specs.table();
    assert!(table.contains("\n- `parts`: Never both letters.\n"), "{table}");
}

#[test]
fn a_page_whose_required_parameter_has_no_example_has_none_either() {
    let silent = json!({ "description": "A text.", "type": "string" });
    let more = json!({ "properties": { "text": silent }, "required": ["model", "text"] });
    assert_eq!(examples(&document(&[page("thing", "OneThing", more)])), &Value::Null);
}

#[test]
fn definitions_of_one_name_are_kept_apart() {
    let with_link = |most: u32| {
        json!({
            "properties": { "link": { "description": "A link.", "$ref": "#/$defs/Link" } },
            "$defs": { "Link": { "type": "string", "maxLength": most } }
        })
    };
    let document = document(&[page("one", "One", with_link(5)), page("two", "Two", with_link(6))]);
    let schemas = &document["components"]["schemas"];
    for (page, name, most) in [("One", "Link", 5), ("Two", "TwoLink", 6)] {
        assert_eq!(schemas[page]["properties"]["link"]["$ref"], format!("#/components/schemas/{name}"));
        assert_eq!(schemas[name]["maxLength"], most);
    }
    assert_eq!(schemas["Thing"]["oneOf"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_schema_that_refers_to_itself_still_does() {
    let more = json!({ "properties": { "next": { "description": "What comes next.", "$ref": "#" } } });
    let specs = specs(&[page("thing", "OneThing", more)]);
    let schema: Value = serde_json::from_str(&specs.schemas()[0].text).expect("JSON");
    assert_eq!(schema["properties"]["next"]["$ref"], "#");
    assert!(schema.get("$defs").is_none(), "{schema}");
}

#[test]
fn a_keyword_without_words_of_its_own_is_said_as_it_is_written() {
    let tags = json!({
        "description": "Tags.",
        "type": "array",
        "items": { "type": "string" },
        "contains": { "const": "fox" },
        "uniqueItems": true
    });
    let specs = specs(&[page("thing", "OneThing", json!({ "properties": { "tags": tags } }))]);
    for provider in Provider::ALL {
        let text = specs.tools(provider);
        let said = r#"Satisfies the JSON Schema `{ \"contains\": { \"const\": \"fox\" } }`."#;
        assert!(text.contains(said), "{text}");
        let is_kept = text.contains("\"uniqueItems\": true");
        assert!(is_kept != text.contains("No duplicates."), "{text}");
    }
}

#[test]
fn maps_tuples_patterns_and_formats_reach_every_provider() {
    let more = json!({ "properties": {
        "labels": {
            "description": "Labels.",
            "type": "object",
            "additionalProperties": { "type": "string", "maxLength": 7 },
            "maxProperties": 5
        },
        "size": {
            "description": "Width and height.",
            "type": "array",
            "prefixItems": [{ "type": "integer", "maximum": 11 }, { "type": "integer", "maximum": 13 }],
            "items": false,
            "minItems": 2
        },
        "colour": { "description": "Colour.", "type": "string", "pattern": "^#[0-9a-f]{6}$" },
        "start": { "description": "Start.", "type": "string", "format": "date-time" }
    } });
    let specs = specs(&[page("thing", "OneThing", more)]);
    let table = specs.table();
    assert!(table.contains("| date-time |"), "{table}");
    assert!(table.contains("| exactly 2 items: integer, at most 11 and integer, at most 13 |"), "{table}");
    for provider in Provider::ALL {
        let text = specs.tools(provider);
        let tools: Value = serde_json::from_str(&text).expect("JSON");
        let properties = find(&tools, "properties").expect("parameters");
        let labels = &properties["labels"];
        let each = find(labels, "additionalProperties").expect("what each label is");
        assert!(each["maxLength"] == 7 || each["description"] == "At most 7 characters.", "{each}");
        assert!(labels["maxProperties"] == 5 || labels.to_string().contains("At most 5 properties."), "{labels}");
        let size = properties["size"].to_string();
        assert!(size.contains("\"maxItems\":2") && size.contains("\"minItems\":2"), "{size}");
        assert!(size.contains("\"maximum\":11") && size.contains("\"maximum\":13"), "{size}");
        assert!(size.contains("Satisfies the JSON Schema") && size.contains("prefixItems"), "{size}");
        assert!(properties["colour"].to_string().contains("[0-9a-f]{6}"), "{text}");
        let start = properties["start"].to_string();
        assert!(start.contains("date-time") || start.contains("An RFC 3339 date and time."), "{start}");
        if provider == Provider::OpenAi {
            assert_eq!(tools[0]["strict"], false, "strict mode has no maps");
        }
    }
}

/// The generated type of an integer from zero on has 32 bits, and any other has 64.
#[test]
fn an_integer_without_limits_may_have_64_bits() {
    let more = json!({
        "properties": {
            "open": { "description": "N.", "type": "integer" },
            "natural": { "description": "N.", "type": ["integer", "null"], "minimum": 1 },
            "above": { "description": "N.", "type": "integer", "exclusiveMinimum": -1 },
            "small": { "description": "N.", "type": "integer", "minimum": 1, "maximum": 9 },
            "large": { "description": "N.", "type": "integer", "minimum": 0, "maximum": 5_000_000_000_u64 },
            "listed": { "description": "N.", "type": "integer", "enum": [4, 6] },
            "items": { "description": "N.", "type": "array", "items": { "type": "integer", "minimum": 0 } }
        },
        "allOf": [{
            "description": "Without `open`, no `natural`.",
            "if": { "not": { "required": ["open"] } },
            "then": { "properties": { "natural": { "not": { "type": "integer", "minimum": 0 } } } }
        }]
    });
    let sources = [page("thing", "OneThing", more)];
    let specs = specs(&sources);
    let schema: Value = serde_json::from_str(&specs.schemas()[0].text).expect("JSON");
    let document = document(&sources);
    let openapi = &document["components"]["schemas"]["OneThing"];
    for (name, maximum, format) in [
        ("/open", None, Some("int64")),
        ("/natural", None, Some("int64")),
        ("/above", None, Some("int64")),
        ("/small", Some(&json!(9)), None),
        ("/large", Some(&json!(5_000_000_000_u64)), Some("int64")),
        ("/listed", None, None),
        ("/items/items", None, Some("int64")),
    ] {
        let [own, theirs] = [&schema, openapi].map(|whole| whole["properties"].pointer(name).expect("the integer"));
        assert_eq!((own.get("maximum"), own.get("format")), (maximum, None), "{name}");
        assert_eq!(
            (theirs.get("maximum"), theirs.get("format")),
            (maximum, format.map(Value::from).as_ref()),
            "{name}"
        );
    }
    // Schemas in rules are not changed.
    let asked = json!({ "type": "integer", "minimum": 0 });
    for rules in [&schema["allOf"], &openapi["x-rules"]] {
        assert_eq!(rules[0]["then"]["properties"]["natural"]["not"], asked, "{rules:#}");
    }
}

/// The first value of this name, at any depth.
fn find<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(name).or_else(|| members.values().find_map(|value| find(value, name))),
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}

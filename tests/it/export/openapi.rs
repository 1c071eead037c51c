//! The OpenAPI document: valid by the official schemas, complete, and consistent with the specs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use foxapi_codegen::Source;
use foxapi_tests::workspace;
use jsonschema::{Retrieve, Uri, Validator};
use serde_json::{Value, json};

use super::{Page, all_objects, exported, sentences};
use crate::oracle::judge::Judge;

const VERSION: &str = "1.2.3";

pub(super) fn frame() -> Source {
    let path = workspace().join("spec/openapi/frame.json");
    Source::new("spec/openapi/frame.json", std::fs::read(path).expect("the frame"))
}

fn document() -> &'static Value {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
        let text = exported().openapi(&frame(), VERSION).expect("frame and specs fit");
        serde_json::from_str(&text).expect("JSON")
    });
    &DOCUMENT
}

/// The schemas of the OpenAPI Initiative, from `oas-3.1/`.
struct Official;

impl Retrieve for Official {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let text = match uri.as_str() {
            "https://spec.openapis.org/oas/3.1/schema/2022-10-07" => include_str!("oas-3.1/schema.json"),
            "https://spec.openapis.org/oas/3.1/dialect/base" => include_str!("oas-3.1/dialect.json"),
            "https://spec.openapis.org/oas/3.1/meta/base" => include_str!("oas-3.1/meta.json"),
            other => return Err(format!("{other} is not kept here").into()),
        };
        Ok(serde_json::from_str(text)?)
    }
}

/// Judges whole documents, including the schemas in them.
fn official() -> Validator {
    // The official schema leaves schemas open, so that a dialect can be added.
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://openapi.test/document",
        "$ref": "https://spec.openapis.org/oas/3.1/schema/2022-10-07",
        "$defs": { "schema": { "$dynamicAnchor": "meta", "$ref": "https://spec.openapis.org/oas/3.1/dialect/base" } }
    });
    jsonschema::options().with_retriever(Official).should_validate_formats(true).build(&schema).expect("a schema")
}

/// The document with its rules in `allOf`, where validators look for them.
fn with_rules(mut document: Value) -> Value {
    fn enforce(value: &mut Value) {
        match value {
            Value::Object(members) => {
                if let Some(rules) = members.remove("x-rules") {
                    members.insert("allOf".to_owned(), rules);
                }
                members.values_mut().for_each(enforce);
            }
            Value::Array(items) => items.iter_mut().for_each(enforce),
            _ => {}
        }
    }
    enforce(&mut document["components"]["schemas"]);
    document
}

/// A schema that consists of one reference into the document.
fn validator(document: &Value, pointer: &str) -> Validator {
    let mut schema =
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": format!("#{pointer}") });
    schema["components"] = document["components"].clone();
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

#[test]
fn it_is_valid_by_the_official_schemas() {
    let (official, document) = (official(), document());
    let problems: Vec<_> =
        official.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn the_official_schemas_see_what_is_wrong() {
    let official = official();
    let damaged = [
        ("/info", json!({ "title": "no version" })),
        ("/components/schemas/Task/type", json!("strnig")),
        ("/components/schemas/VideoRequest/discriminator", json!({ "mapping": {} })),
        ("/components/schemas/WebUrl/maxLength", json!("many")),
        ("/paths/~1v1~1videos~1generations/post/responses", json!({ "ok": {} })),
    ];
    for (pointer, value) in damaged {
        let mut document = document().clone();
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        document.pointer_mut(parent).expect("a place")[name] = value;
        assert!(!official.is_valid(&document), "{pointer}");
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_referred_to() {
    let document = document();
    let mut referred = BTreeSet::from(["/components/securitySchemes/bearer".to_owned()]);
    for (at, object) in all_objects(document) {
        let Some(reference) = object.get("$ref").and_then(Value::as_str) else { continue };
        let pointer = reference.strip_prefix('#').expect("a place in the document");
        assert!(document.pointer(pointer).is_some(), "{at} refers to {reference}");
        referred.insert(pointer.to_owned());
    }
    for (kind, components) in document["components"].as_object().expect("components") {
        for name in components.as_object().expect("a map").keys() {
            let pointer = format!("/components/{kind}/{name}");
            assert!(referred.contains(&pointer), "nothing refers to {pointer}");
        }
    }
}

#[test]
fn names_are_unique() {
    let document = document();
    for name in ["operationId", "title"] {
        let objects = all_objects(document);
        // A link refers to an operation by its name, and the title of a form is that of its variant.
        let owners = objects.iter().filter(|(at, _)| !at.contains("/links/") && !at.contains("/anyOf/"));
        let names: Vec<_> = owners.filter_map(|(_, object)| object.get(name)?.as_str()).collect();
        let unique: BTreeSet<_> = names.iter().collect();
        assert!(!names.is_empty() && unique.len() == names.len(), "{name}: {names:?}");
    }
}

/// The content of the body that the operation of a page takes.
fn taken_with<'a>(document: &'a Value, page: &Page) -> &'a Value {
    let spec = page.spec();
    let (method, path) = spec["x-endpoint"].as_str().and_then(|name| name.split_once(' ')).expect("an endpoint");
    &document["paths"][path][method.to_lowercase()]["requestBody"]["content"]["application/json"]
}

/// The place of the schema for all bodies that the operation of a page takes.
fn union_of<'a>(document: &'a Value, page: &Page) -> &'a str {
    &taken_with(document, page)["schema"]["$ref"].as_str().expect("a reference")[1..]
}

#[test]
fn every_model_is_mapped_to_the_schema_that_has_it() {
    let document = document();
    let mut expected = BTreeMap::new();
    let mut unions = BTreeSet::new();
    for page in Page::real() {
        let name = union_of(document, page);
        let union = document.pointer(name).expect("the union");
        let reference = format!("#/components/schemas/{}", page.spec()["title"].as_str().expect("a title"));
        if name == &reference[1..] {
            // The only page of an endpoint is not a choice.
            assert_eq!(union["properties"]["model"]["enum"], json!(page.models));
            continue;
        }
        unions.insert(name);
        assert_eq!(union["discriminator"]["propertyName"], "model");
        assert!(union["oneOf"].as_array().expect("branches").contains(&json!({ "$ref": reference })));
        let schema = document.pointer(&reference[1..]).expect("the schema");
        assert_eq!(schema["properties"]["model"]["enum"], json!(page.models));
        expected.extend(page.models.iter().map(|model| ((name, model.clone()), reference.clone())));
    }
    let mut mapping = BTreeMap::new();
    for name in unions {
        let mapped = document.pointer(name).expect("the union")["discriminator"]["mapping"].as_object();
        for (model, schema) in mapped.expect("a mapping") {
            mapping.insert((name, model.clone()), schema.as_str().expect("a name").to_owned());
        }
    }
    assert_eq!(mapping, expected);
}

#[test]
fn a_body_is_taken_by_exactly_one_branch_if_it_is_valid_and_by_none_else() {
    let document = with_rules(document().clone());
    let pages = Page::real();
    let unions: BTreeSet<_> = pages.iter().map(|page| union_of(&document, page)).collect();
    let unions: BTreeMap<_, _> = unions.into_iter().map(|name| (name, validator(&document, name))).collect();
    for page in pages {
        let by_spec = Judge::standard(&page.specs, &page.file);
        let title = page.spec()["title"].as_str().expect("a title").to_owned();
        let branch = validator(&document, &format!("/components/schemas/{title}"));
        let whole = &unions[union_of(&document, page)];
        page.try_bodies(super::CASES / 20, |body| {
            let is_ours = body["model"].as_str().is_some_and(|model| page.models.iter().any(|known| known == model));
            let valid = by_spec.is_valid(body);
            // The whole is a "oneOf": it accepts what exactly one branch accepts.
            if is_ours && (branch.is_valid(body) != valid || whole.is_valid(body) != valid) {
                return Err(format!("by the spec: {valid}"));
            }
            Ok(valid)
        });
    }
}

#[test]
fn the_examples_of_requests_keep_every_rule() {
    let document = document();
    for page in Page::real() {
        let examples = taken_with(document, page)["examples"].as_object().expect("examples");
        let judge = Judge::new(&page.specs, &page.file);
        let (short, full) = (page.slug().to_owned(), format!("{}-full", page.slug()));
        let members = |name: &str| examples[name]["value"].as_object().map_or(0, serde_json::Map::len);
        let required = page.spec()["required"].as_array().expect("a list").len();
        assert_eq!(judge.blamed(&examples[&short]["value"]), BTreeSet::new(), "{short}");
        // A rule may require more than `required`.
        assert!(members(&short) >= required, "{short}");
        // If only required parameters have examples, there is no second example.
        if let Some(example) = examples.get(&full) {
            assert_eq!(judge.blamed(&example["value"]), BTreeSet::new(), "{full}");
            assert!(members(&full) > members(&short), "{full}");
        }
    }
}

#[test]
fn the_examples_of_answers_satisfy_their_schemas() {
    let document = document();
    let mut count = 0;
    for (at, content) in all_objects(document).into_iter().filter(|(at, _)| at.ends_with("/application/json")) {
        let Some(reference) = content["schema"]["$ref"].as_str() else { panic!("{at} does not refer to a schema") };
        let validator = validator(document, &reference[1..]);
        let many =
            content.get("examples").and_then(Value::as_object).into_iter().flat_map(|examples| examples.values());
        let values = many.map(|example| match example["$ref"].as_str() {
            Some(reference) => &document.pointer(&reference[1..]).expect("an example")["value"],
            None => &example["value"],
        });
        for value in values.chain(content.get("example")) {
            count += 1;
            assert!(validator.is_valid(value), "{at}: {value}");
        }
    }
    assert!(count > 10, "{count} examples");
}

#[test]
fn answers_may_say_more_than_is_documented() {
    let document = document();
    let task = validator(document, "/components/schemas/Task");
    assert!(task.is_valid(&json!({ "id": "1", "status": "paused", "type": "hologram", "region": "eu" })));
    assert!(!task.is_valid(&json!({ "id": "1", "status": 5 })));
}

#[test]
fn rules_that_have_no_standard_keyword_stay_and_are_said() {
    let document = document();
    for page in Page::real() {
        let schema = &document["components"]["schemas"][page.spec()["title"].as_str().expect("a title")];
        let own = |value: &Value| -> Vec<Value> {
            let objects = all_objects(value);
            let rules = objects.iter().filter_map(|(_, it)| it.get("x-sum-equals").or(it.get("x-combined-max-items")));
            rules.cloned().collect()
        };
        assert_eq!(own(schema), own(page.spec()), "{}", page.file);
        let description = schema["description"].as_str().expect("a description");
        for sentence in sentences(page.spec()) {
            assert!(description.contains(&format!("\n- {sentence}")), "{}: {sentence}", page.file);
        }
    }
}

#[test]
fn generators_of_code_find_no_default_and_no_type_in_parts() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    for (at, object) in all_objects(schemas).into_iter().filter(|(at, _)| !at.contains("/x-rules/")) {
        // A property may be called so.
        if !at.ends_with("/properties") {
            assert!(object.get("default").is_none() && object.get("allOf").is_none(), "{at}");
        }
    }
    let mut count = 0;
    for page in Page::real() {
        let schema = &schemas[page.spec()["title"].as_str().expect("a title")];
        for (name, property) in page.spec()["properties"].as_object().expect("parameters") {
            let Some(default) = property.get("default") else { continue };
            count += 1;
            let exported = &schema["properties"][name];
            assert_eq!(exported.get("x-default"), Some(default), "{name}");
            let text = exported["description"].as_str().expect("a description");
            assert!(default.is_null() || text.contains("\n\nDefault: `"), "{name}: {exported}");
        }
    }
    assert!(count > 0);
}

#[test]
fn the_version_is_that_of_the_workspace() {
    assert_eq!(document()["info"]["version"], VERSION);
}

/// The diagnostics for a changed frame.
fn problems(change: impl Fn(&mut Value)) -> String {
    let mut value: Value =
        serde_json::from_slice(&std::fs::read(workspace().join("spec/openapi/frame.json")).expect("the frame"))
            .expect("JSON");
    change(&mut value);
    exported().openapi(&Source::new("frame.json", format!("{value:#}")), VERSION).unwrap_err().to_string()
}

#[test]
fn a_frame_without_the_operation_of_a_page_is_refused() {
    let said = problems(|frame| {
        frame["paths"].as_object_mut().expect("paths").remove("/v1/videos/generations");
    });
    let expected =
        "no operation for POST /v1/videos/generations, which kling-o3-image-to-video.json is sent to\n  help: ";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_frame_whose_operation_names_no_body_is_refused() {
    let said = problems(|frame| {
        frame["paths"]["/v1/videos/generations"]["post"]["requestBody"] = json!({});
    });
    assert!(
        said.contains("the body of POST /v1/videos/generations does not refer to a schema\n  help: refer to"),
        "{said}"
    );
}

#[test]
fn a_frame_that_refers_to_what_no_spec_defines_is_refused() {
    let said = problems(|frame| {
        let envelope = frame.pointer_mut("/components/responses/NotFound/content/application~1json/schema");
        *envelope.expect("a schema") = json!({ "$ref": "#/components/schemas/ErorEnvelope" });
    });
    assert!(said.starts_with("frame.json:"), "{said}");
    assert!(said.contains("no spec defines \"ErorEnvelope\""), "{said}");
}

#[test]
fn a_frame_with_a_reference_that_leads_nowhere_is_refused() {
    for (reference, expected) in [
        (
            "#/components/responses/NotFuond",
            "\"#/components/responses/NotFuond\" leads nowhere\n  help: did you mean \"#/components/responses/NotFound\"?",
        ),
        ("#/components/nowhere/at/all", "\"#/components/nowhere/at/all\" leads nowhere\n  help: "),
        ("answers.json#/NotFound", "\"answers.json#/NotFound\" is outside of the document"),
        ("#no-pointer", "\"#no-pointer\" leads nowhere"),
    ] {
        let said = problems(|frame| {
            frame["paths"]["/v1/tasks/{task_id}"]["get"]["responses"]["404"] = json!({ "$ref": reference });
        });
        assert!(said.starts_with("frame.json:") && said.contains(expected), "{reference}: {said}");
    }
}

#[test]
fn a_frame_may_refer_to_any_place_in_it() {
    let mut frame: Value =
        serde_json::from_slice(&std::fs::read(workspace().join("spec/openapi/frame.json")).expect("the frame"))
            .expect("JSON");
    for at in ["{task_id}", "%7Btask_id%7D"] {
        let reference = format!("#/paths/~1v1~1tasks~1{at}/get/responses/404");
        frame["paths"]["/v1/videos/generations"]["post"]["responses"]["404"] = json!({ "$ref": reference });
        exported()
            .openapi(&Source::new("frame.json", frame.to_string()), VERSION)
            .unwrap_or_else(|problems| panic!("{problems}"));
    }
}

#[test]
fn a_frame_that_calls_a_body_as_a_spec_calls_another_schema_is_refused() {
    let said = problems(|frame| {
        let schema =
            &mut frame["paths"]["/v1/videos/generations"]["post"]["requestBody"]["content"]["application/json"];
        schema["schema"] = json!({ "$ref": "#/components/schemas/Task" });
    });
    assert!(said.contains("\"Task\" is already a schema of the specs"), "{said}");
}

#[test]
fn a_frame_that_answers_something_else_than_the_pages_say_is_refused() {
    let said = problems(|frame| {
        frame["paths"]["/v1/videos/generations"]["post"]["responses"].as_object_mut().expect("responses").remove("200");
    });
    assert!(said.contains("kling-v3-text-to-video.json says that the answer is \"Task\""), "{said}");
}

#[test]
fn a_frame_that_is_no_json_is_refused_with_its_place() {
    let problems = exported().openapi(&Source::new("frame.json", "{\n  nonsense\n}"), VERSION).unwrap_err();
    assert!(problems.to_string().starts_with("frame.json:2:3: not JSON"), "{problems}");
    let problems = exported().openapi(&Source::new("frame.json", "[]"), VERSION).unwrap_err();
    assert!(problems.to_string().contains("is an object"), "{problems}");
}

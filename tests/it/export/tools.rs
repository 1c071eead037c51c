//! Tool definitions follow the rules that the providers publish.
//!
//! | provider | rules |
//! |---|---|
//! | Anthropic | Messages API, tool use: names, `input_schema` of type object without `oneOf`, `allOf`, `anyOf` at its top, property names |
//! | Bedrock | Converse API, `ToolSpecification`: names, `inputSchema.json`; Amazon's models: what stands at the top of it |
//! | Gemini | `FunctionDeclaration`: names; the keywords that `parametersJsonSchema` knows |
//! | MCP | `Tool`: name, `inputSchema` of type object |
//! | OpenAI | Responses API, strict function calling: keywords, sizes, every property required and every object closed |
//! | OpenAI Chat | function calling without strict: names, parameters of type object without combinations at their top |

use std::collections::BTreeSet;

use foxapi_codegen::export::Provider;
use foxapi_models::tools::Tools;
use foxapi_models::{AnyRequest, Request};
use serde_json::{Map, Value, json};

use super::{Page, all_objects, exported, sentences};
use crate::oracle::judge::Judge;

/// A tool, independent of the names that its provider uses.
struct Tool {
    name: String,
    description: String,
    parameters: Value,
    is_strict: bool,
}

fn tools(page: &Page, provider: Provider) -> Vec<Tool> {
    let value: Value = serde_json::from_str(&page.exported().tools(provider)).expect("JSON");
    listed(&value, provider)
}

fn listed(value: &Value, provider: Provider) -> Vec<Tool> {
    let list = value.as_array().expect("a list").clone();
    let list = match provider {
        Provider::Gemini => list[0]["functionDeclarations"].as_array().expect("declarations").clone(),
        _ => list,
    };
    list.into_iter().map(|tool| taken_apart(tool, provider)).collect()
}

/// Takes a tool apart, checking its form member by member.
fn taken_apart(tool: Value, provider: Provider) -> Tool {
    let (tool, key) = match provider {
        Provider::Anthropic => (tool, "input_schema"),
        Provider::Bedrock => {
            let spec = &tool["toolSpec"];
            let form = json!({ "toolSpec": { "name": spec["name"], "description": spec["description"],
                "inputSchema": { "json": spec["inputSchema"]["json"] } } });
            assert_eq!(tool, form);
            (
                json!({ "name": spec["name"], "description": spec["description"], "json": spec["inputSchema"]["json"] }),
                "json",
            )
        }
        Provider::Gemini => (tool, "parametersJsonSchema"),
        Provider::Mcp => (tool, "inputSchema"),
        Provider::OpenAi => {
            assert_eq!((&tool["type"], tool["strict"].is_boolean()), (&json!("function"), true));
            (tool, "parameters")
        }
        Provider::OpenAiChat => {
            assert_eq!((&tool["type"], tool.as_object().map(Map::len)), (&json!("function"), Some(2)));
            (tool["function"].clone(), "parameters")
        }
        other => panic!("nothing is known of {other:?}"),
    };
    let members: BTreeSet<_> = tool.as_object().expect("an object").keys().map(String::as_str).collect();
    let extra: &[&str] = if provider == Provider::OpenAi { &["strict", "type"] } else { &[] };
    assert_eq!(members, ["name", "description", key].into_iter().chain(extra.iter().copied()).collect());
    let text = |name: &str| tool[name].as_str().expect("a text").to_owned();
    Tool {
        name: text("name"),
        description: text("description"),
        parameters: tool[key].clone(),
        is_strict: tool["strict"] == true,
    }
}

/// The violations of rules that a provider publishes.
fn broken(tool: &Tool, provider: Provider) -> Vec<String> {
    let mut broken = Vec::new();
    let mut demand = |holds: bool, what: String| {
        if !holds {
            broken.push(what);
        }
    };
    let is_name = |name: &str, others: &str, most: usize| {
        (1..=most).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
    };
    demand(is_name(&tool.name, "_-", 64), format!("name {}", tool.name));
    demand(!tool.name.starts_with(|c: char| c.is_ascii_digit() || c == '-'), format!("name {}", tool.name));
    demand(!tool.description.is_empty(), "no description".to_owned());
    let parameters = &tool.parameters;
    demand(parameters["type"] == "object", "the parameters are not an object".to_owned());
    for keyword in ["oneOf", "anyOf", "allOf", "not", "enum", "const", "if"] {
        demand(parameters.get(keyword).is_none(), format!("{keyword} at the top"));
    }
    if let Err(error) = jsonschema::draft202012::meta::validate(parameters) {
        demand(false, format!("no JSON Schema: {error}"));
    }
    let schemas = schemas(parameters);
    for (at, schema) in &schemas {
        let names = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        for name in names {
            demand(is_name(name, "_.-", 64), format!("{at}: property {name}"));
        }
        if is_of_type(schema, "array") {
            demand(schema.contains_key("items"), format!("{at}: array without items"));
        }
        for keyword in schema.keys().filter(|_| [Provider::OpenAi, Provider::Gemini].contains(&provider)) {
            demand(allowed(provider).contains(&keyword.as_str()), format!("{at}: {keyword}"));
        }
    }
    if [Provider::OpenAi, Provider::OpenAiChat].contains(&provider) && tool.description.chars().count() > 1024 {
        broken.push(format!("a description of {} letters, 1024 are allowed", tool.description.chars().count()));
    }
    match provider {
        Provider::OpenAi => strict(tool, &schemas, &mut broken),
        Provider::Bedrock => {
            let top = parameters.as_object().into_iter().flat_map(Map::keys);
            let others = top.filter(|name| !["type", "properties", "required", "$defs"].contains(&name.as_str()));
            broken.extend(others.map(|name| format!("{name} at the top")));
        }
        Provider::Gemini => {
            for (at, schema) in &schemas {
                let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
                if values.into_iter().any(|value| !value.is_string() && !value.is_number()) {
                    broken.push(format!("{at}: enum of other things than strings and numbers"));
                }
                if schema.contains_key("$ref") && schema.keys().any(|name| !name.starts_with('$')) {
                    broken.push(format!("{at}: keywords next to $ref"));
                }
            }
        }
        _ => {}
    }
    broken
}

/// The keywords that a provider documents as accepted.
fn allowed(provider: Provider) -> &'static [&'static str] {
    match provider {
        Provider::Gemini => &[
            "$id",
            "$defs",
            "$ref",
            "$anchor",
            "type",
            "format",
            "title",
            "description",
            "enum",
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "anyOf",
            "oneOf",
            "properties",
            "additionalProperties",
            "required",
            "propertyOrdering",
        ],
        _ => &[
            "$defs",
            "$ref",
            "type",
            "title",
            "description",
            "enum",
            "const",
            "items",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "pattern",
            "anyOf",
            "properties",
            "additionalProperties",
            "required",
        ],
    }
}

/// The further rules of strict function calling.
fn strict(tool: &Tool, schemas: &[(String, &Map<String, Value>)], broken: &mut Vec<String>) {
    let (mut properties, mut values, mut letters) = (0, 0, 0);
    let is_open = |schema: &Map<String, Value>| {
        is_of_type(schema, "object") && schema.get("additionalProperties") != Some(&json!(false))
    };
    let is_of_any_type =
        |schema: &Map<String, Value>| !["type", "anyOf", "$ref", "enum"].iter().any(|word| schema.contains_key(*word));
    if !tool.is_strict && !schemas.iter().any(|(_, schema)| is_open(schema) || is_of_any_type(schema)) {
        broken.push("not strict, and nothing in it is open".to_owned());
    }
    for (at, schema) in schemas {
        if let Some(members) = schema.get("properties").and_then(Value::as_object) {
            properties += members.len();
            letters += members.keys().map(String::len).sum::<usize>();
            let required: BTreeSet<_> =
                schema["required"].as_array().into_iter().flatten().map(Value::as_str).collect();
            if required != members.keys().map(|name| Some(name.as_str())).collect() {
                broken.push(format!("{at}: not every property is required"));
            }
        }
        if tool.is_strict && (is_open(schema) || is_of_any_type(schema)) {
            broken.push(format!("{at}: open"));
        }
        if let Some(listed) = schema.get("enum").and_then(Value::as_array) {
            values += listed.len();
            letters += listed.iter().filter_map(Value::as_str).map(str::len).sum::<usize>();
        }
    }
    // The depth counts objects and lists, not the keywords between them.
    let depth = schemas.iter().map(|(at, _)| at.matches("/properties/").count() + at.matches("/items").count()).max();
    for (what, number, most) in [
        ("properties", properties, 5000),
        ("levels", depth.unwrap_or_default(), 10),
        ("values of enumerations", values, 1000),
        ("letters in names and values", letters, 120_000),
    ] {
        if number > most {
            broken.push(format!("{number} {what}, {most} are allowed"));
        }
    }
}

fn is_of_type(schema: &Map<String, Value>, name: &str) -> bool {
    let types = &schema.get("type").cloned().unwrap_or_default();
    types == name || types.as_array().is_some_and(|types| types.iter().any(|known| known == name))
}

/// Every schema in a schema, with its place: the objects whose members are keywords, not properties.
fn schemas(value: &Value) -> Vec<(String, &Map<String, Value>)> {
    let data = ["default", "examples", "enum", "const", "required"];
    let is_data = |at: &str| at.split('/').any(|step| data.contains(&step));
    let is_map = |at: &str| {
        let mut steps = at.rsplit('/');
        let last = steps.next().unwrap_or_default();
        ["properties", "$defs", "dependentSchemas", "dependentRequired"].contains(&last)
            && !at.ends_with(&format!("properties/{last}"))
    };
    all_objects(value).into_iter().filter(|(at, _)| !is_data(at) && !is_map(at)).collect()
}

#[test]
fn every_tool_keeps_the_rules_of_its_provider() {
    for page in Page::real().iter().chain(Page::with_every_keyword()) {
        for provider in Provider::ALL {
            for tool in tools(page, provider) {
                assert_eq!(broken(&tool, provider), Vec::<String>::new(), "{} for {}", tool.name, provider.name());
            }
        }
    }
}

/// The crate makes the same tools at run time, for any models.
#[test]
fn the_crate_gives_the_tools_of_the_models_that_somebody_picks() {
    let pages = AnyRequest::pages();
    let exports = exported();
    for provider in Provider::ALL {
        let exported: Value = serde_json::from_str(&exports.tools(provider)).expect("JSON");
        let exported = match provider {
            Provider::Gemini => exported[0]["functionDeclarations"].clone(),
            _ => exported,
        };
        let all = Tools::of(provider, pages.iter().flat_map(|page| page.models.iter().copied())).expect("models");
        let count = listed(&all.to_value(), provider).len();
        assert_eq!(count, pages.len());
        for page in pages {
            let tools = Tools::of(provider, page.models.iter().copied()).expect("models");
            let made = match provider {
                Provider::Gemini => tools.to_value()[0]["functionDeclarations"][0].clone(),
                _ => tools.to_value()[0].clone(),
            };
            assert!(
                exported.as_array().is_some_and(|all| all.contains(&made)),
                "{} for {}",
                page.slug,
                provider.name()
            );
            for model in page.models {
                let tools = Tools::of(provider, [*model]).expect("a model");
                let [tool] = listed(&tools.to_value(), provider).try_into().unwrap_or_else(|_| panic!("one tool"));
                assert_eq!(broken(&tool, provider), Vec::<String>::new(), "{model} for {}", provider.name());
                assert_eq!(tool.parameters["properties"]["model"]["enum"], json!([model]));
                let is_loose = provider == Provider::OpenAi && !tool.is_strict;
                let is_noted = tools.notes().iter().any(|note| note.contains("not strict"));
                assert_eq!(is_loose, is_noted, "{model}: {:?}", tools.notes());
            }
        }
    }
    assert!(Tools::of(Provider::Mcp, ["kling"]).is_err());
}

#[test]
fn parameters_have_names_that_every_provider_takes() {
    // The Gemini API accepts the fewest names, and a tool cannot rename a parameter.
    for page in Page::real() {
        for (at, object) in all_objects(page.spec()).into_iter().filter(|(at, _)| at.ends_with("/properties")) {
            for name in object.keys() {
                let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && name.len() <= 64;
                assert!(is_plain && !name.starts_with(|c: char| c.is_ascii_digit()), "{at}: {name}");
            }
        }
    }
}

#[test]
fn a_broken_rule_is_seen() {
    // It has a list of objects.
    let pages = Page::real();
    let page = pages.iter().find(|page| page.slug() == "kling-v3-text-to-video").expect("the page");
    let damaged: [(Provider, &str, Value); 9] = [
        (Provider::Anthropic, "/allOf", json!([{}])),
        (Provider::Anthropic, "/properties/a b", json!({})),
        (Provider::Bedrock, "/additionalProperties", json!(false)),
        (Provider::Gemini, "/properties/model/const", json!("x")),
        (Provider::Gemini, "/properties/model/enum", json!([null])),
        (Provider::OpenAi, "/required", json!(["model"])),
        (Provider::OpenAi, "/properties/prompt/maxLength", json!(5)),
        (Provider::OpenAi, "/properties/multi_prompt/items/additionalProperties", json!(true)),
        (Provider::OpenAiChat, "/properties/multi_prompt/items", json!(5)),
    ];
    for (provider, pointer, value) in damaged {
        let mut tool = tools(page, provider).remove(0);
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        tool.parameters.pointer_mut(parent).expect("a place")[name] = value;
        assert!(!broken(&tool, provider).is_empty(), "{pointer} for {}", provider.name());
    }
    let mut tool = tools(page, Provider::Mcp).remove(0);
    tool.name = "veo-3.1".to_owned();
    assert!(!broken(&tool, Provider::Mcp).is_empty());
}

/// Sets omitted parameters to null at every depth, as strict mode does.
fn with_nulls(schema: &Value, body: &mut Value) {
    let variants = schema["anyOf"].as_array().into_iter().flatten();
    for schema in [schema].into_iter().chain(variants) {
        if let (Some(properties), Some(members)) = (schema["properties"].as_object(), body.as_object_mut()) {
            for (name, property) in properties {
                with_nulls(property, members.entry(name).or_insert(Value::Null));
            }
        }
        if let (Some(items), Some(list)) = (schema.get("items"), body.as_array_mut()) {
            list.iter_mut().for_each(|item| with_nulls(items, item));
        }
    }
}

/// A body without parameters that are null, which is the same as leaving them out.
fn without_nulls(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(members) = body.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    body
}

#[test]
fn a_model_may_say_whatever_is_valid() {
    for page in Page::real() {
        let judge = Judge::standard(&page.specs, &page.file);
        let slug = page.slug().replace(['-', '.'], "_");
        let tools = Provider::ALL.map(|provider| {
            let tool = tools(page, provider).into_iter().find(|tool| tool.name == slug).expect("the tool");
            let validator = jsonschema::options().should_validate_formats(true).build(&tool.parameters);
            (provider, tool.parameters, validator.expect("a schema"))
        });
        page.try_bodies(super::CASES / 4, |body| {
            let body = without_nulls(body);
            let valid = judge.is_valid(&body);
            for (provider, parameters, validator) in tools.iter().filter(|_| valid) {
                let mut said = body.clone();
                if *provider == Provider::OpenAi {
                    with_nulls(parameters, &mut said);
                }
                if !validator.is_valid(&said) {
                    return Err(format!("{} does not let {said} be said", provider.name()));
                }
            }
            Ok(valid)
        });
    }
}

#[test]
fn what_a_provider_does_not_take_is_said() {
    const LIMITS: &[&str] = &["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"];
    for page in Page::real() {
        for provider in Provider::ALL {
            let slug = page.slug().replace(['-', '.'], "_");
            let tool = tools(page, provider).into_iter().find(|tool| tool.name == slug).expect("the tool");
            // If the tool has no room for them, they are in the description of `model`.
            let model = tool.parameters["properties"]["model"]["description"].as_str().unwrap_or_default();
            let said = format!("{}{model}", tool.description);
            for sentence in sentences(page.spec()) {
                assert!(said.contains(&format!("\n- {sentence}")), "{slug}: {sentence}");
            }
            let properties = page.spec()["properties"].as_object().expect("parameters");
            assert_eq!(tool.parameters["properties"].as_object().map(Map::len), Some(properties.len()));
            for (name, property) in properties {
                let exported = &tool.parameters["properties"][name];
                let text = exported["description"].as_str().expect("a description");
                assert!(text.starts_with(property["description"].as_str().expect("a description")), "{slug}: {name}");
                for (keyword, value) in property.as_object().expect("a schema") {
                    let is_kept = exported.get(keyword) == Some(value);
                    let words = match keyword.as_str() {
                        "default" => format!(
                            "Default: `{}`",
                            value.as_str().filter(|it| !it.is_empty()).map_or(value.to_string(), str::to_owned)
                        ),
                        "x-advanced" => "Leave it unset unless you need it.".to_owned(),
                        limit if LIMITS.contains(&limit) => value.to_string(),
                        _ => continue,
                    };
                    assert!(is_kept || text.contains(&words), "{slug} for {}: {keyword} of {name}", provider.name());
                }
            }
        }
    }
}

#[test]
fn every_rule_is_said_where_the_object_is_described_that_it_is_about() {
    let mut nested = 0;
    for page in Page::real().iter().chain(Page::with_every_keyword()) {
        for provider in Provider::ALL {
            let all: String = tools(page, provider)
                .iter()
                .map(|tool| json!([tool.description, tool.parameters]).to_string())
                .collect();
            for (at, object) in all_objects(page.spec()) {
                let rules = object.get("allOf").and_then(Value::as_array).into_iter().flatten();
                for sentence in rules.filter_map(|rule| rule.get("description")?.as_str()) {
                    nested += usize::from(!at.is_empty());
                    // A value that is not an object has no list of rules; the schema itself is given instead.
                    let bullet = if object.contains_key("properties") { "- " } else { "" };
                    let listed = json!(format!("{bullet}{sentence}")).to_string();
                    assert!(
                        all.contains(listed.trim_matches('"')),
                        "{} for {}: {sentence}",
                        page.file,
                        provider.name()
                    );
                }
            }
        }
    }
    assert!(nested > 0, "no object within a request has rules");
}

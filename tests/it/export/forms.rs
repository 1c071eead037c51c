//! Every form of a value in each output for reviewers, readers, code generators and language models.

use foxapi_codegen::export::{Exports, Provider};
use foxapi_codegen::generate;
use serde_json::{Value, json};

use super::small::{document, page};

/// The outputs about a property.
struct Told {
    /// The text after its name in the sheet.
    sheet: &'static str,
    /// The values in the table of models.
    table: &'static str,
    /// Its schema in the OpenAPI document.
    openapi: Value,
    /// Its schema in a tool for OpenAI.
    openai: Value,
    /// The documentation of the generated field.
    field: &'static str,
}

/// Makes all outputs of a page with one property of this schema.
#[track_caller]
fn check(schema: Value, expected: Told) {
    check_with(json!({}), schema, expected);
}

/// The same, with more on the page.
#[track_caller]
fn check_with(mut more: Value, schema: Value, expected: Told) {
    more["properties"] = json!({ "value": schema });
    let source = page("form", "Form", more);
    let pages = [source.clone()];
    let sources = [source, foxapi_tests::endpoints()];
    let output = generate(&sources).unwrap_or_else(|problems| panic!("{problems}"));
    let sheet = &output.sheets[0].text;
    let line = sheet.lines().find_map(|line| line.strip_prefix("  value  ")).unwrap_or_else(|| panic!("{sheet}"));
    assert_eq!(squeezed(line), expected.sheet, "sheet");

    let exports = Exports::read(&sources).unwrap_or_else(|problems| panic!("{problems}"));
    let table = exports.table();
    let cells = table.lines().rev().find_map(|line| line.strip_prefix("| `value` | "));
    let cells = cells.unwrap_or_else(|| panic!("{table}"));
    assert_eq!(cells.split(" | ").next(), Some(expected.table), "table");

    let document = document(&pages);
    assert_eq!(document["components"]["schemas"]["Form"]["properties"]["value"], expected.openapi, "OpenAPI");

    let tools: Value = serde_json::from_str(&exports.tools(Provider::OpenAi)).expect("JSON");
    assert_eq!(tools[0]["parameters"]["properties"]["value"], expected.openai, "OpenAI");

    let module = output.files.iter().find(|file| file.name == "form.rs").expect("the module");
    let field = module.text.split("    pub value: ").next().expect("the field").rsplit("    pub ").next();
    let field = squeezed(&field.unwrap_or_default().replace("///", ""));
    let ty = module.text.split("    pub value: ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or_default();
    assert_eq!(format!("{} {ty}", field.split_once(", ").map_or("", |(_, rest)| rest)), expected.field, "field");
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn value_beside_a_range() {
    check(
        json!({
            "description": "Its length.",
            "type": ["integer", "null"],
            "anyOf": [{ "const": -1 }, { "minimum": 4, "maximum": 15 }],
            "default": 5,
        }),
        Told {
            sheet: "i64 optional|null -1 or 4 to 15. Default: `5`.",
            table: "integer, -1 or 4 to 15, or `null`",
            openapi: json!({
                "description": "Its length.\n\n-1 or 4 to 15.\n\nDefault: `5`.",
                "anyOf": [
                    { "type": "integer", "const": -1 },
                    { "type": "integer", "minimum": 4, "maximum": 15 },
                    { "type": "null" },
                ],
                "x-default": 5,
            }),
            openai: json!({
                "description": "Its length.\n\n-1 or 4 to 15. Default: `5`.",
                "anyOf": [
                    { "type": "integer", "enum": [-1] },
                    { "type": "integer", "minimum": 4, "maximum": 15 },
                    { "type": "null" },
                ],
            }),
            field: "Its length. -1 or 4 to 15. Default: `5`. Option<i64>,",
        },
    );
}

#[test]
fn free_object() {
    check(
        json!({ "description": "Settings.", "type": ["object", "null"], "additionalProperties": true, "maxProperties": 9 }),
        Told {
            sheet: "{string: any} optional|null At most 9 properties.",
            table: "any object, at most 9 properties, or `null`",
            openapi: json!({
                "description": "Settings.",
                "type": ["object", "null"],
                "additionalProperties": true,
                "maxProperties": 9,
            }),
            openai: json!({
                "description": "Settings.\n\nAt most 9 properties.",
                "type": ["object", "null"],
                "additionalProperties": true,
            }),
            field: "Settings. At most 9 properties. Option<Map<String, Value>>,",
        },
    );
}

#[test]
fn url_or_data() {
    check(
        json!({
            "description": "Pictures.",
            "type": "array",
            "items": { "description": "A picture.", "type": "string", "format": "uri", "x-uri-schemes": ["http", "https", "data"] },
        }),
        Told {
            sheet: "string[] optional Each item: an absolute `http` or `https` URL with a host, or a `data:` URI.",
            table: "list of URLs or `data:` URIs",
            openapi: json!({
                "description": "Pictures.",
                "type": "array",
                "items": {
                    "description": "A picture.\n\nAn absolute `http` or `https` URL with a host, or a `data:` URI.",
                    "type": "string",
                    "format": "uri",
                    "x-uri-schemes": ["http", "https", "data"],
                },
            }),
            openai: json!({
                "description": "Pictures.",
                "type": ["array", "null"],
                "items": {
                    "description":
                        "A picture.\n\nAn absolute `http` or `https` URL with a host, or a `data:` URI.",
                    "type": "string",
                },
            }),
            field: "Pictures. Each item: an absolute `http` or `https` URL with a host, or a `data:` URI. Option<Vec<String>>,",
        },
    );
}

#[test]
fn one_of_several_forms() {
    let preset = json!({
        "title": "FormPreset",
        "description": "A usual size.",
        "oneOf": [{ "const": "1024x1024", "title": "Square" }, { "const": "1024x768", "title": "Wide" }],
    });
    let size = json!({
        "title": "FormSize",
        "description": "A size of one's own.",
        "type": "object",
        "additionalProperties": false,
        "required": ["width"],
        "properties": { "width": { "description": "Width.", "type": "integer", "minimum": 16 } },
    });
    check_with(
        json!({ "$defs": { "Preset": preset, "Size": size } }),
        json!({
            "description": "Its size.",
            "title": "FormResolution",
            "anyOf": [
                { "title": "Preset", "$ref": "#/$defs/Preset" },
                { "title": "Custom", "$ref": "#/$defs/Size" },
                { "type": "null" },
            ],
            "default": "1024x1024",
        }),
        Told {
            sheet: "FormResolution optional|null `1024x1024` | `1024x768`. A `FormPreset` or a `FormSize`. Default: `1024x1024`.",
            table: "`1024x1024`, `1024x768`, or object, or `null`",
            openapi: json!({
                "title": "FormResolution",
                "description": "Its size.\n\nDefault: `1024x1024`.",
                "anyOf": [
                    { "title": "Preset", "$ref": "#/components/schemas/FormPreset" },
                    { "title": "Custom", "$ref": "#/components/schemas/FormSize" },
                    { "type": "null" },
                ],
                "x-default": "1024x1024",
            }),
            openai: json!({
                "description": "Its size.\n\nDefault: `1024x1024`.",
                "anyOf": [
                    { "description": "A usual size.", "type": "string", "enum": ["1024x1024", "1024x768"] },
                    {
                        "description": "A size of one's own.",
                        "type": "object",
                        "properties": { "width": { "description": "Width.", "type": "integer", "minimum": 16 } },
                        "required": ["width"],
                        "additionalProperties": false,
                    },
                    { "type": "null" },
                ],
            }),
            field: "Its size. A `FormPreset` or a `FormSize`. Default: `1024x1024`. Option<FormResolution>,",
        },
    );
}

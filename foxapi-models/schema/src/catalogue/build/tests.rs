//! The catalogue of single schemas.

use serde_json::json;

use super::*;
use crate::keyword::Keyword;

fn parameter(schema: &Value) -> Value {
    let schema = json!({"properties": {"a": schema}});
    let page: &'static Page = Box::leak(Box::new(Page::of_schema(&["test"], schema.to_string())));
    let models = models(page);
    serde_json::to_value(models.first().and_then(|model| model.parameters.first())).unwrap_or_default()
}

#[test]
fn every_limit_is_told() {
    for limits in [
        json!({"minimum": 1, "maximum": 5, "exclusiveMinimum": 0, "exclusiveMaximum": 6.5, "multipleOf": 0.5}),
        json!({"minLength": 1, "maxLength": 5, "pattern": "^a"}),
        json!({"format": "date-time"}),
        json!({"minItems": 1, "maxItems": 5, "uniqueItems": true}),
        json!({"minProperties": 1, "maxProperties": 5}),
    ] {
        let built = parameter(&limits);
        for (keyword, limit) in limits.as_object().into_iter().flatten() {
            let name = keyword.parse::<Keyword>().map(Keyword::snake_case).unwrap_or_default();
            assert_eq!(built.get(&name), Some(limit), "{keyword}");
        }
    }
}

#[test]
fn value_beside_a_range_is_no_option() {
    let built = parameter(&json!({
        "type": ["integer", "null"],
        "anyOf": [{"const": -1, "title": "Auto"}, {"minimum": 4, "maximum": 15}, {"type": "null"}],
    }));
    assert_eq!(built.get("beside_range"), Some(&json!([{"value": -1, "title": "Auto"}])));
    assert_eq!((built.get("minimum"), built.get("maximum")), (Some(&json!(4)), Some(&json!(15))));
    assert_eq!(built.get("options"), None);
}

#[test]
fn schemes_of_a_url_are_told() {
    let built = parameter(&json!({"type": "string", "format": "uri", "x-uri-schemes": ["https", "data"]}));
    assert_eq!(built.get("kind"), Some(&json!("url")));
    assert_eq!(built.get("uri_schemes"), Some(&json!(["https", "data"])));
}

#[test]
fn forms_of_a_union_are_told() {
    let built = parameter(&json!({"anyOf": [
        {"title": "Preset", "oneOf": [{"const": "small"}]},
        {"title": "Custom", "type": "object", "properties": {"width": {"type": "integer"}}},
        {"type": "null"},
    ]}));
    assert_eq!((built.get("kind"), built.get("nullable")), (Some(&json!("union")), Some(&json!(true))));
    let form = |pointer: &str| built.pointer(&format!("/forms/{pointer}")).and_then(Value::as_str);
    assert_eq!((form("0/name"), form("0/kind")), (Some("Preset"), Some("enumeration")));
    assert_eq!((form("0/options/0/value"), form("1/properties/0/name")), (Some("small"), Some("width")));
}

#[test]
fn free_object_is_a_map_of_anything() {
    let built = parameter(&json!({"type": "object", "additionalProperties": true}));
    assert_eq!(built.get("kind"), Some(&json!("map")));
    assert_eq!(built.pointer("/values/kind"), Some(&json!("any")));
}

#[test]
fn what_does_not_apply_is_left_out() {
    let built = parameter(&json!({"type": "boolean", "description": "Sound."}));
    let mut names: Vec<&str> = built.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["advanced", "description", "kind", "name", "nullable", "required"]);
}

//! Integers without limits. The 32 bits of the generated Rust are not a limit of the API, so they are not exported.

use super::json::{Json, Object};

/// Keywords whose schemas are about values, not about when a rule applies.
const OF_VALUES: &[&str] = &["items", "additionalProperties"];
const LISTS_OF_VALUES: &[&str] = &["anyOf", "oneOf", "prefixItems"];

/// Marks integers without limits as 64-bit, since code generators assume 32 bits.
pub(super) fn wide(schema: Json) -> Json {
    each_integer(schema, &|integer| {
        let is_open = lower(&integer).is_none_or(|lower| lower < f64::from(i32::MIN))
            || upper(&integer).is_none_or(|upper| upper > f64::from(i32::MAX));
        if is_open && !integer.contains("format") { integer.with("format", "int64") } else { integer }
    })
}

fn lower(integer: &Object) -> Option<f64> {
    number(integer, "minimum").or_else(|| number(integer, "exclusiveMinimum").map(|bound| bound + 1.0))
}

fn upper(integer: &Object) -> Option<f64> {
    number(integer, "maximum").or_else(|| number(integer, "exclusiveMaximum"))
}

fn number(schema: &Object, keyword: &str) -> Option<f64> {
    match schema.get(keyword) {
        Some(Json::Number(number)) => number.as_f64(),
        _ => None,
    }
}

/// Changes the schema of every integer that is not limited to listed values.
fn each_integer(schema: Json, change: &dyn Fn(Object) -> Object) -> Json {
    let Json::Object(members) = schema else { return schema };
    let is_listed = ["const", "enum"].iter().any(|keyword| members.contains(keyword));
    let is_integer = match members.get("type") {
        Some(Json::Array(types)) => types.iter().any(|name| name.as_str() == Some("integer")),
        single => single.and_then(Json::as_str) == Some("integer"),
    };
    let inside: Object =
        members.iter().map(|(name, value)| (name.to_owned(), inside(name, value.clone(), change))).collect();
    Json::Object(if is_integer && !is_listed { change(inside) } else { inside })
}

fn inside(keyword: &str, value: Json, change: &dyn Fn(Object) -> Object) -> Json {
    match value {
        Json::Object(properties) if keyword == "properties" => Json::Object(
            properties.iter().map(|(name, schema)| (name.to_owned(), each_integer(schema.clone(), change))).collect(),
        ),
        Json::Array(branches) if LISTS_OF_VALUES.contains(&keyword) => {
            Json::Array(branches.into_iter().map(|branch| each_integer(branch, change)).collect())
        }
        schema if OF_VALUES.contains(&keyword) => each_integer(schema, change),
        other => other,
    }
}

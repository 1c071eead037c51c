//! The complete list of intended differences between our validators and JSON Schema:
//!
//! 1. `5.0` and `-0` are not integers. A client that sends them has computed with floats, and no page says that the
//!    server accepts them. ([`has_type`])
//! 2. An integer beyond the Rust type of its field is refused: 32 bits if the page has no negative values, otherwise
//!    64. No parameter needs such a number. If there are other violations it may go unmentioned, as it is not in the
//!    schema. ([`beyond_type`])
//! 3. A duplicate member is refused: servers differ in which of the two they use.
//!    ([`Json::repeated`](super::text::Json::repeated))
//! 4. A number with a fraction is an `f64`, so neighbouring integers beyond 2⁵³ are the same number, and the judge
//!    uses the multiples of the nearest binary number instead of the decimal one. No case has such limits, and no page
//!    has such numbers.
//! 5. If no page knows the `model` of a body, nothing else is reported, since no schema describes the body.
//!    ([`Reference::of_any_body`](super::verdict::Reference::of_any_body))

use serde_json::Value;

use super::specs::{FileSchema, Specs};

/// `type` with deviation 1.
pub(crate) fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is not a type"),
    }
}

/// Deviation 2: the JSON Pointers of integers that do not fit into their fields.
pub(crate) fn beyond_type(specs: &Specs, schema: FileSchema<'_>, value: &Value, path: &str, found: &mut Vec<String>) {
    let parts = specs.parts(schema);
    if let Some(typed) = parts.iter().find(|part| part.get("type").is_some_and(mentions_integer)) {
        let given = value.is_number().then(|| value.to_string().parse::<i128>().ok()).flatten();
        if given.is_some_and(|given| !range(*typed).contains(&given)) {
            found.push(path.to_owned());
        }
    }
    for part in parts {
        for branch in part.list("anyOf").chain(part.list("oneOf")) {
            beyond_type(specs, branch, value, path, found);
        }
        match value {
            Value::Array(items) => {
                let prefix = part.list("prefixItems").map(Some);
                let schemas = prefix.chain(std::iter::repeat_with(|| part.inner("items")));
                for ((index, item), schema) in items.iter().enumerate().zip(schemas) {
                    let Some(schema) = schema else { continue };
                    beyond_type(specs, schema, item, &format!("{path}/{index}"), found);
                }
            }
            Value::Object(members) => {
                for (name, given) in members {
                    let named = part.properties().and_then(|properties| properties.get(name));
                    let schema =
                        named.map(|value| FileSchema { value, ..part }).or_else(|| part.inner("additionalProperties"));
                    if let Some(schema) = schema {
                        let path = format!("{path}/{}", super::text::step(name));
                        beyond_type(specs, schema, given, &path, found);
                    }
                }
            }
            _ => {}
        }
    }
}

fn mentions_integer(types: &Value) -> bool {
    types == "integer" || types.as_array().is_some_and(|types| types.iter().any(|name| name == "integer"))
}

/// The range of the Rust type that the design gives to an integer.
fn range(schema: FileSchema<'_>) -> std::ops::RangeInclusive<i128> {
    let (lower, upper) = bounds(schema);
    match (lower.is_some_and(|lower| lower >= 0.0), upper.is_some_and(|upper| upper > u32::MAX.into())) {
        (true, false) => 0..=u32::MAX.into(),
        (true, true) => 0..=u64::MAX.into(),
        (false, _) => i64::MIN.into()..=i64::MAX.into(),
    }
}

/// The least and the greatest number in a schema.
fn bounds(schema: FileSchema<'_>) -> (Option<f64>, Option<f64>) {
    // Single values next to a range count like those in the range.
    let beside: Vec<_> = schema.list("anyOf").filter(|branch| branch.get("type").is_none()).collect();
    if beside.iter().any(|branch| branch.get("const").is_none() && branch.get("$ref").is_none()) {
        let (lowers, uppers): (Vec<_>, Vec<_>) = beside.into_iter().map(bounds).unzip();
        let lowers: Option<Vec<f64>> = lowers.into_iter().collect();
        return (
            lowers.and_then(|lowers| lowers.into_iter().reduce(f64::min)),
            uppers.into_iter().flatten().reduce(f64::max),
        );
    }
    let numbers = |keyword: &str| -> Vec<f64> {
        let constants = schema.list("oneOf").chain(schema.list("anyOf")).filter_map(|branch| branch.get("const"));
        match (keyword, schema.get(keyword)) {
            ("const", None) => constants.filter_map(Value::as_f64).collect(),
            (_, Some(Value::Array(values))) => values.iter().filter_map(Value::as_f64).collect(),
            (_, value) => value.and_then(Value::as_f64).into_iter().collect(),
        }
    };
    let least = |keyword| numbers(keyword).into_iter().reduce(f64::min);
    let above = least("exclusiveMinimum").map(|bound| bound.floor() + 1.0);
    let lower = least("enum").or(least("const")).or(least("minimum")).or(above);
    let uppers = ["enum", "const", "maximum", "exclusiveMaximum"].into_iter().flat_map(numbers);
    (lower, uppers.reduce(f64::max))
}

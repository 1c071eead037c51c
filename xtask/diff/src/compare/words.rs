//! Values, types and limits as a report shows them.

use foxapi_codegen::checked::Type;
use foxapi_schema::assertion::{Assertion, phrases};
use foxapi_schema::words::count;
use serde_json::Value as JsonValue;

use crate::meaning::formula::{Formula, ValueTest};
use crate::value::{Text, TextForm, Value};

/// Longer values are not shown in full.
const LONGEST: usize = 48;

/// How much is shown of a text inside a longer value.
const BEGINNING: usize = 20;

/// The properties of a body that a claim is about.
pub(super) fn example(claim: &Formula, object: &Value) -> String {
    let properties = claim.properties();
    let shown = properties.into_iter().map(|name| match object.member(name) {
        None | Some(Value::Absent) => format!("no `{name}`"),
        Some(Value::Text(Text { form: TextForm::Plain, length })) if *length > 0 => {
            format!("`\"{name}\": \"…\"` ({})", count(length, "character"))
        }
        Some(Value::Text(text)) if text.length > LONGEST as u64 => {
            let beginning: String = text.spelled().chars().take(BEGINNING).collect();
            format!("`\"{name}\": \"{beginning}…\"` ({})", count(text.length, "character"))
        }
        Some(value) => format!("`\"{name}\": {}`", short(&value.to_json())),
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn short(value: &JsonValue) -> String {
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let text = beginnings(value).to_string();
    match value {
        _ if text.chars().count() <= 2 * LONGEST => text,
        JsonValue::Array(items) => format!("[… {}]", count(items.len(), "item")),
        _ => format!("{}…", text.chars().take(LONGEST).collect::<String>()),
    }
}

/// The value with the beginnings of its long texts.
fn beginnings(value: &JsonValue) -> JsonValue {
    match value {
        JsonValue::String(text) if text.chars().count() > BEGINNING => {
            JsonValue::String(text.chars().take(BEGINNING).chain(['…']).collect())
        }
        JsonValue::Array(items) => items.iter().map(beginnings).collect(),
        JsonValue::Object(members) => {
            JsonValue::Object(members.iter().map(|(name, value)| (name.clone(), beginnings(value))).collect())
        }
        other => other.clone(),
    }
}

/// A constant as people write it.
pub(super) fn value(value: &Value) -> String {
    match value.to_json() {
        JsonValue::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    }
}

/// Constants, in order.
pub(super) fn values(values: &[Value]) -> String {
    values.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// A type as the documentation has it.
pub(super) fn json_type(ty: &Type, nullable: bool) -> String {
    let name = match ty {
        Type::String => "string".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Integer(_) => "integer".to_owned(),
        Type::Enumeration { name, .. } | Type::Object(name) | Type::Union(name) => name.clone(),
        Type::FreeObject => "object of anything".to_owned(),
        Type::Map(value) => format!("object of ({})", json_type(&value.ty, value.nullable)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| json_type(&item.ty, item.nullable)).collect();
            format!("[{}]", items.join(", "))
        }
        Type::Array(item) if item.nullable => format!("array of ({})", json_type(&item.ty, true)),
        Type::Array(item) => format!("array of {}", json_type(&item.ty, false)),
    };
    if nullable { format!("{name} | null") } else { name }
}

/// A formula in words, if it is neither a test nor a test of each item.
pub(super) fn formula(formula: &Formula) -> String {
    let list = |parts: &[Formula], word: &str| {
        let parts: Vec<String> = parts.iter().map(self::formula).collect();
        parts.join(word)
    };
    match formula {
        Formula::Always => "anything".to_owned(),
        Formula::Never => "nothing".to_owned(),
        Formula::All(parts) => list(parts, " and "),
        Formula::Any(parts) => list(parts, " or "),
        Formula::ExactlyOne(parts) => format!("one of: {}", list(parts, "; ")),
        Formula::Not(inner) => match inner.as_ref() {
            Formula::Test(_, ValueTest::Present) => "not given".to_owned(),
            inner => format!("not {}", self::formula(inner)),
        },
        Formula::Optional { none, some, .. } => match (none, some.as_ref()) {
            (false, Formula::Always) => "given".to_owned(),
            (true, Formula::Never) => "not given".to_owned(),
            (false, some) => format!("given and {}", self::formula(some)),
            (true, some) => format!("not given or {}", self::formula(some)),
        },
        Formula::Test(_, test) => self::test(test),
        Formula::Every(_, item) => format!("each item {}", self::formula(item)),
        Formula::Count { item, minimum, maximum, .. } => {
            let most = maximum.map(|most| format!(" and at most {most}")).unwrap_or_default();
            format!("at least {minimum}{most} of: {}", self::formula(item))
        }
        Formula::Valid(_, object) => format!("a valid `{object}`"),
        Formula::Sum { items, property, total, .. } => {
            format!("`{property}` of `{}` adds up to `{}`", items.join("."), total.join("."))
        }
        Formula::Together { arrays, maximum } => format!("at most {maximum} items in {} together", paths(arrays)),
        Formula::GivenCount { paths: counted, minimum, maximum } => {
            let least = minimum.map(|least| format!("at least {least}"));
            let most = maximum.map(|most| format!("at most {most}"));
            let number: Vec<String> = least.into_iter().chain(most).collect();
            format!("{} of {} given", number.join(" and "), paths(counted))
        }
    }
}

/// Properties by their paths.
fn paths(paths: &[Vec<String>]) -> String {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.join("."))).collect();
    names.join(", ")
}

/// A test in words.
pub(super) fn test(test: &ValueTest) -> String {
    match test {
        ValueTest::Present => "given".to_owned(),
        ValueTest::Kind(_) => "a type".to_owned(),
        ValueTest::OneOf(allowed) => format!("one of {}", values(allowed)),
        ValueTest::Range(low, high) => {
            let bounds: Vec<Assertion> = low.iter().chain(high).cloned().map(Assertion::Bound).collect();
            phrases(&bounds.iter().collect::<Vec<_>>()).join(" and ")
        }
        ValueTest::Asserts(assertion) => assertion.phrase(),
        ValueTest::Pattern(pattern) => Assertion::Pattern(pattern.text.clone()).phrase(),
    }
}

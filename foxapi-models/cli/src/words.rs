//! A parameter in words: its kind, its limits, its default.

use foxapi_models::{Choice, Model, Parameter, ParameterKind};
use serde_json::Value;

/// The kind of a value, for people: `text`, `whole number`, `list of addresses`.
pub(crate) fn kind(parameter: &Parameter) -> String {
    match &parameter.kind {
        ParameterKind::String => "text".to_owned(),
        ParameterKind::Url => "address".to_owned(),
        ParameterKind::Integer => "whole number".to_owned(),
        ParameterKind::Number => "number".to_owned(),
        ParameterKind::Boolean => "true or false".to_owned(),
        ParameterKind::Enumeration => "one of the options".to_owned(),
        ParameterKind::Array { items, .. } => format!("list, each item: {}", kind(items)),
        ParameterKind::Object { .. } => "object".to_owned(),
        ParameterKind::Tuple { .. } => "list with a meaning for each place".to_owned(),
        ParameterKind::Map { values, .. } => format!("object with any names, each value: {}", kind(values)),
        _ => "any JSON".to_owned(),
    }
}

/// What a value must be beyond its kind, and what leaving it out stands for: sentences, options aside.
pub(crate) fn facts(parameter: &Parameter) -> Vec<String> {
    let mut facts = parameter.limits();
    if let ParameterKind::Array { items, .. } = &parameter.kind {
        facts.extend(items.limits().into_iter().map(|fact| format!("Each item: {fact}")));
    }
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        facts.push(format!("Default: {}.", plain(default)));
    }
    if parameter.advanced {
        facts.push("Leave it out unless you need it.".to_owned());
    }
    facts
}

/// The options that a value of the parameter, or each item of it, is limited to.
pub(crate) fn options(parameter: &Parameter) -> &[Choice] {
    match &parameter.kind {
        ParameterKind::Array { items, .. } if parameter.options.is_empty() => options(items),
        _ => &parameter.options,
    }
}

/// A JSON value as people write it: a text without quotes.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        other => other.to_string(),
    }
}

/// What a model makes from what, and what sets it apart from others of its page.
pub(crate) fn purpose(model: &Model) -> String {
    let (summary, description) = (first_paragraph(&model.summary), first_paragraph(&model.description));
    if summary == description { summary } else { format!("{summary} {description}") }
}

/// The first paragraph of a description, on one line.
pub(crate) fn first_paragraph(text: &str) -> String {
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

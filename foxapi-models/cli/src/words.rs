//! A parameter in words: its kind, its limits, its default.

use foxapi_models::{Choice, Model, Parameter, ParameterKind};
use foxapi_schema::words::{list, upper_first};
use serde_json::Value;

/// The kind of a value, for people: `text`, `whole number`, `list of URLs`.
pub(crate) fn kind(parameter: &Parameter) -> String {
    match &parameter.kind {
        ParameterKind::String => "text".to_owned(),
        ParameterKind::Url => "URL".to_owned(),
        ParameterKind::Integer => "whole number".to_owned(),
        ParameterKind::Number => "number".to_owned(),
        ParameterKind::Boolean => "true or false".to_owned(),
        ParameterKind::Enumeration => "one of the options".to_owned(),
        ParameterKind::Array { items, .. } => format!("list, each item: {}", kind(items)),
        ParameterKind::Object { .. } => "object".to_owned(),
        ParameterKind::Tuple { .. } => "list with a meaning for each place".to_owned(),
        ParameterKind::Map { values, .. } => format!("object with any names, each value: {}", kind(values)),
        ParameterKind::Union { forms, .. } => list(&forms.iter().map(kind).collect::<Vec<_>>(), "or"),
        _ => "any JSON".to_owned(),
    }
}

/// The limits of a value, except options, and its default, as sentences.
pub(crate) fn facts(parameter: &Parameter) -> Vec<String> {
    let mut facts = parameter.limits.sentences();
    if !parameter.beside_range.is_empty() {
        let values: Vec<String> = parameter.beside_range.iter().map(|choice| plain(&choice.value)).collect();
        facts.push(format!("Or {}.", list(&values, "or")));
    }
    if let ParameterKind::Array { items, .. } = &parameter.kind {
        facts.extend(items.limits.sentences().into_iter().map(|fact| format!("Each item: {fact}")));
    }
    if let ParameterKind::Union { forms, .. } = &parameter.kind {
        facts.extend(self::forms(forms));
    }
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        facts.push(format!("Default: {}.", plain(default)));
    }
    if parameter.advanced {
        facts.push("Leave it out unless you need it.".to_owned());
    }
    facts
}

/// The forms that a value may have: `One of the options; or an object with width and height.`
fn forms(forms: &[Parameter]) -> Option<String> {
    let form = |form: &Parameter| match &form.kind {
        ParameterKind::Object { properties, .. } if !properties.is_empty() => {
            let names: Vec<&str> = properties.iter().map(|property| property.name.as_str()).collect();
            format!("an object with {}", list(&names, "and"))
        }
        ParameterKind::Array { items, .. } => format!("a list, each item: {}", kind(items)),
        _ => kind(form),
    };
    let forms: Vec<String> = forms.iter().map(form).collect();
    (!forms.is_empty()).then(|| format!("{}.", upper_first(&forms.join("; or "))))
}

/// The options of a parameter, or of each of its items.
pub(crate) fn options(parameter: &Parameter) -> &[Choice] {
    match &parameter.kind {
        ParameterKind::Array { items, .. } if parameter.options.is_empty() => options(items),
        ParameterKind::Union { forms, .. } => forms.iter().map(options).find(|it| !it.is_empty()).unwrap_or_default(),
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

/// What a model makes from what, and how it differs from others of its page.
pub(crate) fn purpose(model: &Model) -> String {
    let (summary, description) = (first_paragraph(&model.summary), first_paragraph(&model.description));
    if summary == description { summary } else { format!("{summary} {description}") }
}

/// The first paragraph of a description, on one line.
pub(crate) fn first_paragraph(text: &str) -> String {
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

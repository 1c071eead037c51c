//! Turns the text of a flag into a value.

use std::io::Read;

use foxapi_models::{Parameter, ParameterKind};
use serde_json::Value;

use crate::failure::Failure;
use crate::words;

/// The longest file that is read into a body.
const LONGEST: u64 = 64 * 1024 * 1024;

/// The value of a parameter; several texts for a list.
pub(super) fn value<'a>(parameter: &Parameter, mut texts: impl Iterator<Item = &'a str>) -> Result<Value, Failure> {
    match &parameter.kind {
        ParameterKind::Array { items, .. } => texts.map(|text| single(items, text)).collect(),
        _ => single(parameter, texts.next().unwrap_or_default()),
    }
}

fn single(parameter: &Parameter, text: &str) -> Result<Value, Failure> {
    let text = match &parameter.kind {
        // Addresses and options do not begin with `@`.
        ParameterKind::Url | ParameterKind::Integer | ParameterKind::Number | ParameterKind::Boolean => text.to_owned(),
        _ => contents(text)?,
    };
    if let Some(choice) = parameter.options.iter().find(|choice| words::plain(&choice.value) == text) {
        return Ok(choice.value.clone());
    }
    Ok(match &parameter.kind {
        ParameterKind::String | ParameterKind::Url | ParameterKind::Enumeration => text.into(),
        ParameterKind::Integer | ParameterKind::Number | ParameterKind::Boolean => {
            let json = serde_json::from_str(&text).ok();
            json.filter(|json: &Value| json.is_number() || json.is_boolean() || json.is_null()).unwrap_or(text.into())
        }
        _ => json(&text).unwrap_or(text.into()),
    })
}

/// The text itself, or the contents of the file that it names with `@`; `@@` is an `@`.
pub(super) fn contents(text: &str) -> Result<String, Failure> {
    let failed = |failure: Failure| {
        failure.help("`@FILE` stands for the text in a file; a text that begins with `@` is written `@@…`")
    };
    match text.strip_prefix('@') {
        Some(rest) if rest.starts_with('@') => Ok(rest.to_owned()),
        Some("") => Err(failed(Failure::usage("`@` names no file"))),
        Some(path) => Ok(file(path).map_err(failed)?.trim_end_matches(['\r', '\n']).to_owned()),
        None => Ok(text.to_owned()),
    }
}

/// The contents of a file; `-` is standard input.
pub(super) fn file(path: &str) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::usage(format!("{path} cannot be read: {error}"));
    let mut text = String::new();
    let length = if path == "-" {
        std::io::stdin().lock().take(LONGEST + 1).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text))
    };
    match length.map_err(failed)? as u64 {
        length if length > LONGEST => Err(Failure::usage(format!("{path} is longer than any request may be"))),
        // A byte order mark is not part of the text.
        _ => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
    }
}

/// A JSON value without duplicate names.
pub(crate) fn json(text: &str) -> Result<Value, String> {
    let (value, twice) = foxapi_schema::json::read(text).map_err(|error| format!("cannot be read as JSON: {error}"))?;
    match twice.paths.first() {
        Some(place) => Err(format!("has {place} twice")),
        None => Ok(value),
    }
}

//! Local files in the place of addresses: found by the catalogue, not by the names of parameters.

use std::path::PathBuf;

use foxapi_models::{Model, Parameter, ParameterKind};
use foxapi_schema::pointer;
use serde_json::Value;

/// A local file that must become an address before the request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// Where in the body it stands, as a JSON Pointer.
    pub(crate) place: String,
    pub(crate) file: PathBuf,
}

/// The local files that a body names where the model takes an address.
pub(crate) fn find(model: &Model, body: &Value) -> Vec<Upload> {
    let mut found = Vec::new();
    properties(&model.parameters, body, &mut String::new(), &mut found);
    found
}

/// The body with an address at the place of each upload.
pub(crate) fn with(body: &Value, uploads: &[Upload], mut address: impl FnMut(&Upload) -> String) -> Value {
    let mut body = body.clone();
    for upload in uploads {
        if let Some(place) = body.pointer_mut(&upload.place) {
            *place = address(upload).into();
        }
    }
    body
}

/// Whether a text begins as an address does: a scheme and a colon. A single letter is a drive, not a scheme.
pub(crate) fn is_address(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    let mut letters = scheme.chars();
    scheme.len() > 1
        && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
}

fn properties(parameters: &[Parameter], value: &Value, path: &mut String, found: &mut Vec<Upload>) {
    for parameter in parameters {
        if let Some(value) = value.get(&parameter.name) {
            within(path, &parameter.name, |path| look(parameter, value, path, found));
        }
    }
}

fn look(parameter: &Parameter, value: &Value, path: &mut String, found: &mut Vec<Upload>) {
    match (&parameter.kind, value) {
        (ParameterKind::Url, Value::String(text)) if !is_address(text) => {
            let file = PathBuf::from(text);
            if file.is_file() {
                found.push(Upload { place: path.clone(), file });
            }
        }
        (ParameterKind::Array { items, .. }, Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                within(path, &index.to_string(), |path| look(items, value, path, found));
            }
        }
        (ParameterKind::Tuple { items, .. }, Value::Array(values)) => {
            for (index, (item, value)) in items.iter().zip(values).enumerate() {
                within(path, &index.to_string(), |path| look(item, value, path, found));
            }
        }
        (ParameterKind::Object { properties: inner, .. }, Value::Object(_)) => properties(inner, value, path, found),
        (ParameterKind::Map { values, .. }, Value::Object(entries)) => {
            for (name, value) in entries {
                within(path, name, |path| look(values, value, path, found));
            }
        }
        _ => {}
    }
}

/// Does something one step further down.
fn within(path: &mut String, step: &str, work: impl FnOnce(&mut String)) {
    let outer = path.len();
    pointer::push(path, step);
    work(path);
    path.truncate(outer);
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_begins_with_a_scheme() {
        for text in ["https://a.example/b.png", "http://a", "data:image/png;base64,AA", "HTTPS://A", "ftp://a"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["a.png", "./a:b.png", r"C:\a.png", "/tmp/a.png", "", ":", "ä:b", "1a:b"] {
            assert!(!is_address(text), "{text}");
        }
    }
}

//! Local files in place of addresses, found with the catalogue and not by the names of parameters.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use foxapi_models::{Model, Parameter, ParameterKind};
use foxapi_schema::pointer;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// A local file that must become an address before the request is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocalFile {
    /// Its place in the body, as a JSON Pointer.
    pub(crate) place: String,
    pub(crate) file: PathBuf,
}

/// The local files that a body names in places where the model takes an address.
pub(crate) fn find(model: &Model, body: &Value) -> Vec<LocalFile> {
    let mut found = Vec::new();
    properties(&model.parameters, body, &mut String::new(), &mut found);
    found
}

/// The body with an address in place of each local file.
pub(crate) fn with(body: &Value, files: &[LocalFile], mut address: impl FnMut(&LocalFile) -> String) -> Value {
    let mut body = body.clone();
    for local in files {
        if let Some(place) = body.pointer_mut(&local.place) {
            *place = address(local).into();
        }
    }
    body
}

/// The identity of the work: the body with the hash of each file in place of its name, so that only the same content is
/// the same work.
pub(crate) fn work(body: &Value, files: &[LocalFile]) -> Result<Value, Failure> {
    let mut hashes = HashMap::new();
    for local in files {
        let hash = hash(&local.file)
            .map_err(|error| Failure::usage(format!("{} cannot be read: {error}", local.file.display())))?;
        hashes.insert(&local.file, hash);
    }
    Ok(with(body, files, |local| hashes.get(&local.file).cloned().unwrap_or_default()))
}

/// The hash of a file, however large it is.
fn hash(file: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut File::open(file)?, &mut Hashing(&mut hasher))?;
    Ok(hasher.finalize().iter().fold("sha256".to_owned(), |text, byte| format!("{text}{byte:02x}")))
}

/// A hash as a writer.
struct Hashing<'a>(&'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a text begins like an address, with a scheme and a colon. A single letter is a drive, not a scheme.
pub(crate) fn is_address(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    let mut letters = scheme.chars();
    scheme.len() > 1
        && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
}

fn properties(parameters: &[Parameter], value: &Value, path: &mut String, found: &mut Vec<LocalFile>) {
    for parameter in parameters {
        if let Some(value) = value.get(&parameter.name) {
            within(path, &parameter.name, |path| look(parameter, value, path, found));
        }
    }
}

fn look(parameter: &Parameter, value: &Value, path: &mut String, found: &mut Vec<LocalFile>) {
    match (&parameter.kind, value) {
        (ParameterKind::Url, Value::String(text)) if !is_address(text) => {
            let file = PathBuf::from(text);
            if file.is_file() {
                found.push(LocalFile { place: path.clone(), file });
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

/// Runs `work` one step further down.
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

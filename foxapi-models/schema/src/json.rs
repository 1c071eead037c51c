//! JSON text as a [`Value`], with an eye on the names that an object has twice.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde_json::{Map, Value};

use crate::document::Document;
use crate::pointer;

/// Reads a JSON text. The last of equal names wins, and the path of each is in the list.
///
/// # Errors
///
/// When the text is no JSON, or is nested deeper than 128 levels.
pub fn read(text: &str) -> Result<(Value, Vec<String>), serde_json::Error> {
    let mut duplicates = Duplicates::default();
    let value = duplicates.value(serde_json::from_str(text)?);
    Ok((value, duplicates.found))
}

/// Reads a value from any format; a name that an object has twice is an error.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "a name for what to do, without state")]
pub struct NoDuplicates;

impl<'de> DeserializeSeed<'de> for NoDuplicates {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let mut duplicates = Duplicates::default();
        let value = duplicates.value(Document::deserialize(deserializer)?);
        if duplicates.found.is_empty() { Ok(value) } else { Err(D::Error::custom("an object has a name twice")) }
    }
}

/// Makes a value of a document, knowing where in the document it is.
#[derive(Default)]
struct Duplicates {
    path: String,
    found: Vec<String>,
}

impl Duplicates {
    fn value(&mut self, document: Document) -> Value {
        let outer = self.path.len();
        match document {
            Document::Scalar(value) => value,
            Document::Array(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    pointer::push(&mut self.path, &values.len().to_string());
                    values.push(self.value(item));
                    self.path.truncate(outer);
                }
                Value::Array(values)
            }
            Document::Object(entries) => {
                let mut object = Map::new();
                for (name, document) in entries {
                    pointer::push(&mut self.path, &name);
                    if object.insert(name, self.value(document)).is_some() {
                        self.found.push(self.path.clone());
                    }
                    self.path.truncate(outer);
                }
                Value::Object(object)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn duplicates(text: &str) -> Vec<String> {
        read(text).map_or_else(|error| vec![error.to_string()], |(_, duplicates)| duplicates)
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let text = r#"{"a": [null, true, -1, 18446744073709551615, 2.5, 1e2, "x\n"], "b": {"c": {}}}"#;
        assert_eq!(read(text).ok(), serde_json::from_str(text).ok().map(|value| (value, Vec::new())));
    }

    #[test]
    fn last_of_equal_names_wins() {
        assert_eq!(read(r#"{"a": 1, "a": 2}"#).ok(), Some((json!({"a": 2}), vec!["/a".to_owned()])));
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        assert_eq!(duplicates(r#"{"a/b": [{}, {"~": 1, "~": 1}], "x": 1, "\u0078": 2}"#), ["/a~1b/1/~0", "/x"]);
        assert!(duplicates(r#"{"a": {"x": 1}, "b": {"x": 1}}"#).is_empty());
    }

    #[test]
    fn any_name_is_a_name() {
        let text = r#"{"$serde_json::private::Number": null}"#;
        assert_eq!(read(text).ok(), Some((json!({"$serde_json::private::Number": null}), Vec::new())));
    }

    #[test]
    fn malformed_text_is_an_error() {
        for text in ["", "{", "{} x", "[1,]", "nul", "\u{feff}{}", r#""\ud800""#, &"[".repeat(1000)] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

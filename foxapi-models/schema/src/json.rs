//! JSON text as a [`Value`], with an eye on the names that an object has twice.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde_json::{Map, Value};

use crate::document::Document;
use crate::pointer;

/// How many duplicates are told by their paths.
const TOLD: usize = 200;

/// Names that an object has twice.
#[derive(Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "hidden from the documentation, and made by tests")]
pub struct Duplicates {
    /// Where the first of them are.
    pub paths: Vec<String>,
    /// How many others there are.
    pub more: usize,
}

/// Reads a JSON text. The last of equal names wins, and the path of each is in the list.
///
/// # Errors
///
/// When the text is no JSON, or is nested deeper than 128 levels.
pub fn read(text: &str) -> Result<(Value, Duplicates), serde_json::Error> {
    let mut reader = Reader::default();
    let value = reader.value(serde_json::from_str(text)?);
    Ok((value, reader.found))
}

/// Reads a value from any format; a name that an object has twice is an error.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "a name for what to do, without state")]
pub struct NoDuplicates;

impl<'de> DeserializeSeed<'de> for NoDuplicates {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let mut reader = Reader::default();
        let value = reader.value(Document::deserialize(deserializer)?);
        if reader.found.paths.is_empty() { Ok(value) } else { Err(D::Error::custom("an object has a name twice")) }
    }
}

/// Makes a value of a document, knowing where in the document it is.
#[derive(Default)]
struct Reader {
    path: String,
    found: Duplicates,
}

impl Reader {
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
                        match self.found.paths.len() < TOLD {
                            true => self.found.paths.push(self.path.clone()),
                            false => self.found.more += 1,
                        }
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
        read(text).map_or_else(|error| vec![error.to_string()], |(_, duplicates)| duplicates.paths)
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let text = r#"{"a": [null, true, -1, 18446744073709551615, 2.5, 1e2, "x\n"], "b": {"c": {}}}"#;
        assert_eq!(read(text).ok(), serde_json::from_str(text).ok().map(|value| (value, Duplicates::default())));
    }

    #[test]
    fn last_of_equal_names_wins() {
        assert_eq!(
            read(r#"{"a": 1, "a": 2}"#).ok(),
            Some((json!({"a": 2}), Duplicates { paths: vec!["/a".to_owned()], more: 0 }))
        );
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        assert_eq!(duplicates(r#"{"a/b": [{}, {"~": 1, "~": 1}], "x": 1, "\u0078": 2}"#), ["/a~1b/1/~0", "/x"]);
        assert!(duplicates(r#"{"a": {"x": 1}, "b": {"x": 1}}"#).is_empty());
    }

    #[test]
    fn duplicates_without_number_are_counted() {
        let text = format!("{{{}\"a\": 1}}", "\"a\": 1,".repeat(5000));
        let found = read(&text).map(|(_, duplicates)| (duplicates.paths.len(), duplicates.more)).ok();
        assert_eq!(found, Some((TOLD, 5000 - TOLD)));
    }

    #[test]
    fn any_name_is_a_name() {
        let text = r#"{"$serde_json::private::Number": null}"#;
        assert_eq!(read(text).ok(), Some((json!({"$serde_json::private::Number": null}), Duplicates::default())));
    }

    #[test]
    fn malformed_text_is_an_error() {
        for text in ["", "{", "{} x", "[1,]", "nul", "\u{feff}{}", r#""\ud800""#, &"[".repeat(1000)] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

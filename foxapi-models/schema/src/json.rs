//! JSON text as a [`Value`], with an eye on the names that an object has twice.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::pointer;

/// Reads a JSON text. The last of equal names wins, and the path of each is in the list.
pub fn read(text: &str) -> Result<(Value, Vec<String>), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut reader = Reader::default();
    let value = reader.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, reader.duplicates))
}

/// Reads a value from any format; a name that an object has twice is an error.
#[allow(clippy::exhaustive_structs, reason = "a name for what to do, without state")]
pub struct NoDuplicates;

impl<'de> DeserializeSeed<'de> for NoDuplicates {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let mut reader = Reader::default();
        let value = reader.deserialize(deserializer)?;
        if reader.duplicates.is_empty() { Ok(value) } else { Err(D::Error::custom("an object has a name twice")) }
    }
}

/// Builds a value, knowing where in the document it is.
#[derive(Default)]
struct Reader {
    path: String,
    duplicates: Vec<String>,
}

/// Under the feature `arbitrary_precision`, which any crate of a program can turn on, serde_json shows a number
/// as an object with this one name.
pub(crate) const NUMBER: &str = "$serde_json::private::Number";

/// Whether that feature is on: only then is there a number beyond the floats.
pub(crate) fn numbers_are_text() -> bool {
    "1e999".parse::<Number>().is_ok()
}

impl<'de> DeserializeSeed<'de> for &mut Reader {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let outer = self.path.len();
        let mut items = Vec::new();
        loop {
            pointer::push(&mut self.path, &items.len().to_string());
            let item = seq.next_element_seed(&mut *self)?;
            self.path.truncate(outer);
            match item {
                Some(item) => items.push(item),
                None => return Ok(items.into()),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let outer = self.path.len();
        let mut object = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == NUMBER && object.is_empty() && numbers_are_text() {
                return map.next_value::<String>()?.parse::<Number>().map(Value::Number).map_err(A::Error::custom);
            }
            pointer::push(&mut self.path, &name);
            let value = map.next_value_seed(&mut *self)?;
            if object.insert(name, value).is_some() {
                self.duplicates.push(self.path.clone());
            }
            self.path.truncate(outer);
        }
        Ok(object.into())
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

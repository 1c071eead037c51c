//! JSON text as a tree whose objects keep their order, and what can be read from it.
//!
//! serde is asked for this one type alone: typed reading of every keyword of a schema would be compiled anew for
//! each, and longer than all requests of a page.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Under the feature `arbitrary_precision`, which any crate of a program can turn on, serde_json shows a number
/// as an object with this one name.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether that feature is on: only then is there a number beyond the floats.
fn numbers_are_text() -> bool {
    "1e999".parse::<Number>().is_ok()
}

/// JSON in the order in which it is written.
pub(crate) enum Document {
    Scalar(Value),
    Array(Vec<Document>),
    Object(Vec<(String, Document)>),
}

impl Document {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// What the place calls for, or why it cannot be that.
    pub(crate) fn read<T: Read>(&self) -> Result<T, String> {
        T::read(self)
    }

    pub(crate) fn items(&self) -> Result<&[Self], String> {
        match self {
            Self::Array(items) => Ok(items),
            _ => Err("expected an array".to_owned()),
        }
    }

    pub(crate) fn entries(&self) -> Result<&[(String, Self)], String> {
        match self {
            Self::Object(entries) => Ok(entries),
            _ => Err("expected an object".to_owned()),
        }
    }

    pub(crate) fn text(&self) -> Result<&str, String> {
        match self {
            Self::Scalar(Value::String(text)) => Ok(text),
            _ => Err("expected a string".to_owned()),
        }
    }
}

/// A JSON text as a value.
pub(crate) fn value(text: &str) -> Option<Value> {
    Document::parse(text).and_then(|document| document.read()).ok()
}

/// What can be read from a [`Document`].
pub(crate) trait Read: Sized {
    fn read(document: &Document) -> Result<Self, String>;
}

impl Read for Value {
    fn read(document: &Document) -> Result<Self, String> {
        Ok(match document {
            Document::Scalar(value) => value.clone(),
            Document::Array(items) => Self::Array(items.iter().map(Self::read).collect::<Result<_, _>>()?),
            Document::Object(entries) => {
                let mut object = Map::new();
                for (name, value) in entries {
                    object.insert(name.clone(), value.read()?);
                }
                Self::Object(object)
            }
        })
    }
}

impl Read for String {
    fn read(document: &Document) -> Result<Self, String> {
        document.text().map(str::to_owned)
    }
}

impl Read for bool {
    fn read(document: &Document) -> Result<Self, String> {
        match document {
            Document::Scalar(Value::Bool(flag)) => Ok(*flag),
            _ => Err("expected a boolean".to_owned()),
        }
    }
}

impl Read for Number {
    fn read(document: &Document) -> Result<Self, String> {
        match document {
            Document::Scalar(Value::Number(number)) => Ok(number.clone()),
            _ => Err("expected a number".to_owned()),
        }
    }
}

impl Read for usize {
    fn read(document: &Document) -> Result<Self, String> {
        let number: Number = document.read()?;
        number.as_u64().and_then(|number| number.try_into().ok()).ok_or_else(|| format!("{number} is no count"))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(document: &Document) -> Result<Self, String> {
        let mut list = Self::new();
        for item in document.items()? {
            list.push(item.read()?);
        }
        Ok(list)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Document, E> {
        Ok(Document::Scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        Document::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Scalar(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Scalar(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Scalar(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Scalar(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Document, E> {
        Ok(Document::Scalar(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Document, E> {
        Ok(Document::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Document, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Document::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut entries: Vec<(String, Document)> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == NUMBER && entries.is_empty() && numbers_are_text() {
                let number = map.next_value::<String>()?.parse::<Number>().map_err(A::Error::custom)?;
                return Ok(Document::Scalar(Value::Number(number)));
            }
            entries.push((name, map.next_value()?));
        }
        Ok(Document::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_those_of_serde_json() {
        let text = r#"{"a": [null, true, -1, 18446744073709551615, 2.5, 1e2, "x\n"], "b": {"c": {}}}"#;
        assert_eq!(value(text), serde_json::from_str(text).ok());
        assert_eq!(value("{} x"), None);
    }

    #[test]
    fn order_is_that_of_the_text() {
        let document = Document::parse(r#"{"z": 1, "a": 2}"#);
        let names = document.as_ref().map(|it| it.entries().unwrap_or_default().iter().map(|(name, _)| name.as_str()));
        assert_eq!(names.map(Iterator::collect), Ok(vec!["z", "a"]));
    }

    #[test]
    fn what_is_of_another_type_is_refused() {
        let read = |text| Document::parse(text).and_then(|document| document.read::<Vec<usize>>());
        assert_eq!(read("[1, 2]"), Ok(vec![1, 2]));
        assert_eq!(read("[1.5]"), Err("1.5 is no count".to_owned()));
        assert_eq!(read(r#"["1"]"#), Err("expected a number".to_owned()));
        assert_eq!(read("{}"), Err("expected an array".to_owned()));
        assert_eq!(Document::parse("[true]").and_then(|it| it.read::<Value>()), Ok(json!([true])));
    }
}

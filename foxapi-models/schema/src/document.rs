//! JSON text as a tree whose objects keep their order, and what can be read from it.
//!
//! serde is asked for this one type alone: typed reading of every keyword of a schema would be compiled anew for
//! each, and longer than all requests of a page.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
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
        number
            .as_u64()
            .and_then(|number| number.try_into().ok())
            .ok_or_else(|| format!("{number} is not a non-negative integer"))
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
        Anything(&mut Budget(usize::MAX)).deserialize(deserializer)
    }
}

/// How much memory a document, and the value that is made of it, may take.
///
/// A text grows when it is read: each of the two bytes of `1,` becomes 32, and each `{"a":1}` becomes a node of a tree.
#[derive(Debug)]
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(32 * 1024 * 1024)
    }
}

impl Budget {
    /// So many bytes.
    pub fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// A document and a value.
    const SCALAR: usize = size_of::<Document>() + size_of::<Value>();

    /// The tree of an object that is not empty: its nodes have room for eleven entries.
    const NODE: usize = 11 * (size_of::<String>() + size_of::<Value>());

    pub(crate) fn is_spent(&self) -> bool {
        self.0 == 0
    }

    fn spend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        self.0 = self.0.saturating_sub(bytes);
        if self.is_spent() { Err(E::custom("too many values")) } else { Ok(()) }
    }
}

/// Reads a document within a budget.
pub(crate) struct Anything<'a>(pub(crate) &'a mut Budget);

impl<'de> DeserializeSeed<'de> for Anything<'_> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        self.0.spend(Budget::SCALAR)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Anything<'_> {
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
        self.deserialize(deserializer)
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

    fn visit_str<E: Error>(self, value: &str) -> Result<Document, E> {
        self.0.spend(value.len())?;
        Ok(Document::Scalar(value.into()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Document, E> {
        self.0.spend(value.len())?;
        Ok(Document::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Document, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Anything(self.0))? {
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
            let node = if entries.is_empty() { Budget::NODE } else { 0 };
            self.0.spend(node + size_of::<String>() + name.len())?;
            entries.push((name, map.next_value_seed(Anything(self.0))?));
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
        assert_eq!(read("[1.5]"), Err("1.5 is not a non-negative integer".to_owned()));
        assert_eq!(read(r#"["1"]"#), Err("expected a number".to_owned()));
        assert_eq!(read("{}"), Err("expected an array".to_owned()));
        assert_eq!(Document::parse("[true]").and_then(|it| it.read::<Value>()), Ok(json!([true])));
    }
}

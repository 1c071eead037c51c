//! JSON text as a tree whose objects keep their order, and the types that can be read from it.
//!
//! serde deserializes only this type: deserializing every keyword into its own type would take longer to compile than
//! all requests of a page.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer};
use serde_json::{Map, Number, Value};

use crate::reading::{Anything, Budget, Reading, Tree};

/// A JSON value whose members keep the order of the text.
pub(crate) enum Document {
    Scalar(Value),
    Array(Vec<Document>),
    Object(Vec<(String, Document)>),
}

impl Document {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// Reads a `T`, or says why it cannot be one.
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
        Anything::new(&mut Reading::within(&mut Budget::new(usize::MAX))).deserialize(deserializer)
    }
}

/// Keeps all members of an object, in their order.
impl Tree for Document {
    type Members = Vec<(String, Self)>;

    fn scalar(value: Value) -> Self {
        Self::Scalar(value)
    }

    fn array(items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn object(members: Self::Members) -> Self {
        Self::Object(members)
    }

    fn add(members: &mut Self::Members, name: String, value: Self) -> Option<String> {
        members.push((name, value));
        None
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

//! JSON that keeps the order of its members.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::{Deserialize, DeserializeSeed, Deserializer};
use serde_json::{Number, Value};

use crate::reading::{Anything, Budget, Duplicates, Reading, Tree};

/// A JSON value whose members keep their order.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "there are no other kinds of JSON")]
pub enum Json {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<Json>),
    Object(Object),
}

/// The members of an object, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Json)>);

impl Object {
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a member: in place if it exists, otherwise at the end.
    pub fn set(&mut self, name: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.get_mut(name) {
            Some(present) => *present = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Like [`set`](Self::set), for chaining.
    pub fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a member: in place if it exists, otherwise at the beginning.
    pub fn set_first(&mut self, name: &str, value: impl Into<Json>) {
        match self.get_mut(name) {
            Some(present) => *present = value.into(),
            None => self.0.insert(0, (name.to_owned(), value.into())),
        }
    }

    /// Adds a member before another one, or at the end.
    pub fn insert_before(&mut self, other: &str, name: &str, value: Json) {
        let at = self.0.iter().position(|(known, _)| known == other).unwrap_or(self.0.len());
        self.0.insert(at, (name.to_owned(), value));
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        self.0.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Json)> {
        self.0.iter_mut().map(|(name, value)| (name.as_str(), value))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a member that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The items of a member that is an array.
    pub fn list(&self, name: &str) -> &[Json] {
        match self.get(name) {
            Some(Json::Array(items)) => items,
            _ => &[],
        }
    }

    /// The members of a member that is an object.
    pub fn members(&self, name: &str) -> impl Iterator<Item = (&str, &Json)> {
        self.get(name).and_then(Json::as_object).into_iter().flat_map(Self::iter)
    }
}

impl Extend<(String, Json)> for Object {
    fn extend<T: IntoIterator<Item = (String, Json)>>(&mut self, members: T) {
        self.0.extend(members);
    }
}

impl IntoIterator for Object {
    type Item = (String, Json);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<T: IntoIterator<Item = (String, Json)>>(members: T) -> Self {
        Self(members.into_iter().collect())
    }
}

impl Json {
    /// Reads JSON text, or says why it is not valid.
    ///
    /// # Errors
    ///
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    /// Converts a value, sorting the members of its objects.
    #[must_use]
    pub fn of_value(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.iter().map(Self::of_value).collect()),
            Value::Object(members) => {
                let members: BTreeMap<_, _> = members.iter().collect();
                Self::Object(members.into_iter().map(|(name, value)| (name.clone(), Self::of_value(value))).collect())
            }
            scalar => Self::scalar(scalar.clone()),
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Converts to a value whose members have no defined order.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(flag) => (*flag).into(),
            Self::Number(number) => Value::Number(number.clone()),
            Self::String(text) => text.as_str().into(),
            Self::Array(items) => items.iter().map(Self::to_value).collect(),
            Self::Object(members) => members.iter().map(|(name, value)| (name.to_owned(), value.to_value())).collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Anything::new(&mut Reading::within(&mut Budget::new(usize::MAX))).deserialize(deserializer)
    }
}

/// Keeps all members of an object, in their order.
impl<'t> Tree<'t> for Json {
    fn scalar(value: Value) -> Self {
        match value {
            Value::Bool(flag) => Self::Boolean(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::String(text),
            _ => Self::Null,
        }
    }

    fn text(text: Cow<'t, str>) -> Self {
        Self::String(text.into_owned())
    }

    fn array(items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn object(members: Vec<(Cow<'t, str>, Self)>, _: &mut Duplicates) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.into_owned(), value)).collect())
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Boolean(flag)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<Object> for Json {
    fn from(members: Object) -> Self {
        Self::Object(members)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

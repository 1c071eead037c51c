//! JSON that keeps the order of its members, printed with short values on one line and others line by line.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::document::Document;

/// The width at which lines are broken.
const WIDTH: usize = 100;

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "there are no other kinds of JSON")]
pub enum Json {
    Null,
    Boolean(bool),
    Number(serde_json::Number),
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
    /// Reads JSON that was written by a program; null if it is not valid.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Document::parse(text).map_or(Self::Null, Self::of_document)
    }

    fn of_document(document: Document) -> Self {
        match document {
            Document::Scalar(value) => Self::of_value(&value),
            Document::Array(items) => Self::Array(items.into_iter().map(Self::of_document).collect()),
            Document::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, Self::of_document(value))).collect())
            }
        }
    }

    /// Converts a value, sorting the members of its objects.
    pub fn of_value(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Boolean(*flag),
            serde_json::Value::Number(number) => Self::Number(number.clone()),
            serde_json::Value::String(text) => Self::String(text.clone()),
            serde_json::Value::Array(items) => Self::Array(items.iter().map(Self::of_value).collect()),
            serde_json::Value::Object(members) => {
                let members: BTreeMap<_, _> = members.iter().collect();
                Self::Object(members.into_iter().map(|(name, value)| (name.clone(), Self::of_value(value))).collect())
            }
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
    pub fn to_value(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Boolean(flag) => (*flag).into(),
            Self::Number(number) => serde_json::Value::Number(number.clone()),
            Self::String(text) => text.as_str().into(),
            Self::Array(items) => items.iter().map(Self::to_value).collect(),
            Self::Object(members) => members.iter().map(|(name, value)| (name.to_owned(), value.to_value())).collect(),
        }
    }

    /// The text of a JSON file.
    pub fn to_file(&self) -> String {
        let mut text = String::new();
        self.write(0, 0, &mut text);
        text.push('\n');
        text
    }

    /// The text on one line.
    pub fn to_line(&self) -> String {
        let mut text = String::new();
        self.write_line(&mut text);
        text
    }

    /// `before` is the width of what is already on the line, apart from the indentation.
    fn write(&self, indent: usize, before: usize, text: &mut String) {
        let (count, [open, close]) = match self {
            Self::Array(items) => (items.len(), ['[', ']']),
            Self::Object(members) => (members.0.len(), ['{', '}']),
            _ => (0, [' '; 2]),
        };
        let line = self.to_line();
        if count == 0 || self.is_plain() && indent + before + line.chars().count() < WIDTH {
            text.push_str(&line);
            return;
        }
        text.push(open);
        let inner = indent + 2;
        let separate = |index: usize, text: &mut String| {
            let _ = write!(text, "{}\n{:inner$}", if index > 0 { "," } else { "" }, "");
        };
        match self {
            Self::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    separate(index, text);
                    item.write(inner, 0, text);
                }
            }
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    separate(index, text);
                    let name = quoted(name);
                    let _ = write!(text, "{name}: ");
                    value.write(inner, name.chars().count() + 2, text);
                }
            }
            _ => {}
        }
        let _ = write!(text, "\n{:indent$}{close}", "");
    }

    /// Whether a value is easy to read on one line: it has at most two levels of brackets.
    fn is_plain(&self) -> bool {
        let is_flat = |value: &Self| match value {
            Self::Array(items) => items.iter().all(|item| !matches!(item, Self::Array(_) | Self::Object(_))),
            Self::Object(members) => {
                members.iter().all(|(_, value)| !matches!(value, Self::Array(_) | Self::Object(_)))
            }
            _ => true,
        };
        match self {
            Self::Array(items) => items.iter().all(is_flat),
            Self::Object(members) => members.iter().all(|(_, value)| is_flat(value)),
            _ => true,
        }
    }

    fn write_line(&self, text: &mut String) {
        match self {
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    item.write_line(text);
                }
                text.push(']');
            }
            Self::Object(members) if members.is_empty() => text.push_str("{}"),
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    let _ = write!(text, "{}{}: ", if index > 0 { ", " } else { "{ " }, quoted(name));
                    value.write_line(text);
                }
                text.push_str(" }");
            }
            _ => {
                let _ = write!(text, "{}", self.to_value());
            }
        }
    }
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
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

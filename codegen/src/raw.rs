//! First stage: JSON text exactly as written, with positions and property order.

mod read;

use foxapi_schema::json::Json;
use foxapi_schema::number::integer;
use foxapi_schema::pointer;
use serde_json::Number;

pub use crate::span::Span;
pub(crate) use read::read;
pub use read::reason;

/// A JSON value and its position.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "made by readers of other formats")]
pub struct Node {
    /// Where it begins.
    pub at: Span,
    /// The value itself.
    pub value: Value,
}

/// The value of a [`Node`].
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_enums, reason = "there are no other kinds of JSON")]
#[allow(missing_docs, reason = "the names of JSON")]
pub enum Value {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "made by readers of other formats")]
pub struct Member {
    /// Where its name begins.
    pub at: Span,
    /// Its name.
    pub name: String,
    /// Its value.
    pub node: Node,
}

/// Why a text is not JSON, and where.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fault {
    /// Where reading it stopped.
    pub at: Span,
    /// What is wrong.
    pub message: String,
}

impl Node {
    /// Reads a JSON text. Of several members with one name, all are kept.
    ///
    /// # Errors
    ///
    /// The first place that is not JSON, or is nested more than 127 levels deep.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        read::parse(0, text)
    }

    /// The kind of the value, in words for a message.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The value, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value, if it is a number.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value, if it is an integer: `5.0` is 5.
    pub(crate) fn as_integer(&self) -> Option<i128> {
        self.as_number().and_then(integer)
    }

    /// The members, if it is an object.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items, if it is an array.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The member with a name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The value of the member with a name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|member| &member.node)
    }

    /// The value of a member that is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The value of a member that is a boolean.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.value {
            Value::Boolean(flag) => Some(flag),
            _ => None,
        }
    }

    /// What a JSON Pointer leads to.
    pub fn find(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |node, step| Some(node.step(step)?.1))
    }

    /// What a reference into the same document leads to: `#` and a JSON Pointer.
    pub fn target(&self, reference: &str) -> Option<&Self> {
        self.find(reference.strip_prefix('#').filter(|pointer| pointer.starts_with('/'))?)
    }

    /// The position of what a JSON Pointer leads to, or of the nearest value around it: of a member, that of its name.
    pub fn nearest(&self, pointer: &str) -> Span {
        let path = pointer.split('/').skip(1).scan(self, |node, step| {
            let (at, inner) = node.step(step)?;
            *node = inner;
            Some(at)
        });
        path.last().unwrap_or(self.at)
    }

    /// What a step of a JSON Pointer leads to, and its position.
    fn step(&self, step: &str) -> Option<(Span, &Self)> {
        match &self.value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?).map(|item| (item.at, item)),
            _ => self.member(&pointer::name(step)).map(|member| (member.at, &member.node)),
        }
    }

    /// The value without positions and order.
    pub fn to_json(&self) -> serde_json::Value {
        Json::from(self).to_value()
    }
}

impl From<&Node> for Json {
    fn from(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Boolean(flag) => Self::Boolean(*flag),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::String(text.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|member| (member.name.clone(), Self::from(&member.node))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_are_found_by_their_pointer() {
        let root = Node::parse("{\n  \"é\": 1, \"a/b\": [\n    true\n  ]\n}").ok();
        let at = |pointer: &str| {
            let at = root.as_ref().map(|root| root.nearest(pointer));
            (at.map(|at| (at.line, at.column)), root.as_ref().is_some_and(|root| root.find(pointer).is_some()))
        };
        assert_eq!(at(""), (Some((1, 1)), true));
        assert_eq!(at("/é"), (Some((2, 3)), true));
        assert_eq!(at("/a~1b"), (Some((2, 11)), true));
        assert_eq!(at("/a~1b/0"), (Some((3, 5)), true));
        assert_eq!(at("/a~1b/1/c"), (Some((2, 11)), false));
        assert_eq!(at("/c"), (Some((1, 1)), false));
    }

    #[test]
    fn what_is_not_json_has_a_place() {
        for (text, line, column) in [("{\n  \"a\": ,\n}", 2, 8), ("{\"é\": x}", 1, 7), ("", 1, 1)] {
            let at = Node::parse(text).err().map(|fault| (fault.at.line, fault.at.column));
            assert_eq!(at, Some((line, column)), "{text}");
        }
    }
}

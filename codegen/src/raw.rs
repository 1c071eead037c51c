//! First stage: reads spec files exactly as written, as JSON with positions and property order.

use std::collections::HashSet;

use foxapi_schema::number::integer;
use foxapi_schema::tools::json::Json;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::Source;
use crate::diagnostic::{Report, Span};

/// A JSON value and its position.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Span,
    pub(crate) value: Value,
}

/// The value of a [`Node`].
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Number(serde_json::Number),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object, with the position of its name.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) at: Span,
    pub(crate) name: String,
    pub(crate) node: Node,
}

impl Node {
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

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value, where it is an integer: `5.0` is 5.
    pub(crate) fn as_integer(&self) -> Option<i128> {
        match &self.value {
            Value::Number(number) => integer(number),
            _ => None,
        }
    }

    pub(crate) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.members().iter().find(|member| member.name == name).map(|member| &member.node)
    }

    /// The node that a JSON Pointer leads to.
    pub(crate) fn find(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |node, step| match &node.value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(step),
        })
    }

    /// The value without positions.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Boolean(flag) => (*flag).into(),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(Node::to_json).collect(),
            Value::Object(members) => {
                members.iter().map(|member| (member.name.clone(), member.node.to_json())).collect()
            }
        }
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

/// Reads one spec file, or reports why it is not JSON.
pub(crate) fn read(file: usize, source: &Source, report: &mut Report<'_>) -> Option<Node> {
    let text = match std::str::from_utf8(&source.bytes) {
        Ok(text) => text,
        Err(error) => {
            report.error(Span { file, offset: error.valid_up_to() }, "this byte is not UTF-8 text");
            return None;
        }
    };
    // serde_json is strict about the grammar and bounds the nesting; the lenient parser after it
    // only adds positions.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let offset = offset_of(text, error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        report.error(Span { file, offset }, format!("not JSON: {message}"));
        return None;
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let Some(value) = parsed.ok().and_then(|parsed| parsed.value) else {
        report.error(Span { file, offset: 0 }, "not JSON: there is no value");
        return None;
    };
    Some(Reader { file, report }.node(value))
}

/// Byte offset of a line and column as serde_json counts them (from 1, in bytes).
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

struct Reader<'r, 's> {
    file: usize,
    report: &'r mut Report<'s>,
}

impl Reader<'_, '_> {
    fn node(&mut self, value: ast::Value<'_>) -> Node {
        let at = Span { file: self.file, offset: value.start() };
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Boolean(literal.value),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            ast::Value::NumberLit(literal) => match literal.value.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => {
                    self.report.error(at, format!("the number {} is too large to read", literal.value));
                    Value::Null
                }
            },
            ast::Value::Array(array) => Value::Array(array.elements.into_iter().map(|item| self.node(item)).collect()),
            ast::Value::Object(object) => Value::Object(self.members(object)),
        };
        Node { at, value }
    }

    fn members(&mut self, object: ast::Object<'_>) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::with_capacity(object.properties.len());
        let mut names: HashSet<String> = HashSet::with_capacity(object.properties.len());
        for property in object.properties {
            let at = Span { file: self.file, offset: property.range.start };
            let name = property.name.into_string();
            let node = self.node(property.value);
            if !names.insert(name.clone()) {
                self.report.error_with_help(at, format!("\"{name}\" occurs here twice"), "keep one of the two");
            } else {
                members.push(Member { at, name, node });
            }
        }
        members
    }
}

//! JSON and YAML as a common tree that knows its lines and keeps the order of members.

use foxapi_schema::pointer;
use jsonc_parser::{CollectOptions, ParseOptions, ast, common::Ranged, parse_to_ast};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use saphyr_parser::{Event, Parser, ScanError};
use serde_json::{Number, Value as Json};

use crate::page::At;

/// Deeper than any of our documents.
const MOST_LEVELS: usize = 128;

/// A value and its line, counted from 1.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) value: Value,
}

/// What a [`Node`] holds.
#[derive(Debug)]
pub(crate) enum Value {
    /// Anything without parts.
    Scalar(Json),
    Array(Vec<Node>),
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// The line of its name.
    pub(crate) line: usize,
    pub(crate) node: Node,
}

impl Node {
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

    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|member| &member.node)
    }

    /// The value, if it has no parts.
    fn scalar(&self) -> Option<&Json> {
        match &self.value {
            Value::Scalar(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.scalar()?.as_str()
    }

    pub(crate) fn as_number(&self) -> Option<&Number> {
        self.scalar()?.as_number()
    }

    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(Json::is_null)
    }

    /// The text of a member.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// Whether a member says `true`, `false` or neither.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.get(name)?.scalar()?.as_bool()
    }

    /// What a reference within this document points to.
    pub(crate) fn target(&self, reference: &str) -> Option<&Self> {
        let path = reference.strip_prefix("#/")?;
        path.split('/').try_fold(self, |node, name| node.get(&pointer::name(name)))
    }

    /// The last line that a value in it begins on.
    pub(crate) fn last_line(&self) -> usize {
        let items = self.items().iter().map(Self::last_line);
        let members = self.members().iter().map(|member| member.node.last_line().max(member.line));
        items.chain(members).max().unwrap_or(self.line).max(self.line)
    }

    /// The value without its lines.
    pub(crate) fn to_json(&self) -> Json {
        match &self.value {
            Value::Scalar(value) => value.clone(),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(members) => {
                members.iter().map(|member| (member.name.clone(), member.node.to_json())).collect()
            }
        }
    }
}

/// Reads a document in JSON or YAML, or says where and why it cannot be read.
pub(crate) fn document(text: &str) -> Result<Node, At<String>> {
    if text.trim_start().starts_with('{') { json(text) } else { yaml(text) }
}

/// Reads a JSON document.
pub(crate) fn json(text: &str) -> Result<Node, At<String>> {
    // serde_json is strict about the grammar and bounds the nesting; the lenient parser after it adds positions.
    if let Err(error) = serde_json::from_str::<Json>(text) {
        let reason = error.to_string();
        return Err(At::new(error.line().max(1), reason.split(" at line ").next().unwrap_or_default().to_owned()));
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let value =
        parsed.ok().and_then(|parsed| parsed.value).ok_or_else(|| At::new(1, "there is no value".to_owned()))?;
    let starts = text.char_indices().filter(|(_, letter)| *letter == '\n').map(|(at, _)| at + 1);
    Ok(of_json(value, &std::iter::once(0).chain(starts).collect::<Vec<_>>()))
}

/// A value with its lines, which begin at `starts`.
fn of_json(value: ast::Value<'_>, starts: &[usize]) -> Node {
    let line_of = |offset: usize| starts.partition_point(|start| *start <= offset);
    let line = line_of(value.start());
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Scalar(Json::Null),
        ast::Value::BooleanLit(literal) => Value::Scalar(literal.value.into()),
        ast::Value::StringLit(literal) => Value::Scalar(literal.value.into()),
        // Values that are too large for a number can still be told apart.
        ast::Value::NumberLit(literal) => {
            Value::Scalar(literal.value.parse().map_or_else(|_| literal.value.into(), Json::Number))
        }
        ast::Value::Array(array) => {
            Value::Array(array.elements.into_iter().map(|item| of_json(item, starts)).collect())
        }
        ast::Value::Object(object) => {
            let members = object.properties.into_iter().map(|property| Member {
                line: line_of(property.range.start),
                name: property.name.into_string(),
                node: of_json(property.value, starts),
            });
            Value::Object(members.collect())
        }
    };
    Node { line, value }
}

fn yaml(text: &str) -> Result<Node, At<String>> {
    let unreadable = |error: ScanError| At::new(error.marker().line(), error.info().to_owned());
    // Endless nesting is refused before anything is built from it.
    let mut level = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(unreadable)?;
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => level += 1,
            Event::SequenceEnd | Event::MappingEnd => level = level.saturating_sub(1),
            _ => {}
        }
        if level > MOST_LEVELS {
            return Err(At::new(span.start.line(), "the nesting is too deep".to_owned()));
        }
    }
    // The loader refuses duplicate names, and aliases that expand to too many values.
    let documents = MarkedYaml::load_from_str(text).map_err(unreadable)?;
    match documents.as_slice() {
        [document] => Ok(of_yaml(document)),
        [] => Err(At::new(1, "there is no value".to_owned())),
        [_, second, ..] => Err(At::new(second.span.start.line(), "a second document begins here".to_owned())),
    }
}

fn of_yaml(node: &MarkedYaml<'_>) -> Node {
    let value = match &node.data {
        YamlData::Value(scalar) => Value::Scalar(of_scalar(scalar)),
        YamlData::Representation(text, ..) => Value::Scalar(text.as_ref().into()),
        YamlData::Sequence(items) => Value::Array(items.iter().map(of_yaml).collect()),
        YamlData::Mapping(members) => {
            let members = members.iter().map(|(name, value)| {
                let name = of_yaml(name);
                // In YAML any scalar is a name, such as the status 200.
                let text = name.as_str().map_or_else(|| name.to_json().to_string(), str::to_owned);
                Member { name: text, line: name.line, node: of_yaml(value) }
            });
            Value::Object(members.collect())
        }
        YamlData::Tagged(_, inner) => return of_yaml(inner),
        YamlData::Alias(_) | YamlData::BadValue => Value::Scalar(Json::Null),
    };
    Node { line: node.span.start.line(), value }
}

fn of_scalar(scalar: &Scalar<'_>) -> Json {
    match scalar {
        Scalar::Null => Json::Null,
        Scalar::Boolean(flag) => (*flag).into(),
        Scalar::Integer(number) => (*number).into(),
        Scalar::FloatingPoint(number) => {
            Number::from_f64(number.0).map_or_else(|| number.to_string().into(), Json::Number)
        }
        Scalar::String(text) => text.as_ref().into(),
    }
}

#[cfg(test)]
mod tests;

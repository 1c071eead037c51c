//! JSON and YAML as one tree that knows its lines and keeps the order of members.

use std::rc::Rc;

use jsonc_parser::{CollectOptions, ParseOptions, ast, common::Ranged, parse_to_ast};
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Number, Value as Json};

/// Nesting that no document of ours comes near.
const MOST_LEVELS: usize = 128;

/// Values that a document may unfold to: aliases make a small text a large tree.
const MOST_VALUES: usize = 1_000_000;

/// A value and the line where it stands, counted from 1.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) value: Value,
    /// Where the lines of a text begin that stands in lines of its own, as YAML allows.
    pub(crate) text: Option<usize>,
    /// Values in it, itself included.
    size: usize,
}

/// What a [`Node`] holds. Nodes are shared, because YAML can name a value and use it again.
#[derive(Debug)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<Rc<Node>>),
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Where its name stands.
    pub(crate) line: usize,
    pub(crate) node: Rc<Node>,
}

/// Why a text could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) line: usize,
    pub(crate) reason: String,
}

impl Node {
    fn new(line: usize, value: Value) -> Self {
        let inner: usize = match &value {
            Value::Array(items) => items.iter().map(|item| item.size).fold(0, usize::saturating_add),
            Value::Object(members) => members.iter().map(|member| member.node.size).fold(0, usize::saturating_add),
            _ => 0,
        };
        Self { line, value, text: None, size: inner.saturating_add(1) }
    }

    pub(crate) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Rc<Node>] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Rc<Self>> {
        self.member(name).map(|member| &member.node)
    }

    /// The value at the end of a path of members.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, name| node.get(name).map(Rc::as_ref))
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Boolean(flag) => Some(flag),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The last line that a value in it begins on.
    pub(crate) fn last_line(&self) -> usize {
        let items = self.items().iter().map(|item| item.last_line());
        let members = self.members().iter().map(|member| member.node.last_line().max(member.line));
        items.chain(members).max().unwrap_or(self.line).max(self.line)
    }

    /// The value without its lines.
    pub(crate) fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Boolean(flag) => (*flag).into(),
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(|item| item.to_json()).collect(),
            Value::Object(members) => {
                members.iter().map(|member| (member.name.clone(), member.node.to_json())).collect()
            }
        }
    }
}

/// Reads a JSON document.
pub(crate) fn json(text: &str) -> Result<Rc<Node>, Unreadable> {
    // serde_json is strict about the grammar and bounds the nesting; the lenient parser after it adds positions.
    if let Err(error) = serde_json::from_str::<Json>(text) {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        return Err(Unreadable { line: error.line().max(1), reason });
    }
    lenient(text, &ParseOptions::default())
        .ok_or_else(|| Unreadable { line: 1, reason: "there is no value".to_owned() })
}

/// Reads an object as programs write it: names without quotes, commas at ends. Its nesting must be bounded.
pub(crate) fn loose(text: &str) -> Option<Rc<Node>> {
    lenient(text, &ParseOptions { allow_missing_commas: false, ..ParseOptions::default() })
}

fn lenient(text: &str, options: &ParseOptions) -> Option<Rc<Node>> {
    let value = parse_to_ast(text, &CollectOptions::default(), options).ok()?.value?;
    let starts = text.char_indices().filter(|(_, letter)| *letter == '\n').map(|(at, _)| at + 1);
    let lines = Lines { starts: std::iter::once(0).chain(starts).collect() };
    Some(Rc::new(lines.node(value)))
}

/// Where the lines of a text begin.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn node(&self, value: ast::Value<'_>) -> Node {
        let line = self.of(value.start());
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Boolean(literal.value),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            // What is too large for a number is still told from others.
            ast::Value::NumberLit(literal) => match literal.value.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::String(literal.value.to_owned()),
            },
            ast::Value::Array(array) => {
                Value::Array(array.elements.into_iter().map(|item| Rc::new(self.node(item))).collect())
            }
            ast::Value::Object(object) => {
                let members = object.properties.into_iter().map(|property| Member {
                    line: self.of(property.range.start),
                    name: property.name.into_string(),
                    node: Rc::new(self.node(property.value)),
                });
                Value::Object(members.collect())
            }
        };
        Node::new(line, value)
    }
}

/// Reads a YAML document whose first line is line `first` of its file.
pub(crate) fn yaml(text: &str, first: usize) -> Result<Rc<Node>, Unreadable> {
    let mut builder = Builder { open: Vec::new(), anchors: Vec::new(), root: None };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Unreadable {
            line: first + error.marker().line().saturating_sub(1),
            reason: error.info().to_owned(),
        })?;
        let line = first + span.start.line().saturating_sub(1);
        builder.take(event, line).map_err(|reason| Unreadable { line, reason: reason.to_owned() })?;
    }
    builder.root.ok_or_else(|| Unreadable { line: first, reason: "there is no value".to_owned() })
}

/// Builds the tree from the events of the parser.
struct Builder {
    open: Vec<Open>,
    /// Finished values that have a name, by its number.
    anchors: Vec<(usize, Rc<Node>)>,
    root: Option<Rc<Node>>,
}

/// A collection whose end is still to come.
struct Open {
    line: usize,
    anchor: usize,
    inner: Inner,
}

enum Inner {
    Array(Vec<Rc<Node>>),
    /// The members so far, and the name of the next one once it is read.
    Object(Vec<Member>, Option<(String, usize)>),
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), &'static str> {
        match event {
            Event::SequenceStart(anchor, _) => self.open(line, anchor, Inner::Array(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(line, anchor, Inner::Object(Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Scalar(text, style, anchor, _) => {
                let value = match style {
                    ScalarStyle::Plain => plain(&text),
                    _ => Value::String(text.into_owned()),
                };
                let mut node = Node::new(line, value);
                if style == ScalarStyle::Literal {
                    node.text = Some(line);
                }
                self.add(Rc::new(node), line, anchor)
            }
            Event::Alias(anchor) => {
                let named = self.anchors.iter().rev().find(|(number, _)| *number == anchor);
                let node = named.map(|(_, node)| Rc::clone(node)).ok_or("an alias names a value that it is part of")?;
                self.add(node, line, 0)
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, line: usize, anchor: usize, inner: Inner) -> Result<(), &'static str> {
        if self.open.len() >= MOST_LEVELS {
            return Err("the nesting is too deep");
        }
        self.open.push(Open { line, anchor, inner });
        Ok(())
    }

    fn close(&mut self) -> Result<(), &'static str> {
        let Some(Open { line, anchor, inner }) = self.open.pop() else { return Ok(()) };
        let value = match inner {
            Inner::Array(items) => Value::Array(items),
            Inner::Object(members, _) => Value::Object(members),
        };
        self.add(Rc::new(Node::new(line, value)), line, anchor)
    }

    fn add(&mut self, node: Rc<Node>, line: usize, anchor: usize) -> Result<(), &'static str> {
        if node.size > MOST_VALUES {
            return Err("its aliases unfold to too many values");
        }
        if anchor > 0 {
            self.anchors.push((anchor, Rc::clone(&node)));
        }
        match self.open.last_mut().map(|open| &mut open.inner) {
            None if self.root.is_none() => self.root = Some(node),
            None => return Err("a second document begins here"),
            Some(Inner::Array(items)) => items.push(node),
            Some(Inner::Object(members, name)) => match name.take() {
                None => *name = Some((key(&node), line)),
                Some((name, line)) if members.iter().all(|member| member.name != name) => {
                    members.push(Member { name, line, node });
                }
                Some(_) => return Err("a name stands here twice"),
            },
        }
        Ok(())
    }
}

/// The name of a member: in YAML any scalar, such as the status 200.
fn key(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json().to_string(),
    }
}

/// A scalar without quotes, as the core schema of YAML 1.2 reads it.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        _ => match text.strip_prefix('+').unwrap_or(text).parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(text.to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_yaml_read_alike_and_know_their_lines() {
        let from_json = json("{\n  \"a\": [\n    1.5, true, null, \"x\"],\n  \"b\": {}\n}").map_err(|it| it.reason);
        let from_yaml = yaml("a:\n  - 1.5\n  - true\n  - ~\n  - x\nb: {}\n", 1).map_err(|it| it.reason);
        let (from_json, from_yaml) = (from_json.ok(), from_yaml.ok());
        assert_eq!(from_json.as_ref().map(|it| it.to_json()), from_yaml.as_ref().map(|it| it.to_json()));
        let line = |node: &Option<Rc<Node>>| node.as_ref().and_then(|it| Some(it.member("b")?.line));
        assert_eq!((line(&from_json), line(&from_yaml)), (Some(4), Some(6)));
    }

    #[test]
    fn yaml_takes_ratios_and_quoted_numbers_for_text() {
        let node = yaml("[16:9, '5', \"true\", 4k]", 1).map_err(|it| it.reason);
        assert_eq!(node.map(|it| it.to_json()), Ok(serde_json::json!(["16:9", "5", "true", "4k"])));
    }

    #[test]
    fn texts_over_lines_know_where_they_begin() {
        let node = yaml("a: |-\n  one\n  two\nb: x\n", 5);
        let text = |name: &str| node.as_ref().ok().and_then(|node| node.get(name)).map(|node| node.text);
        assert_eq!((text("a"), text("b")), (Some(Some(6)), Some(None)));
    }

    #[test]
    fn an_alias_stands_for_its_value_but_cannot_blow_up() {
        let node = yaml("a: &it [1]\nb: *it\n", 1).map_err(|it| it.reason);
        assert_eq!(node.map(|it| it.to_json()), Ok(serde_json::json!({"a": [1], "b": [1]})));
        let levels = (1..30).map(|level| {
            let last = level - 1;
            format!("l{level}: &l{level} [*l{last}, *l{last}]\n")
        });
        let bomb = format!("l0: &l0 [1]\n{}", levels.collect::<String>());
        assert!(yaml(&bomb, 1).is_err_and(|it| it.reason.contains("too many values")));
        assert!(yaml(&"[".repeat(100_000), 1).is_err());
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        assert_eq!(json("{\n  \"a\": ,\n}").map_err(|it| it.line).err(), Some(2));
        assert_eq!(yaml("a: 1\nb: [\nc: 2\n", 10).map_err(|it| it.line > 10).err(), Some(true));
        assert!(yaml("a: 1\na: 2\n", 1).is_err_and(|it| it.reason.contains("twice")));
    }
}

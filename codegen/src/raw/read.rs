//! Reads JSON text into a tree with positions.

use std::collections::HashSet;

use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, ast, parse_to_ast};

use super::{Fault, Member, Node, Span, Value};
use crate::Source;
use crate::diagnostic::Report;

/// Reads one spec file, or reports why it is not JSON. Of several members with one name, the first is kept.
pub(crate) fn read(file: usize, source: &Source, report: &mut Report<'_>) -> Option<Node> {
    let text = match std::str::from_utf8(&source.bytes) {
        Ok(text) => text,
        Err(error) => {
            report.error(Reader::new(file, &source.bytes).at(error.valid_up_to()), "this byte is not UTF-8 text");
            return None;
        }
    };
    match parse(file, text) {
        Ok(mut root) => {
            keep_first(&mut root, report);
            Some(root)
        }
        Err(Fault { at, message }) => {
            report.error(at, format!("not JSON: {message}"));
            None
        }
    }
}

fn keep_first(node: &mut Node, report: &mut Report<'_>) {
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| keep_first(item, report)),
        Value::Object(members) => {
            let mut names: HashSet<String> = HashSet::with_capacity(members.len());
            members.retain_mut(|Member { at, name, node }| {
                keep_first(node, report);
                let is_new = names.insert(name.clone());
                if !is_new {
                    report.error_with_help(*at, format!("\"{name}\" occurs here twice"), "keep one of the two");
                }
                is_new
            });
        }
        _ => {}
    }
}

/// Reads a text. serde_json is strict about the grammar and bounds the nesting; the lenient parser after it only adds
/// positions.
pub(super) fn parse(file: usize, text: &str) -> Result<Node, Fault> {
    let mut reader = Reader::new(file, text.as_bytes());
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        // It counts from 1, columns in bytes.
        let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len);
        let offset = lines.sum::<usize>() + error.column().saturating_sub(1);
        return Err(Fault { at: reader.at(offset), message: reason(&error) });
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let value = parsed.ok().and_then(|parsed| parsed.value);
    let at = reader.at;
    value.map(|value| reader.node(value)).ok_or(Fault { at, message: "there is no value".to_owned() })
}

/// What is wrong, without where.
pub fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Keeps track of the position, so that finding those of all values takes one pass over the text.
struct Reader<'t> {
    bytes: &'t [u8],
    /// How many bytes are before `at`.
    passed: usize,
    at: Span,
}

impl<'t> Reader<'t> {
    fn new(file: usize, bytes: &'t [u8]) -> Self {
        Self { bytes, passed: 0, at: Span { file, ..Span::default() } }
    }

    /// The position of a byte that is not before the last one asked for.
    fn at(&mut self, offset: usize) -> Span {
        let offset = offset.clamp(self.passed, self.bytes.len());
        for byte in self.bytes.get(self.passed..offset).unwrap_or_default() {
            match byte {
                b'\n' => self.at = Span { line: self.at.line + 1, column: 1, ..self.at },
                // Continues a character.
                0x80..=0xBF => {}
                _ => self.at.column += 1,
            }
        }
        self.passed = offset;
        self.at
    }

    fn node(&mut self, value: ast::Value<'_>) -> Node {
        let at = self.at(value.start());
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Boolean(literal.value),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            // serde_json has read it as a number.
            ast::Value::NumberLit(literal) => literal.value.parse().map_or(Value::Null, Value::Number),
            ast::Value::Array(array) => Value::Array(array.elements.into_iter().map(|item| self.node(item)).collect()),
            ast::Value::Object(object) => {
                let members = object.properties.into_iter().map(|property| Member {
                    at: self.at(property.range.start),
                    name: property.name.into_string(),
                    node: self.node(property.value),
                });
                Value::Object(members.collect())
            }
        };
        Node { at, value }
    }
}

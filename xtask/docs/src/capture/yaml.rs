//! YAML as the tree that JSON is read into.

use foxapi_codegen::raw::{Member, Node, Span, Value};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use saphyr_parser::{Event, Parser, ScanError};
use serde_json::Number;

use crate::page::At;

/// Deeper than any of our documents.
const MOST_LEVELS: usize = 128;

/// Reads a document, or says where and why it cannot be read.
pub(super) fn read(text: &str) -> Result<Node, At<String>> {
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
        [document] => Ok(node(document)),
        [] => Err(At::new(1, "there is no value".to_owned())),
        [_, second, ..] => Err(At::new(second.span.start.line(), "a second document begins here".to_owned())),
    }
}

fn node(yaml: &MarkedYaml<'_>) -> Node {
    let start = yaml.span.start;
    let at = Span { file: 0, line: start.line(), column: start.col() + 1 };
    let value = match &yaml.data {
        YamlData::Value(value) => scalar(value),
        YamlData::Representation(text, ..) => Value::String(text.to_string()),
        YamlData::Sequence(items) => Value::Array(items.iter().map(node).collect()),
        YamlData::Mapping(members) => {
            let members = members.iter().map(|(name, value)| {
                let name = node(name);
                // In YAML any scalar is a name, such as the status 200.
                let text = name.as_str().map_or_else(|| name.to_json().to_string(), str::to_owned);
                Member { at: name.at, name: text, node: node(value) }
            });
            Value::Object(members.collect())
        }
        YamlData::Tagged(_, inner) => return node(inner),
        YamlData::Alias(_) | YamlData::BadValue => Value::Null,
    };
    Node { at, value }
}

fn scalar(scalar: &Scalar<'_>) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(flag) => Value::Boolean(*flag),
        Scalar::Integer(number) => Value::Number((*number).into()),
        Scalar::FloatingPoint(number) => {
            Number::from_f64(number.0).map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        Scalar::String(text) => Value::String(text.to_string()),
    }
}

#[cfg(test)]
mod tests;

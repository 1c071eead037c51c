//! JSON as it is written: with duplicate members, in any order, with any spelling of numbers and letters.

use std::fmt;

/// A JSON value that keeps what a map would lose.
#[derive(Clone)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// As written: `5`, `5.0`, `-0`, `1e308`.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn of(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Bool(*flag),
            serde_json::Value::Number(number) => Self::Number(number.to_string()),
            serde_json::Value::String(text) => Self::String(text.clone()),
            serde_json::Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            serde_json::Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::of(value))).collect())
            }
        }
    }

    pub(crate) fn number(number: impl fmt::Display) -> Self {
        Self::Number(number.to_string())
    }

    /// Writes the value; `escape` writes everything beyond ASCII as `\u…`.
    pub(crate) fn write(&self, escape: bool, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => text.push_str(number),
            Self::String(string) => write_string(string, escape, text),
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    item.write(escape, text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    write_string(name, escape, text);
                    text.push(':');
                    value.write(escape, text);
                }
                text.push('}');
            }
        }
    }

    /// The JSON Pointers of duplicate members.
    pub(crate) fn repeated(&self, path: &str, found: &mut Vec<String>) {
        match self {
            Self::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.repeated(&format!("{path}/{index}"), found);
                }
            }
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    let path = format!("{path}/{}", step(name));
                    value.repeated(&path, found);
                    if members[..index].iter().any(|(earlier, _)| earlier == name) {
                        found.push(path);
                    }
                }
            }
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => {}
        }
    }
}

/// A name as a step of a JSON Pointer.
pub(crate) fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn write_string(string: &str, escape: bool, text: &mut String) {
    if !escape {
        text.push_str(&serde_json::Value::from(string).to_string());
        return;
    }
    text.push('"');
    for unit in string.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte @ (b' '..=b'~')) if !b"\"\\".contains(&byte) => text.push(byte.into()),
            _ => text.push_str(&format!("\\u{unit:04x}")),
        }
    }
    text.push('"');
}

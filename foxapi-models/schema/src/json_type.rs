//! The JSON types that `type` names.

use std::fmt;

use serde_json::Value;

use crate::json::{Json, Read, View};

/// A JSON type, as `type` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "JSON Schema has no others")]
pub enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Null, "null"),
        (Self::Boolean, "boolean"),
        (Self::Integer, "integer"),
        (Self::Number, "number"),
        (Self::String, "string"),
        (Self::Array, "array"),
        (Self::Object, "object"),
    ];

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(json_type, _)| json_type)
    }
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(json_type, _)| json_type == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

impl Read for JsonType {
    fn read(json: &Json) -> Result<Self, String> {
        let name = json.text()?;
        Self::named(name).ok_or_else(|| format!("unknown type `{name}`"))
    }
}

impl JsonType {
    /// The type of a value in a schema.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// Whether `value` is of this type. Unlike in JSON Schema, `5.0` is not an integer: the API expects no fraction.
    pub(crate) fn admits(self, value: &View<'_>) -> bool {
        match value {
            View::Null => self == Self::Null,
            View::Boolean(_) => self == Self::Boolean,
            View::Number(number) => match self {
                Self::Integer => number.is_i64() || number.is_u64(),
                other => other == Self::Number,
            },
            View::String(_) => self == Self::String,
            View::Array(_) => self == Self::Array,
            View::Object(_) => self == Self::Object,
        }
    }
}

/// The types that `type` lists; all of them when it is absent.
#[derive(Debug, Default)]
pub(crate) struct JsonTypes(pub(crate) Vec<JsonType>);

impl JsonTypes {
    pub(crate) fn admit(&self, value: &View<'_>) -> bool {
        self.0.is_empty() || self.0.iter().any(|kind| kind.admits(value))
    }
}

impl Read for JsonTypes {
    fn read(json: &Json) -> Result<Self, String> {
        match json {
            Json::Array(_) => json.read().map(Self),
            _ => Ok(Self(vec![json.read()?])),
        }
    }
}

//! The JSON types that `type` names.

use serde_json::Value;

use crate::json::{Json, Read};

/// A JSON type, as `type` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    Null,
}

impl Read for JsonType {
    fn read(json: &Json) -> Result<Self, String> {
        match json.text()? {
            "string" => Ok(Self::String),
            "integer" => Ok(Self::Integer),
            "number" => Ok(Self::Number),
            "boolean" => Ok(Self::Boolean),
            "array" => Ok(Self::Array),
            "object" => Ok(Self::Object),
            "null" => Ok(Self::Null),
            other => Err(format!("unknown type `{other}`")),
        }
    }
}

impl JsonType {
    /// The type of a value.
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
    pub(crate) fn admits(self, value: &Value) -> bool {
        match self {
            Self::String => value.is_string(),
            Self::Integer => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
            Self::Null => value.is_null(),
        }
    }
}

/// The types that `type` lists; all of them when it is absent.
#[derive(Debug, Default)]
pub(crate) struct JsonTypes(pub(crate) Vec<JsonType>);

impl JsonTypes {
    pub(crate) fn admit(&self, value: &Value) -> bool {
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

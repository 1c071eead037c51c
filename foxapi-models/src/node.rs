//! A schema as a typed tree: every keyword of the dialect, and a refusal of all others.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserializer, Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer, value::SeqAccessDeserializer,
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Number, Value};

use crate::runtime::{is_date, is_date_time, is_email, is_time, is_uri, is_uuid};

/// A schema: what a value must be to be valid.
#[derive(Debug)]
pub(crate) enum Node {
    /// `true` or `false`: everything is valid, or nothing.
    Bool(bool),
    /// What the keywords say together.
    Object(Box<Keywords>),
}

impl Node {
    pub(crate) fn keywords(&self) -> Option<&Keywords> {
        match self {
            Self::Bool(_) => None,
            Self::Object(keywords) => Some(keywords),
        }
    }
}

/// The keywords of a schema object.
#[derive(Debug, Default)]
pub(crate) struct Keywords {
    pub(crate) types: Types,
    pub(crate) constant: Option<Value>,
    pub(crate) options: Option<Vec<Value>>,
    pub(crate) one_of: Vec<Node>,
    pub(crate) any_of: Vec<Node>,
    pub(crate) all_of: Vec<Node>,
    pub(crate) not: Option<Node>,
    pub(crate) condition: Option<Node>,
    pub(crate) consequence: Option<Node>,
    pub(crate) alternative: Option<Node>,

    pub(crate) properties: Named<Node>,
    pub(crate) required: Vec<String>,
    pub(crate) additional_properties: Option<Node>,
    pub(crate) dependent_required: Named<Vec<String>>,
    pub(crate) dependent_schemas: Named<Node>,
    pub(crate) min_properties: Option<usize>,
    pub(crate) max_properties: Option<usize>,

    pub(crate) prefix_items: Vec<Node>,
    pub(crate) items: Option<Node>,
    pub(crate) contains: Option<Node>,
    pub(crate) min_contains: Option<usize>,
    pub(crate) max_contains: Option<usize>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique_items: bool,

    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) pattern: Option<String>,
    pub(crate) format: Option<Format>,

    pub(crate) minimum: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) exclusive_minimum: Option<Number>,
    pub(crate) exclusive_maximum: Option<Number>,
    pub(crate) multiple_of: Option<Number>,

    pub(crate) reference: Option<Reference>,
    pub(crate) definitions: Named<Node>,

    pub(crate) uri_schemes: Option<Vec<String>>,
    pub(crate) sum_equals: Option<SumEquals>,
    pub(crate) combined_max_items: Option<CombinedMaxItems>,

    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) examples: Vec<Value>,
    pub(crate) advanced: bool,
}

impl Keywords {
    /// Takes one keyword; one that is not known must not pass, since nothing would enforce it.
    fn take<'de, A: MapAccess<'de>>(&mut self, keyword: &str, object: &mut A) -> Result<(), A::Error> {
        match keyword {
            "type" => self.types = object.next_value()?,
            "const" => self.constant = Some(object.next_value()?),
            "enum" => self.options = Some(object.next_value()?),
            "oneOf" => self.one_of = object.next_value()?,
            "anyOf" => self.any_of = object.next_value()?,
            "allOf" => self.all_of = object.next_value()?,
            "not" => self.not = Some(object.next_value()?),
            "if" => self.condition = Some(object.next_value()?),
            "then" => self.consequence = Some(object.next_value()?),
            "else" => self.alternative = Some(object.next_value()?),
            "properties" => self.properties = object.next_value()?,
            "required" => self.required = object.next_value()?,
            "additionalProperties" => self.additional_properties = Some(object.next_value()?),
            "dependentRequired" => self.dependent_required = object.next_value()?,
            "dependentSchemas" => self.dependent_schemas = object.next_value()?,
            "minProperties" => self.min_properties = Some(object.next_value()?),
            "maxProperties" => self.max_properties = Some(object.next_value()?),
            "prefixItems" => self.prefix_items = object.next_value()?,
            "items" => self.items = Some(object.next_value()?),
            "contains" => self.contains = Some(object.next_value()?),
            "minContains" => self.min_contains = Some(object.next_value()?),
            "maxContains" => self.max_contains = Some(object.next_value()?),
            "minItems" => self.min_items = Some(object.next_value()?),
            "maxItems" => self.max_items = Some(object.next_value()?),
            "uniqueItems" => self.unique_items = object.next_value()?,
            "minLength" => self.min_length = Some(object.next_value()?),
            "maxLength" => self.max_length = Some(object.next_value()?),
            "pattern" => self.pattern = Some(object.next_value()?),
            "format" => self.format = Some(object.next_value()?),
            "minimum" => self.minimum = Some(object.next_value()?),
            "maximum" => self.maximum = Some(object.next_value()?),
            "exclusiveMinimum" => self.exclusive_minimum = Some(object.next_value()?),
            "exclusiveMaximum" => self.exclusive_maximum = Some(object.next_value()?),
            "multipleOf" => self.multiple_of = Some(object.next_value()?),
            "$ref" => self.reference = Some(object.next_value()?),
            "$defs" => self.definitions = object.next_value()?,
            "x-uri-schemes" => self.uri_schemes = Some(object.next_value()?),
            "x-sum-equals" => self.sum_equals = Some(object.next_value()?),
            "x-combined-max-items" => self.combined_max_items = Some(object.next_value()?),
            "title" => self.title = Some(object.next_value()?),
            "description" => self.description = Some(object.next_value()?),
            "default" => self.default = Some(object.next_value()?),
            "examples" => self.examples = object.next_value()?,
            "x-advanced" => self.advanced = object.next_value()?,
            "$schema" | "$id" | "$comment" | "x-docs" | "x-endpoint" | "x-extensible" => {
                object.next_value::<IgnoredAny>()?;
            }
            _ => return Err(A::Error::custom(format_args!("unknown field `{keyword}`"))),
        }
        Ok(())
    }

    /// The value of a branch that stands for one value: `{"const": …}` or `{"type": "null"}`.
    pub(crate) fn single_value(&self) -> Option<&Value> {
        match (&self.constant, self.types.0.as_slice()) {
            (Some(value), _) => Some(value),
            (None, [Type::Null]) => Some(&Value::Null),
            _ => None,
        }
    }
}

/// `x-sum-equals`: the numbers of an array's items add up to a total.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SumEquals {
    pub(crate) items: String,
    pub(crate) property: String,
    pub(crate) total: String,
}

/// `x-combined-max-items`: several arrays together hold a limited number of items.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CombinedMaxItems {
    pub(crate) arrays: Vec<String>,
    pub(crate) maximum: usize,
}

/// A `format` that is asserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Format {
    Uri,
    Date,
    Time,
    DateTime,
    Uuid,
    Email,
}

impl Format {
    pub(crate) fn holds(self, text: &str) -> bool {
        match self {
            Self::Uri => is_uri(text),
            Self::Date => is_date(text),
            Self::Time => is_time(text),
            Self::DateTime => is_date_time(text),
            Self::Uuid => is_uuid(text),
            Self::Email => is_email(text),
        }
    }
}

/// A JSON type, as `type` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    Null,
}

impl Type {
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

    /// Whether `value` is of this type; `5.0` is no integer here, for the API's own sake.
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
pub(crate) struct Types(pub(crate) Vec<Type>);

impl Types {
    pub(crate) fn admit(&self, value: &Value) -> bool {
        self.0.is_empty() || self.0.iter().any(|kind| kind.admits(value))
    }
}

/// The name in `"$ref": "#/$defs/<name>"`, the one form that the dialect has.
#[derive(Debug)]
pub(crate) struct Reference(pub(crate) String);

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let name = text
            .strip_prefix("#/$defs/")
            .ok_or_else(|| D::Error::custom(format_args!("`{text}` is not `#/$defs/<name>`")))?;
        Ok(Self(name.replace("~1", "/").replace("~0", "~")))
    }
}

/// An object in the order in which it is written.
#[derive(Debug)]
pub(crate) struct Named<T>(Vec<(String, T)>);

impl<T> Named<T> {
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.iter().find_map(|(key, value)| (key == name).then_some(value))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(Named<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Named<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Named<T>, A::Error> {
                while let Some(entry) = map.next_entry()? {
                    self.0.0.push(entry);
                }
                Ok(self.0)
            }
        }

        deserializer.deserialize_map(Entries(Self::default()))
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;

        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a schema")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
                Ok(Node::Bool(value))
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Node, A::Error> {
                Box::deserialize(MapAccessDeserializer::new(object)).map(Node::Object)
            }
        }

        deserializer.deserialize_any(NodeVisitor)
    }
}

// Not derived: the derive of so many fields takes longer to compile than all requests of a page.
impl<'de> Deserialize<'de> for Keywords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeywordsVisitor;

        impl<'de> Visitor<'de> for KeywordsVisitor {
            type Value = Keywords;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a schema object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Keywords, A::Error> {
                let mut keywords = Keywords::default();
                while let Some(keyword) = object.next_key::<Cow<'de, str>>()? {
                    keywords.take(&keyword, &mut object)?;
                }
                Ok(keywords)
            }
        }

        deserializer.deserialize_map(KeywordsVisitor)
    }
}

impl<'de> Deserialize<'de> for Types {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TypesVisitor;

        impl<'de> Visitor<'de> for TypesVisitor {
            type Value = Types;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a type or an array of types")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Types, E> {
                Type::deserialize(serde::de::value::StrDeserializer::new(name)).map(|kind| Types(vec![kind]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Types, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Types)
            }
        }

        deserializer.deserialize_any(TypesVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(schema: &str) -> String {
        serde_json::from_str::<Keywords>(schema).map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
    }

    #[test]
    fn unknown_keyword_is_refused_at_any_depth() {
        assert!(refusal(r#"{"maxLenght": 1}"#).contains("unknown field `maxLenght`"));
        assert!(
            refusal(r#"{"allOf": [{"then": {"properties": {"a": {"deprecated": true}}}}]}"#).contains("`deprecated`")
        );
    }

    #[test]
    fn unknown_format_type_and_reference_are_refused() {
        assert!(refusal(r#"{"format": "ipv4"}"#).contains("`ipv4`"));
        assert!(refusal(r#"{"type": ["string", "text"]}"#).contains("`text`"));
        assert!(refusal(r##"{"$ref": "common.json#/$defs/X"}"##).contains("common.json"));
    }

    #[test]
    fn null_constant_is_not_an_absent_one() {
        let constant = |schema| serde_json::from_str::<Keywords>(schema).map(|keywords| keywords.constant).ok();
        assert_eq!(constant(r#"{"const": null}"#), Some(Some(Value::Null)));
        assert_eq!(constant("{}"), Some(None));
    }

    #[test]
    fn property_order_is_kept() {
        let schema =
            serde_json::from_str::<Keywords>(r#"{"properties": {"z": true, "a": {}, "m": false}}"#).unwrap_or_default();
        assert_eq!(schema.properties.names().collect::<Vec<_>>(), ["z", "a", "m"]);
    }
}

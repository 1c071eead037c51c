//! A schema as a typed tree. It has every keyword of the dialect; any other is refused.

use serde_json::Value;

use crate::assertion::{Assertion, Measure, Side};
use crate::invalid_keyword::InvalidKeyword;
use crate::json::{Json, Read, View};
use crate::json_type::{JsonType, JsonTypes};
use crate::pointer;
use crate::rule::Rule;

/// A schema.
#[derive(Debug)]
pub(crate) enum Subschema {
    /// `true` or `false`: every value is valid, or none.
    Bool(bool),
    /// An object of keywords, all of which must hold.
    Object(Box<Keywords>),
}

impl Subschema {
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
    pub(crate) types: JsonTypes,
    pub(crate) constant: Option<Value>,
    pub(crate) options: Option<Vec<Value>>,
    pub(crate) one_of: Vec<Subschema>,
    pub(crate) any_of: Vec<Subschema>,
    pub(crate) all_of: Vec<Subschema>,
    pub(crate) not: Option<Subschema>,
    pub(crate) condition: Option<Subschema>,
    pub(crate) consequence: Option<Subschema>,
    pub(crate) alternative: Option<Subschema>,

    pub(crate) properties: OrderedMap<Subschema>,
    pub(crate) required: Vec<String>,
    pub(crate) additional_properties: Option<Subschema>,
    pub(crate) dependent_required: OrderedMap<Vec<String>>,
    pub(crate) dependent_schemas: OrderedMap<Subschema>,

    pub(crate) prefix_items: Vec<Subschema>,
    pub(crate) items: Option<Subschema>,
    pub(crate) contains: Option<Subschema>,
    /// Requirements on the value itself, in the order of the keyword table.
    pub(crate) assertions: Vec<Assertion>,

    pub(crate) reference: Option<Reference>,
    pub(crate) definitions: OrderedMap<Subschema>,

    /// Requirements that tie properties together, in the order of the keyword table.
    pub(crate) rules: Vec<Rule>,
    pub(crate) models: Option<Vec<String>>,

    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) examples: Vec<Value>,
    pub(crate) advanced: bool,
}

impl Keywords {
    /// Reads one keyword. An unknown keyword is an error, since nothing would enforce it.
    fn take(&mut self, keyword: &str, value: &Json) -> Result<(), String> {
        match keyword {
            "type" => self.types = value.read()?,
            "const" => self.constant = Some(value.read()?),
            "enum" => self.options = Some(value.read()?),
            "oneOf" => self.one_of = value.read()?,
            "anyOf" => self.any_of = value.read()?,
            "allOf" => self.all_of = value.read()?,
            "not" => self.not = Some(value.read()?),
            "if" => self.condition = Some(value.read()?),
            "then" => self.consequence = Some(value.read()?),
            "else" => self.alternative = Some(value.read()?),
            "properties" => self.properties = value.read()?,
            "required" => self.required = value.read()?,
            "additionalProperties" => self.additional_properties = Some(value.read()?),
            "dependentRequired" => self.dependent_required = value.read()?,
            "dependentSchemas" => self.dependent_schemas = value.read()?,
            "prefixItems" => self.prefix_items = value.read()?,
            "items" => self.items = Some(value.read()?),
            "contains" => self.contains = Some(value.read()?),
            "$ref" => self.reference = Some(value.read()?),
            "$defs" => self.definitions = value.read()?,
            "x-models" => self.models = Some(value.read()?),
            "title" => self.title = Some(value.read()?),
            "description" => self.description = Some(value.read()?),
            "default" => self.default = Some(value.read()?),
            "examples" => self.examples = value.read()?,
            "x-advanced" => self.advanced = value.read()?,
            "$schema" | "$id" | "$comment" | "x-docs" | "x-endpoint" | "x-source" | "x-extensible" => {}
            _ => {
                let value: Value = value.read()?;
                let why = |problems: Vec<InvalidKeyword>| {
                    problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join(", ")
                };
                match (Assertion::read(keyword, &value), Rule::read(keyword, &value)) {
                    (Some(assertion), _) => self.assertions.extend(assertion.map_err(why)?),
                    (None, Some(rule)) => self.rules.push(rule.map_err(why)?),
                    (None, None) => return Err(format!("unknown field `{keyword}`")),
                }
            }
        }
        Ok(())
    }

    /// The lower or upper limit of a count.
    pub(crate) fn count(&self, measure: Measure, side: Side) -> Option<usize> {
        self.assertions.iter().find_map(|assertion| match assertion {
            Assertion::Bound(bound) if (bound.measure, bound.side) == (measure, side) => {
                bound.limit.as_u64().and_then(|limit| limit.try_into().ok())
            }
            _ => None,
        })
    }

    /// Whether it has limits but no type.
    pub(crate) fn is_limits_alone(&self) -> bool {
        !self.assertions.is_empty() && self.types.0.is_empty()
    }

    pub(crate) fn requires(&self, property: &str) -> bool {
        self.required.iter().any(|required| required == property)
    }

    /// The value of a branch that stands for one value: `{"const": …}` or `{"type": "null"}`.
    pub(crate) fn single_value(&self) -> Option<&Value> {
        match (&self.constant, self.types.0.as_slice()) {
            (Some(value), _) => Some(value),
            (None, [JsonType::Null]) => Some(&Value::Null),
            _ => None,
        }
    }
}

impl Keywords {
    /// The values that a schema lists, if it lists all values that it allows.
    fn listed(&self) -> Option<impl Iterator<Item = &Value>> {
        let constant = |branch| Subschema::keywords(branch).and_then(Self::single_value);
        let options = self.options.as_deref().unwrap_or_default();
        let branches: &[Subschema] = match self.options {
            Some(_) => &[],
            None if self.one_of.is_empty() => &self.any_of,
            None => &self.one_of,
        };
        let is_list = !(options.is_empty() && branches.is_empty());
        let are_constants = branches.iter().all(|branch| constant(branch).is_some());
        (is_list && are_constants).then(|| options.iter().chain(branches.iter().filter_map(constant)))
    }

    /// Whether a listed value has the type of `value`; true if the schema does not list all values that it allows.
    pub(crate) fn lists_type_of(&self, value: &View<'_>) -> bool {
        self.listed().is_none_or(|mut listed| listed.any(|listed| JsonType::of(listed).admits(value)))
    }

    /// The types of the listed values, if the schema lists all values that it allows.
    pub(crate) fn listed_types(&self) -> Option<JsonTypes> {
        self.listed().map(|listed| JsonTypes(listed.map(JsonType::of).collect()))
    }
}

/// The name in `"$ref": "#/$defs/<name>"`, the only form of reference in the dialect.
#[derive(Debug)]
pub(crate) struct Reference(pub(crate) String);

impl Read for Reference {
    fn read(json: &Json) -> Result<Self, String> {
        let text = json.text()?;
        let name = text.strip_prefix("#/$defs/").ok_or_else(|| format!("`{text}` is not `#/$defs/<name>`"))?;
        Ok(Self(pointer::name(name)))
    }
}

/// An object whose members keep their order.
#[derive(Debug)]
pub(crate) struct OrderedMap<T>(pub(crate) Vec<(String, T)>);

impl<T> OrderedMap<T> {
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

impl<T> Default for OrderedMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Read> Read for OrderedMap<T> {
    fn read(json: &Json) -> Result<Self, String> {
        let mut entries = Vec::new();
        for (name, value) in json.entries()?.iter() {
            entries.push((name.to_owned(), value.read()?));
        }
        Ok(Self(entries))
    }
}

impl Read for Subschema {
    fn read(json: &Json) -> Result<Self, String> {
        match json {
            Json::Boolean(holds) => Ok(Self::Bool(*holds)),
            _ => Ok(Self::Object(Box::new(json.read()?))),
        }
    }
}

impl Read for Keywords {
    fn read(json: &Json) -> Result<Self, String> {
        let mut keywords = Self::default();
        for (keyword, value) in json.entries()?.iter() {
            keywords.take(keyword, value)?;
        }
        keywords.assertions.sort_by_key(Assertion::keyword);
        keywords.rules.sort_by_key(Rule::keyword);
        Ok(keywords)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keywords(schema: &str) -> Result<Keywords, String> {
        Json::parse(schema)?.read()
    }

    fn refusal(schema: &str) -> String {
        keywords(schema).map_or_else(|error| error, |_| "accepted".to_owned())
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
        assert!(refusal(r#"{"format": "ipv4"}"#).contains("\"ipv4\""));
        assert!(refusal(r#"{"type": ["string", "text"]}"#).contains("`text`"));
        assert!(refusal(r##"{"$ref": "common.json#/$defs/X"}"##).contains("common.json"));
    }

    #[test]
    fn limits_and_rules_are_read_whole_or_not_at_all() {
        assert!(refusal(r#"{"x-sum-equals": {"items": "a", "property": "b"}}"#).contains("\"total\""));
        assert!(refusal(r#"{"maxItems": -1}"#).contains("-1"));
        assert_eq!(refusal(r#"{"x-combined-max-items": {"arrays": ["a", "b"], "maximum": 1}}"#), "accepted");
    }

    #[test]
    fn null_constant_is_not_an_absent_one() {
        let constant = |schema| keywords(schema).map(|keywords| keywords.constant).ok();
        assert_eq!(constant(r#"{"const": null}"#), Some(Some(Value::Null)));
        assert_eq!(constant("{}"), Some(None));
    }

    #[test]
    fn property_order_is_kept() {
        let schema = keywords(r#"{"properties": {"z": true, "a": {}, "m": false}}"#).unwrap_or_default();
        assert_eq!(schema.properties.names().collect::<Vec<_>>(), ["z", "a", "m"]);
    }
}

//! A flattened schema of one value: alternatives to null and lists of constants are resolved.

use super::plain::{constants, is_null, type_of};
use crate::json::{Json, Object};

/// A schema taken apart.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FlatSchema {
    /// The types of the value when it is not null; more than one only if the schema names several.
    pub types: Vec<String>,
    pub nullable: bool,
    /// The only allowed values, without null.
    pub values: Option<Vec<Json>>,
    /// What each value means, as lines of Markdown.
    pub meanings: Vec<String>,
    /// The other keywords.
    pub rest: Object,
}

impl FlatSchema {
    pub fn of(schema: &Object) -> Self {
        let mut schema = schema.clone();
        let mut nullable = false;
        while let Some(inner) = beside_null(&schema) {
            nullable = true;
            schema.remove("anyOf");
            schema.remove("oneOf");
            for (name, value) in inner.iter() {
                // The outer schema wins: it is about this value, the inner one about all of its kind.
                if !schema.contains(name) {
                    schema.set(name, value.clone());
                }
            }
        }
        nullable |= schema.list("anyOf").iter().filter_map(Json::as_object).any(is_null);
        let mut flat = Self { nullable, ..Self::default() };
        if let Some(constants) = constants(&schema) {
            schema.remove(constants.keyword);
            flat.nullable |= constants.nullable;
            flat.values = Some(constants.values);
            flat.meanings = constants.meanings;
        }
        if let Some(Json::Array(values)) = schema.remove("enum") {
            flat.nullable |= values.contains(&Json::Null);
            flat.values = Some(values.into_iter().filter(|value| *value != Json::Null).collect());
        }
        if let Some(value) = schema.remove("const") {
            flat.values = Some(vec![value]);
        }
        let types = match schema.remove("type") {
            Some(Json::Array(types)) => types,
            Some(single) => vec![single],
            None => flat.values.as_deref().and_then(type_of).map(Json::from).into_iter().collect(),
        };
        flat.nullable |= types.iter().any(|name| name.as_str() == Some("null"));
        flat.types = types.iter().filter_map(Json::as_str).filter(|name| *name != "null").map(str::to_owned).collect();
        flat.rest = schema;
        flat
    }

    /// Whether the value is an object whose properties are known.
    pub fn is_object(&self) -> bool {
        self.only_type() == Some("object") && self.rest.contains("properties")
    }

    /// The type, if there is exactly one.
    pub fn only_type(&self) -> Option<&str> {
        match self.types.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// The only alternative to `{"type": "null"}`.
fn beside_null(schema: &Object) -> Option<Object> {
    let keyword = ["anyOf", "oneOf"].into_iter().find(|keyword| schema.contains(keyword))?;
    if constants(schema).is_some() {
        return None;
    }
    match schema.list(keyword) {
        [one, other] => match (one.as_object()?, other.as_object()?) {
            (one, other) if is_null(other) && !is_null(one) => Some(one.clone()),
            (one, other) if is_null(one) && !is_null(other) => Some(other.clone()),
            _ => None,
        },
        _ => None,
    }
}

//! Checks values against arbitrary schemas: the generator checks defaults, examples and rules with it.

use std::rc::Rc;

use serde_json::Value;

use crate::collect::Collector;
use crate::json::Json;
use crate::subschema::{Keywords, OrderedMap, Subschema};
use crate::violation::Violation;

/// Definitions that schemas refer to as `#/$defs/<name>`.
#[derive(Debug)]
pub struct Definitions(Keywords);

/// A schema as the collector reads it.
#[derive(Debug)]
pub struct ParsedSchema(Subschema);

impl ParsedSchema {
    /// Reads a schema, if it uses only keywords of the dialect.
    pub fn read(schema: &Json) -> Option<Self> {
        schema.read().ok().map(Self)
    }

    /// The violations of a request, if this is the whole schema of a page, including its definitions.
    pub fn violations(&self, models: &[&str], request: &Value) -> Vec<Violation> {
        let root = Keywords::default();
        let root = if let Subschema::Object(root) = &self.0 { root } else { &root };
        Collector::judge(root, &self.0, models, &request.into())
    }
}

/// Checks values against a schema with its definitions.
#[derive(Debug)]
pub struct Validator<'d> {
    root: &'d Keywords,
    schema: Option<Rc<ParsedSchema>>,
}

impl Definitions {
    /// Definitions by name. A definition that could not be read accepts everything.
    pub fn new(definitions: impl IntoIterator<Item = (String, Option<ParsedSchema>)>) -> Self {
        let mut named = Vec::new();
        for (name, schema) in definitions {
            named.push((name, schema.map_or(Subschema::Bool(true), |schema| schema.0)));
        }
        Self(Keywords { definitions: OrderedMap(named), ..Keywords::default() })
    }

    /// Checks values against a schema. A schema that could not be read accepts everything.
    pub fn validator(&self, schema: Option<Rc<ParsedSchema>>) -> Validator<'_> {
        Validator { root: &self.0, schema }
    }
}

impl Validator<'_> {
    /// The violations of a value.
    pub fn violations(&self, value: &Value) -> Vec<Violation> {
        let Some(schema) = &self.schema else { return Vec::new() };
        Collector::judge(self.root, &schema.0, &[], &value.into())
    }

    /// Whether a value has no violations.
    pub fn accepts(&self, value: &Value) -> bool {
        self.violations(value).is_empty()
    }
}

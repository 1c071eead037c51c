//! Judges values by arbitrary schemas: the generator checks defaults, examples and rules with it.

use std::rc::Rc;

use serde_json::Value;

use crate::collect::Collector;
use crate::json::Json;
use crate::node::{Keywords, Named, Node};
use crate::violation::Violation;

/// Definitions that schemas refer to as `#/$defs/<name>`.
#[derive(Debug)]
pub struct Judge(Keywords);

/// A schema as the collector reads it.
#[derive(Debug)]
pub struct Schema(Node);

impl Schema {
    /// Reads a schema, if it uses only keywords of the dialect.
    pub fn read(schema: &Json) -> Option<Self> {
        schema.read().ok().map(Self)
    }

    /// The violations of a request, if this is the whole schema of a page, including its definitions.
    pub fn violations(&self, models: &[&str], request: &Value) -> Vec<Violation> {
        let root = Keywords::default();
        let root = if let Node::Object(root) = &self.0 { root } else { &root };
        Collector::judge(root, &self.0, models, request)
    }
}

/// A schema with its definitions, to judge values by.
#[derive(Debug)]
pub struct Judged<'j> {
    root: &'j Keywords,
    schema: Option<Rc<Schema>>,
}

impl Judge {
    /// Creates a judge from named definitions. A definition that could not be read accepts everything.
    pub fn new(definitions: impl IntoIterator<Item = (String, Option<Schema>)>) -> Self {
        let mut named = Vec::new();
        for (name, schema) in definitions {
            named.push((name, schema.map_or(Node::Bool(true), |schema| schema.0)));
        }
        Self(Keywords { definitions: Named(named), ..Keywords::default() })
    }

    /// Judges by a schema. A schema that could not be read accepts everything.
    pub fn by(&self, schema: Option<Rc<Schema>>) -> Judged<'_> {
        Judged { root: &self.0, schema }
    }
}

impl Judged<'_> {
    /// The violations of a value.
    pub fn violations(&self, value: &Value) -> Vec<Violation> {
        let Some(schema) = &self.schema else { return Vec::new() };
        Collector::judge(self.root, &schema.0, &[], value)
    }

    /// Whether a value has no violations.
    pub fn takes(&self, value: &Value) -> bool {
        self.violations(value).is_empty()
    }
}

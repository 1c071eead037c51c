//! Schemas of any kind, to judge values by: what the generator asks of defaults, examples and rules.

use std::rc::Rc;

use serde_json::Value;

use crate::collect::Collector;
use crate::document::Document;
use crate::node::{Keywords, Named, Node};
use crate::violation::Violation;

/// Definitions that schemas refer to, as `#/$defs/<name>`.
#[derive(Debug)]
pub struct Judge(Keywords);

/// A schema as the collector reads it.
#[derive(Debug)]
pub struct Schema(Node);

impl Schema {
    /// Reads a schema from JSON, if all of it is of the dialect.
    pub fn read(text: &str) -> Option<Self> {
        Document::parse(text).ok()?.read().ok().map(Self)
    }

    /// What is wrong with a request of a page whose whole schema this is, with definitions of its own.
    pub fn violations(&self, models: &[&str], request: &Value) -> Vec<Violation> {
        let root = Keywords::default();
        let root = if let Node::Object(root) = &self.0 { root } else { &root };
        Collector::judge(root, &self.0, models, request)
    }
}

/// A schema to judge values by.
#[derive(Debug)]
pub struct Judged<'j> {
    root: &'j Keywords,
    schema: Option<Rc<Schema>>,
}

impl Judge {
    /// Takes definitions, each with its name. One that could not be read takes everything.
    pub fn new(definitions: impl IntoIterator<Item = (String, Option<Schema>)>) -> Self {
        let mut named = Vec::new();
        for (name, schema) in definitions {
            named.push((name, schema.map_or(Node::Bool(true), |schema| schema.0)));
        }
        Self(Keywords { definitions: Named(named), ..Keywords::default() })
    }

    /// Judges by a schema. One that could not be read takes everything.
    pub fn by(&self, schema: Option<Rc<Schema>>) -> Judged<'_> {
        Judged { root: &self.0, schema }
    }
}

impl Judged<'_> {
    /// What is wrong with a value.
    pub fn violations(&self, value: &Value) -> Vec<Violation> {
        let Some(schema) = &self.schema else { return Vec::new() };
        Collector::judge(self.root, &schema.0, &[], value)
    }

    /// Whether nothing is.
    pub fn takes(&self, value: &Value) -> bool {
        self.violations(value).is_empty()
    }
}

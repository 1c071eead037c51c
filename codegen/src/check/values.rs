//! Checks defaults and examples against their schemas, using the collector of `foxapi-schema`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foxapi_schema::json::{Json, Object};
use foxapi_schema::keyword::{Role, Takes, entry};
use foxapi_schema::number;
use foxapi_schema::validator::{Definitions, ParsedSchema, Validator};
use serde_json::Value as JsonValue;

use super::schema::SpecSchema;
use super::{Checker, SpecFile};
use crate::checked::{Literal, Type};
use crate::raw::{Member, Node, Span, Value};
use crate::reference::parse;

/// The schemas of all files as written, and their definitions as the collector reads them.
pub(super) struct Schemas<'a> {
    definitions: Definitions,
    /// Each schema with its file, by position.
    written: HashMap<Span, (&'a SpecFile, &'a Node)>,
    /// The schemas that were asked for, each read once.
    read: RefCell<HashMap<Span, Option<Rc<ParsedSchema>>>>,
}

impl<'a> Schemas<'a> {
    pub(super) fn of(files: &'a [SpecFile]) -> Self {
        let mut written = HashMap::new();
        let mut definitions = Vec::new();
        for file in files {
            note(file, &file.raw, &mut written);
            definitions.push((name_of(file, ""), read(file, &file.raw)));
            for Member { name, node, .. } in file.raw.get("$defs").map_or(&[][..], Node::members) {
                definitions.push((name_of(file, name), read(file, node)));
            }
        }
        Self { definitions: Definitions::new(definitions), written, read: RefCell::default() }
    }

    /// What checks values against a schema.
    pub(super) fn validator(&self, schema: &SpecSchema) -> Validator<'_> {
        let mut known = self.read.borrow_mut();
        let read = || self.written.get(&schema.at).and_then(|(file, node)| read(file, node)).map(Rc::new);
        self.definitions.validator(known.entry(schema.at).or_insert_with(read).clone())
    }
}

/// The name of a definition among those of all files.
fn name_of(file: &SpecFile, name: &str) -> String {
    format!("{}#{name}", file.file_name)
}

/// Records a schema and all schemas inside it.
fn note<'a>(file: &'a SpecFile, node: &'a Node, written: &mut HashMap<Span, (&'a SpecFile, &'a Node)>) {
    written.insert(node.at, (file, node));
    for member in node.members() {
        inside(member).for_each(|schema| note(file, schema, written));
    }
}

/// The schemas under a keyword.
fn inside(member: &Member) -> impl Iterator<Item = &Node> {
    let takes = entry(&member.name).map(|entry| entry.takes);
    let single = (takes == Some(Takes::Schema)).then_some(&member.node);
    let listed = if takes == Some(Takes::Schemas) { member.node.items() } else { &[] };
    let named = if takes == Some(Takes::Named) { member.node.members() } else { &[] };
    single.into_iter().chain(listed).chain(named.iter().map(|member| &member.node))
}

/// A schema as the collector reads it. Keywords that cannot be read are left out, as they are reported elsewhere.
fn read(file: &SpecFile, node: &Node) -> Option<ParsedSchema> {
    let is_read =
        |name: &str, data: &Json| ParsedSchema::read(&Object::new().with(name, data.clone()).into()).is_some();
    ParsedSchema::read(&resolved(file, node, &|_, _| true))
        .or_else(|| ParsedSchema::read(&resolved(file, node, &is_read)))
}

/// A schema whose references lead to the definitions of all files; of plain data, only what is `kept`.
fn resolved(file: &SpecFile, node: &Node, kept: &dyn Fn(&str, &Json) -> bool) -> Json {
    let Value::Object(members) = &node.value else { return node.into() };
    let keyword = |Member { name, node, .. }: &Member| {
        let (role, takes) = entry(name).map_or((Role::Note, Takes::Value), |entry| (entry.role, entry.takes));
        let value = match (takes, &node.value) {
            _ if role == Role::Identity => return None,
            (Takes::Schema, _) => resolved(file, node, kept),
            (Takes::Schemas, Value::Array(items)) => {
                Json::Array(items.iter().map(|item| resolved(file, item, kept)).collect())
            }
            (Takes::Named, Value::Object(members)) => {
                let named = members.iter().map(|named| (named.name.clone(), resolved(file, &named.node, kept)));
                Json::Object(named.collect())
            }
            (_, Value::String(reference)) if role == Role::Reference => {
                let (target, name) = parse(reference)?;
                format!("#/$defs/{}#{name}", target.unwrap_or(&file.file_name)).into()
            }
            _ => Some(Json::from(node)).filter(|data| kept(name, data))?,
        };
        Some((name.clone(), value))
    };
    Json::Object(members.iter().filter_map(keyword).collect())
}

impl<'a> Checker<'a, '_, '_> {
    /// Reports examples and a default that violate their own schema. Returns whether null satisfies it.
    pub(super) fn check_examples(&mut self, schema: &'a SpecSchema) -> bool {
        let validator = self.schemas.validator(schema);
        let nullable = validator.accepts(&JsonValue::Null);
        let default = schema.default.iter().map(|node| ("default", node));
        let examples = schema.examples.iter().map(|node| ("example", node));
        let mut wrong = Vec::new();
        for (what, node) in default.chain(examples) {
            let value = node.to_json();
            if what == "default" && value.is_null() && nullable {
                continue;
            }
            if let Some(violation) = validator.violations(&value).into_iter().next() {
                let place = if violation.path.is_empty() { String::new() } else { format!("{:?} ", violation.path) };
                wrong.push((node.at, format!("this {what} violates its own schema: {place}{}", violation.message)));
            }
        }
        for (at, message) in wrong {
            self.report.error(at, message);
        }
        nullable
    }

    /// Whether a value satisfies a schema by the rules of JSON Schema.
    pub(super) fn satisfies(&self, schema: &SpecSchema, value: &JsonValue) -> bool {
        schema.broken || self.schemas.validator(schema).accepts(value)
    }

    /// The default as a constant of the Rust type; arrays and objects have none.
    pub(super) fn default_literal(&self, schema: &'a SpecSchema, ty: &Type) -> Option<Literal> {
        let default = self.chain(schema).into_iter().find_map(|part| part.default.as_ref())?;
        self.literal(default, ty)
    }

    /// A JSON value as a constant of a Rust type, if it is one.
    pub(super) fn literal(&self, node: &Node, ty: &Type) -> Option<Literal> {
        self.literal_of(&node.to_json(), ty)
    }

    /// Like [`literal`](Self::literal), for a value without a position.
    pub(super) fn literal_of(&self, value: &JsonValue, ty: &Type) -> Option<Literal> {
        if let Type::Union(union) = ty {
            return self.form_literal(value, union);
        }
        match (ty, value) {
            (Type::String, JsonValue::String(text)) => Some(Literal::String(text.clone())),
            (Type::Boolean, JsonValue::Bool(flag)) => Some(Literal::Boolean(*flag)),
            (Type::Number, JsonValue::Number(number)) => number.as_f64().map(Literal::Number),
            (Type::Integer(_), JsonValue::Number(number)) => number::integer(number).map(Literal::Integer),
            (Type::Enumeration { name, .. }, JsonValue::String(text)) => {
                let variant = self.variants(name).iter().find(|variant| variant.value == *text)?;
                Some(variant.constant(name))
            }
            _ => None,
        }
    }
}

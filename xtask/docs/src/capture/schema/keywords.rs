//! The keywords of a schema that no field of a parameter holds: they are kept as they are, so that none is lost.

use foxapi_codegen::raw::{Member, Node, Value};
use foxapi_schema::keyword::{Role, entry};
use serde_json::{Map, Number, Value as JsonValue};

use crate::page::{Limit, Mark, Parameter, RULES, RawKeyword};

/// Whether the reader maps a keyword to a field of a parameter, or follows it.
fn is_read(keyword: &str) -> bool {
    let is_followed = matches!(keyword, "$ref" | "properties" | "required" | "items" | "allOf" | "anyOf" | "oneOf");
    is_followed || matches!(keyword, "type" | "enum" | "const" | "default" | "nullable")
}

/// Whether a keyword says nothing about the value.
fn is_words(keyword: &str) -> bool {
    // JSON Schema keywords that specs have no use for, and OpenAPI keywords.
    const OTHERS: [&str; 7] =
        ["$anchor", "$vocabulary", "definitions", "example", "externalDocs", "xml", "markdownDescription"];
    let is_documentation = |role: Role| matches!(role, Role::Identity | Role::Note | Role::Annotation);
    let is_known = keyword != "default" && entry(keyword).is_some_and(|entry| is_documentation(entry.role));
    is_known || OTHERS.contains(&keyword) || keyword.starts_with("x-") && !RULES.contains(&keyword)
}

/// The maximum number of levels of a schema that is kept as it is.
const MOST_LEVELS: usize = 24;

/// Keywords whose members are named by the author of the schema.
const BY_NAME: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "dependentRequired"];

/// A document, and how many more of its schemas may be read.
pub(super) struct Document<'a> {
    pub(super) root: &'a Node,
    pub(super) left: usize,
}

impl Document<'_> {
    /// Keeps what is said about a value beyond what the fields of a parameter hold.
    pub(super) fn keywords(&mut self, schema: &Node, parameter: &mut Parameter) {
        for mark in Mark::ALL.iter().copied().filter(|mark| schema.flag(mark.keyword()) == Some(true)) {
            parameter.mark(schema.member(mark.keyword()).map_or(0, |member| member.at.line), mark);
        }
        for member in schema.members() {
            let name = member.name.as_str();
            let is_mark = || Mark::ALL.iter().any(|mark| mark.keyword() == name);
            let is_limit = || Limit::ALL.iter().any(|limit| limit.word() == name);
            let is_read = is_read(name)
                || is_mark()
                || is_limit() && (member.node.as_number().is_some() || schema.flag(name).is_some());
            // The format of a text is part of its type; else and then are part of their condition.
            let is_part = match name {
                "format" => schema.get("type").is_some_and(|types| {
                    std::iter::once(types).chain(types.items()).any(|it| it.as_str() == Some("string"))
                }),
                name => name == "then" || name == "else",
            };
            // A keyword that always holds can be dropped.
            let is_off = name == "minProperties" && holds_anyway(&member.node, schema);
            if !is_read && !is_words(name) && !is_part && !is_off {
                self.keep(schema, member, parameter);
            }
        }
    }

    /// Keeps a keyword as it is; a rule together with what it is part of.
    pub(super) fn keep(&mut self, schema: &Node, member: &Member, parameter: &mut Parameter) {
        let (line, name) = (member.at.line, member.name.clone());
        let parts: &[&str] = if name == "if" { &["if", "then", "else"] } else { &[&name] };
        let parts = parts.iter().filter_map(|name| Some(((*name).to_owned(), self.bare(schema.get(name)?, 0))));
        let value = match RULES.contains(&name.as_str()) {
            true => JsonValue::Object(parts.collect()),
            false => self.bare(&member.node, 0),
        };
        parameter.keep(RawKeyword { line, name, value });
    }

    /// A schema without text, in a fixed order, with its references followed.
    fn bare(&mut self, node: &Node, level: usize) -> JsonValue {
        self.left = self.left.saturating_sub(1);
        if level > MOST_LEVELS || self.left == 0 {
            return JsonValue::Null;
        }
        match &node.value {
            Value::Array(items) => JsonValue::Array(items.iter().map(|item| self.bare(item, level + 1)).collect()),
            Value::Object(members) => {
                let mut kept = Map::new();
                if let Some(target) = node.text("$ref").and_then(|reference| self.root.target(reference))
                    && let JsonValue::Object(target) = self.bare(target, level + 1)
                {
                    kept.extend(target);
                }
                for member in members {
                    let name = member.name.as_str();
                    if is_words(name) || name == "$ref" {
                        continue;
                    }
                    let value = match BY_NAME.contains(&name) {
                        true => self.by_name(&member.node, level),
                        false => self.bare(&member.node, level + 1),
                    };
                    kept.insert(name.to_owned(), in_order(name, value));
                }
                JsonValue::Object(kept)
            }
            _ => node.to_json(),
        }
    }

    fn by_name(&mut self, node: &Node, level: usize) -> JsonValue {
        let members = node.members().iter().map(|it| (it.name.clone(), self.bare(&it.node, level + 1)));
        JsonValue::Object(members.collect())
    }
}

/// Whether the required properties are enough.
fn holds_anyway(least: &Node, schema: &Node) -> bool {
    let required = schema.get("required").map_or(0, |names| names.items().len());
    least.as_number().and_then(Number::as_u64).is_some_and(|least| u64::try_from(required).is_ok_and(|it| least <= it))
}

/// Lists whose order has no meaning are sorted.
fn in_order(name: &str, value: JsonValue) -> JsonValue {
    match (name, value) {
        ("required" | "enum" | "type" | "arrays", JsonValue::Array(mut items)) => {
            items.sort_by_key(JsonValue::to_string);
            JsonValue::Array(items)
        }
        (_, value) => value,
    }
}

/// The names of properties that a rule is about.
pub(crate) fn mentioned(rule: &JsonValue) -> Vec<String> {
    let mut names = Vec::new();
    collect(rule, &mut names);
    names.sort();
    names.dedup();
    names
}

fn collect(rule: &JsonValue, names: &mut Vec<String>) {
    let texts = |value: &JsonValue| -> Vec<String> {
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        items.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect()
    };
    rule.as_array().into_iter().flatten().for_each(|item| collect(item, names));
    for (name, value) in rule.as_object().into_iter().flatten() {
        if BY_NAME.contains(&name.as_str()) {
            let members = value.as_object().into_iter().flatten();
            members.for_each(|(name, value)| names.extend([vec![name.clone()], texts(value)].concat()));
        } else if ["required", "arrays", "items", "total"].contains(&name.as_str()) {
            names.extend(texts(value));
        }
        collect(value, names);
    }
}

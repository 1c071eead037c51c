//! The keywords of a schema that no field of a parameter holds: they are kept as they stand, so that none is lost.

use foxapi_schema::keyword::{Role, entry};
use serde_json::{Map, Value as Json};

use super::Reader;
use crate::page::{At, Keyword, Limit, Mark, Parameter};
use crate::tree::{Node, Value};

/// Whether the reader takes a keyword to fields of a parameter, or follows it.
fn is_read(keyword: &str) -> bool {
    const FIELDS: [&str; 9] =
        ["$ref", "type", "enum", "const", "default", "nullable", "properties", "required", "items"];
    let is_mark = || Mark::ALL.iter().any(|mark| mark.keyword() == keyword);
    FIELDS.contains(&keyword) || ["allOf", "anyOf", "oneOf"].contains(&keyword) || is_mark()
}

/// Whether a keyword says nothing of the value.
fn is_words(keyword: &str) -> bool {
    // Those of JSON Schema that specs have no use for, and those of OpenAPI.
    const OTHERS: [&str; 7] =
        ["$anchor", "$vocabulary", "definitions", "example", "externalDocs", "xml", "markdownDescription"];
    let is_documentation = |role: Role| matches!(role, Role::Identity | Role::Note | Role::Annotation);
    let is_note = keyword.starts_with("x-") && !RULES.contains(&keyword);
    let is_known = keyword != "default" && entry(keyword).is_some_and(|entry| is_documentation(entry.role));
    is_note || OTHERS.contains(&keyword) || is_known
}

/// Extensions that are rules; others are notes to programs.
const RULES: [&str; 2] = ["x-sum-equals", "x-combined-max-items"];

/// Levels of a schema that is kept as it stands.
const MOST_LEVELS: usize = 24;

/// Keywords whose members are named by whoever writes the schema.
const BY_NAME: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "dependentRequired"];

impl Reader<'_> {
    /// Takes down what is said of a value beyond what the fields of a parameter hold.
    pub(super) fn keywords(&self, schema: &Node, parameter: &mut Parameter) {
        for member in schema.members() {
            let name = member.name.as_str();
            if is_read(name) || is_words(name) {
                continue;
            }
            let is_limit = Limit::ALL.iter().any(|limit| limit.word() == name);
            let is_read = is_limit && (member.node.as_number().is_some() || member.node.as_bool().is_some());
            // The format of a text is part of its type; else and then are part of their condition.
            let is_text = |word: &str| {
                schema.get("type").is_some_and(|types| types.as_str() == Some(word))
                    || schema.get("type").is_some_and(|types| types.items().iter().any(|it| it.as_str() == Some(word)))
            };
            let is_part = name == "format" && is_text("string") || name == "then" || name == "else";
            // What is off, or holds anyway, is as good as not there.
            let is_off = name == "uniqueItems" && member.node.as_bool() == Some(false)
                || name == "minProperties" && holds_anyway(&member.node, schema);
            if !is_read && !is_part && !is_off {
                let value = if name == "if" { self.condition(schema) } else { self.bare(&member.node, 0) };
                keep(parameter, Keyword { line: member.line, name: name.to_owned(), value });
            }
        }
        for mark in Mark::ALL.iter().copied() {
            if let Some(member) = schema.member(mark.keyword()).filter(|it| it.node.as_bool() == Some(true)) {
                parameter.mark(member.line, mark);
            }
        }
    }

    /// Keeps several branches that no single type stands for.
    pub(super) fn alternatives(&self, keyword: &str, schema: &Node, parameter: &mut Parameter) {
        if let Some(member) = schema.member(keyword) {
            let value = self.bare(&member.node, 0);
            keep(parameter, Keyword { line: member.line, name: keyword.to_owned(), value });
        }
    }

    /// `if` with what follows from it.
    fn condition(&self, schema: &Node) -> Json {
        let parts = ["if", "then", "else"].into_iter();
        let parts = parts.filter_map(|name| Some((name.to_owned(), self.bare(schema.get(name)?, 0))));
        Json::Object(parts.collect())
    }

    /// A schema without words, in one order, with its references followed.
    fn bare(&self, node: &Node, level: usize) -> Json {
        if level > MOST_LEVELS || self.left.get() == 0 {
            return Json::Null;
        }
        self.left.set(self.left.get() - 1);
        match &node.value {
            Value::Array(items) => Json::Array(items.iter().map(|item| self.bare(item, level + 1)).collect()),
            Value::Object(members) => {
                let mut kept = Map::new();
                if let Some(target) = node.get("$ref").and_then(|it| it.as_str()).and_then(|it| self.target(it))
                    && let Json::Object(target) = self.bare(target, level + 1)
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
                Json::Object(kept)
            }
            _ => node.to_json(),
        }
    }

    fn by_name(&self, node: &Node, level: usize) -> Json {
        let members = node.members().iter().map(|it| (it.name.clone(), self.bare(&it.node, level + 1)));
        Json::Object(members.collect())
    }
}

/// Whether the properties that are required are enough.
fn holds_anyway(least: &Node, schema: &Node) -> bool {
    let required = schema.get("required").map_or(0, |names| names.items().len());
    least
        .as_number()
        .and_then(|it| it.as_u64())
        .is_some_and(|least| u64::try_from(required).is_ok_and(|it| least <= it))
}

/// Lists in which the order says nothing are sorted.
fn in_order(name: &str, value: Json) -> Json {
    match (name, value) {
        ("required" | "enum" | "type" | "arrays", Json::Array(mut items)) => {
            items.sort_by_key(Json::to_string);
            Json::Array(items)
        }
        (_, value) => value,
    }
}

/// Adds a keyword, once.
fn keep(parameter: &mut Parameter, keyword: Keyword) {
    let is_known = |it: &Keyword| it.name == keyword.name && it.value == keyword.value;
    if !parameter.keywords.iter().any(is_known) {
        parameter.keywords.push(keyword);
    }
}

/// The names of properties that a rule is about.
pub(crate) fn mentioned(rule: &Json) -> Vec<String> {
    let mut names = Vec::new();
    collect(rule, &mut names);
    names.sort();
    names.dedup();
    names
}

fn collect(rule: &Json, names: &mut Vec<String>) {
    let texts = |value: &Json| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
    };
    match rule {
        Json::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Json::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "required" => names.extend(texts(value)),
                    "properties" | "dependentSchemas" | "dependentRequired" => {
                        for (name, value) in value.as_object().into_iter().flatten() {
                            names.push(name.clone());
                            names.extend(texts(value));
                        }
                    }
                    "x-sum-equals" => {
                        names.extend(
                            ["items", "total"].iter().filter_map(|it| Some(value.get(it)?.as_str()?.to_owned())),
                        );
                    }
                    "x-combined-max-items" => names.extend(value.get("arrays").map(texts).unwrap_or_default()),
                    _ => collect(value, names),
                }
            }
        }
        _ => {}
    }
}

/// A line and a rule that a schema states.
pub(crate) fn rule(keyword: &Keyword) -> At<Json> {
    let value = match keyword.name.as_str() {
        "if" => keyword.value.clone(),
        name => Json::Object([(name.to_owned(), keyword.value.clone())].into_iter().collect()),
    };
    At::new(keyword.line, value)
}

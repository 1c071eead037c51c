//! The keywords of a schema that no field of a parameter holds: they are kept as they stand, so that none is lost.

use foxapi_schema::keyword::{Role, entry};
use serde_json::{Map, Value as Json};

use super::Reader;
use crate::page::{At, Keyword, Limit, Mark, Parameter};
use crate::tree::{Member, Node, Value};

/// What the reader takes to fields of a parameter, or follows.
const READ: [&str; 12] = [
    "$ref",
    "type",
    "enum",
    "const",
    "default",
    "nullable",
    "properties",
    "required",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
];

/// Whether a keyword says nothing of the value.
fn is_words(keyword: &str) -> bool {
    // Those of JSON Schema that specs have no use for, and those of OpenAPI.
    const OTHERS: [&str; 7] =
        ["$anchor", "$vocabulary", "definitions", "example", "externalDocs", "xml", "markdownDescription"];
    let is_documentation = |role: Role| matches!(role, Role::Identity | Role::Note | Role::Annotation);
    let is_known = keyword != "default" && entry(keyword).is_some_and(|entry| is_documentation(entry.role));
    is_known || OTHERS.contains(&keyword) || keyword.starts_with("x-") && !RULES.contains(&keyword)
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
        for mark in Mark::ALL.iter().copied().filter(|mark| schema.flag(mark.keyword()) == Some(true)) {
            parameter.mark(schema.member(mark.keyword()).map_or(0, |member| member.line), mark);
        }
        for member in schema.members() {
            let name = member.name.as_str();
            let is_mark = || Mark::ALL.iter().any(|mark| mark.keyword() == name);
            let is_limit = || Limit::ALL.iter().any(|limit| limit.word() == name);
            let is_read = READ.contains(&name)
                || is_mark()
                || is_limit() && (member.node.as_number().is_some() || schema.flag(name).is_some());
            // The format of a text is part of its type; else and then are part of their condition.
            let is_part = match name {
                "format" => schema.get("type").is_some_and(|types| {
                    std::iter::once(types).chain(types.items()).any(|it| it.as_str() == Some("string"))
                }),
                name => name == "then" || name == "else",
            };
            // What holds anyway is as good as not there.
            let is_off = name == "minProperties" && holds_anyway(&member.node, schema);
            if name == "if" {
                let parts = ["if", "then", "else"].into_iter();
                let parts = parts.filter_map(|name| Some((name.to_owned(), self.bare(schema.get(name)?, 0))));
                let (line, name, value) = (member.line, name.to_owned(), Json::Object(parts.collect()));
                parameter.keep(Keyword { line, name, value });
            } else if !is_read && !is_words(name) && !is_part && !is_off {
                self.keep(member, parameter);
            }
        }
    }

    /// Keeps a keyword as it stands.
    pub(super) fn keep(&self, member: &Member, parameter: &mut Parameter) {
        let (line, name, value) = (member.line, member.name.clone(), self.bare(&member.node, 0));
        parameter.keep(Keyword { line, name, value });
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
                if let Some(target) = node.text("$ref").and_then(|reference| self.document.target(reference))
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

/// A line and a rule that a schema states.
pub(crate) fn rule(keyword: &Keyword) -> At<Json> {
    let value = match keyword.name.as_str() {
        "if" => keyword.value.clone(),
        name => Json::Object([(name.to_owned(), keyword.value.clone())].into_iter().collect()),
    };
    At::new(keyword.line, value)
}

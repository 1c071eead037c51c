//! Parameters from a JSON Schema: in an OpenAPI document or a spec file.

mod keywords;

use foxapi_codegen::raw::{Member, Node};
use serde_json::Value as JsonValue;

use crate::page::{At, Body, Limit, Parameter, RawKeyword, ValueKind};
use crate::problem::Problem;

use keywords::Document;
pub(crate) use keywords::mentioned;

/// The maximum number of references and branches that lead to a schema.
const MOST_LEVELS: usize = 48;

/// More than any page's request has.
const MOST_SCHEMAS: usize = 5_000;

/// What an object's schema says, with its properties in order. References point into `document`.
pub(crate) fn object(schema: &Node, document: &Node) -> Result<Parameter, Problem> {
    let document = Document { root: document, left: MOST_SCHEMAS };
    let mut reader = Reader { document, open: Vec::new(), level: 0 };
    let mut object = Parameter::default();
    reader.fill(schema, &mut object);
    if reader.document.left == 0 {
        return Err(Problem::at(
            schema.at.line,
            "the references of this schema expand to too many schemas".to_owned(),
            "is this the document of one page?",
        ));
    }
    merge(&mut object);
    Ok(object)
}

/// Merges what several schemas say about one value, no matter which of them says it.
fn merge(parameter: &mut Parameter) {
    if let Some(mut item) = parameter.item.take() {
        merge(&mut item);
        if matches!(parameter.kind, None | Some(ValueKind::Array(None))) {
            parameter.kind = Some(ValueKind::Array(item.kind.clone().map(Box::new)));
        }
        if parameter.children.is_empty() {
            parameter.children = std::mem::take(&mut item.children);
        }
        if parameter.options.is_empty() {
            parameter.options = std::mem::take(&mut item.options);
        }
        parameter.item = Some(item);
    }
    for required in std::mem::take(&mut parameter.requires) {
        // A value that nothing describes exists nevertheless.
        if let Some(child) = parameter.child(&required.value, required.line) {
            child.required = true;
        }
    }
    parameter.children.iter_mut().for_each(merge);
}

struct Reader<'a> {
    document: Document<'a>,
    /// References that are being followed: a type that contains itself is read once.
    open: Vec<String>,
    /// References, branches and properties that lead to the current schema.
    level: usize,
}

impl Reader<'_> {
    /// Adds what a schema says to what is already known, which is closer to the value and wins.
    fn fill(&mut self, schema: &Node, parameter: &mut Parameter) {
        let left = &mut self.document.left;
        *left = if self.level > MOST_LEVELS { 0 } else { left.saturating_sub(1) };
        if *left == 0 {
            return;
        }
        self.level += 1;
        types(schema, parameter);
        values(schema, parameter);
        limits(schema, parameter);
        describe(schema, parameter);
        requires(schema, parameter);
        self.document.keywords(schema, parameter);
        if let Some(properties) = schema.get("properties") {
            parameter.kind.get_or_insert(ValueKind::Object);
            for Member { name, at, node } in properties.members() {
                if let Some(child) = parameter.child(name, at.line) {
                    self.fill(node, child);
                }
            }
        }
        if let Some(items) = schema.get("items") {
            self.fill(items, parameter.item.get_or_insert_default());
        }
        if let Some(reference) = schema.text("$ref")
            && let Some(target) = self.document.root.target(reference)
            && !self.open.iter().any(|open| open == reference)
        {
            self.open.push(reference.to_owned());
            self.fill(target, parameter);
            self.open.pop();
        }
        for branch in schema.get("allOf").map(Node::items).unwrap_or_default() {
            self.fill(branch, parameter);
        }
        for branches in ["anyOf", "oneOf"].iter().filter_map(|keyword| schema.member(keyword)) {
            self.branches(schema, branches, parameter);
        }
        self.level -= 1;
    }

    /// One schema and null: nullable. Constants: options. Several schemas: what they have in common.
    fn branches(&mut self, schema: &Node, branches: &Member, parameter: &mut Parameter) {
        let is_null =
            |branch: &&Node| branch.text("type") == Some("null") || branch.get("const").is_some_and(Node::is_null);
        let (null, others): (Vec<&Node>, Vec<&Node>) = branches.node.items().iter().partition(is_null);
        parameter.nullable |= !null.is_empty();
        let constants: Vec<&Node> = others.iter().filter_map(|branch| branch.get("const")).collect();
        match others.as_slice() {
            [] => {}
            several if constants.len() == several.len() => options(constants.into_iter(), parameter),
            [one] => self.fill(one, parameter),
            several => {
                let is_open = is_open(several);
                if is_open {
                    let name = OPEN.to_owned();
                    parameter.keep(RawKeyword { line: branches.at.line, name, value: true.into() });
                } else {
                    // Next to a range, a constant is one more value: no single type covers both.
                    self.document.keep(schema, branches, parameter);
                }
                let mut kinds = Vec::new();
                for branch in several.iter().filter(|branch| branch.get("const").is_none()) {
                    let mut one = Parameter::default();
                    self.fill(branch, &mut one);
                    parameter.nullable |= one.nullable;
                    merge(&mut one);
                    if parameter.options.is_empty() && is_open {
                        parameter.options = one.options;
                    }
                    kinds.extend(one.kind.filter(|kind| !kinds.contains(kind)));
                }
                parameter.kind = parameter.kind.take().or(ValueKind::one_of(kinds));
            }
        }
    }
}

/// What is kept of a list of values that allows any others as well.
const OPEN: &str = "other values as well";

/// Whether branches are a list of values and their plain type.
fn is_open(branches: &[&Node]) -> bool {
    let [one, another] = branches else { return false };
    let (listed, plain) = if one.get("enum").is_some() { (one, another) } else { (another, one) };
    let is_plain = plain.get("enum").is_none() && plain.members().len() <= 3 && plain.text("type").is_some();
    is_plain && listed.get("enum").is_some() && listed.text("type") == plain.text("type")
}

fn types(schema: &Node, parameter: &mut Parameter) {
    let Some(types) = schema.get("type") else { return };
    let names = std::iter::once(types).chain(types.items()).filter_map(Node::as_str);
    let kinds = names.clone().filter(|name| *name != "null").map(|name| ValueKind::named(name, schema.text("format")));
    parameter.kind = parameter.kind.take().or(ValueKind::one_of(kinds.collect()));
    parameter.nullable |= names.into_iter().any(|name| name == "null");
}

/// Properties that a value must have: listed here or, as in older JSON Schema, at the property.
fn requires(schema: &Node, parameter: &mut Parameter) {
    let listed = schema.get("required").map(Node::items).unwrap_or_default().iter();
    let listed = listed.filter_map(|name| Some(At::new(name.at.line, name.as_str()?.to_owned())));
    let own = schema.get("properties").map(Node::members).unwrap_or_default().iter();
    let own = own.filter(|member| member.node.flag("required") == Some(true));
    parameter.requires.extend(listed.chain(own.map(|member| At::new(member.at.line, member.name.clone()))));
}

/// Values that a schema gives: options, default, examples.
fn values(schema: &Node, parameter: &mut Parameter) {
    parameter.nullable |= schema.flag("nullable") == Some(true);
    let constant = schema.get("const").map(std::slice::from_ref);
    let listed = schema.get("enum").map(|node| node.items());
    if let Some(values) = listed.or(constant) {
        parameter.nullable |= values.iter().any(Node::is_null);
        options(values.iter().filter(|node| !node.is_null()), parameter);
    }
    if let (Some(default), None) = (schema.member("default"), &parameter.default) {
        // A default of null means that there is none.
        if !default.node.is_null() {
            parameter.default = Some(At::new(default.at.line, default.node.to_json()));
        }
    }
    if parameter.examples.is_empty() {
        parameter.examples = examples(schema);
    }
}

/// Adds the listed values, and their type if nothing else gives it.
fn options<'a>(values: impl Iterator<Item = &'a Node>, parameter: &mut Parameter) {
    let options: Vec<_> = values.map(|node| At::new(node.at.line, node.to_json())).collect();
    if let Some(first) = options.first() {
        parameter.kind = parameter.kind.take().or_else(|| ValueKind::of(&first.value));
        parameter.add_options(options);
    }
}

/// The examples of a schema: a list of values, values with names, or one.
pub(crate) fn examples(schema: &Node) -> Vec<At<JsonValue>> {
    let examples = shown(schema).into_iter().map(|(line, node)| At::new(line, node.to_json()));
    examples.filter(|example| !example.value.is_null()).collect()
}

/// The requests that a document shows as examples of a body.
pub(crate) fn bodies(media: &Node) -> Vec<Body> {
    let bodies = shown(media).into_iter().filter(|(_, node)| !node.members().is_empty());
    bodies.map(|(line, node)| Body { line, end: last_line(node), value: node.to_json() }).collect()
}

/// The last line that a value in a node begins on.
fn last_line(node: &Node) -> usize {
    let items = node.items().iter().map(last_line);
    let members = node.members().iter().map(|member| last_line(&member.node).max(member.at.line));
    items.chain(members).fold(node.at.line, usize::max)
}

/// The values that are shown as examples, with their lines.
fn shown(schema: &Node) -> Vec<(usize, &Node)> {
    let mut found: Vec<(usize, &Node)> = Vec::new();
    if let Some(examples) = schema.get("examples") {
        found.extend(examples.items().iter().map(|item| (item.at.line, item)));
        let named = examples.members().iter().filter_map(|member| member.node.get("value"));
        found.extend(named.map(|value| (value.at.line, value)));
    }
    if found.is_empty() {
        found.extend(schema.member("example").map(|member| (member.at.line, &member.node)));
    }
    found
}

fn limits(schema: &Node, parameter: &mut Parameter) {
    let is_exclusive = |name: &str| schema.flag(name) == Some(true);
    for limit in Limit::ALL.iter().copied() {
        let Some(member) = schema.member(limit.word()) else { continue };
        let Some(number) = member.node.as_number() else { continue };
        // OpenAPI 3.0 uses a boolean to say that a bound is exclusive.
        let limit = match limit {
            Limit::Minimum if is_exclusive("exclusiveMinimum") => Limit::ExclusiveMinimum,
            Limit::Maximum if is_exclusive("exclusiveMaximum") => Limit::ExclusiveMaximum,
            limit => limit,
        };
        parameter.add_limit(member.at.line, limit, number.clone());
    }
}

/// Adds the text of a schema or an operation.
pub(crate) fn describe(schema: &Node, parameter: &mut Parameter) {
    let described = schema.member("description").and_then(|it| Some(At::new(it.at.line, it.node.as_str()?.to_owned())));
    let is_known = |at: &At<String>| parameter.descriptions.iter().any(|known| known.value == at.value);
    let described = described.filter(|at| !is_known(at));
    parameter.descriptions.extend(described);
}

#[cfg(test)]
mod tests;

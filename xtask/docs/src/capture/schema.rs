//! Parameters from a JSON Schema: of an OpenAPI document, or of a spec file.

mod keywords;

use std::cell::{Cell, RefCell};

use foxapi_schema::pointer;
use serde_json::{Number, Value as Json};

use super::Problem;
use crate::page::{At, Body, Keyword, Kind, Limit, Parameter};
use crate::tree::{Node, Value};

pub(crate) use keywords::{mentioned, rule};

/// References and branches that a schema may lead through.
const MOST_LEVELS: usize = 48;

/// More than the request of any page has.
const MOST_SCHEMAS: usize = 100_000;

/// What an object's schema says, with its properties in their order. References lead into `document`.
pub(crate) fn object(schema: &Node, document: &Node) -> Result<Parameter, Problem> {
    let reader = Reader { document, open: RefCell::default(), left: Cell::new(MOST_SCHEMAS) };
    let mut object = Parameter::default();
    reader.fill(schema, &mut object, 0);
    if reader.left.get() == 0 {
        return Err(Problem::at(
            schema.line,
            "the references of this schema unfold to too many schemas".to_owned(),
            "is the document whole and meant for people?",
        ));
    }
    settle(&mut object);
    Ok(object)
}

/// Brings together what several schemas say of one value, whichever of them says it.
fn settle(parameter: &mut Parameter) {
    if let Some(mut item) = parameter.item.take() {
        settle(&mut item);
        if matches!(parameter.kind, None | Some(Kind::Array(None))) {
            parameter.kind = Some(Kind::Array(item.kind.clone().map(Box::new)));
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
        match parameter.children.iter_mut().find(|child| child.name == required.value) {
            Some(child) => child.required = true,
            // What nothing describes is there all the same.
            None => parameter.children.push(Parameter {
                name: required.value,
                line: required.line,
                required: true,
                ..Parameter::default()
            }),
        }
    }
    parameter.children.iter_mut().for_each(settle);
}

struct Reader<'a> {
    document: &'a Node,
    /// References that are being followed: a type that has itself in it is read once.
    open: RefCell<Vec<String>>,
    /// Schemas that may still be read.
    left: Cell<usize>,
}

impl Reader<'_> {
    /// Adds what a schema says to what is known already, which stands closer and wins.
    fn fill(&self, schema: &Node, parameter: &mut Parameter, level: usize) {
        if level > MOST_LEVELS {
            self.left.set(0);
        }
        if self.left.get() == 0 {
            return;
        }
        self.left.set(self.left.get() - 1);
        self.types(schema, parameter);
        values(schema, parameter);
        limits(schema, parameter);
        words(schema, parameter);
        self.requires(schema, parameter);
        self.keywords(schema, parameter);
        self.properties(schema, parameter, level);
        if let Some(items) = schema.get("items") {
            self.items(items, parameter, level);
        }
        if let Some(reference) = schema.get("$ref").and_then(|node| node.as_str())
            && let Some(target) = self.target(reference)
            && !self.open.borrow().iter().any(|open| open == reference)
        {
            self.open.borrow_mut().push(reference.to_owned());
            self.fill(target, parameter, level + 1);
            self.open.borrow_mut().pop();
        }
        for branch in schema.get("allOf").into_iter().flat_map(|branches| branches.items()) {
            self.fill(branch, parameter, level + 1);
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(branches) = schema.get(keyword) {
                self.branches(keyword, branches, schema, parameter, level);
            }
        }
    }

    /// What a reference of this document points to.
    fn target(&self, reference: &str) -> Option<&Node> {
        let path = reference.strip_prefix("#/")?;
        let names: Vec<String> = path.split('/').map(pointer::name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.document.at(&names)
    }

    fn types(&self, schema: &Node, parameter: &mut Parameter) {
        let Some(types) = schema.get("type") else { return };
        let names: Vec<&str> = match &types.value {
            Value::Array(names) => names.iter().filter_map(|name| name.as_str()).collect(),
            _ => types.as_str().into_iter().collect(),
        };
        let format = schema.get("format").and_then(|node| node.as_str()).map(str::to_owned);
        let kinds: Vec<Kind> = names.iter().filter_map(|name| kind(name, format.as_ref())).collect();
        parameter.nullable |= names.contains(&"null");
        if parameter.kind.is_none() {
            parameter.kind = one_of(kinds);
        }
    }

    /// Properties that a value must have: here, or as JSON Schema once said it, at the property.
    fn requires(&self, schema: &Node, parameter: &mut Parameter) {
        let listed = schema
            .get("required")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|name| Some(At::new(name.line, name.as_str()?.to_owned())));
        let own = schema.get("properties").map(Node::members).unwrap_or_default().iter();
        let own = own.filter(|member| member.node.get("required").and_then(Node::as_bool) == Some(true));
        let own = own.map(|member| At::new(member.line, member.name.clone()));
        parameter.requires.extend(listed.chain(own));
    }

    fn properties(&self, schema: &Node, parameter: &mut Parameter, level: usize) {
        let Some(properties) = schema.get("properties") else { return };
        parameter.kind.get_or_insert(Kind::Object);
        for member in properties.members() {
            let known = parameter.children.iter().position(|child| child.name == member.name);
            let at = known.unwrap_or_else(|| {
                let (name, line) = (member.name.clone(), member.line);
                parameter.children.push(Parameter { name, line, ..Parameter::default() });
                parameter.children.len() - 1
            });
            if let Some(child) = parameter.children.get_mut(at) {
                self.fill(&member.node, child, level + 1);
            }
        }
    }

    fn items(&self, items: &Node, parameter: &mut Parameter, level: usize) {
        self.fill(items, parameter.item.get_or_insert_default(), level + 1);
    }

    /// Of one schema and null: nullable. Of constants: options. Of several schemas: whatever they have in common.
    fn branches(&self, keyword: &str, branches: &Node, schema: &Node, parameter: &mut Parameter, level: usize) {
        let mut constants = Vec::new();
        let mut others = Vec::new();
        for branch in branches.items() {
            let is_null = branch.get("type").and_then(|node| node.as_str()) == Some("null");
            match branch.get("const") {
                _ if is_null => parameter.nullable = true,
                Some(constant) if constant.is_null() => parameter.nullable = true,
                Some(constant) => constants.push(At::new(constant.line, constant.to_json())),
                None => others.push(branch),
            }
        }
        // Beside a range a constant is one more value.
        if let Some(first) = constants.first().filter(|_| others.is_empty()) {
            parameter.kind = parameter.kind.take().or_else(|| kind_of(&first.value));
            parameter.add_options(constants);
        } else if !constants.is_empty() {
            self.alternatives(keyword, schema, parameter);
        }
        match others.as_slice() {
            [] => {}
            [one] => self.fill(one, parameter, level + 1),
            several => {
                if is_open(several) {
                    parameter.keywords.push(Keyword { line: branches.line, name: OPEN.to_owned(), value: true.into() });
                } else {
                    self.alternatives(keyword, schema, parameter);
                }
                let mut kinds = Vec::new();
                for branch in several {
                    let mut one = Parameter::default();
                    self.fill(branch, &mut one, level + 1);
                    parameter.nullable |= one.nullable;
                    settle(&mut one);
                    if parameter.options.is_empty() && is_open(several) {
                        parameter.options = one.options;
                    }
                    kinds.extend(one.kind.filter(|kind| !kinds.contains(kind)));
                }
                if parameter.kind.is_none() {
                    parameter.kind = one_of(kinds);
                }
            }
        }
    }
}

/// What is kept of a list of values beside which any other may stand.
const OPEN: &str = "other values as well";

/// Whether branches are a list of values and the plain type that they have.
fn is_open(branches: &[&Node]) -> bool {
    let type_of = |branch: &Node| branch.get("type").and_then(|it| it.as_str()).map(str::to_owned);
    let is_plain =
        |branch: &Node| branch.get("enum").is_none() && branch.members().len() <= 3 && branch.get("type").is_some();
    match branches {
        [one, another] => {
            let plain = [one, another].into_iter().filter(|branch| is_plain(branch)).count();
            let listed = [one, another].into_iter().filter(|branch| branch.get("enum").is_some()).count();
            plain == 1 && listed == 1 && type_of(one) == type_of(another)
        }
        _ => false,
    }
}

fn kind(name: &str, format: Option<&String>) -> Option<Kind> {
    Some(match name {
        "string" => Kind::String(format.cloned()),
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "object" => Kind::Object,
        "array" => Kind::Array(None),
        "null" => return None,
        other => Kind::Other(other.to_owned()),
    })
}

fn one_of(kinds: Vec<Kind>) -> Option<Kind> {
    match kinds.as_slice() {
        [] => None,
        [kind] => Some(kind.clone()),
        kinds => {
            let names: Vec<_> = kinds.iter().map(ToString::to_string).collect();
            Some(Kind::Other(names.join(" | ")))
        }
    }
}

/// The type of a value.
pub(crate) fn kind_of(value: &Json) -> Option<Kind> {
    Some(match value {
        Json::Null => return None,
        Json::Bool(_) => Kind::Boolean,
        Json::Number(number) if number.is_f64() => Kind::Number,
        Json::Number(_) => Kind::Integer,
        Json::String(_) => Kind::String(None),
        Json::Array(items) => Kind::Array(items.first().and_then(kind_of).map(Box::new)),
        Json::Object(_) => Kind::Object,
    })
}

/// Values that a schema gives: options, default, examples.
fn values(schema: &Node, parameter: &mut Parameter) {
    if schema.get("nullable").and_then(|node| node.as_bool()) == Some(true) {
        parameter.nullable = true;
    }
    let constant = schema.get("const").map(std::slice::from_ref);
    let listed = schema.get("enum").map(|node| node.items());
    if let Some(values) = listed.or(constant) {
        let known: Vec<_> = values.iter().filter(|node| !node.is_null()).collect();
        parameter.nullable |= known.len() < values.len();
        let options: Vec<_> = known.into_iter().map(|node| At::new(node.line, node.to_json())).collect();
        if parameter.kind.is_none() {
            parameter.kind = options.first().and_then(|option| kind_of(&option.value));
        }
        if !options.is_empty() {
            parameter.add_options(options);
        }
    }
    if let (Some(default), None) = (schema.member("default"), &parameter.default) {
        // A default of null says that there is none.
        if !default.node.is_null() {
            parameter.default = Some(At::new(default.line, default.node.to_json()));
        }
    }
    if parameter.examples.is_empty() {
        parameter.examples = examples(schema);
    }
}

/// The examples of a schema: a list of values, values with names, or one.
pub(crate) fn examples(schema: &Node) -> Vec<At<Json>> {
    let examples = shown(schema).into_iter().map(|(line, node)| At::new(line, node.to_json()));
    examples.filter(|example| !example.value.is_null()).collect()
}

/// The requests that a document shows as examples of a body.
pub(crate) fn bodies(media: &Node) -> Vec<Body> {
    let bodies = shown(media).into_iter().filter(|(_, node)| !node.members().is_empty());
    bodies.map(|(line, node)| Body { line, end: node.last_line(), value: node.to_json() }).collect()
}

/// The values that are shown as examples, with their lines.
fn shown(schema: &Node) -> Vec<(usize, &Node)> {
    let mut found: Vec<(usize, &Node)> = Vec::new();
    if let Some(examples) = schema.get("examples") {
        found.extend(examples.items().iter().map(|item| (item.line, item)));
        let named = examples.members().iter().filter_map(|member| member.node.get("value"));
        found.extend(named.map(|value| (value.line, value)));
    }
    if found.is_empty() {
        found.extend(schema.member("example").map(|member| (member.line, &member.node)));
    }
    found
}

fn limits(schema: &Node, parameter: &mut Parameter) {
    let number = |name: &str| -> Option<At<Number>> {
        let member = schema.member(name)?;
        Some(At::new(member.line, member.node.as_number()?.clone()))
    };
    let is_exclusive = |name: &str| schema.get(name).and_then(|node| node.as_bool()) == Some(true);
    for limit in Limit::ALL.iter().copied() {
        let Some(At { line, value }) = number(limit.word()) else { continue };
        // OpenAPI 3.0 says with a boolean that a bound is exclusive.
        let limit = match limit {
            Limit::Minimum if is_exclusive("exclusiveMinimum") => Limit::ExclusiveMinimum,
            Limit::Maximum if is_exclusive("exclusiveMaximum") => Limit::ExclusiveMaximum,
            limit => limit,
        };
        parameter.add_limit(line, limit, value);
    }
}

fn words(schema: &Node, parameter: &mut Parameter) {
    let described = schema.member("description").and_then(|it| Some(At::new(it.line, it.node.as_str()?.to_owned())));
    let is_known = |at: &At<String>| parameter.descriptions.iter().any(|known| known.value == at.value);
    let described = described.filter(|at| !is_known(at));
    parameter.descriptions.extend(described);
}

#[cfg(test)]
mod tests;

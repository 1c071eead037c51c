//! Parameters from a JSON Schema: of an OpenAPI document, or of a spec file.

mod keywords;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use foxapi_schema::pointer;
use serde_json::{Number, Value as Json};

use crate::{
    node::{Node, Value},
    page::{At, Body, Keyword, Kind, Limit, Options, Parameter},
};

pub(crate) use keywords::{mentioned, rule};

/// References and branches that a schema may lead through.
const MOST_LEVELS: usize = 24;

/// More than the request of any page has.
const MOST_SCHEMAS: usize = 100_000;

/// What an object's schema says, with its properties in their order. References lead into `document`.
pub(crate) fn object(schema: &Node, document: &Node) -> Parameter {
    let reader = Reader { document, open: RefCell::default(), left: Cell::new(MOST_SCHEMAS) };
    let mut object = Parameter::default();
    reader.fill(schema, &mut object, 0);
    object
}

/// The properties of an object's schema.
pub(crate) fn parameters(schema: &Node, document: &Node) -> Vec<Parameter> {
    object(schema, document).children
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
        if level > MOST_LEVELS || self.left.get() == 0 {
            return;
        }
        self.left.set(self.left.get() - 1);
        self.types(schema, parameter);
        values(schema, parameter);
        limits(schema, parameter);
        words(schema, parameter);
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
            // What a rule describes in words is no description of the value.
            self.fill_without_words(branch, parameter, level + 1);
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(branches) = schema.get(keyword) {
                self.branches(keyword, branches, schema, parameter, level);
            }
        }
    }

    fn fill_without_words(&self, branch: &Node, parameter: &mut Parameter, level: usize) {
        let is_rule = ["if", "not", "x-sum-equals", "x-combined-max-items", "dependentRequired", "anyOf", "oneOf"];
        let has_words = !parameter.prose.is_empty() || is_rule.iter().all(|keyword| branch.get(keyword).is_none());
        self.fill(branch, parameter, level);
        if !has_words {
            parameter.prose.clear();
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

    fn properties(&self, schema: &Node, parameter: &mut Parameter, level: usize) {
        let Some(properties) = schema.get("properties") else { return };
        parameter.kind.get_or_insert(Kind::Object);
        let required: Vec<&str> = ["required", "requiredProperties"]
            .iter()
            .filter_map(|name| schema.get(name))
            .flat_map(|names| names.items())
            .filter_map(|name| name.as_str())
            .collect();
        for member in properties.members() {
            let mut child = Parameter {
                name: member.name.clone(),
                line: member.line,
                // Some pages say it at the property, as JSON Schema once did.
                required: required.contains(&member.name.as_str())
                    || member.node.get("required").and_then(|it| it.as_bool()) == Some(true),
                ..Parameter::default()
            };
            self.fill(&member.node, &mut child, level + 1);
            if parameter.children.iter().all(|other| other.name != child.name) {
                parameter.children.push(child);
            }
        }
        // Branches of `allOf` may require what another branch describes.
        for child in &mut parameter.children {
            child.required |= required.contains(&child.name.as_str());
        }
    }

    fn items(&self, items: &Node, parameter: &mut Parameter, level: usize) {
        let mut item = Parameter::default();
        self.fill(items, &mut item, level + 1);
        if matches!(parameter.kind, None | Some(Kind::Array(None))) {
            parameter.kind = Some(Kind::Array(item.kind.clone().map(Box::new)));
        }
        if parameter.children.is_empty() {
            parameter.children = std::mem::take(&mut item.children);
        }
        if parameter.options == Options::None {
            parameter.options = std::mem::take(&mut item.options);
        }
        if parameter.item.is_none() {
            parameter.item = Some(Box::new(item));
        }
    }

    /// Of one schema and null: nullable. Of constants: options. Of several schemas: whatever they have in common.
    fn branches(&self, keyword: &str, branches: &Node, schema: &Node, parameter: &mut Parameter, level: usize) {
        let mut constants = Vec::new();
        let mut others = Vec::new();
        for branch in branches.items() {
            let is_null = branch.get("type").and_then(|node| node.as_str()) == Some("null");
            match branch.get("const") {
                _ if is_null => parameter.nullable = true,
                Some(constant) if matches!(constant.value, Value::Null) => parameter.nullable = true,
                Some(constant) => constants.push(At::new(constant.line, constant.to_json())),
                None => others.push(branch),
            }
        }
        if !constants.is_empty() && !others.is_empty() {
            // Values beside a range, or beside another schema: not all that there are.
            self.alternatives(keyword, schema, parameter);
        } else if let (Some(first), Options::None) = (constants.first(), &parameter.options) {
            if parameter.kind.is_none() {
                parameter.kind = kind_of(&first.value);
            }
            parameter.options = Options::Listed(constants);
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
                    if parameter.options == Options::None && is_open(several) {
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
fn is_open(branches: &[&Rc<Node>]) -> bool {
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
    if let (Some(values), Options::None) = (listed.or(constant), &parameter.options) {
        let known: Vec<_> = values.iter().filter(|node| !matches!(node.value, Value::Null)).collect();
        parameter.nullable |= known.len() < values.len();
        let options: Vec<_> = known.into_iter().map(|node| At::new(node.line, node.to_json())).collect();
        if parameter.kind.is_none() {
            parameter.kind = options.first().and_then(|option| kind_of(&option.value));
        }
        parameter.options = if options.is_empty() { Options::None } else { Options::Listed(options) };
    }
    if let (Some(default), None) = (schema.member("default"), &parameter.default) {
        // A default of null says that there is none.
        if !matches!(default.node.value, Value::Null) {
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
        found.extend(examples.items().iter().map(|item| (item.line, item.as_ref())));
        let named = examples.members().iter().filter_map(|member| member.node.get("value"));
        found.extend(named.map(|value| (value.line, value.as_ref())));
    }
    if found.is_empty() {
        found.extend(schema.member("example").map(|member| (member.line, member.node.as_ref())));
    }
    found
}

fn limits(schema: &Node, parameter: &mut Parameter) {
    let number = |name: &str| -> Option<At<Number>> {
        let member = schema.member(name)?;
        Some(At::new(member.line, member.node.as_number()?.clone()))
    };
    let is_exclusive = |name: &str| schema.get(name).and_then(|node| node.as_bool()) == Some(true);
    for limit in Limit::ALL {
        let Some(At { line, value }) = number(limit.keyword()) else { continue };
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
    if let (Some(member), true) = (schema.member("description"), parameter.prose.is_empty()) {
        let text = member.node.as_str().unwrap_or_default();
        let line_of = |at: usize| member.node.text.map_or(member.line, |first| first + at);
        let lines = text.lines().enumerate();
        parameter.prose = lines.map(|(at, line)| At::new(line_of(at), line.trim().to_owned())).collect();
    }
    if schema.get("x-advanced").and_then(|node| node.as_bool()) == Some(true) {
        parameter.advanced = Some(schema.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node;

    fn names(parameters: &[Parameter]) -> Vec<String> {
        parameters.iter().map(|it| format!("{}({})", it.name, names(&it.children).join(" "))).collect()
    }

    #[test]
    fn a_type_that_has_itself_in_it_is_read_once() {
        let document =
            "{\"Node\": {\"properties\": {\"left\": {\"$ref\": \"#/Node\"}, \"right\": {\"$ref\": \"#/Node\"}}}}";
        let document = node::json(document).ok();
        let parameters = document.map(|it| parameters(it.get("Node").map_or(&it, |node| node), &it));
        let read = parameters.map(|it| names(&it).join(" ")).unwrap_or_default();
        assert_eq!(read, "left(left() right()) right(left() right())");
    }

    #[test]
    fn references_that_multiply_come_to_an_end() {
        let levels = (1..24).map(|level| {
            let last = level - 1;
            format!("\"A{level}\": {{\"allOf\": [{{\"$ref\": \"#/A{last}\"}}, {{\"$ref\": \"#/A{last}\"}}]}}")
        });
        let text = format!("{{\"A0\": {{\"type\": \"object\"}}, {}}}", levels.collect::<Vec<_>>().join(", "));
        let document = node::json(&text).ok();
        let found = document.map(|it| parameters(it.get("A23").map_or(&it, |node| node), &it).len());
        assert_eq!(found, Some(0));
    }
}

//! Reads JSON as a [`SpecSchema`].

use std::collections::HashSet;

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use foxapi_schema::invalid_keyword::{InvalidKeyword, KeywordPart};
use foxapi_schema::json::View;
use foxapi_schema::json_type::JsonType;
use foxapi_schema::keyword::entry;
use foxapi_schema::number::canonical;
use foxapi_schema::pointer;
use foxapi_schema::rule::Rule;

use super::{Additional, Asserted, Name, Property, Ruled, SpecSchema};
use crate::DIALECT_FILE;
use crate::bundle::DRAFT;
use crate::check::keyword::refusal;
use crate::check::pattern;
use crate::diagnostic::Report;
use crate::raw::{Member, Node, Value};

/// Reads a schema. Whatever is wrong with it is reported, and the rest is still read.
pub(crate) fn read(node: &Node, report: &mut Report<'_>) -> SpecSchema {
    let problems = report.count();
    let mut schema = SpecSchema::new(node.at);
    match &node.value {
        Value::Boolean(flag) => schema.boolean = Some(*flag),
        Value::Object(members) => {
            for member in members {
                Reader { report, member }.keyword(&mut schema);
            }
            check_companions(&schema, report);
        }
        _ => report.error(node.at, format!("a schema is an object, `true` or `false`, not {}", node.kind())),
    }
    schema.broken = report.count() > problems;
    schema
}

/// Whether it is a control character or changes the direction of text; rustc refuses comments with these.
fn is_invisible(letter: char) -> bool {
    letter.is_control() && letter != '\n' || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Reports keywords without the keyword that they need.
fn check_companions(schema: &SpecSchema, report: &mut Report<'_>) {
    if schema.condition.is_some() && schema.then.is_none() && schema.otherwise.is_none() {
        report.error_with_help(schema.at, "\"if\" without \"then\" or \"else\" has no effect", "add \"then\"");
    }
    if schema.condition.is_none() {
        for branch in [&schema.then, &schema.otherwise].into_iter().flatten() {
            report.error_with_help(branch.at, "\"then\" and \"else\" need an \"if\" next to them", "add \"if\"");
        }
    }
    for branches in [&schema.one_of, &schema.any_of].into_iter().flatten() {
        check_constants(branches, report);
    }
    if schema.contains.is_none() {
        for (at, bound) in schema.bounds().filter(|(_, bound)| bound.measure == Measure::Matches) {
            report.error(at, format!("\"{}\" needs \"contains\" next to it", bound.keyword()));
        }
    }
    for (_, low) in schema.bounds().filter(|(_, bound)| bound.side == Side::AtLeast && !bound.strict) {
        let is_opposite = |bound: &Bound| bound.measure == low.measure && bound.side == Side::AtMost && !bound.strict;
        for (at, high) in schema.bounds().filter(|(_, bound)| is_opposite(bound) && !bound.keeps(&low.limit)) {
            let (least, most, low, high) = (&low.limit, &high.limit, low.keyword(), high.keyword());
            let message = format!("nothing is both at least {least} (\"{low}\") and at most {most} (\"{high}\")");
            report.error(at, message);
        }
    }
}

/// Reports a constant that two branches have; in "oneOf" it could never be given.
fn check_constants(branches: &[SpecSchema], report: &mut Report<'_>) {
    let mut known = HashSet::new();
    for constant in branches.iter().filter_map(|branch| branch.constant.as_ref()) {
        let value = constant.to_json();
        if !known.insert(canonical(&View::from(&value))) {
            report.error(constant.at, format!("{value} is listed twice"));
        }
    }
}

/// Reads the value of one keyword.
pub(super) struct Reader<'r, 's, 'n> {
    pub(super) report: &'r mut Report<'s>,
    pub(super) member: &'n Member,
}

impl<'n> Reader<'_, '_, 'n> {
    fn keyword(&mut self, schema: &mut SpecSchema) {
        match self.member.name.as_str() {
            "$schema" => schema.dialect = self.dialect(),
            "$comment" => drop(self.text()),
            "$id" => schema.id = self.text(),
            "$ref" => schema.reference = self.text(),
            "$defs" => schema.definitions = self.properties(),
            "title" => schema.title = self.text(),
            "description" => schema.description = self.prose(),
            "default" => schema.default = Some(self.node().clone()),
            "examples" => schema.examples = self.array().unwrap_or_default().to_vec(),
            "type" => schema.types = self.types(),
            "const" => schema.constant = Some(self.node().clone()),
            "enum" => schema.enumeration = self.enumeration(),
            "oneOf" => schema.one_of = self.schemas(),
            "anyOf" => schema.any_of = self.schemas(),
            "allOf" => schema.all_of = self.schemas().unwrap_or_default(),
            "not" => schema.not = self.schema(),
            "if" => schema.condition = self.schema(),
            "then" => schema.then = self.schema(),
            "else" => schema.otherwise = self.schema(),
            "properties" => schema.properties = self.properties(),
            "required" => schema.required = self.names(self.node()),
            "additionalProperties" => schema.additional = Some((self.member.at, self.additional())),
            "dependentRequired" => schema.dependent_required = self.dependent_required(),
            "dependentSchemas" => schema.dependent_schemas = self.properties(),
            "prefixItems" => schema.prefix_items = self.schemas(),
            "items" => schema.items = self.schema(),
            "contains" => schema.contains = self.schema(),
            "x-docs" => schema.docs = self.text(),
            "x-endpoint" => schema.endpoint = self.text(),
            "x-source" => schema.source = self.source(),
            "x-advanced" => schema.advanced = self.flag(),
            "x-extensible" => schema.extensible = self.flag(),
            "x-models" => schema.models = Some((self.member.at, self.names(self.node()))),
            name => {
                let value = self.node().to_json();
                match (Assertion::read(name, &value), Rule::read(name, &value)) {
                    (Some(assertion), _) => self.assertion(schema, assertion),
                    (None, Some(Ok(rule))) => {
                        schema.rules.push(Ruled { at: self.member.at, rule, node: self.node().clone() });
                    }
                    (None, Some(Err(problems))) => self.refuse(problems),
                    (None, None) => {
                        debug_assert!(entry(name).is_none(), "{name} is in the dialect but is not read");
                        let (message, help) = refusal(name);
                        self.report.error_with_help(self.member.at, message, help);
                    }
                }
            }
        }
    }

    fn assertion(&mut self, schema: &mut SpecSchema, read: Result<Option<Assertion>, Vec<InvalidKeyword>>) {
        let node = self.node();
        match read {
            Ok(Some(Assertion::Pattern(pattern))) if pattern::check(&pattern).is_err() => {
                if let Err(problem) = pattern::check(&pattern) {
                    let message = format!("the generator cannot enforce this pattern: {}", problem.message);
                    self.report.error_with_help(node.at, message, problem.help);
                }
            }
            Ok(assertion) => {
                schema.assertions.extend(assertion.map(|assertion| Asserted { at: self.member.at, assertion }));
            }
            Err(problems) => self.refuse(problems),
        }
    }

    fn refuse(&mut self, problems: Vec<InvalidKeyword>) {
        for InvalidKeyword { at, message, help } in problems {
            let at = match at {
                KeywordPart::Keyword => self.member.at,
                KeywordPart::Value(pointer) => self.node().find(&pointer).unwrap_or(self.node()).at,
                KeywordPart::Name(pointer) => {
                    let name = pointer::first(&pointer);
                    let named =
                        self.node().members().iter().find(|member| Some(member.name.as_str()) == name.as_deref());
                    named.map_or(self.member.at, |member| member.at)
                }
            };
            match help {
                Some(help) => self.report.error_with_help(at, message, help),
                None => self.report.error(at, message),
            }
        }
    }

    pub(super) fn node(&self) -> &'n Node {
        &self.member.node
    }

    fn expected(&mut self, node: &Node, what: &str) {
        self.report.error(node.at, format!("\"{}\" takes {what}, not {}", self.member.name, node.kind()));
    }

    fn text(&mut self) -> Option<Name> {
        self.name(self.node(), "a string")
    }

    fn dialect(&mut self) -> Option<Name> {
        let text = self.text()?;
        // How far up it is only matters to editors.
        let folder = text.text.strip_suffix(DIALECT_FILE);
        let is_dialect = folder.is_some_and(|folder| folder == "./" || folder.replace("../", "").is_empty());
        if !is_dialect && text.text != DRAFT {
            let message = format!("{:?} is not the dialect of spec files", text.text);
            self.report.error_with_help(text.at, message, format!("write \"../../{DIALECT_FILE}\" in a page"));
        }
        Some(text)
    }

    /// A text that will be a doc comment.
    fn prose(&mut self) -> Option<Name> {
        let text = self.text()?;
        if text.text.trim().is_empty() {
            self.report.error(text.at, "this description is empty");
        }
        if let Some(letter) = text.text.chars().find(|letter| is_invisible(*letter)) {
            self.report.error(text.at, format!("this description has an invisible character: {letter:?}"));
        }
        Some(text)
    }

    pub(super) fn name(&mut self, node: &Node, what: &str) -> Option<Name> {
        match node.as_str() {
            Some(text) => Some(Name { at: node.at, text: text.to_owned() }),
            None => {
                self.expected(node, what);
                None
            }
        }
    }

    fn flag(&mut self) -> bool {
        match self.node().value {
            Value::Boolean(flag) => flag,
            _ => {
                self.expected(self.node(), "`true` or `false`");
                false
            }
        }
    }

    fn array(&mut self) -> Option<&'n [Node]> {
        match &self.node().value {
            Value::Array(items) => Some(items),
            _ => {
                self.expected(self.node(), "an array");
                None
            }
        }
    }

    pub(super) fn object(&mut self, node: &'n Node) -> &'n [Member] {
        if !matches!(node.value, Value::Object(_)) {
            self.expected(node, "an object");
        }
        node.members()
    }

    pub(super) fn names(&mut self, node: &Node) -> Vec<Name> {
        let Value::Array(items) = &node.value else {
            self.expected(node, "an array of names");
            return Vec::new();
        };
        let mut names: Vec<Name> = Vec::with_capacity(items.len());
        for name in items.iter().filter_map(|item| self.name(item, "an array of names")).collect::<Vec<_>>() {
            if names.iter().any(|earlier| earlier.text == name.text) {
                self.report.error(name.at, format!("\"{}\" is listed twice in \"{}\"", name.text, self.member.name));
            } else {
                names.push(name);
            }
        }
        names
    }

    fn schema(&mut self) -> Option<Box<SpecSchema>> {
        Some(Box::new(read(self.node(), self.report)))
    }

    fn schemas(&mut self) -> Option<Vec<SpecSchema>> {
        let items = self.array()?;
        if items.is_empty() {
            self.report.error(self.node().at, format!("\"{}\" needs at least one schema", self.member.name));
        }
        Some(items.iter().map(|item| read(item, self.report)).collect())
    }

    fn properties(&mut self) -> Vec<Property> {
        self.object(self.node())
            .iter()
            .map(|member| Property {
                name: Name { at: member.at, text: member.name.clone() },
                schema: read(&member.node, self.report),
            })
            .collect()
    }

    fn types(&mut self) -> Option<Vec<JsonType>> {
        let nodes = match &self.node().value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(self.node()),
        };
        if nodes.is_empty() {
            self.report.error(self.node().at, "\"type\" needs at least one type");
            return None;
        }
        let mut types = Vec::with_capacity(nodes.len());
        for node in nodes {
            let name = self.name(node, "a type or an array of types")?;
            let Some(json_type) = JsonType::named(&name.text) else {
                let known = JsonType::ALL.map(|(_, known)| known);
                let help = match crate::suggest::closest(&name.text, known.into_iter()) {
                    Some(known) => format!("did you mean \"{known}\"?"),
                    None => format!("the types are {}", known.join(", ")),
                };
                self.report.error_with_help(name.at, format!("\"{}\" is not a type", name.text), help);
                return None;
            };
            if types.contains(&json_type) {
                self.report.error(name.at, format!("\"{}\" is listed twice in \"type\"", name.text));
            } else {
                types.push(json_type);
            }
        }
        Some(types)
    }

    fn enumeration(&mut self) -> Option<Vec<Node>> {
        let items = self.array()?;
        if items.is_empty() {
            self.report.error(self.node().at, "\"enum\" needs at least one value");
        }
        let mut values = HashSet::with_capacity(items.len());
        for item in items {
            let value = item.to_json();
            if !values.insert(canonical(&View::from(&value))) {
                self.report.error(item.at, format!("{value} is listed twice in \"enum\""));
            }
        }
        Some(items.to_vec())
    }

    fn additional(&mut self) -> Additional {
        match self.node().value {
            Value::Boolean(true) => Additional::Allowed,
            Value::Boolean(false) => Additional::Refused,
            _ => Additional::Each(Box::new(read(self.node(), self.report))),
        }
    }

    fn dependent_required(&mut self) -> Vec<(Name, Vec<Name>)> {
        let members = self.object(self.node());
        members
            .iter()
            .map(|member| (Name { at: member.at, text: member.name.clone() }, self.names(&member.node)))
            .collect()
    }
}

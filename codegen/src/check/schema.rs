//! From JSON to [`Schema`]: every keyword is known, well-typed, and has a position.

use std::fmt;

use super::keyword::{KEYWORDS, refusal};
use super::pattern;
use super::rules::enumerate;
use crate::DIALECT_FILE;
use crate::bundle::DRAFT;
use crate::diagnostic::{Report, Span};
use crate::model::Format;
use crate::number::equal;
use crate::raw::{Member, Node, Value};

/// A name (of a property, a type, a keyword's value) and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) at: Span,
    pub(crate) text: String,
}

/// The `type`s of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    const ALL: [(Self, &str); 7] = [
        (Self::Null, "null"),
        (Self::Boolean, "boolean"),
        (Self::Integer, "integer"),
        (Self::Number, "number"),
        (Self::String, "string"),
        (Self::Array, "array"),
        (Self::Object, "object"),
    ];
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(json_type, _)| json_type == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

/// A keyword whose value is one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LimitKeyword {
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
    MinContains,
    MaxContains,
    MinProperties,
    MaxProperties,
}

impl LimitKeyword {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
            Self::MultipleOf => "multipleOf",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::MinContains => "minContains",
            Self::MaxContains => "maxContains",
            Self::MinProperties => "minProperties",
            Self::MaxProperties => "maxProperties",
        }
    }

    /// What the keyword constrains, in words for a message.
    pub(crate) fn subject(self) -> &'static str {
        match self {
            Self::Minimum | Self::Maximum | Self::ExclusiveMinimum | Self::ExclusiveMaximum | Self::MultipleOf => {
                "numbers"
            }
            Self::MinLength | Self::MaxLength => "strings",
            Self::MinItems | Self::MaxItems | Self::MinContains | Self::MaxContains => "arrays",
            Self::MinProperties | Self::MaxProperties => "objects",
        }
    }

    fn counts(self) -> bool {
        self.subject() != "numbers"
    }
}

/// One [`LimitKeyword`] with its value.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) at: Span,
    pub(crate) keyword: LimitKeyword,
    pub(crate) value: serde_json::Number,
}

/// A property of an object schema.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: Name,
    pub(crate) schema: Schema,
}

/// `additionalProperties`.
#[derive(Clone, Debug)]
pub(crate) enum Additional {
    Refused,
    Allowed,
    /// Each of them satisfies a schema.
    Each(Box<Schema>),
}

/// `x-sum-equals`.
#[derive(Clone, Debug)]
pub(crate) struct SumEquals {
    pub(crate) at: Span,
    pub(crate) items: Name,
    pub(crate) property: Name,
    pub(crate) total: Name,
}

/// `x-combined-max-items`.
#[derive(Clone, Debug)]
pub(crate) struct CombinedMaxItems {
    pub(crate) at: Span,
    pub(crate) arrays: Vec<Name>,
    pub(crate) maximum: u64,
}

/// `x-endpoint`.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) method: Name,
    pub(crate) path: Name,
    pub(crate) response: Option<Name>,
}

/// A schema whose keywords are all known and of the right type.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) at: Span,
    /// `true` or `false` in place of an object.
    pub(crate) boolean: Option<bool>,
    /// Something in it could not be read, so what seems to be missing may not be.
    pub(crate) broken: bool,
    pub(crate) dialect: Option<Name>,
    pub(crate) id: Option<Name>,
    pub(crate) reference: Option<Name>,
    pub(crate) definitions: Vec<Property>,
    pub(crate) title: Option<Name>,
    pub(crate) description: Option<Name>,
    pub(crate) default: Option<Node>,
    pub(crate) examples: Vec<Node>,
    pub(crate) types: Option<Vec<JsonType>>,
    pub(crate) constant: Option<Node>,
    pub(crate) enumeration: Option<Vec<Node>>,
    pub(crate) one_of: Option<Vec<Schema>>,
    pub(crate) any_of: Option<Vec<Schema>>,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) not: Option<Box<Schema>>,
    pub(crate) condition: Option<Box<Schema>>,
    pub(crate) then: Option<Box<Schema>>,
    pub(crate) otherwise: Option<Box<Schema>>,
    pub(crate) properties: Vec<Property>,
    pub(crate) required: Vec<Name>,
    pub(crate) additional: Option<(Span, Additional)>,
    pub(crate) dependent_required: Vec<(Name, Vec<Name>)>,
    pub(crate) dependent_schemas: Vec<Property>,
    pub(crate) prefix_items: Option<Vec<Schema>>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) contains: Option<Box<Schema>>,
    pub(crate) unique_items: Option<Span>,
    pub(crate) limits: Vec<Limit>,
    pub(crate) pattern: Option<Name>,
    pub(crate) format: Option<(Span, Format)>,
    pub(crate) docs: Option<Name>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) advanced: bool,
    pub(crate) extensible: bool,
    pub(crate) uri_schemes: Option<(Span, Vec<Name>)>,
    pub(crate) sum_equals: Option<SumEquals>,
    pub(crate) combined_max_items: Option<CombinedMaxItems>,
}

impl Schema {
    fn new(at: Span) -> Self {
        Self {
            at,
            boolean: None,
            broken: false,
            dialect: None,
            id: None,
            reference: None,
            definitions: Vec::new(),
            title: None,
            description: None,
            default: None,
            examples: Vec::new(),
            types: None,
            constant: None,
            enumeration: None,
            one_of: None,
            any_of: None,
            all_of: Vec::new(),
            not: None,
            condition: None,
            then: None,
            otherwise: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            dependent_required: Vec::new(),
            dependent_schemas: Vec::new(),
            prefix_items: None,
            items: None,
            contains: None,
            unique_items: None,
            limits: Vec::new(),
            pattern: None,
            format: None,
            docs: None,
            endpoint: None,
            advanced: false,
            extensible: false,
            uri_schemes: None,
            sum_equals: None,
            combined_max_items: None,
        }
    }

    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.iter().find(|property| property.name.text == name).map(|property| &property.schema)
    }

    pub(crate) fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required.text == name)
    }

    /// Whether properties that are not named are refused.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.additional, Some((_, Additional::Refused)))
    }

    /// What properties that are not named must satisfy.
    pub(crate) fn each(&self) -> Option<&Schema> {
        match &self.additional {
            Some((_, Additional::Each(schema))) => Some(schema),
            _ => None,
        }
    }

    pub(crate) fn limit(&self, keyword: LimitKeyword) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.keyword == keyword)
    }

    /// `prefixItems`, `items` and `contains`, and `additionalProperties`: schemas of what a value consists of.
    pub(crate) fn inside(&self) -> impl Iterator<Item = &Schema> {
        let single = [&self.items, &self.contains].into_iter().flatten().map(AsRef::as_ref);
        self.prefix_items.iter().flatten().chain(single).chain(self.each())
    }

    /// `oneOf`, `anyOf` and `allOf`, `not`, `if`, `then` and `else`: schemas of the same value.
    pub(crate) fn in_place(&self) -> impl Iterator<Item = &Schema> {
        let several = [self.one_of.as_deref(), self.any_of.as_deref(), Some(self.all_of.as_slice())];
        let single = [&self.not, &self.condition, &self.then, &self.otherwise];
        several
            .into_iter()
            .flatten()
            .flatten()
            .chain(single.into_iter().flatten().map(AsRef::as_ref))
            .chain(self.dependent_schemas.iter().map(|property| &property.schema))
    }
}

/// Reads a schema; whatever is wrong with it is reported, and the rest is still read.
pub(crate) fn read(node: &Node, report: &mut Report<'_>) -> Schema {
    let problems = report.count();
    let mut schema = Schema::new(node.at);
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

/// Control characters, and those that change the direction of text: rustc takes no comment that has them.
fn is_invisible(letter: char) -> bool {
    letter.is_control() && letter != '\n' || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Keywords that mean nothing without another one are mistakes.
fn check_companions(schema: &Schema, report: &mut Report<'_>) {
    if schema.condition.is_some() && schema.then.is_none() && schema.otherwise.is_none() {
        report.error_with_help(schema.at, "\"if\" without \"then\" or \"else\" says nothing", "add \"then\"");
    }
    if schema.condition.is_none() {
        for branch in [&schema.then, &schema.otherwise].into_iter().flatten() {
            report.error_with_help(branch.at, "\"then\" and \"else\" need an \"if\" beside them", "add \"if\"");
        }
    }
    for branches in [&schema.one_of, &schema.any_of].into_iter().flatten() {
        check_constants(branches, report);
    }
    for keyword in [LimitKeyword::MinContains, LimitKeyword::MaxContains] {
        if let Some(limit) = schema.limit(keyword).filter(|_| schema.contains.is_none()) {
            report.error(limit.at, format!("\"{}\" needs \"contains\" beside it", keyword.as_str()));
        }
    }
    let pairs = [
        (LimitKeyword::Minimum, LimitKeyword::Maximum),
        (LimitKeyword::MinLength, LimitKeyword::MaxLength),
        (LimitKeyword::MinItems, LimitKeyword::MaxItems),
        (LimitKeyword::MinContains, LimitKeyword::MaxContains),
        (LimitKeyword::MinProperties, LimitKeyword::MaxProperties),
    ];
    for (low, high) in pairs {
        if let (Some(low), Some(high)) = (schema.limit(low), schema.limit(high))
            && low.value.as_f64() > high.value.as_f64()
        {
            let (low, least) = (low.keyword.as_str(), &low.value);
            report.error(
                high.at,
                format!(
                    "nothing is both at least {least} (\"{low}\") and at most {} (\"{}\")",
                    high.value,
                    high.keyword.as_str()
                ),
            );
        }
    }
}

/// A constant that two branches have is a mistake, and in "oneOf" could never be given.
fn check_constants(branches: &[Schema], report: &mut Report<'_>) {
    let constants: Vec<&Node> = branches.iter().filter_map(|branch| branch.constant.as_ref()).collect();
    for (index, constant) in constants.iter().enumerate() {
        let value = constant.to_json();
        if constants.iter().take(index).any(|earlier| equal(&earlier.to_json(), &value)) {
            report.error(constant.at, format!("{value} stands in the list twice"));
        }
    }
}

/// Reads the value of one keyword.
struct Reader<'r, 's, 'n> {
    report: &'r mut Report<'s>,
    member: &'n Member,
}

impl<'n> Reader<'_, '_, 'n> {
    fn keyword(&mut self, schema: &mut Schema) {
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
            "uniqueItems" => schema.unique_items = self.flag().then_some(self.member.at),
            "minimum" => self.limit(schema, LimitKeyword::Minimum),
            "maximum" => self.limit(schema, LimitKeyword::Maximum),
            "exclusiveMinimum" => self.limit(schema, LimitKeyword::ExclusiveMinimum),
            "exclusiveMaximum" => self.limit(schema, LimitKeyword::ExclusiveMaximum),
            "multipleOf" => self.limit(schema, LimitKeyword::MultipleOf),
            "minLength" => self.limit(schema, LimitKeyword::MinLength),
            "maxLength" => self.limit(schema, LimitKeyword::MaxLength),
            "minItems" => self.limit(schema, LimitKeyword::MinItems),
            "maxItems" => self.limit(schema, LimitKeyword::MaxItems),
            "minContains" => self.limit(schema, LimitKeyword::MinContains),
            "maxContains" => self.limit(schema, LimitKeyword::MaxContains),
            "minProperties" => self.limit(schema, LimitKeyword::MinProperties),
            "maxProperties" => self.limit(schema, LimitKeyword::MaxProperties),
            "pattern" => schema.pattern = self.pattern(),
            "format" => schema.format = self.format(),
            "x-docs" => schema.docs = self.text(),
            "x-endpoint" => schema.endpoint = self.endpoint(),
            "x-advanced" => schema.advanced = self.flag(),
            "x-extensible" => schema.extensible = self.flag(),
            "x-uri-schemes" => schema.uri_schemes = self.uri_schemes(),
            "x-sum-equals" => schema.sum_equals = self.sum_equals(),
            "x-combined-max-items" => schema.combined_max_items = self.combined_max_items(),
            name => {
                debug_assert!(!KEYWORDS.contains(&name), "{name} is listed and not read");
                let (message, help) = refusal(name);
                self.report.error_with_help(self.member.at, message, help);
            }
        }
    }

    fn node(&self) -> &'n Node {
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
        let expected = format!("./{DIALECT_FILE}");
        if ![expected.as_str(), DRAFT].contains(&text.text.as_str()) {
            let message = format!("{:?} is not the dialect of spec files", text.text);
            self.report.error_with_help(text.at, message, format!("write {expected:?}"));
        }
        Some(text)
    }

    /// A text that becomes a comment.
    fn prose(&mut self) -> Option<Name> {
        let text = self.text()?;
        if text.text.trim().is_empty() {
            self.report.error(text.at, "this description is empty");
        }
        if let Some(letter) = text.text.chars().find(|letter| is_invisible(*letter)) {
            self.report.error(text.at, format!("this description has a character that nobody sees: {letter:?}"));
        }
        Some(text)
    }

    fn name(&mut self, node: &Node, what: &str) -> Option<Name> {
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

    fn object(&mut self, node: &'n Node) -> &'n [Member] {
        if !matches!(node.value, Value::Object(_)) {
            self.expected(node, "an object");
        }
        node.members()
    }

    fn names(&mut self, node: &Node) -> Vec<Name> {
        let Value::Array(items) = &node.value else {
            self.expected(node, "an array of names");
            return Vec::new();
        };
        let mut names: Vec<Name> = Vec::with_capacity(items.len());
        for name in items.iter().filter_map(|item| self.name(item, "an array of names")).collect::<Vec<_>>() {
            if names.iter().any(|earlier| earlier.text == name.text) {
                self.report.error(name.at, format!("\"{}\" stands in \"{}\" twice", name.text, self.member.name));
            } else {
                names.push(name);
            }
        }
        names
    }

    fn schema(&mut self) -> Option<Box<Schema>> {
        Some(Box::new(read(self.node(), self.report)))
    }

    fn schemas(&mut self) -> Option<Vec<Schema>> {
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
            let Some((json_type, _)) = JsonType::ALL.into_iter().find(|(_, known)| *known == name.text) else {
                let known = JsonType::ALL.map(|(_, known)| known);
                let help = match crate::suggest::closest(&name.text, known.into_iter()) {
                    Some(known) => format!("did you mean \"{known}\"?"),
                    None => format!("the types are {}", known.join(", ")),
                };
                self.report.error_with_help(name.at, format!("\"{}\" is not a type", name.text), help);
                return None;
            };
            if types.contains(&json_type) {
                self.report.error(name.at, format!("\"{}\" stands in \"type\" twice", name.text));
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
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            let value = item.to_json();
            if values.iter().any(|earlier| equal(earlier, &value)) {
                self.report.error(item.at, format!("{value} stands in \"enum\" twice"));
            }
            values.push(value);
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

    fn limit(&mut self, schema: &mut Schema, keyword: LimitKeyword) {
        let what = if keyword.counts() { "a count: an integer from 0" } else { "a number" };
        let Value::Number(value) = &self.node().value else {
            return self.expected(self.node(), what);
        };
        if keyword.counts() && value.as_u64().is_none() {
            return self.report.error(self.node().at, format!("\"{}\" takes {what}, not {value}", self.member.name));
        }
        if keyword == LimitKeyword::MultipleOf && value.as_f64().is_none_or(|value| value <= 0.0) {
            return self.report.error(self.node().at, format!("\"multipleOf\" takes a number over 0, not {value}"));
        }
        schema.limits.push(Limit { at: self.member.at, keyword, value: value.clone() });
    }

    fn pattern(&mut self) -> Option<Name> {
        let name = self.text()?;
        match pattern::check(&name.text) {
            Ok(()) => Some(name),
            Err(refusal) => {
                let message = format!("the generator cannot enforce this pattern: {}", refusal.message);
                self.report.error_with_help(name.at, message, refusal.help);
                None
            }
        }
    }

    fn format(&mut self) -> Option<(Span, Format)> {
        let name = self.text()?;
        let format = Format::ALL.into_iter().find(|format| format.as_str() == name.text);
        if format.is_none() {
            let known = Format::ALL.map(|format| format!("\"{}\"", format.as_str()));
            self.report.error_with_help(
                name.at,
                format!("the generator cannot enforce the format \"{}\"", name.text),
                format!("it knows {}; say others in the description", enumerate(&known, "and")),
            );
        }
        format.map(|format| (name.at, format))
    }

    fn endpoint(&mut self) -> Option<Endpoint> {
        let [method, path, response] = self.fields(["method", "path", "response"])?;
        let method = self.name(method?, "strings")?;
        let path = self.name(path?, "strings")?;
        if !["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.text.as_str()) {
            self.report
                .error(method.at, format!("\"{}\" is not a method: use GET, POST, PUT, PATCH or DELETE", method.text));
        }
        if !path.text.starts_with('/') {
            self.report.error(path.at, format!("the path \"{}\" must begin with \"/\"", path.text));
        }
        let response = response.and_then(|node| self.name(node, "strings"));
        Some(Endpoint { method, path, response })
    }

    fn uri_schemes(&mut self) -> Option<(Span, Vec<Name>)> {
        let names = self.names(self.node());
        if names.is_empty() {
            self.report.error(self.node().at, "\"x-uri-schemes\" needs at least one scheme");
        }
        for name in &names {
            let mut letters = name.text.chars();
            let valid = letters.next().is_some_and(|first| first.is_ascii_lowercase())
                && letters
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "+-.".contains(letter));
            if !valid {
                self.report.error(name.at, format!("\"{}\" is not the scheme of a URI in lower case", name.text));
            }
        }
        Some((self.member.at, names))
    }

    fn sum_equals(&mut self) -> Option<SumEquals> {
        let [items, property, total] = self.fields(["items", "property", "total"])?;
        Some(SumEquals {
            at: self.member.at,
            items: self.name(items?, "names of properties")?,
            property: self.name(property?, "names of properties")?,
            total: self.name(total?, "names of properties")?,
        })
    }

    fn combined_max_items(&mut self) -> Option<CombinedMaxItems> {
        let [arrays, maximum] = self.fields(["arrays", "maximum"])?;
        let arrays = self.names(arrays?);
        if arrays.len() < 2 {
            self.report.error(self.member.at, "\"x-combined-max-items\" needs at least two arrays");
        }
        let maximum = maximum?;
        let count = match &maximum.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        };
        if count.is_none() {
            self.report.error(maximum.at, "\"maximum\" takes a count: an integer from 0");
        }
        Some(CombinedMaxItems { at: self.member.at, arrays, maximum: count? })
    }

    /// The members of an `x-` keyword's object; all but `response` are needed, others are mistakes.
    fn fields<const N: usize>(&mut self, names: [&str; N]) -> Option<[Option<&'n Node>; N]> {
        let node = self.node();
        let members = self.object(node);
        for member in members.iter().filter(|member| !names.contains(&member.name.as_str())) {
            let message = format!("\"{}\" has no \"{}\"", self.member.name, member.name);
            self.report.error_with_help(member.at, message, format!("it takes {}", names.join(", ")));
        }
        for name in names.into_iter().filter(|name| *name != "response" && node.get(name).is_none()) {
            self.report.error(self.member.at, format!("\"{}\" needs \"{name}\"", self.member.name));
        }
        Some(names.map(|name| node.get(name)))
    }
}

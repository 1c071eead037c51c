//! What a documentation page says, regardless of the format of its capture; a spec file is read into the same form.

use std::fmt::{self, Display, Formatter};

use foxapi_schema::assertion::Assertion;
use serde_json::{Number, Value as JsonValue, json};

use crate::words::words;

/// A value and the line of the capture that says it, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct At<T> {
    pub(crate) line: usize,
    pub(crate) value: T,
}

impl<T> At<T> {
    pub(crate) fn new(line: usize, value: T) -> Self {
        Self { line, value }
    }
}

/// A request that the page shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) line: usize,
    /// Its last line.
    pub(crate) end: usize,
    pub(crate) value: JsonValue,
}

words! {
    /// The format of a capture.
    #[derive(Default)]
    pub enum CaptureFormat {
        /// The text that a browser copies.
        #[default]
        Text = "text",
        /// The page as Markdown, with its OpenAPI.
        Markdown = "markdown",
        /// An OpenAPI document.
        OpenApi = "openapi",
    }
}

/// One documentation page, as a capture shows it.
#[derive(Debug, Default)]
pub struct Capture {
    pub(crate) format: CaptureFormat,
    /// Host of the API, if the page names it.
    pub(crate) host: Option<At<String>>,
    /// The file that its OpenAPI block is made from, if it is named.
    pub(crate) file: Option<String>,
    /// Methods of the endpoint, wherever the page gives one.
    pub(crate) methods: Vec<At<String>>,
    /// Paths of the endpoint, wherever the page gives one.
    pub(crate) paths: Vec<At<String>>,
    /// The requests that the page shows.
    pub(crate) bodies: Vec<Body>,
    /// The request, whose properties are the parameters, with what is said about it as a whole, as text and keywords.
    pub(crate) request: Parameter,
    /// Model IDs in the order in which the page names them.
    pub(crate) models: Vec<At<String>>,
    /// What could not be read: notes for the reader of the findings.
    pub(crate) unread: Vec<At<String>>,
    /// What was not checked, and why.
    pub(crate) skipped: Vec<String>,
    /// The text of the whole capture, to find lines in.
    pub(crate) text: String,
}

impl Capture {
    /// The format of the capture.
    #[must_use]
    pub fn format(&self) -> CaptureFormat {
        self.format
    }

    pub(crate) fn new(format: CaptureFormat, text: &str) -> Self {
        Self { format, text: text.to_owned(), ..Self::default() }
    }

    /// A value that the page shows for a parameter.
    pub(crate) fn sample(&self, parameter: &Parameter) -> Option<JsonValue> {
        let shown = parameter.examples.first().or(parameter.default.as_ref()).or(parameter.options.first());
        let in_body = || self.bodies.iter().find_map(|body| body.value.get(&parameter.name));
        shown.map(|at| at.value.clone()).or_else(|| in_body().cloned())
    }

    /// The line of a request that has a parameter, or the line where the request begins.
    pub(crate) fn line_in(&self, body: &Body, name: &str) -> usize {
        let is_key = |line: &str| {
            let line = line.trim_start_matches([' ', '{', '\'']);
            line.contains(&format!("\"{name}\"")) || line.starts_with(&format!("{name}:"))
        };
        let mut lines = self.text.lines().enumerate().take(body.end).skip(body.line.saturating_sub(1));
        lines.find(|(_, line)| is_key(line)).map_or(body.line, |(at, _)| at + 1)
    }

    /// Line of the parameter that a pointer points to, or of the nearest one above it.
    pub(crate) fn line_of(&self, pointer: &str) -> usize {
        let mut above = std::iter::successors(Some(pointer), |pointer| Some(pointer.rsplit_once('/')?.0));
        above.find_map(|pointer| self.request.at(pointer).map(|it| it.line).filter(|line| *line > 0)).unwrap_or(1)
    }
}

/// The pointer step that stands for each item of a list.
pub(crate) const ITEMS: &str = "[]";

/// A parameter of a request, or a property of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// `None`: the page does not say, as with `any`.
    pub(crate) kind: Option<ValueKind>,
    pub(crate) nullable: bool,
    pub(crate) required: bool,
    pub(crate) default: Option<At<JsonValue>>,
    /// The values that it may have, if the page lists them; empty: any.
    pub(crate) options: Vec<At<JsonValue>>,
    /// The list of values in the text, if a field of the page has one as well.
    pub(crate) listed: Vec<At<JsonValue>>,
    /// At most one limit of each kind.
    pub(crate) limits: Vec<At<(Limit, Number)>>,
    pub(crate) examples: Vec<At<JsonValue>>,
    /// What the page says in words.
    pub(crate) words: Vec<Block>,
    /// Descriptions of a schema, before they are taken apart into `words`.
    pub(crate) descriptions: Vec<At<String>>,
    /// Properties that a value must have, according to the schemas read so far.
    pub(crate) requires: Vec<At<String>>,
    /// Properties of the object, or of the objects in the array, if the page shows them.
    pub(crate) children: Vec<Parameter>,
    /// What the schema says about each item of the array, except for its properties and values.
    pub(crate) item: Option<Box<Parameter>>,
    /// What else the schema says about the value.
    pub(crate) keywords: Vec<RawKeyword>,
    /// What is said about the parameter next to its type.
    pub(crate) marks: Vec<At<Mark>>,
}

/// Keywords that relate properties or items to each other: a value may have several of one name.
pub(crate) const RULES: [&str; 8] =
    ["if", "not", "anyOf", "oneOf", "dependentRequired", "dependentSchemas", "x-sum-equals", "x-combined-max-items"];

/// A keyword that is compared as it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RawKeyword {
    pub(crate) line: usize,
    pub(crate) name: String,
    /// Without text; references are replaced by what they point to. A rule includes its keyword, to be complete.
    pub(crate) value: JsonValue,
}

impl RawKeyword {
    /// The keyword as a separate schema.
    pub(crate) fn schema(&self) -> JsonValue {
        match RULES.contains(&self.name.as_str()) {
            true => self.value.clone(),
            false => json!({ self.name.as_str(): self.value }),
        }
    }
}

words! {
    /// What a page says about a parameter that no schema of a spec can express: it belongs in the description.
    pub(crate) enum Mark {
        Deprecated = "deprecated",
        ReadOnly = "read-only",
        WriteOnly = "write-only",
    }
}

impl Mark {
    /// The keyword of OpenAPI.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
            mark => mark.word(),
        }
    }
}

impl Parameter {
    /// Why this parameter cannot have a value, as far as its own fields tell.
    pub(crate) fn refuses(&self, value: &JsonValue) -> Option<String> {
        let values = match (&self.kind, value) {
            (Some(ValueKind::Array(_)), JsonValue::Array(items)) => items.as_slice(),
            (_, JsonValue::Null) => &[],
            _ => std::slice::from_ref(value),
        };
        let unlisted = values.iter().find(|value| !self.options.is_empty() && !lists(&self.options, value));
        if let Some(value) = unlisted {
            return Some(format!("{value} is not one of its options"));
        }
        let broken = self.limits.iter().find(|at| {
            let (limit, number) = &at.value;
            value.is_number() && limit.of(number).is_some_and(|limit| !limit.holds(&value.into()))
        });
        broken.map(|at| format!("{value} is beyond its {} of {}", at.value.0.word(), at.value.1))
    }

    /// The property with a name.
    pub(crate) fn property(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// What a pointer points to: properties of properties, or items.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |parameter, name| match name {
            ITEMS => parameter.item.as_deref(),
            name => parameter.property(name),
        })
    }

    /// The property with a name, which is added if it does not exist yet.
    pub(crate) fn child(&mut self, name: &str, line: usize) -> Option<&mut Self> {
        if self.children.iter().all(|child| child.name != name) {
            self.children.push(Self { name: name.to_owned(), line, ..Self::default() });
        }
        self.children.iter_mut().find(|child| child.name == name)
    }

    pub(crate) fn is_marked(&self, mark: Mark) -> bool {
        self.marks.iter().any(|at| at.value == mark)
    }

    pub(crate) fn mark(&mut self, line: usize, mark: Mark) {
        if !self.is_marked(mark) {
            self.marks.push(At::new(line, mark));
        }
    }

    pub(crate) fn limit(&self, limit: Limit) -> Option<At<&Number>> {
        let found = self.limits.iter().find(|at| at.value.0 == limit);
        found.map(|at| At::new(at.line, &at.value.1))
    }

    /// Keeps a keyword as it is: once, and only if it says more than every spec does.
    pub(crate) fn keep(&mut self, keyword: RawKeyword) {
        let is_known = |it: &RawKeyword| it.name == keyword.name && it.value == keyword.value;
        let says_nothing = match keyword.name.as_str() {
            // Every spec refuses other properties.
            "additionalProperties" => keyword.value == false,
            // Numbers are as large as Rust has them.
            "format" => ["int64", "float", "double"].iter().any(|format| keyword.value == *format),
            "uniqueItems" => keyword.value == false,
            _ => false,
        };
        if !says_nothing && !self.keywords.iter().any(is_known) {
            self.keywords.push(keyword);
        }
    }

    /// The default, or the limit with a name.
    pub(crate) fn stated(&self, keyword: &str) -> Option<JsonValue> {
        let limit = || self.limits.iter().find(|at| at.value.0.word() == keyword);
        match keyword {
            "default" => self.default.as_ref().map(|at| at.value.clone()),
            _ => limit().map(|at| JsonValue::Number(at.value.1.clone())),
        }
    }

    /// Adds a limit; of two of the same kind, the narrower one counts.
    pub(crate) fn add_limit(&mut self, line: usize, limit: Limit, number: Number) {
        match self.limits.iter_mut().find(|at| at.value.0 == limit) {
            None => self.limits.push(At::new(line, (limit, number))),
            Some(at) if limit.of(&number).zip(limit.of(&at.value.1)).is_some_and(|(new, old)| new.implies(&old)) => {
                *at = At::new(line, (limit, number))
            }
            Some(_) => {}
        }
    }

    /// Adds a list of values; of two lists, what both have remains.
    pub(crate) fn add_options(&mut self, values: Vec<At<JsonValue>>) {
        match self.options.is_empty() {
            true => self.options = values,
            false => self.options.retain(|at| values.iter().any(|other| other.value == at.value)),
        }
    }
}

/// The type of a value that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ValueKind {
    /// With its format, if one is given.
    String(Option<String>),
    Integer,
    Number,
    Boolean,
    Object,
    /// With the type of its items, if it is given.
    Array(Option<Box<ValueKind>>),
    /// Something that specs do not have, as the page writes it.
    Other(String),
}

impl ValueKind {
    /// The type with a name in JSON Schema; `format` is that of a text.
    pub(crate) fn named(name: &str, format: Option<&str>) -> Self {
        match name {
            "string" => Self::String(format.map(str::to_owned)),
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "object" => Self::Object,
            "array" => Self::Array(None),
            other => Self::Other(other.to_owned()),
        }
    }

    /// The type of a value that may have several types.
    pub(crate) fn one_of(mut kinds: Vec<Self>) -> Option<Self> {
        match kinds.len() {
            0 | 1 => kinds.pop(),
            _ => Some(Self::Other(kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "))),
        }
    }

    /// The type of a value.
    pub(crate) fn of(value: &JsonValue) -> Option<Self> {
        Some(match value {
            JsonValue::Null => return None,
            JsonValue::Bool(_) => Self::Boolean,
            JsonValue::Number(number) if number.is_f64() => Self::Number,
            JsonValue::Number(_) => Self::Integer,
            JsonValue::String(_) => Self::String(None),
            JsonValue::Array(items) => Self::Array(items.first().and_then(Self::of).map(Box::new)),
            JsonValue::Object(_) => Self::Object,
        })
    }

    /// Whether two types accept the same values, as far as both are known; formats aside.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(_), Self::String(_))
            | (Self::Array(None), Self::Array(_))
            | (Self::Array(_), Self::Array(None)) => true,
            (Self::Array(Some(one)), Self::Array(Some(another))) => one.is_same_as(another),
            _ => self == other,
        }
    }

    /// The type itself, or that of the items of an array.
    fn innermost(&self) -> &Self {
        match self {
            Self::Array(Some(item)) => item.innermost(),
            kind => kind,
        }
    }

    /// The format of the string, or of the strings in the array.
    pub(crate) fn format(&self) -> Option<&str> {
        match self.innermost() {
            Self::String(format) => format.as_deref(),
            _ => None,
        }
    }

    /// Whether its values are free text, or contain such.
    pub(crate) fn is_free(&self) -> bool {
        !matches!(self.innermost(), Self::Integer | Self::Number | Self::Boolean)
    }
}

impl Display for ValueKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(_) => f.write_str("string"),
            Self::Integer => f.write_str("integer"),
            Self::Number => f.write_str("number"),
            Self::Boolean => f.write_str("boolean"),
            Self::Object => f.write_str("object"),
            Self::Array(Some(item)) => write!(f, "{item}[]"),
            Self::Array(None) => f.write_str("array"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// Whether a list of values has one.
pub(crate) fn lists(values: &[At<JsonValue>], value: &JsonValue) -> bool {
    values.iter().any(|at| text_of(&at.value) == text_of(value))
}

/// A value as text, regardless of its type: both a page and a spec may write `5` for a number.
pub(crate) fn text_of(value: &JsonValue) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

words! {
    /// A bound on a value: the keywords of JSON Schema.
    pub(crate) enum Limit {
        Minimum = "minimum",
        ExclusiveMinimum = "exclusiveMinimum",
        Maximum = "maximum",
        ExclusiveMaximum = "exclusiveMaximum",
        MultipleOf = "multipleOf",
        MinLength = "minLength",
        MaxLength = "maxLength",
        MinItems = "minItems",
        MaxItems = "maxItems",
    }
}

impl Limit {
    /// The limit as in JSON Schema.
    fn of(self, number: &Number) -> Option<Assertion> {
        Assertion::read(self.word(), &JsonValue::Number(number.clone()))?.ok()?
    }
}

/// A paragraph, an item of a list or a row of a table, without markup.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    pub(crate) line: usize,
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    Item,
    /// With tabs between its cells.
    Row,
}

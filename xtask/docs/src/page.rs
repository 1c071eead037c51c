//! What a documentation page says, whatever the shape of its capture; a spec file is read into the same.

use std::fmt::{self, Display, Formatter};

use serde_json::{Number, Value as Json};

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
    pub(crate) value: Json,
}

/// The form of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// The text that a browser copies.
    Text,
    /// A text that lost the names of the parameters.
    Lossy,
    /// The page as Markdown, with its OpenAPI.
    Markdown,
    /// An OpenAPI document.
    OpenApi,
}

impl Display for Shape {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text of a browser",
            Self::Lossy => "text without names",
            Self::Markdown => "Markdown",
            Self::OpenApi => "OpenAPI",
        })
    }
}

/// One documentation page.
#[derive(Debug)]
pub struct Page {
    pub(crate) shape: Shape,
    /// Host of the API, where the page names it.
    pub(crate) host: Option<At<String>>,
    /// Address of the page itself, where it is named.
    pub(crate) address: Option<At<String>>,
    /// The file that its block of OpenAPI is made from, where it is named.
    pub(crate) file: Option<String>,
    /// Methods of the endpoint, wherever the page gives one.
    pub(crate) methods: Vec<At<String>>,
    /// Paths of the endpoint, wherever the page gives one.
    pub(crate) paths: Vec<At<String>>,
    /// The page's own requests.
    pub(crate) bodies: Vec<Body>,
    pub(crate) parameters: Vec<Parameter>,
    /// What the schema says of the request as a whole.
    pub(crate) keywords: Vec<Keyword>,
    /// Model ids in the order in which the page names them.
    pub(crate) models: Vec<At<String>>,
    /// What could not be read: notes for whoever reads the findings.
    pub(crate) unread: Vec<At<String>>,
    /// What was not looked at, and why.
    pub(crate) skipped: Vec<String>,
    /// The blocks of a lossy copy, in order; `parameters` is empty there.
    pub(crate) blocks: Vec<Block>,
    /// The text of the whole capture, to look for words in.
    pub(crate) text: String,
}

impl Page {
    /// The form of the capture.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    pub(crate) fn new(shape: Shape, text: &str) -> Self {
        Self {
            shape,
            host: None,
            address: None,
            file: None,
            methods: Vec::new(),
            paths: Vec::new(),
            bodies: Vec::new(),
            parameters: Vec::new(),
            keywords: Vec::new(),
            models: Vec::new(),
            unread: Vec::new(),
            skipped: Vec::new(),
            blocks: Vec::new(),
            text: text.to_owned(),
        }
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Whether the page gives the format of any address.
    pub(crate) fn names_formats(&self) -> bool {
        let format = |it: &Parameter| it.kind.as_ref().and_then(|kind| kind.format().map(str::to_owned));
        self.parameters.iter().any(|it| format(it).is_some_and(|it| it.contains("ur")))
    }

    /// The models, and the other parameters whose names are no words of everyday.
    pub(crate) fn names(&self, own: &str) -> Vec<&str> {
        let models = self.models.iter().map(|model| model.value.as_str());
        let others =
            self.parameters.iter().map(|it| it.name.as_str()).filter(|name| *name != own && name.contains(['_', '-']));
        models.chain(others).collect()
    }
}

/// A parameter of a request, or a property of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// `None`: the page does not tell, as with `any`.
    pub(crate) kind: Option<Kind>,
    pub(crate) nullable: bool,
    pub(crate) required: bool,
    pub(crate) default: Option<At<Json>>,
    /// The value that the words name as the default, or mark in a list.
    pub(crate) marked: Option<At<Json>>,
    pub(crate) options: Options,
    /// The list of values in the words, where the schema of the page has one besides.
    pub(crate) listed: Options,
    /// One limit of each sort at most.
    pub(crate) limits: Vec<At<(Limit, Number)>>,
    pub(crate) examples: Vec<At<Json>>,
    /// The page advises to leave it unset.
    pub(crate) advanced: Option<usize>,
    /// What the page says in words.
    pub(crate) prose: Vec<At<String>>,
    /// Properties of the object, or of the objects in the array, if the page shows them.
    pub(crate) children: Vec<Parameter>,
    /// What the schema says of each item of the array, its properties and values apart.
    pub(crate) item: Option<Box<Parameter>>,
    /// What else the schema says of the value.
    pub(crate) keywords: Vec<Keyword>,
    /// What is said of the parameter beside its type.
    pub(crate) marks: Vec<At<Mark>>,
}

/// A keyword that is compared as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Keyword {
    pub(crate) line: usize,
    pub(crate) name: String,
    /// Without words; references are replaced by what they point to.
    pub(crate) value: Json,
}

/// What a page says of a parameter that no schema of a spec can say: it belongs into the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Deprecated,
    ReadOnly,
    WriteOnly,
}

impl Mark {
    pub(crate) const ALL: [Self; 3] = [Self::Deprecated, Self::ReadOnly, Self::WriteOnly];

    /// The keyword of OpenAPI.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Deprecated => "deprecated",
            Self::ReadOnly => "readOnly",
            Self::WriteOnly => "writeOnly",
        }
    }

    /// The word for people.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Deprecated => "deprecated",
            Self::ReadOnly => "read-only",
            Self::WriteOnly => "write-only",
        }
    }
}

impl Parameter {
    /// The default, whether a label or the words give it.
    pub(crate) fn known_default(&self) -> Option<&At<Json>> {
        self.default.as_ref().or(self.marked.as_ref())
    }

    /// Whether a value that the page shows is beyond a limit.
    pub(crate) fn shows_beyond(&self, limit: Limit, bound: &Number) -> bool {
        let bound = bound.as_f64().unwrap_or_default();
        self.examples.iter().chain(&self.default).any(|shown| {
            let size = match limit {
                Limit::MinLength | Limit::MaxLength => {
                    shown.value.as_str().map(|text| text.chars().count().to_string())
                }
                Limit::MinItems | Limit::MaxItems => shown.value.as_array().map(|items| items.len().to_string()),
                _ => shown.value.as_f64().map(|number| number.to_string()),
            };
            let size = size.and_then(|size| size.parse::<f64>().ok());
            size.is_some_and(|size| match limit {
                Limit::Minimum | Limit::MinLength | Limit::MinItems => size < bound,
                Limit::Maximum | Limit::MaxLength | Limit::MaxItems => size > bound,
                _ => false,
            })
        })
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

    /// Adds a limit; the first one of a sort stays.
    pub(crate) fn add_limit(&mut self, line: usize, limit: Limit, number: Number) {
        if self.limit(limit).is_none() {
            self.limits.push(At::new(line, (limit, number)));
        }
    }
}

/// The type of a value that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// With its format, if one is given.
    String(Option<String>),
    Integer,
    Number,
    Boolean,
    Object,
    /// With the type of its items, if it is told.
    Array(Option<Box<Kind>>),
    /// Something that specs do not have, as the page writes it.
    Other(String),
}

impl Kind {
    /// Whether two types accept the same values, as far as both are told; formats apart.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(_), Self::String(_))
            | (Self::Array(None), Self::Array(_))
            | (Self::Array(_), Self::Array(None)) => true,
            (Self::Array(Some(one)), Self::Array(Some(another))) => one.is_same_as(another),
            _ => self == other,
        }
    }

    /// The format of the string, or of the strings in the array.
    pub(crate) fn format(&self) -> Option<&str> {
        match self {
            Self::String(format) => format.as_deref(),
            Self::Array(Some(item)) => item.format(),
            _ => None,
        }
    }

    /// Whether it is text that every page words in its own way, or holds such.
    pub(crate) fn is_free(&self) -> bool {
        match self {
            Self::Integer | Self::Number | Self::Boolean => false,
            Self::Array(Some(item)) => item.is_free(),
            _ => true,
        }
    }
}

impl Display for Kind {
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

/// The values that a parameter may have, as far as the page lists them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Options {
    #[default]
    None,
    Listed(Vec<At<Json>>),
    /// A list whose items run into each other, or into their descriptions: what each row, or all of it, begins with.
    Glued {
        line: usize,
        text: String,
    },
    Rows(Vec<At<String>>),
}

/// A bound on a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
    MultipleOf,
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
}

impl Limit {
    pub(crate) const ALL: [Self; 9] = [
        Self::Minimum,
        Self::ExclusiveMinimum,
        Self::Maximum,
        Self::ExclusiveMaximum,
        Self::MultipleOf,
        Self::MinLength,
        Self::MaxLength,
        Self::MinItems,
        Self::MaxItems,
    ];

    /// The keyword of JSON Schema.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
            Self::MultipleOf => "multipleOf",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
        }
    }
}

/// A part of a lossy copy that ends with a literal: most likely one parameter.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) line: usize,
    pub(crate) text: Vec<At<String>>,
    pub(crate) options: Options,
    pub(crate) examples: Vec<At<Json>>,
}

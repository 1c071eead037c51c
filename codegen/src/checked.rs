//! The checked specs: their contents with final names, types and order.
//!
//! Later stages know nothing about JSON Schema and cannot fail; earlier stages know nothing about
//! Rust tokens.

// Only this workspace reads them, and a `match` that lacks a new variant should not compile.
#![allow(clippy::exhaustive_enums, clippy::exhaustive_structs)]

mod availability;
mod conversion;
mod predicate;
mod types;

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use crate::raw::Node;

pub use availability::Availability;
pub use conversion::{Conversion, Set};
pub use foxapi_schema::format::Format;
pub(crate) use predicate::simplify;
pub use predicate::{ObjectRule, Predicate, PropertyPath, Question, Test};
pub use types::{Integer, Item, Literal, Type};

/// All spec files of a run, in the order of names.
#[derive(Debug)]
pub struct SpecSet {
    /// One for each spec file.
    pub modules: Vec<Module>,
    /// Where requests can be sent, in the order of their file.
    pub endpoints: Vec<Endpoint>,
}

/// An endpoint that pages can name.
#[derive(Debug)]
pub struct Endpoint {
    /// Method and path: `POST /v1/videos/generations`.
    pub name: String,
    /// The kind of output of its pages: `video`.
    pub group: String,
}

impl SpecSet {
    /// The objects that are bodies of requests, with their modules and pages.
    pub fn requests(&self) -> impl Iterator<Item = (&Module, &Object, &RequestPage)> {
        self.modules.iter().flat_map(|module| {
            module.objects().filter_map(move |object| object.page.as_ref().map(|page| (module, object, page)))
        })
    }

    /// The families, in the order of names.
    pub fn families(&self) -> Vec<Family<'_>> {
        let mut families: BTreeMap<&str, Vec<&Module>> = BTreeMap::new();
        for module in &self.modules {
            if let Some(family) = module.family() {
                families.entry(family).or_default().push(module);
            }
        }
        families.into_iter().map(|(name, modules)| Family { name, modules }).collect()
    }
}

/// A family of pages: a public module and a cargo feature of the generated crate.
#[derive(Debug)]
pub struct Family<'m> {
    /// Its name, which is also the feature: `gpt-image`.
    pub name: &'m str,
    /// Its modules, in the order of names.
    pub modules: Vec<&'m Module>,
}

/// One spec file: one module of the generated crate.
#[derive(Debug)]
pub struct Module {
    /// Name of the Rust module.
    pub name: String,
    /// Name of the spec file, without its folder.
    pub source: String,
    /// The folder of the spec file, relative to that of all: `video/kling`; empty at the top.
    pub folder: String,
    /// Its documentation.
    pub description: String,
    /// Its types, in the order in which they are generated.
    pub definitions: Vec<NamedType>,
    /// The page's schema with its references inlined, for requests.
    pub schema: Option<Node>,
}

impl Module {
    /// The path of the spec file in the spec folder.
    pub fn path(&self) -> String {
        if self.folder.is_empty() { self.source.clone() } else { format!("{}/{}", self.folder, self.source) }
    }

    /// The path of the generated file, without `.rs` or `.json`, in the folder of generated files.
    pub fn generated(&self) -> String {
        let folder = self.folder.replace('-', "_");
        if folder.is_empty() { self.name.clone() } else { format!("{folder}/{}", self.name) }
    }

    /// The family that it belongs to; `None` at the top.
    pub fn family(&self) -> Option<&str> {
        self.folder.rsplit('/').next().filter(|family| !family.is_empty())
    }

    /// Its structs.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.definitions.iter().filter_map(|definition| match definition {
            NamedType::Object(object) => Some(object.as_ref()),
            NamedType::Enumeration(_) | NamedType::Union(_) => None,
        })
    }

    /// Its unions.
    pub fn unions(&self) -> impl Iterator<Item = &Union> {
        self.definitions.iter().filter_map(|definition| match definition {
            NamedType::Union(union) => Some(union),
            NamedType::Object(_) | NamedType::Enumeration(_) => None,
        })
    }

    /// Its enumerations.
    pub fn enumerations(&self) -> impl Iterator<Item = &Enumeration> {
        self.definitions.iter().filter_map(|definition| match definition {
            NamedType::Enumeration(enumeration) => Some(enumeration),
            NamedType::Object(_) | NamedType::Union(_) => None,
        })
    }
}

/// A named type.
#[derive(Debug, PartialEq)]
pub enum NamedType {
    /// A struct.
    Object(Box<Object>),
    /// An `enum` of strings.
    Enumeration(Enumeration),
    /// An `enum` of forms.
    Union(Union),
}

impl NamedType {
    /// Its name in Rust.
    pub fn name(&self) -> &str {
        match self {
            Self::Object(object) => &object.name,
            Self::Enumeration(enumeration) => &enumeration.name,
            Self::Union(union) => &union.name,
        }
    }
}

/// A closed or open set of strings.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// Name in Rust.
    pub name: String,
    /// What it is, in Markdown.
    pub description: String,
    /// Its values, in the order of the page.
    pub variants: Vec<Variant>,
    /// Whether unknown values are kept when reading.
    pub open: bool,
}

/// One value of an [`Enumeration`].
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Name in Rust.
    pub name: String,
    /// The string on the wire.
    pub value: String,
    /// What it means, if the spec states it.
    pub description: Option<String>,
}

/// A value in one of several forms, each of a different JSON type.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Name in Rust.
    pub name: String,
    /// What it is, in Markdown.
    pub description: String,
    /// Its forms, in the order of the page.
    pub forms: Vec<Form>,
}

impl Union {
    /// Whether a value of the right type can still be invalid.
    pub fn is_checked(&self) -> bool {
        self.forms.iter().any(|form| form.check != Predicate::Always)
    }
}

/// One form of a [`Union`]: a variant that holds the value.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Name in Rust.
    pub name: String,
    /// What it is, in Markdown.
    pub description: String,
    /// Limits.
    pub facts: Vec<Fact>,
    /// The type of the value.
    pub ty: Type,
    /// What the value must satisfy.
    pub check: Predicate,
}

/// A struct: a request, a part of one, or an answer.
#[derive(Debug, PartialEq)]
pub struct Object {
    /// Name in Rust.
    pub name: String,
    /// What it is, in Markdown.
    pub description: String,
    /// Its properties, in the order of the page.
    pub fields: Vec<Field>,
    /// Whether unknown properties are kept when reading (answers), instead of refused (requests).
    pub open: bool,
    /// What single fields must satisfy.
    pub check: Predicate,
    /// Parameters and options that not all models of the page have.
    pub availability: Vec<Availability>,
    /// Rules between fields.
    pub rules: Vec<ObjectRule>,
    /// The documentation page whose request it is, if it is one.
    pub page: Option<RequestPage>,
}

impl Object {
    /// Whether a value with the right types can still be invalid.
    pub fn is_checked(&self) -> bool {
        self.check != Predicate::Always || !self.rules.is_empty() || !self.availability.is_empty()
    }
}

/// The documentation page of a request.
#[derive(Debug, PartialEq)]
pub struct RequestPage {
    /// Name of the page: the last part of its address.
    pub slug: String,
    /// Address of the page.
    pub docs: String,
    /// Where the contents of the spec come from.
    pub origin: Origin,
    /// The kind of output, according to its endpoint: `video`.
    pub group: String,
    /// HTTP method, in capitals.
    pub method: String,
    /// Path of the endpoint, from the root of the server.
    pub path: String,
    /// The spec file that describes the answer, if the page names one.
    pub response: Option<String>,
    /// Model IDs in the order of the page.
    pub models: Vec<String>,
}

/// Where the contents of a page's spec come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The page itself.
    Page,
    /// At least partly an index of the documentation, which may leave out limits.
    Index {
        /// The date on which the index was read, as an ISO date.
        seen: String,
    },
}

impl Origin {
    /// A note for readers, if there is something to know.
    pub fn sentence(&self) -> Option<String> {
        match self {
            Self::Page => None,
            Self::Index { seen } => {
                Some(format!("From an index of the documentation, read on {seen}; limits may be missing."))
            }
        }
    }
}

/// A short sentence about a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub topic: FactTopic,
    /// The sentence.
    pub sentence: String,
}

/// What a [`Fact`] is about.
#[derive(Clone, Debug, PartialEq)]
pub enum FactTopic {
    /// It must be given.
    Required,
    /// A limit of the value.
    Limit,
    /// The value that the server uses if it is left out.
    Default(JsonValue),
    /// Which models have it, or some of its options.
    Models,
    /// The page advises leaving it unset.
    Advice,
}

impl Fact {
    /// The sentences of facts on one line.
    pub fn line<'f>(facts: impl IntoIterator<Item = &'f Self>) -> String {
        facts.into_iter().map(|fact| fact.sentence.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// A property of an object: a field of the struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// Name in Rust.
    pub ident: String,
    /// What it is, in Markdown.
    pub description: String,
    /// Limits, default and availability.
    pub facts: Vec<Fact>,
    /// The values of an enumeration that it accepts; empty if it accepts all of them.
    pub options: Vec<String>,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether the page advises leaving it unset.
    pub advanced: bool,
    /// Its type when it is not null.
    pub ty: Type,
    /// The value that the server uses if it is left out.
    pub default: Option<Literal>,
}

impl Field {
    /// Whether a builder requires it: it cannot be left out, and has no default.
    pub fn must_be_given(&self) -> bool {
        self.required && !self.nullable && self.default.is_none()
    }

    /// Whether the field is an `Option`.
    pub fn is_optional(&self) -> bool {
        !self.required || self.nullable
    }
}

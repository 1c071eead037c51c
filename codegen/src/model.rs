//! The checked model: what the specs say, with final names, types and order.
//!
//! Everything after it knows nothing of JSON Schema and cannot fail; everything before it knows
//! nothing of Rust tokens.

// Only this workspace reads the model, and a `match` that a new variant is missing from should not compile.
#![allow(clippy::exhaustive_enums, clippy::exhaustive_structs)]

mod availability;
mod conversion;
mod predicate;
mod types;

use std::collections::BTreeMap;

use serde_json::Value as Json;

pub use availability::Availability;
pub use conversion::{Conversion, Set};
pub use foxapi_schema::format::Format;
pub(crate) use predicate::simplify;
pub use predicate::{Path, Predicate, Question, Rule, Test};
pub use types::{Integer, Item, Literal, Type};

/// All spec files of a run, in the order of their names.
#[derive(Debug)]
pub struct Model {
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
    /// What kind of thing its pages make: `video`.
    pub group: String,
}

impl Model {
    /// The objects that are the body of a request, with their modules.
    pub fn requests(&self) -> impl Iterator<Item = (&Module, &Object, &Page)> {
        self.modules.iter().flat_map(|module| {
            module.objects().filter_map(move |object| object.page.as_ref().map(|page| (module, object, page)))
        })
    }

    /// The families, in the order of their names.
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

/// Pages of one folder: a public module and a cargo feature of the generated crate.
#[derive(Debug)]
pub struct Family<'m> {
    /// Its name, which is that of the feature: `gpt-image`.
    pub name: &'m str,
    /// Its modules, in the order of their names.
    pub modules: Vec<&'m Module>,
}

/// One spec file: one module of the generated crate.
#[derive(Debug)]
pub struct Module {
    /// Name of the Rust module.
    pub name: String,
    /// Name of the spec file, without its folder.
    pub source: String,
    /// The folder of the spec file below that of all: `video/kling`; empty for what lies at the top.
    pub folder: String,
    /// What its documentation says.
    pub description: String,
    /// Its types, in the order in which they are generated.
    pub definitions: Vec<Definition>,
    /// The page's schema with its references inlined, for requests.
    pub schema: Option<String>,
}

impl Module {
    /// The spec file, from the folder of all.
    pub fn path(&self) -> String {
        if self.folder.is_empty() { self.source.clone() } else { format!("{}/{}", self.folder, self.source) }
    }

    /// What is generated from it, from the folder of all that is, without `.rs` or `.json`.
    pub fn generated(&self) -> String {
        let folder = self.folder.replace('-', "_");
        if folder.is_empty() { self.name.clone() } else { format!("{folder}/{}", self.name) }
    }

    /// The family that it belongs to; none for what lies at the top.
    pub fn family(&self) -> Option<&str> {
        self.folder.rsplit('/').next().filter(|family| !family.is_empty())
    }

    /// Its structs.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.definitions.iter().filter_map(|definition| match definition {
            Definition::Object(object) => Some(object.as_ref()),
            Definition::Enumeration(_) | Definition::Union(_) => None,
        })
    }

    /// Its values of several forms.
    pub fn unions(&self) -> impl Iterator<Item = &Union> {
        self.definitions.iter().filter_map(|definition| match definition {
            Definition::Union(union) => Some(union),
            Definition::Object(_) | Definition::Enumeration(_) => None,
        })
    }

    /// Its sets of strings.
    pub fn enumerations(&self) -> impl Iterator<Item = &Enumeration> {
        self.definitions.iter().filter_map(|definition| match definition {
            Definition::Enumeration(enumeration) => Some(enumeration),
            Definition::Object(_) | Definition::Union(_) => None,
        })
    }
}

/// A named type.
#[derive(Debug, PartialEq)]
pub enum Definition {
    /// A struct.
    Object(Box<Object>),
    /// An `enum` of strings.
    Enumeration(Enumeration),
    /// An `enum` of forms.
    Union(Union),
}

impl Definition {
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
    /// What it means, where the spec says so.
    pub description: Option<String>,
}

/// A value of one of several forms, each of another JSON type.
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
    /// Whether a value of any form can still be wrong.
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
    /// What every field must satisfy by itself.
    pub check: Predicate,
    /// What not all models of the page have.
    pub availability: Vec<Availability>,
    /// What ties fields together.
    pub rules: Vec<Rule>,
    /// The documentation page whose request it is, if it is one.
    pub page: Option<Page>,
}

impl Object {
    /// Whether any value that has the right types can still be wrong.
    pub fn is_checked(&self) -> bool {
        self.check != Predicate::Always || !self.rules.is_empty() || !self.availability.is_empty()
    }
}

/// What makes an object the request of a documentation page.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// Name of the page: the last part of its address.
    pub slug: String,
    /// Address of the page.
    pub docs: String,
    /// Where what the spec says of it comes from.
    pub origin: Origin,
    /// What kind of thing it makes, by its endpoint: `video`.
    pub group: String,
    /// HTTP method, in capitals.
    pub method: String,
    /// Path of the endpoint, from the root of the server.
    pub path: String,
    /// The spec file that describes the answer, where the page names one.
    pub response: Option<String>,
    /// Model ids in the order of the page.
    pub models: Vec<String>,
}

/// Where what a spec says of a page comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The page itself.
    Page,
    /// At least in part an index of the documentation, which may leave limits out.
    Index {
        /// When it was seen, as an ISO date.
        seen: String,
    },
}

impl Origin {
    /// What a reader has to know of it, if anything.
    pub fn sentence(&self) -> Option<String> {
        match self {
            Self::Page => None,
            Self::Index { seen } => {
                Some(format!("From an index of the documentation, seen {seen}; limits may be missing."))
            }
        }
    }
}

/// A short sentence about a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub topic: Topic,
    /// The sentence.
    pub sentence: String,
}

/// What a [`Fact`] is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Topic {
    /// That it must be given.
    Required,
    /// What the value may be.
    Limit,
    /// What the server takes when it is left out.
    Default(Json),
    /// Which models have it, or options of it.
    Models,
    /// That the page advises to leave it unset.
    Advice,
}

impl Fact {
    /// The sentences of facts in one line.
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
    /// Of an enumeration: the values that it takes, where it does not take all of them.
    pub options: Vec<String>,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether the page advises to leave it unset.
    pub advanced: bool,
    /// Its type when it is not null.
    pub ty: Type,
    /// What the server takes when it is left out.
    pub default: Option<Literal>,
}

impl Field {
    /// Whether a builder has to be told: it cannot be left out, and nothing stands for it.
    pub fn must_be_given(&self) -> bool {
        self.required && !self.nullable && self.default.is_none()
    }

    /// Whether the field is an `Option`.
    pub fn is_optional(&self) -> bool {
        !self.required || self.nullable
    }
}

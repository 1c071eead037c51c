//! The catalogue: models and their parameters as data.

mod build;
mod limits;

pub use build::models;
pub use limits::Limits;

use serde::Serialize;
use serde_json::Value;

use crate::page::{Endpoint, PageSource};

/// A model and its parameters, without anything that only other models of its page have.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Model {
    /// The ID that requests use for it.
    pub id: String,
    /// A short name.
    pub title: String,
    /// A description of the model.
    pub description: String,
    /// What the requests of its page produce, and from what.
    pub summary: String,
    /// The Rust type of its requests.
    pub request: &'static str,
    /// Address of its documentation page.
    pub docs: &'static str,
    /// Where this crate's data about it comes from.
    pub source: PageSource,
    /// The kind of output: `video`, `image`, `audio` or `document`.
    pub group: &'static str,
    /// Its family, which is also the cargo feature: `kling`.
    pub family: &'static str,
    /// Where its requests are sent.
    pub endpoint: Endpoint,
    /// Its parameters in the order of the page, including `model`.
    pub parameters: Vec<Parameter>,
    /// The rules between parameters that apply to it, each as a sentence.
    pub rules: Vec<String>,
}

/// A parameter of a model, a property of an object or an item of an array.
///
/// Fields that do not apply are left out when serialised.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Parameter {
    /// The name in JSON; `items` for the item of an array, `values` for the value of a map.
    pub name: String,
    /// What the parameter does.
    pub description: String,
    /// The kind of value it takes.
    #[serde(flatten)]
    pub kind: ParameterKind,
    /// Whether it must be given.
    pub required: bool,
    /// Whether it may be `null`, which means the same as leaving it out.
    pub nullable: bool,
    /// Whether the documentation advises against setting it unless needed.
    pub advanced: bool,
    /// The value that leaving it out stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Example values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
    /// The limits of the value beyond its kind and options.
    #[serde(flatten)]
    pub limits: Limits,
    /// The models of the page that have it; empty if all of them do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// The only values allowed; empty if there is no such list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Values allowed outside of the range of `limits`, such as -1 to let the model choose a length.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside_range: Vec<Choice>,
}

/// The kind of value that a parameter takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum ParameterKind {
    /// A text.
    String,
    /// An absolute URL, as a text.
    Url,
    /// A whole number; if there are options, one of them.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of the options.
    Enumeration,
    /// A list.
    #[non_exhaustive]
    Array {
        /// What each item is.
        items: Box<Parameter>,
    },
    /// An object.
    #[non_exhaustive]
    Object {
        /// Its properties; empty for an object nested in itself.
        properties: Vec<Parameter>,
    },
    /// A list in which each position has its own meaning.
    #[non_exhaustive]
    Tuple {
        /// What the item at each position is.
        items: Vec<Parameter>,
    },
    /// An object whose properties may have any name.
    #[non_exhaustive]
    Map {
        /// What each value is.
        values: Box<Parameter>,
    },
    /// A value in one of several forms, each of a different JSON type.
    #[non_exhaustive]
    Union {
        /// The forms; the `name` of each is a short name for people.
        forms: Vec<Parameter>,
    },
    /// Any JSON value.
    #[default]
    Any,
}

/// One of the values allowed for a parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// The value in JSON.
    pub value: Value,
    /// A short name, if the value is not self-explanatory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The models of the page that accept it; empty if all of them do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
}

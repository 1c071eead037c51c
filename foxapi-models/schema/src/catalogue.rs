//! The catalogue: models and their parameters as data.

mod build;

pub use build::models;

use serde::Serialize;
use serde_json::{Number, Value};

use crate::assertion::{self, Assertion, Bound, Measure, Side};
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
    /// The smallest number allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// The largest number allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// The number that a value must be greater than.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive_minimum: Option<Number>,
    /// The number that a value must be less than.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive_maximum: Option<Number>,
    /// The number that a value must be a multiple of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Number>,
    /// The smallest number of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// The largest number of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// The regular expression that a text must match somewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The JSON Schema format that a text must have: `uri`, `date`, `time`, `date-time`, `uuid` or `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    /// The schemes that a URL may have, in lower case; `data` stands for a URL that contains the data itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uri_schemes: Vec<String>,
    /// The smallest number of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    /// The largest number of items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<usize>,
    /// Whether all items must differ.
    #[serde(skip_serializing_if = "is_false")]
    pub unique_items: bool,
    /// The smallest number of properties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<usize>,
    /// The largest number of properties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_properties: Option<usize>,
    /// The models of the page that have it; empty if all of them do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// The only values allowed; empty if there is no such list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Values allowed outside of `minimum` to `maximum`, such as -1 to let the model choose a length.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside_range: Vec<Choice>,
    #[serde(skip)]
    assertions: Vec<Assertion>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde requires")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Parameter {
    /// The limits of a value beyond its kind and options, each as a sentence: `At most 2500 characters.`
    #[must_use]
    pub fn limits(&self) -> Vec<String> {
        assertion::sentences(&self.assertions.iter().collect::<Vec<_>>())
    }

    /// Adds a limit, unless there is already one of the same kind.
    fn limit(&mut self, assertion: &Assertion) {
        self.assertions.push(assertion.clone());
        match assertion {
            Assertion::Bound(bound) => self.bound(bound),
            Assertion::Multiple(step) => first(&mut self.multiple_of, step),
            Assertion::Pattern(pattern) => first(&mut self.pattern, pattern),
            Assertion::Format(format) => first(&mut self.format, &format.as_str()),
            Assertion::Url(schemes) if self.uri_schemes.is_empty() => self.uri_schemes.clone_from(schemes),
            Assertion::Url(_) => {}
            Assertion::Unique => self.unique_items = true,
        }
    }

    fn bound(&mut self, bound: &Bound) {
        let (number, count) = (&bound.limit, bound.limit.as_u64().and_then(|limit| limit.try_into().ok()));
        let counted = |kept: &mut Option<usize>| *kept = kept.or(count);
        match (bound.measure, bound.side, bound.strict) {
            (Measure::Number, Side::AtLeast, false) => first(&mut self.minimum, number),
            (Measure::Number, Side::AtMost, false) => first(&mut self.maximum, number),
            (Measure::Number, Side::AtLeast, true) => first(&mut self.exclusive_minimum, number),
            (Measure::Number, Side::AtMost, true) => first(&mut self.exclusive_maximum, number),
            (Measure::Length, Side::AtLeast, _) => counted(&mut self.min_length),
            (Measure::Length, Side::AtMost, _) => counted(&mut self.max_length),
            (Measure::Items, Side::AtLeast, _) => counted(&mut self.min_items),
            (Measure::Items, Side::AtMost, _) => counted(&mut self.max_items),
            (Measure::Properties, Side::AtLeast, _) => counted(&mut self.min_properties),
            (Measure::Properties, Side::AtMost, _) => counted(&mut self.max_properties),
            (Measure::Matches, ..) => {}
        }
    }
}

/// Sets a value that is not set yet.
fn first<T: Clone>(kept: &mut Option<T>, said: &T) {
    if kept.is_none() {
        *kept = Some(said.clone());
    }
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

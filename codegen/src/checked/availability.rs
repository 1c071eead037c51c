//! `x-models`: parameters and options that only some models of a page have.

use foxapi_schema::{models, words};
use serde_json::Value as JsonValue;

use super::Predicate;

/// A parameter, or some options of it, that only some models of a page have.
#[derive(Clone, Debug, PartialEq)]
pub struct Availability {
    /// Name of the parameter on the wire.
    pub parameter: String,
    /// The options; empty for the parameter itself.
    pub options: Vec<JsonValue>,
    /// The models that have it.
    pub models: Vec<String>,
    /// What requests of the other models must satisfy.
    pub predicate: Predicate,
}

impl Availability {
    /// The options as a list of code; empty for the parameter itself.
    pub fn options(&self) -> String {
        words::list(&self.options.iter().map(words::code).collect::<Vec<_>>(), "and")
    }

    /// The parameter, or some of its options, in words.
    pub fn subject(&self) -> String {
        models::subject(&self.parameter, &self.options)
    }

    /// A self-contained sentence saying which models have it.
    pub fn sentence(&self) -> String {
        models::only_for(&self.parameter, &self.options, &self.models)
    }

    /// The same in standard keywords, as a rule of a page with these models.
    pub fn rule(&self, models: &[String]) -> JsonValue {
        let others = models.iter().filter(|model| !self.models.contains(model)).map(String::as_str);
        models::rule(&self.parameter, &self.options, &self.models, &others.collect::<Vec<_>>())
    }
}

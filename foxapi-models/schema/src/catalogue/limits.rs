//! The limits of a parameter.

use std::collections::HashSet;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::assertion::{Assertion, sentences};
use crate::keyword::Keyword;

/// The limits of a value, by the keywords that state them.
///
/// Serialised as an object with a member for each: `{"min_length": 1, "max_length": 2500}`.
///
/// ```
/// use foxapi_models::{Keyword, model};
///
/// let model = model("kling-v3-text-to-video").ok_or("no such model")?;
/// let prompt = model.parameters.iter().find(|parameter| parameter.name == "prompt").ok_or("no prompt")?;
///
/// assert_eq!(prompt.limits.get(Keyword::MaxLength), Some(2500.into()));
/// assert_eq!(prompt.limits.sentences(), ["At most 2500 characters."]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits(Vec<Assertion>);

impl Limits {
    /// The value of a keyword, as a schema has it: a number for a bound, a list of texts for schemes; `None` if the value
    /// has no such limit.
    #[must_use]
    pub fn get(&self, keyword: Keyword) -> Option<Value> {
        self.0.iter().find(|assertion| assertion.keyword() == keyword).map(Assertion::value)
    }

    /// The value of a keyword that takes a number; `None` for others, and if the value has no such limit.
    #[must_use]
    pub fn number(&self, keyword: Keyword) -> Option<f64> {
        self.get(keyword)?.as_f64()
    }

    /// Each limit as a sentence: `At most 2500 characters.`
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        sentences(&self.0.iter().collect::<Vec<_>>())
    }

    /// Adds limits; of those with the same keyword, [`get`](Self::get) returns the first.
    pub(super) fn extend(&mut self, assertions: &[Assertion]) {
        self.0.extend_from_slice(assertions);
    }
}

impl Serialize for Limits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut said = HashSet::new();
        let first = self.0.iter().filter(|assertion| said.insert(assertion.keyword()));
        serializer.collect_map(first.map(|assertion| (assertion.keyword().snake_case(), assertion.value())))
    }
}

//! Rules, the requirements of a keyword on several properties of an object; each kind has a file in `rule/`.

mod members;
mod sum;
#[cfg(test)]
mod tests;
mod together;

use serde_json::Value;

use crate::invalid_keyword::InvalidKeyword;
use crate::json::Members;
use crate::keyword::Keyword;
pub use sum::{Defaults, Sum};
pub use together::Together;

/// A keyword's requirement on several properties of an object.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "code that enforces rules has to handle all of them")]
pub enum Rule {
    /// A number in each item of an array adds up to a total.
    Sum(Sum),
    /// Several arrays together have a limited number of items.
    Together(Together),
}

impl Rule {
    /// Reads a keyword and its value; `None` if the keyword is not a rule.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the value.
    #[must_use]
    pub fn read(name: &str, value: &Value) -> Option<Result<Self, Vec<InvalidKeyword>>> {
        match name.parse() {
            Ok(Keyword::XSumEquals) => Some(sum::read(value).map(Self::Sum)),
            Ok(Keyword::XCombinedMaxItems) => Some(together::read(value).map(Self::Together)),
            _ => None,
        }
    }

    /// The keyword that states it.
    #[must_use]
    pub fn keyword(&self) -> Keyword {
        match self {
            Self::Sum(_) => Keyword::XSumEquals,
            Self::Together(_) => Keyword::XCombinedMaxItems,
        }
    }

    /// The properties of the object that take part.
    #[must_use]
    pub fn properties(&self) -> Vec<&str> {
        match self {
            Self::Sum(Sum { items, total, .. }) => vec![items, total],
            Self::Together(Together { arrays, .. }) => arrays.iter().map(String::as_str).collect(),
        }
    }

    /// The property that is to blame, and why; `None` if the rule holds. Missing values stand for their defaults.
    #[must_use]
    pub fn violation(&self, object: &Members<'_>, default: Defaults<'_>) -> Option<(&str, String)> {
        match self {
            Self::Sum(sum) => sum.violation(object, default),
            Self::Together(together) => together.violation(object),
        }
    }
}

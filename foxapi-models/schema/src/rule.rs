//! Rules, the requirements of a keyword on several properties of an object; each kind has a file in `rule/`.

mod sum;
#[cfg(test)]
mod tests;
mod together;

use serde_json::{Map, Value};

use crate::keyword::Keyword;
use crate::refusal::{At, Refusal};
pub use sum::Sum;
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

/// Looks up the default of a property by name.
pub type Defaults<'d> = &'d dyn Fn(&str) -> Option<&'d Value>;

impl Rule {
    /// Reads a keyword and its value; `None` if the keyword is not a rule.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the value.
    #[must_use]
    pub fn read(name: &str, value: &Value) -> Option<Result<Self, Vec<Refusal>>> {
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
    pub fn violation(&self, object: &Map<String, Value>, default: Defaults<'_>) -> Option<(&str, String)> {
        match self {
            Self::Sum(sum) => sum.violation(object, default),
            Self::Together(together) => together.violation(object),
        }
    }
}

/// Reads the members that a keyword takes, all of them required; anything wrong is added to `refusals`.
fn members<'v, const N: usize>(
    keyword: Keyword,
    value: &'v Value,
    names: [&str; N],
    refusals: &mut Vec<Refusal>,
) -> [Option<&'v Value>; N] {
    let Value::Object(members) = value else {
        refusals.push(Refusal::expected(keyword, "an object", value));
        return [None; N];
    };
    for name in members.keys().filter(|name| !names.contains(&name.as_str())) {
        let mut pointer = String::new();
        crate::pointer::push(&mut pointer, name);
        let message = format!("\"{keyword}\" does not take \"{name}\"");
        let help = Some(format!("it takes {}", names.join(", ")));
        refusals.push(Refusal { at: At::Name(pointer), message, help });
    }
    for name in names.into_iter().filter(|name| !members.contains_key(*name)) {
        refusals.push(Refusal::of_keyword(format!("\"{keyword}\" needs \"{name}\"")));
    }
    names.map(|name| members.get(name))
}

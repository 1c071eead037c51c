//! What a keyword asks of the properties of an object together, with all its faces; each kind has a file in `rule/`.

mod sum;
#[cfg(test)]
mod tests;
mod together;

use serde_json::{Map, Value};

use crate::keyword::Keyword;
use crate::refusal::{At, Refusal};
pub use sum::Sum;
pub use together::Together;

/// What a keyword asks of the properties of an object together.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "who enforces rules has to know all of them")]
pub enum Rule {
    /// Numbers of the items of an array add up to a total.
    Sum(Sum),
    /// Several arrays together hold a limited number of items.
    Together(Together),
}

/// The default of a property, by its name.
pub type Defaults<'d> = &'d dyn Fn(&str) -> Option<&'d Value>;

impl Rule {
    /// Reads a keyword with its value; `None` for keywords that are something else.
    ///
    /// # Errors
    ///
    /// All that is wrong with the value.
    #[must_use]
    pub fn read(name: &str, value: &Value) -> Option<Result<Self, Vec<Refusal>>> {
        match name.parse() {
            Ok(Keyword::XSumEquals) => Some(sum::read(value).map(Self::Sum)),
            Ok(Keyword::XCombinedMaxItems) => Some(together::read(value).map(Self::Together)),
            _ => None,
        }
    }

    /// The keyword that says it.
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

    /// Which property of an object is to blame, and why; nothing where it holds. An absent value stands for its default.
    #[must_use]
    pub fn violation(&self, object: &Map<String, Value>, default: Defaults<'_>) -> Option<(&str, String)> {
        match self {
            Self::Sum(sum) => sum.violation(object, default),
            Self::Together(together) => together.violation(object),
        }
    }
}

/// The members that a keyword takes, all of which it needs; what is wrong is noted.
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
        let message = format!("\"{keyword}\" has no \"{name}\"");
        let help = Some(format!("it takes {}", names.join(", ")));
        refusals.push(Refusal { at: At::Name(pointer), message, help });
    }
    for name in names.into_iter().filter(|name| !members.contains_key(*name)) {
        refusals.push(Refusal::of_keyword(format!("\"{keyword}\" needs \"{name}\"")));
    }
    names.map(|name| members.get(name))
}

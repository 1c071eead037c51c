//! Assertions, the requirements of a keyword on a single value: how they are read, checked and put into words.
//!
//! All code that documents, compares or enforces a limit uses an [`Assertion`]; each kind has a file in `assertion/`.

pub mod bound;
mod format;
mod multiple;
mod pattern;
#[cfg(test)]
mod tests;
mod unique;
mod url;

use serde_json::{Number, Value};

use crate::format::Format;
use crate::invalid_keyword::InvalidKeyword;
use crate::json::View;
use crate::keyword::{About, Keyword, entry};
use crate::words::upper_first;
pub use bound::{Bound, Measure, Side};

/// A keyword's requirement on a single value. Values of a type that the keyword is not about always satisfy it.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "code that enforces limits has to handle all of them")]
pub enum Assertion {
    /// A number, length or count is on one side of a limit.
    Bound(Bound),
    /// The number is a multiple of another.
    Multiple(Number),
    /// The text matches a regular expression somewhere.
    Pattern(String),
    /// The text has a given format.
    Format(Format),
    /// The text is a URI with a host and one of these schemes, or a `data:` URI if `data` is one of them.
    Url(Vec<String>),
    /// No two items are equal.
    Unique,
}

impl Assertion {
    /// Reads a keyword and its value: `None` if the keyword is not an assertion, `Ok(None)` if it asserts nothing.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the value.
    #[must_use]
    pub fn read(name: &str, value: &Value) -> Option<Result<Option<Self>, Vec<InvalidKeyword>>> {
        let keyword: Keyword = name.parse().ok()?;
        let read = match keyword {
            Keyword::MultipleOf => multiple::read(value).map(|step| Some(Self::Multiple(step))),
            Keyword::Pattern => pattern::read(value).map(|pattern| Some(Self::Pattern(pattern))),
            Keyword::Format => format::read(value).map(|format| Some(Self::Format(format))),
            Keyword::XUriSchemes => return Some(url::read(value).map(|schemes| Some(Self::Url(schemes)))),
            Keyword::UniqueItems => unique::read(value).map(|is_set| is_set.then_some(Self::Unique)),
            bound => Bound::read(bound, value)?.map(|bound| Some(Self::Bound(bound))),
        };
        Some(read.map_err(|problem| vec![problem]))
    }

    /// The keyword that states it.
    #[must_use]
    pub fn keyword(&self) -> Keyword {
        match self {
            Self::Bound(bound) => bound.keyword(),
            Self::Multiple(_) => Keyword::MultipleOf,
            Self::Pattern(_) => Keyword::Pattern,
            Self::Format(_) => Keyword::Format,
            Self::Url(_) => Keyword::XUriSchemes,
            Self::Unique => Keyword::UniqueItems,
        }
    }

    /// The value of its keyword.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Self::Bound(Bound { limit: number, .. }) | Self::Multiple(number) => number.clone().into(),
            Self::Pattern(pattern) => pattern.as_str().into(),
            Self::Format(format) => format.as_str().into(),
            Self::Url(schemes) => schemes.as_slice().into(),
            Self::Unique => true.into(),
        }
    }

    /// The kind of value it is about.
    #[must_use]
    pub fn applies_to(&self) -> About {
        entry(self.keyword().as_str()).map_or(About::Any, |entry| entry.about)
    }

    /// Whether the text must be a URI.
    #[must_use]
    pub fn is_about_uris(&self) -> bool {
        matches!(self, Self::Url(_) | Self::Format(Format::Uri))
    }

    /// Whether a value satisfies the assertion.
    #[must_use]
    pub fn holds(&self, value: &View<'_>) -> bool {
        let text = |holds: &dyn Fn(&str) -> bool| value.as_str().is_none_or(holds);
        match self {
            Self::Bound(bound) => bound.holds(value),
            Self::Multiple(step) => value.as_number().is_none_or(|number| multiple::holds(step, number)),
            Self::Pattern(pattern) => text(&|text| pattern::holds(pattern, text)),
            Self::Format(format) => text(&|text| format.holds(text)),
            Self::Url(schemes) => text(&|text| crate::url::is_url(text, schemes)),
            Self::Unique => value.as_array().is_none_or(|items| unique::repeated(items).is_none()),
        }
    }

    /// Describes what is wrong with a value that does not satisfy the assertion.
    #[must_use]
    pub fn violation(&self, value: &View<'_>) -> String {
        match (self, value) {
            (Self::Bound(bound), value) => bound.violation(value),
            (Self::Multiple(step), value) => multiple::violation(step, value),
            (Self::Pattern(pattern), _) => pattern::violation(pattern),
            (Self::Format(format), _) => format::violation(*format).to_owned(),
            (Self::Url(schemes), value) => url::violation(schemes, value.as_str().unwrap_or_default()),
            (Self::Unique, View::Array(items)) => unique::violation(items),
            (Self::Unique, _) => String::new(),
        }
    }

    /// The assertion in a few words: `at most 5 characters`, `a multiple of 2`.
    #[must_use]
    pub fn phrase(&self) -> String {
        match self {
            Self::Bound(bound) => bound.phrase(),
            Self::Multiple(step) => multiple::phrase(step),
            Self::Pattern(pattern) => pattern::phrase(pattern),
            Self::Format(format) => format.describe().to_owned(),
            Self::Url(schemes) => crate::url::describe(schemes, "`"),
            Self::Unique => unique::PHRASE.to_owned(),
        }
    }

    /// Whether every value that satisfies this assertion is known to satisfy `other`.
    #[must_use]
    pub fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bound(stricter), Self::Bound(bound)) => stricter.implies(bound),
            (Self::Multiple(stricter), Self::Multiple(step)) => multiple::holds(step, stricter),
            (Self::Url(stricter), Self::Url(schemes)) => stricter.iter().all(|scheme| schemes.contains(scheme)),
            (Self::Url(_), Self::Format(Format::Uri)) => true,
            (this, other) => this == other,
        }
    }
}

/// The assertions about one value as sentences. Of two limits on the same side only the tighter one is stated, and a
/// lower and an upper limit share a sentence: `1 to 5 characters.`
#[must_use]
pub fn sentences(assertions: &[&Assertion]) -> Vec<String> {
    phrases(assertions).iter().map(|phrase| format!("{}.", upper_first(phrase))).collect()
}

/// Like [`sentences`], without capitals and full stops.
#[must_use]
pub fn phrases(assertions: &[&Assertion]) -> Vec<String> {
    let bounds: Vec<&Bound> = assertions
        .iter()
        .filter_map(|assertion| match assertion {
            Assertion::Bound(bound) => Some(bound),
            _ => None,
        })
        .collect();
    let mut phrases = bound::phrases(&bounds);
    let has_schemes = assertions.iter().any(|assertion| matches!(assertion, Assertion::Url(_)));
    // A list of schemes implies a URI.
    let is_said = |assertion: &&&Assertion| !(has_schemes && matches!(assertion, Assertion::Format(_)));
    let mut others: Vec<&Assertion> =
        assertions.iter().filter(is_said).copied().filter(|it| !matches!(it, Assertion::Bound(_))).collect();
    others.sort_by_key(|assertion| rank(assertion));
    phrases.extend(others.into_iter().map(Assertion::phrase));
    let mut distinct = Vec::with_capacity(phrases.len());
    for phrase in phrases {
        if !distinct.contains(&phrase) {
            distinct.push(phrase);
        }
    }
    distinct
}

/// The order in which assertions are stated.
fn rank(assertion: &Assertion) -> u8 {
    match assertion {
        Assertion::Bound(_) => 0,
        Assertion::Multiple(_) => 1,
        Assertion::Unique => 2,
        Assertion::Pattern(_) => 3,
        Assertion::Url(_) | Assertion::Format(_) => 4,
    }
}

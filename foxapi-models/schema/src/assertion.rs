//! What one keyword asks of a value by itself, with all its faces: it is read, judges values and is put into words here.
//!
//! Whoever documents, compares or enforces a limit holds one of these and asks it; each kind has a file in `assertion/`.

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
use crate::keyword::{About, Keyword, entry};
use crate::refusal::Refusal;
use crate::words::upper_first;
pub use bound::{Bound, Measure, Side};

/// What a keyword asks of a value by itself; of values of another kind it asks nothing.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "who enforces limits has to know all of them")]
pub enum Assertion {
    /// The number, or how much there is of something, keeps to one side of a limit.
    Bound(Bound),
    /// The number is a multiple of another.
    Multiple(Number),
    /// The text matches a regular expression somewhere.
    Pattern(String),
    /// The text is written as a format wants.
    Format(Format),
    /// The text is a URI with one of these schemes and a host, or holds data where that is one of them.
    Url(Vec<String>),
    /// No two items are equal.
    Unique,
}

impl Assertion {
    /// Reads a keyword with its value; `None` for keywords that are something else, and an assertion only where one is
    /// made.
    ///
    /// # Errors
    ///
    /// All that is wrong with the value.
    #[must_use]
    pub fn read(name: &str, value: &Value) -> Option<Result<Option<Self>, Vec<Refusal>>> {
        let keyword: Keyword = name.parse().ok()?;
        let read = match keyword {
            Keyword::MultipleOf => multiple::read(value).map(Some),
            Keyword::Pattern => pattern::read(value).map(Some),
            Keyword::Format => format::read(value).map(Some),
            Keyword::XUriSchemes => return Some(url::read(value).map(Some)),
            Keyword::UniqueItems => unique::read(value),
            bound => Bound::read(bound, value)?.map(|bound| Some(Self::Bound(bound))),
        };
        Some(read.map_err(|refusal| vec![refusal]))
    }

    /// The keyword that says it.
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

    /// What kind of value it is about.
    #[must_use]
    pub fn about(&self) -> About {
        entry(self.keyword().as_str()).map_or(About::Any, |entry| entry.about)
    }

    /// Whether the text must be a URI.
    #[must_use]
    pub fn is_about_uris(&self) -> bool {
        matches!(self, Self::Url(_) | Self::Format(Format::Uri))
    }

    /// Whether a value is as it asks.
    #[must_use]
    pub fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bound(bound), value) => bound.holds(value),
            (Self::Multiple(step), Value::Number(number)) => multiple::holds(step, number),
            (Self::Pattern(pattern), Value::String(text)) => pattern::holds(pattern, text),
            (Self::Format(format), Value::String(text)) => format.holds(text),
            (Self::Url(schemes), Value::String(text)) => crate::url::is_url(text, schemes),
            (Self::Unique, Value::Array(items)) => unique::repeated(items).is_none(),
            _ => true,
        }
    }

    /// What is wrong with a value of which it does not hold.
    #[must_use]
    pub fn violation(&self, value: &Value) -> String {
        match (self, value) {
            (Self::Bound(bound), value) => bound.violation(value),
            (Self::Multiple(step), value) => multiple::violation(step, value),
            (Self::Pattern(pattern), _) => pattern::violation(pattern),
            (Self::Format(format), _) => format::violation(*format).to_owned(),
            (Self::Url(schemes), value) => url::violation(schemes, value.as_str().unwrap_or_default()),
            (Self::Unique, Value::Array(items)) => unique::violation(items),
            (Self::Unique, _) => String::new(),
        }
    }

    /// What it asks, in a few words: `at most 5 characters`, `a multiple of 2`.
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

    /// The same of another limit of the same keyword, of which this one asks for no less.
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

/// What several assertions ask of one value, a sentence each; of two limits on the same side the tighter one, and both
/// sides in one sentence: `1 to 5 characters.`
#[must_use]
pub fn sentences(assertions: &[&Assertion]) -> Vec<String> {
    phrases(assertions).iter().map(|phrase| format!("{}.", upper_first(phrase))).collect()
}

/// The same without capitals and full stops.
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
    // Whoever asks for schemes asks for a URI.
    let is_said = |assertion: &&&Assertion| !(has_schemes && matches!(assertion, Assertion::Format(_)));
    let mut others: Vec<&Assertion> =
        assertions.iter().filter(is_said).copied().filter(|it| !matches!(it, Assertion::Bound(_))).collect();
    others.sort_by_key(|assertion| rank(assertion));
    phrases.extend(others.into_iter().map(Assertion::phrase));
    let mut told = Vec::with_capacity(phrases.len());
    for phrase in phrases {
        if !told.contains(&phrase) {
            told.push(phrase);
        }
    }
    told
}

/// Which of two assertions is told first.
fn rank(assertion: &Assertion) -> u8 {
    match assertion {
        Assertion::Bound(_) => 0,
        Assertion::Multiple(_) => 1,
        Assertion::Unique => 2,
        Assertion::Pattern(_) => 3,
        Assertion::Url(_) | Assertion::Format(_) => 4,
    }
}

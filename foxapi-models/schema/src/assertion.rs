//! What one keyword asks of a value by itself, with all its faces: it is read, judges values and is put into words here.
//!
//! Whoever documents, compares or enforces a limit holds one of these and asks it; each kind has a file in `assertion/`.

pub mod bound;
mod format;
mod multiple;
mod pattern;
mod unique;
mod url;

use serde_json::{Number, Value};

use crate::format::Format;
use crate::keyword::{About, Keyword, entry};
use crate::message;
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

/// Why a keyword cannot have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "it is shown, field by field")]
pub struct Refusal {
    /// Of a list: which item is wrong.
    pub item: Option<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Refusal {
    fn new(message: String) -> Self {
        Self { item: None, message, help: None }
    }

    /// Of a keyword that takes another kind of value.
    fn expected(keyword: Keyword, what: &str, found: &Value) -> Self {
        Self::new(format!("\"{keyword}\" takes {what}, not {}", message::kind(found)))
    }

    /// Of a keyword that takes other numbers.
    fn out_of_range(keyword: Keyword, what: &str, found: &Number) -> Self {
        Self::new(format!("\"{keyword}\" takes {what}, not {found}"))
    }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::keyword::{DIALECT, Role};

    /// Every keyword that limits a value by itself, with a value that it takes.
    fn examples() -> Vec<(&'static str, Value)> {
        let mut examples = Vec::new();
        for entry in DIALECT {
            let value = match entry.name {
                "format" => json!("date"),
                "pattern" => json!("^a"),
                "uniqueItems" => json!(true),
                "x-uri-schemes" => json!(["https"]),
                _ => json!(3),
            };
            examples.push((entry.name, value));
        }
        examples.retain(|(name, value)| Assertion::read(name, value).is_some());
        examples
    }

    #[test]
    fn each_limit_of_the_dialect_is_one() {
        let read: Vec<&str> = examples().into_iter().map(|(name, _)| name).collect();
        let others = ["required", "dependentRequired", "const", "enum"];
        let limits = DIALECT.iter().filter(|entry| entry.role == Role::Assertion && !others.contains(&entry.name));
        assert_eq!(read, limits.map(|entry| entry.name).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_read_knows_its_keyword_and_has_words() {
        for (name, value) in examples() {
            let assertion = Assertion::read(name, &value).and_then(Result::ok).flatten();
            assert_eq!(assertion.as_ref().map(|assertion| assertion.keyword().as_str()), Some(name));
            if let Some(assertion) = assertion {
                assert!(!assertion.phrase().is_empty() && assertion.implies(&assertion), "{name}");
                assert!(assertion.holds(&Value::Null), "{name} is about no null");
            }
        }
    }

    #[test]
    fn wrong_values_are_refused_in_words() {
        let refusal = |name, value| {
            let read = Assertion::read(name, &value);
            let refusals = read.and_then(Result::err).unwrap_or_default();
            refusals.into_iter().map(|refusal| (refusal.item, refusal.message)).next().unwrap_or_default()
        };
        for (name, value, item, message) in [
            ("maxLength", json!(-1), None, "\"maxLength\" takes a count: an integer from 0, not -1"),
            ("maxLength", json!("5"), None, "\"maxLength\" takes a count: an integer from 0, not a string"),
            ("minimum", json!("5"), None, "\"minimum\" takes a number, not a string"),
            ("multipleOf", json!(0), None, "\"multipleOf\" takes a number over 0, not 0"),
            ("multipleOf", json!([]), None, "\"multipleOf\" takes a number, not an array"),
            ("uniqueItems", json!(1), None, "\"uniqueItems\" takes `true` or `false`, not a number"),
            ("pattern", json!(1), None, "\"pattern\" takes a string, not a number"),
            ("x-uri-schemes", json!([]), None, "\"x-uri-schemes\" needs at least one scheme"),
            ("x-uri-schemes", json!(["a", "A"]), Some(1), "\"A\" is not the scheme of a URI in lower case"),
        ] {
            assert_eq!(refusal(name, value), (item, message.to_owned()));
        }
        assert!(matches!(Assertion::read("uniqueItems", &json!(false)), Some(Ok(None))));
    }

    #[test]
    fn limits_of_one_value_are_told_together() {
        let read = |name, value: Value| Assertion::read(name, &value).and_then(Result::ok).flatten();
        let all = [
            read("uniqueItems", json!(true)),
            read("maxLength", json!(9)),
            read("minLength", json!(1)),
            read("maxLength", json!(5)),
            read("format", json!("uri")),
            read("exclusiveMinimum", json!(0.5)),
            read("multipleOf", json!(2)),
            read("x-uri-schemes", json!(["https"])),
        ];
        let all: Vec<&Assertion> = all.iter().flatten().collect();
        let told = sentences(&all);
        let url = "An absolute `https` URL with a host.";
        assert_eq!(told, ["1 to 5 characters.", "More than 0.5.", "A multiple of 2.", "No item twice.", url]);
    }
}

//! `minimum` and `maximum`, and their counterparts for lengths, items and properties.

#[cfg(test)]
mod tests;

use serde_json::{Number, Value};

use crate::invalid_keyword::InvalidKeyword;
use crate::json::View;
use crate::keyword::Keyword;
use crate::number::{compare, integer};
use crate::{found, words};

/// What is measured and compared with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "code that enforces limits has to handle all of them")]
pub enum Measure {
    /// A number itself.
    Number,
    /// The number of Unicode code points in a text.
    Length,
    /// The number of items in an array.
    Items,
    /// The number of properties of an object.
    Properties,
    /// The number of items that satisfy `contains`.
    Matches,
}

/// The side of a limit that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "there are two sides")]
pub enum Side {
    /// No less than the limit.
    AtLeast,
    /// No more than the limit.
    AtMost,
}

/// A limit on one side.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "code that enforces limits needs all of it")]
pub struct Bound {
    pub measure: Measure,
    pub side: Side,
    /// Whether the limit itself is excluded.
    pub strict: bool,
    pub limit: Number,
}

/// Each keyword with what it measures, on which side, and whether strictly.
const KEYWORDS: [(Keyword, Measure, Side, bool); 12] = [
    (Keyword::Minimum, Measure::Number, Side::AtLeast, false),
    (Keyword::Maximum, Measure::Number, Side::AtMost, false),
    (Keyword::ExclusiveMinimum, Measure::Number, Side::AtLeast, true),
    (Keyword::ExclusiveMaximum, Measure::Number, Side::AtMost, true),
    (Keyword::MinLength, Measure::Length, Side::AtLeast, false),
    (Keyword::MaxLength, Measure::Length, Side::AtMost, false),
    (Keyword::MinItems, Measure::Items, Side::AtLeast, false),
    (Keyword::MaxItems, Measure::Items, Side::AtMost, false),
    (Keyword::MinProperties, Measure::Properties, Side::AtLeast, false),
    (Keyword::MaxProperties, Measure::Properties, Side::AtMost, false),
    (Keyword::MinContains, Measure::Matches, Side::AtLeast, false),
    (Keyword::MaxContains, Measure::Matches, Side::AtMost, false),
];

impl Measure {
    /// What is counted; `None` for the number itself.
    fn noun(self) -> Option<&'static str> {
        match self {
            Self::Number => None,
            Self::Length => Some("character"),
            Self::Items => Some("item"),
            Self::Properties => Some("property"),
            Self::Matches => Some("item of the form"),
        }
    }

    /// A number with its unit: `5`, `1 item`, `2 items`.
    #[must_use]
    pub fn counted(self, number: &Number) -> String {
        self.noun().map_or_else(|| number.to_string(), |noun| words::count(number, noun))
    }

    /// The measure of a value, or `None` if it has none.
    #[must_use]
    pub fn of(self, value: &View<'_>) -> Option<Number> {
        match (self, value) {
            (Self::Number, View::Number(number)) => Some(number.clone()),
            (Self::Length, View::String(text)) => Some(text.chars().count().into()),
            (Self::Items, View::Array(items)) => Some(items.len().into()),
            (Self::Properties, View::Object(members)) => Some(members.len().into()),
            _ => None,
        }
    }
}

impl Bound {
    pub(super) fn read(keyword: Keyword, value: &Value) -> Option<Result<Self, InvalidKeyword>> {
        let (_, measure, side, strict) = KEYWORDS.iter().find(|(known, ..)| *known == keyword)?;
        let what = if *measure == Measure::Number { "a number" } else { "a non-negative integer" };
        Some(match value {
            Value::Number(limit) if *measure == Measure::Number || limit.is_u64() => {
                Ok(Self { measure: *measure, side: *side, strict: *strict, limit: limit.clone() })
            }
            Value::Number(number) => Err(InvalidKeyword::out_of_range(keyword, what, number)),
            other => Err(InvalidKeyword::expected(keyword, what, other)),
        })
    }

    /// An inclusive limit for integers.
    #[must_use]
    pub fn of_integers(side: Side, limit: i128) -> Self {
        let limit = match (i64::try_from(limit), u64::try_from(limit)) {
            (Ok(limit), _) => limit.into(),
            (_, Ok(limit)) => limit.into(),
            _ => Number::from_f64(limit as f64).unwrap_or_else(|| 0.into()),
        };
        Self { measure: Measure::Number, side, strict: false, limit }
    }

    /// The bound that allows exactly the numbers that this one refuses.
    #[must_use]
    pub fn opposite(&self) -> Self {
        let side = match self.side {
            Side::AtLeast => Side::AtMost,
            Side::AtMost => Side::AtLeast,
        };
        Self { side, strict: !self.strict, ..self.clone() }
    }

    /// The limit, if it is an integer.
    #[must_use]
    pub fn integer(&self) -> Option<i128> {
        integer(&self.limit)
    }

    /// The keyword that states it.
    #[must_use]
    pub fn keyword(&self) -> Keyword {
        let known = KEYWORDS.iter().find(|(_, measure, side, strict)| {
            (*measure, *side) == (self.measure, self.side) && (*strict == self.strict || *measure != Measure::Number)
        });
        known.map_or(Keyword::Minimum, |(keyword, ..)| *keyword)
    }

    /// Whether a number is on the allowed side.
    #[must_use]
    pub fn keeps(&self, number: &Number) -> bool {
        let order = compare(number, &self.limit);
        match self.side {
            _ if order.is_eq() => !self.strict,
            Side::AtLeast => order.is_gt(),
            Side::AtMost => order.is_lt(),
        }
    }

    pub(super) fn holds(&self, value: &View<'_>) -> bool {
        self.measure.of(value).is_none_or(|number| self.keeps(&number))
    }

    /// Whether every number that this bound allows is allowed by `other`.
    #[must_use]
    pub fn implies(&self, other: &Self) -> bool {
        let is_same = (self.measure, self.side) == (other.measure, other.side);
        is_same && (other.keeps(&self.limit) || self.strict && compare(&self.limit, &other.limit).is_eq())
    }

    pub(super) fn violation(&self, value: &View<'_>) -> String {
        let Self { measure, limit, .. } = self;
        let found = measure.of(value).unwrap_or_else(|| 0.into());
        if *measure == Measure::Number {
            return format!("is {}, {}{} is allowed", found::number(&found), self.only(), self.in_words());
        }
        let allowed = match (self.side, measure) {
            (Side::AtLeast, Measure::Properties) => format!("at least {limit} must be set"),
            (Side::AtLeast, _) => words::need(limit),
            (Side::AtMost, _) => words::limit("at most", limit),
        };
        format!("has {}, {allowed}", measure.counted(&found))
    }

    /// `at least 5`, `less than 0.5`, `at most 1 item`.
    #[must_use]
    pub fn phrase(&self) -> String {
        let bound = self.measure.noun().map(|_| self.measure.counted(&self.limit));
        bound.map_or_else(|| self.in_words(), |counted| format!("{} {counted}", self.words()))
    }

    fn words(&self) -> &'static str {
        match (self.side, self.strict) {
            (Side::AtLeast, false) => "at least",
            (Side::AtMost, false) => "at most",
            (Side::AtLeast, true) => "more than",
            (Side::AtMost, true) => "less than",
        }
    }

    fn in_words(&self) -> String {
        format!("{} {}", self.words(), self.limit)
    }

    fn only(&self) -> &'static str {
        if self.strict { "only " } else { "" }
    }
}

/// The bounds of one value, combined where possible: `1 to 5 characters`, `exactly 1 item`, `more than 0`.
pub(super) fn phrases(bounds: &[&Bound]) -> Vec<String> {
    let mut phrases = Vec::new();
    for measure in [Measure::Number, Measure::Length, Measure::Items, Measure::Properties, Measure::Matches] {
        let plain = |side| tightest(bounds, measure, side, false);
        match (plain(Side::AtLeast), plain(Side::AtMost)) {
            (Some(low), Some(high)) if compare(&low.limit, &high.limit).is_eq() => {
                phrases.push(format!("exactly {}", measure.counted(&low.limit)));
            }
            (Some(low), Some(high)) => {
                phrases.push(match measure.noun() {
                    Some(noun) => format!("{} to {} {}", low.limit, high.limit, words::plural(noun)),
                    None => format!("{} to {}", low.limit, high.limit),
                });
            }
            (low, high) => phrases.extend(low.or(high).map(Bound::phrase)),
        }
    }
    let strict = [Side::AtLeast, Side::AtMost].map(|side| tightest(bounds, Measure::Number, side, true));
    phrases.extend(strict.into_iter().flatten().map(Bound::phrase));
    phrases
}

/// The tightest of the bounds with the same measure, side and strictness.
fn tightest<'b>(bounds: &[&'b Bound], measure: Measure, side: Side, strict: bool) -> Option<&'b Bound> {
    let alike = bounds.iter().copied().filter(|it| (it.measure, it.side, it.strict) == (measure, side, strict));
    alike.reduce(|tightest, bound| if tightest.implies(bound) { tightest } else { bound })
}

//! What checks and rules require of bodies: the predicates of the specs, with questions about JSON values.

use foxapi_codegen::checked::{self, Predicate, Question};
use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};

use crate::pattern::Pattern;
use crate::value::Value;

pub(crate) use foxapi_codegen::checked::PropertyPath;

/// A question about a body, true or false.
pub(crate) type Formula = Predicate<ValueTest>;

/// A question about one value; all but the first have no effect on a value that is not given.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ValueTest {
    /// It is present, even if null.
    Present,
    Kind(JsonKind),
    OneOf(Vec<Value>),
    /// A number is within a lower and an upper bound.
    Range(Option<Bound>, Option<Bound>),
    /// The assertion of a keyword other than `pattern`.
    Asserts(Assertion),
    Pattern(Pattern),
}

/// A kind of JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum JsonKind {
    Boolean,
    /// An integer between the least and the greatest that its Rust type can represent.
    Integer(i128, i128),
    Number,
    Text,
    List,
    Object,
}

impl Question for ValueTest {}

/// That the value is present, even if null.
pub(crate) fn written(path: PropertyPath) -> Formula {
    Formula::Test(path, ValueTest::Present)
}

/// The condition on a value that is given; it has no effect on one that is not.
pub(crate) fn if_given(path: &PropertyPath, then: Formula) -> Formula {
    Formula::optional(path.clone(), true, then)
}

/// Whether something obviously follows.
pub(crate) trait Implies {
    /// Whether the other obviously follows: both are the same, or limits of which this one is stricter.
    fn implies(&self, other: &Self) -> bool;
}

impl Implies for Formula {
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Test(path, stricter), Self::Test(other, test)) => path == other && stricter.implies(test),
            (this, Self::All(parts)) => parts.iter().all(|part| this.implies(part)),
            (Self::All(parts), other) => parts.iter().any(|part| part.implies(other)),
            (Self::Every(path, stricter), Self::Every(other, item)) => path == other && stricter.implies(item),
            // Without a default, there is no requirement on a total that is left out.
            (
                Self::Sum { items, property, total, .. },
                Self::Sum { items: others, property: theirs, total: sum, default: None },
            ) => (items, property, total) == (others, theirs, sum),
            (this, other) => this == other,
        }
    }
}

impl Implies for ValueTest {
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Range(low, high), Self::Range(least, most)) => {
                let reaches = |bound: &Option<Bound>, limit: &Option<Bound>| {
                    limit.as_ref().is_none_or(|limit| bound.as_ref().is_some_and(|bound| bound.implies(limit)))
                };
                reaches(low, least) && reaches(high, most)
            }
            (Self::Pattern(stricter), Self::Pattern(pattern)) => stricter.implies(pattern),
            (Self::Asserts(stricter), Self::Asserts(asked)) if stricter.implies(asked) => true,
            (_, Self::Asserts(Assertion::Bound(bound))) if bound.measure == Measure::Length => self.keeps_length(bound),
            (this, other) => this == other,
        }
    }
}

impl ValueTest {
    /// Whether no string that it accepts has a length that a bound refuses.
    fn keeps_length(&self, bound: &Bound) -> bool {
        match (self, bound.side) {
            (Self::Pattern(pattern), Side::AtLeast) => {
                pattern.shortest().is_some_and(|least| bound.keeps(&least.into()))
            }
            (Self::Pattern(pattern), Side::AtMost) => {
                bound.limit.as_u64().is_some_and(|most| pattern.is_never_longer(most))
            }
            (Self::Asserts(Assertion::Format(format)), Side::AtLeast) => bound.keeps(&lengths(*format).0.into()),
            (Self::Asserts(Assertion::Format(format)), Side::AtMost) => {
                lengths(*format).1.is_some_and(|most| bound.keeps(&most.into()))
            }
            _ => false,
        }
    }
}

/// The minimum and maximum length of a string with a format.
fn lengths(format: checked::Format) -> (u64, Option<u64>) {
    match format {
        checked::Format::Uri => (2, None),
        checked::Format::Date => (10, Some(10)),
        checked::Format::Time => (9, None),
        checked::Format::DateTime => (20, None),
        checked::Format::Uuid => (36, Some(36)),
        checked::Format::Email => (3, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrower_range_implies_a_wider_one_and_not_the_other_way_round() {
        let range = |low: Option<i128>, high: Option<i128>| {
            let bound = |side, limit: Option<i128>| limit.map(|limit| Bound::of_integers(side, limit));
            let test = ValueTest::Range(bound(Side::AtLeast, low), bound(Side::AtMost, high));
            Formula::Test(vec!["n".to_owned()], test)
        };
        let narrow = range(Some(3), Some(5));
        for wide in [range(Some(3), None), range(None, Some(6))] {
            assert!(narrow.implies(&wide) && narrow.implies(&narrow), "{wide:?}");
            assert!(!wide.implies(&narrow), "{wide:?}");
        }
        let elsewhere = narrow.moved(&|_| Some(vec!["m".to_owned()]));
        assert!(!elsewhere.is_some_and(|elsewhere| elsewhere.implies(&narrow)));
    }
}

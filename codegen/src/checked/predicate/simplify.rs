//! Simplifies predicates without changing their meaning.

use std::collections::HashSet;

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};

use super::{Predicate, PropertyPath, Test};

/// All of the parts, with ranges of the same value merged.
pub(crate) fn all(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
    let flat = parts.into_iter().flat_map(|part| match part {
        Predicate::All(parts) => parts,
        part => vec![part],
    });
    let mut merged: Vec<Predicate> = Vec::new();
    for part in flat {
        let shared = merged.iter().enumerate().find_map(|(at, earlier)| Some((at, intersection(earlier, &part)?)));
        match shared.and_then(|(at, both)| Some((merged.get_mut(at)?, both))) {
            Some((earlier, both)) => *earlier = both,
            None => merged.push(part),
        }
    }
    Predicate::all(merged)
}

/// What two ranges of the same value have in common.
fn intersection(left: &Predicate, right: &Predicate) -> Option<Predicate> {
    match (left, right) {
        (Predicate::Test(path, Test::Range(low, high)), Predicate::Test(other, Test::Range(least, most)))
            if path == other =>
        {
            let tightest = |one: &Option<Bound>, other: &Option<Bound>| tightest(one.iter().chain(other));
            Some(range(path, tightest(low, least), tightest(high, most)))
        }
        _ => None,
    }
}

/// The bound that implies all others on the same side.
pub(crate) fn tightest<'b>(bounds: impl IntoIterator<Item = &'b Bound>) -> Option<Bound> {
    bounds.into_iter().reduce(|tightest, bound| if tightest.implies(bound) { tightest } else { bound }).cloned()
}

/// A number from a lower to an upper bound.
pub(crate) fn range(path: &PropertyPath, low: Option<Bound>, high: Option<Bound>) -> Predicate {
    match (&low, &high) {
        (None, None) => Predicate::Always,
        (Some(least), Some(most)) if !least.keeps(&most.limit) || !most.keeps(&least.limit) => Predicate::Never,
        _ => Predicate::Test(path.clone(), Test::Range(low, high)),
    }
}

/// A number of items, or of properties of a map.
fn size(path: &PropertyPath, measure: Measure, side: Side, count: u64) -> Predicate {
    let bound = Bound { measure, side, strict: false, limit: count.into() };
    Predicate::Test(path.clone(), Test::Asserts(Assertion::Bound(bound)))
}

/// Every item of an array, or value of a map, satisfies a predicate; their number is limited.
pub(crate) fn every(path: &PropertyPath, measure: Measure, item: Predicate) -> Predicate {
    match item {
        Predicate::Never => size(path, measure, Side::AtMost, 0),
        item => Predicate::every(path.clone(), item),
    }
}

/// A limited number of items of an array satisfy a predicate.
pub(crate) fn count(path: &PropertyPath, item: Predicate, minimum: u64, maximum: Option<u64>) -> Predicate {
    match item {
        _ if minimum == 0 && maximum.is_none() => Predicate::Always,
        Predicate::Never if minimum == 0 => Predicate::Always,
        Predicate::Never => Predicate::Never,
        Predicate::Always => {
            let minimum = (minimum > 0).then(|| size(path, Measure::Items, Side::AtLeast, minimum));
            let maximum = maximum.map(|maximum| size(path, Measure::Items, Side::AtMost, maximum));
            Predicate::all(minimum.into_iter().chain(maximum))
        }
        item => Predicate::Count { path: path.clone(), item: Box::new(item), minimum, maximum },
    }
}

/// Whether a predicate can be false for a value that has the right types.
pub(crate) fn tests_something(predicate: &Predicate, checked: &HashSet<String>) -> bool {
    match predicate {
        Predicate::Always => false,
        Predicate::Valid(_, name) => checked.contains(name),
        Predicate::Optional { none, some, .. } => !none || tests_something(some, checked),
        Predicate::Every(_, item) => tests_something(item, checked),
        Predicate::All(parts) => parts.iter().any(|part| tests_something(part, checked)),
        _ => true,
    }
}

impl Predicate {
    /// The same, given that some objects and unions always satisfy their own checks.
    pub fn without_calls(self, is_checked: &dyn Fn(&str) -> bool) -> Self {
        let recurse = |part: Self| part.without_calls(is_checked);
        match self {
            Self::Valid(_, name) if !is_checked(&name) => Self::Always,
            Self::All(parts) => Self::all(parts.into_iter().map(recurse)),
            Self::Any(parts) => Self::any(parts.into_iter().map(recurse)),
            Self::ExactlyOne(parts) => Self::exactly_one(parts.into_iter().map(recurse)),
            Self::Not(inner) => recurse(*inner).negate(),
            Self::Optional { path, none, some } => Self::optional(path, none, recurse(*some)),
            Self::Every(path, item) => Self::every(path, recurse(*item)),
            Self::Count { path, item, minimum, maximum } => count(&path, recurse(*item), minimum, maximum),
            other => other,
        }
    }
}

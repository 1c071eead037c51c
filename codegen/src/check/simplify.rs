//! Simplifies predicates without changing their meaning.

use std::collections::HashSet;

use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};

use crate::model::{Place, Predicate, Test, Type};

/// All of the parts, with ranges of the same value merged.
pub(super) fn all(parts: impl IntoIterator<Item = Predicate>) -> Predicate {
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

/// The intersection of two ranges of the same integer.
fn intersection(left: &Predicate, right: &Predicate) -> Option<Predicate> {
    let (Predicate::Test { place, test: left }, Predicate::Test { place: other, test: right }) = (left, right) else {
        return None;
    };
    let (Test::Range(low, high), Test::Range(other_low, other_high)) = (left, right) else { return None };
    if place != other || !matches!(place.ty, Type::Integer(_)) {
        return None;
    }
    let integer = |bound: &Option<Bound>| bound.as_ref().and_then(Bound::integer);
    let high = [integer(high), integer(other_high)].into_iter().flatten().min();
    Some(integer_range(place, integer(low).max(integer(other_low)), high))
}

/// An integer from a lower to an upper bound.
pub(super) fn integer_range(place: &Place, low: Option<i128>, high: Option<i128>) -> Predicate {
    let bound = |side, limit: Option<i128>| limit.map(|limit| Bound::of_integers(side, limit));
    match (low, high) {
        (None, None) => Predicate::Always,
        (Some(low), Some(high)) if low > high => Predicate::Never,
        (low, high) => {
            let test = Test::Range(bound(Side::AtLeast, low), bound(Side::AtMost, high));
            Predicate::Test { place: place.clone(), test }
        }
    }
}

/// A number of items, or of properties of a map.
fn size(place: &Place, side: Side, count: u64) -> Predicate {
    let measure = if matches!(place.ty, Type::Array(_)) { Measure::Items } else { Measure::Properties };
    let bound = Bound { measure, side, strict: false, limit: count.into() };
    Predicate::Test { place: place.clone(), test: Test::Asserts(Assertion::Bound(bound)) }
}

/// Every item of an array satisfies a predicate.
pub(super) fn every(place: &Place, predicate: Predicate) -> Predicate {
    match predicate {
        Predicate::Always => Predicate::Always,
        Predicate::Never => size(place, Side::AtMost, 0),
        predicate => Predicate::Every { place: place.clone(), predicate: Box::new(predicate) },
    }
}

/// At least `minimum` and at most `maximum` items of an array satisfy a predicate.
pub(super) fn count(place: &Place, predicate: Predicate, minimum: u64, maximum: Option<u64>) -> Predicate {
    match predicate {
        _ if minimum == 0 && maximum.is_none() => Predicate::Always,
        Predicate::Never if minimum == 0 => Predicate::Always,
        Predicate::Never => Predicate::Never,
        Predicate::Always => {
            let minimum = (minimum > 0).then(|| size(place, Side::AtLeast, minimum));
            let maximum = maximum.map(|maximum| size(place, Side::AtMost, maximum));
            Predicate::all(minimum.into_iter().chain(maximum))
        }
        predicate => Predicate::Count { place: place.clone(), predicate: Box::new(predicate), minimum, maximum },
    }
}

/// Whether a predicate can be false for a value that has the right types.
pub(super) fn tests_something(predicate: &Predicate, checked: &HashSet<String>) -> bool {
    match predicate {
        Predicate::Always => false,
        Predicate::Valid { object, .. } => checked.contains(object),
        Predicate::Optional { none, some, .. } => !none || tests_something(some, checked),
        Predicate::Every { predicate, .. } => tests_something(predicate, checked),
        Predicate::All(parts) => parts.iter().any(|part| tests_something(part, checked)),
        _ => true,
    }
}

/// The types whose checks decide whether a predicate can be false.
pub(super) fn left_to(predicate: &Predicate) -> Vec<&str> {
    match predicate {
        Predicate::Valid { object, .. } => vec![object],
        Predicate::Optional { some: inner, .. } | Predicate::Every { predicate: inner, .. } => left_to(inner),
        Predicate::All(parts) => parts.iter().flat_map(left_to).collect(),
        _ => Vec::new(),
    }
}

/// The predicate without calls to checks of objects that have nothing to check.
pub(super) fn without_trivial_calls(predicate: Predicate, checked: &HashSet<String>) -> Predicate {
    let recurse = |part| without_trivial_calls(part, checked);
    match predicate {
        Predicate::Valid { object, .. } if !checked.contains(&object) => Predicate::Always,
        Predicate::All(parts) => Predicate::all(parts.into_iter().map(recurse)),
        Predicate::Any(parts) => Predicate::any(parts.into_iter().map(recurse)),
        Predicate::ExactlyOne(parts) => Predicate::exactly_one(parts.into_iter().map(recurse)),
        Predicate::Not(inner) => recurse(*inner).negate(),
        Predicate::Optional { place, none, some } => Predicate::optional(place, none, recurse(*some)),
        Predicate::Every { place, predicate } => every(&place, recurse(*predicate)),
        Predicate::Count { place, predicate, minimum, maximum } => count(&place, recurse(*predicate), minimum, maximum),
        other => other,
    }
}

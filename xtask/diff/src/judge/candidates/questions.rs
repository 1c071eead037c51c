//! What formulas ask about the value at a path.

use crate::meaning::formula::{Formula, PropertyPath, ValueTest};

/// The tests of formulas on the value at a path.
pub(super) fn tests_of<'q>(path: &PropertyPath, questions: &[&'q Formula]) -> Vec<&'q ValueTest> {
    let parts = questions.iter().flat_map(|question| question.parts());
    let tests = parts.filter_map(|part| match part {
        Formula::Test(place, test) if place == path => Some(test),
        _ => None,
    });
    tests.collect()
}

/// The formulas that must hold for each item of the array at a path.
pub(super) fn every<'q>(path: &PropertyPath, questions: &[&'q Formula]) -> Vec<&'q Formula> {
    let conjuncts = questions.iter().flat_map(|question| question.conjuncts());
    let about = conjuncts.filter_map(|part| match part {
        Formula::Every(place, item) if place == path => Some(item.as_ref()),
        _ => None,
    });
    about.collect()
}

/// The formulas about items of the array at a path.
pub(super) fn contents<'q>(path: &PropertyPath, questions: &[&'q Formula]) -> Vec<&'q Formula> {
    let parts = questions.iter().flat_map(|question| question.parts());
    let inner = parts.filter_map(|part| match part {
        Formula::Every(place, item) | Formula::Count { path: place, item, .. } if place == path => Some(item.as_ref()),
        _ => None,
    });
    inner.collect()
}

/// Totals of sums that the property takes part in, so that a single item can reach them.
pub(super) fn totals(path: &PropertyPath, questions: &[&Formula]) -> Vec<i128> {
    let defaults = questions.iter().flat_map(|question| question.parts()).filter_map(|part| match part {
        Formula::Sum { total, default, .. } if total == path => *default,
        _ => None,
    });
    defaults.collect()
}

//! Arrays and maps to try: of each length that makes a difference, and with each item that does.

use std::collections::BTreeSet;

use foxapi_schema::assertion::{Assertion, Bound, Measure};

use super::questions::tests_of;
use super::set::Candidates;
use crate::judge::evaluate::same;
use crate::meaning::formula::{Formula, PropertyPath, ValueTest};
use crate::value::{Text, TextForm, Value};

/// Longer arrays are not tried with each single item throughout.
const FEW: usize = 4;

/// Longer arrays are not tried.
const LONGEST: u64 = 64;

/// A map with the items of a list as its values.
pub(super) fn entries(list: Value) -> Value {
    match list {
        Value::List(items) => Value::Object(
            items.into_iter().enumerate().map(|(index, item)| (format!("key{}", index + 1), item)).collect(),
        ),
        other => other,
    }
}

pub(super) fn lists(tests: &[&ValueTest], path: &PropertyPath, questions: &[&Formula], items: &[Value]) -> Candidates {
    let mut lengths: BTreeSet<u64> = BTreeSet::from([0, 1, 2]);
    let mut near = |length: u64| lengths.extend([length.saturating_sub(1), length, length.saturating_add(1)]);
    for test in tests {
        if let ValueTest::Asserts(Assertion::Bound(bound)) = test
            && let (Measure::Items | Measure::Properties, Some(count)) = (bound.measure, bound.limit.as_u64())
        {
            near(count);
        }
    }
    let mut together = Vec::new();
    let mut is_counted = tests.iter().any(|test| matches!(test, ValueTest::Asserts(Assertion::Unique)));
    for part in questions.iter().flat_map(|question| question.parts()) {
        match part {
            Formula::Count { path: place, minimum, maximum, .. } if place == path => {
                is_counted = true;
                near(*minimum);
                maximum.iter().for_each(|most| near(*most));
            }
            Formula::Together { arrays, maximum } if arrays.contains(path) => together.push(*maximum),
            _ => {}
        }
    }
    for maximum in together {
        lengths.extend(0..=maximum.min(LONGEST).saturating_add(1));
    }
    let complete = lengths.iter().all(|length| *length <= LONGEST);
    let mut lists = Vec::new();
    for length in lengths.into_iter().filter(|length| *length <= LONGEST) {
        let length = usize::try_from(length).unwrap_or_default();
        // Without any item to try, a list still stands for all lists of its length.
        let plain = items.first().unwrap_or(&Value::Null);
        // Different items if there are enough of them, in case that is required.
        let mut different: Vec<Value> = Vec::new();
        for item in items.iter().chain(&spare(plain, length)) {
            if different.len() < length && !different.iter().any(|known| same(known, item)) {
                different.push(item.clone());
            }
        }
        if different.len() == length {
            lists.push(Value::List(different));
        }
        lists.push(Value::List(vec![plain.clone(); length]));
        if is_counted && (2..=FEW).contains(&length) {
            lists.extend(items.iter().skip(1).map(|item| Value::List(vec![item.clone(); length])));
        }
        if (1..=2).contains(&length) {
            for item in items {
                let mut list = vec![plain.clone(); length - 1];
                list.push(item.clone());
                lists.push(Value::List(list));
            }
        }
    }
    Candidates { values: lists, complete, samples: Vec::new() }
}

/// More values like a plain one.
fn spare(plain: &Value, count: usize) -> Vec<Value> {
    let more = (1..=count).map(|step| match plain {
        Value::Integer(value) => Value::Integer(value.saturating_add(step as i128)),
        Value::Text(Text { form: TextForm::Plain, .. }) => Value::Text(Text::exact(&format!("item {step}"))),
        Value::Text(Text { form: TextForm::Uri { scheme, host }, length }) => {
            Text::uri(scheme, *host, length + step as u64).map_or(Value::Null, Value::Text)
        }
        Value::Number(value) => Value::Number(value + step as f64),
        other => other.clone(),
    });
    more.collect()
}

/// Arrays of one or two items that add up to the totals that sums are compared with.
pub(super) fn sums(path: &PropertyPath, questions: &[&Formula], plain: &Value) -> Vec<Value> {
    let mut lists = Vec::new();
    for part in questions.iter().flat_map(|question| question.parts()) {
        let Formula::Sum { items, property, total, default } = part else { continue };
        if items != path {
            continue;
        }
        let mut sums: BTreeSet<i128> = default.iter().copied().collect();
        for test in tests_of(total, questions) {
            match test {
                ValueTest::Range(low, high) => sums.extend(low.iter().chain(high).filter_map(Bound::integer)),
                ValueTest::OneOf(values) => sums.extend(values.iter().filter_map(|value| match value {
                    Value::Integer(value) => Some(*value),
                    _ => None,
                })),
                _ => {}
            }
        }
        let item = |amount: i128| with(plain, property, Value::Integer(amount));
        for sum in sums {
            lists.push(Value::List(vec![item(sum)]));
            lists.push(Value::List(vec![item(1), item(sum.saturating_sub(1))]));
        }
    }
    lists
}

/// An object with another value under a name.
fn with(object: &Value, name: &str, value: Value) -> Value {
    let Value::Object(members) = object else { return object.clone() };
    let mut members = members.clone();
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, member)) => *member = value,
        None => members.push((name.to_owned(), value)),
    }
    Value::Object(members)
}

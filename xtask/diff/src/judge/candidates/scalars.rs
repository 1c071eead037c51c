//! Numbers and texts to try: those that limits and lists distinguish.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use foxapi_codegen::checked::Integer;
use foxapi_schema::assertion::{Assertion, Measure};
use foxapi_schema::number;

use super::set::Candidates;
use crate::judge::witnesses::witnesses;
use crate::meaning::formula::{JsonKind, ValueTest};
use crate::value::{Text, TextForm, Value};

/// Multiples are distinguished up to this divisor.
const GREATEST_DIVISOR: i128 = 60;

/// Breakpoints and their neighbours.
fn around(points: impl IntoIterator<Item = i128>, reach: i128) -> BTreeSet<i128> {
    points.into_iter().flat_map(|point| (-reach..=reach).map(move |step| point.saturating_add(step))).collect()
}

pub(super) fn integers(integer: Integer, tests: &[&ValueTest], extra: &[i128]) -> Candidates {
    let (least, most) = integer.range();
    let mut points: Vec<i128> = vec![least, most, 0];
    points.extend(extra);
    let mut divisor = 1_i128;
    for test in tests {
        match test {
            ValueTest::Range(low, high) => {
                let limits = low.iter().chain(high).flat_map(|bound| match bound.integer() {
                    Some(limit) => [limit, limit],
                    None => bound.limit.as_f64().map_or([0, 0], |limit| [limit.floor() as i128, limit.ceil() as i128]),
                });
                points.extend(limits);
            }
            ValueTest::OneOf(values) => points.extend(values.iter().filter_map(|value| match value {
                Value::Integer(value) => Some(*value),
                Value::Number(value) => Some(value.floor() as i128),
                _ => None,
            })),
            ValueTest::Kind(JsonKind::Integer(low, high)) => points.extend([*low, *high]),
            ValueTest::Asserts(Assertion::Multiple(step)) => {
                divisor = common_multiple(divisor, number::integer(step).filter(|step| *step > 0).unwrap_or(1));
            }
            _ => {}
        }
    }
    let complete = divisor <= GREATEST_DIVISOR;
    let mut values = around(points.iter().copied(), divisor.min(GREATEST_DIVISOR));
    if !complete {
        let multiples =
            points.iter().flat_map(|point| [point / divisor * divisor, (point / divisor + 1).saturating_mul(divisor)]);
        values.extend(multiples.collect::<Vec<_>>());
    }
    let mut values: Vec<i128> = values.into_iter().filter(|value| (least..=most).contains(value)).collect();
    values.sort_by_key(|value| value.unsigned_abs());
    Candidates { values: values.into_iter().map(Value::Integer).collect(), complete, samples: Vec::new() }
}

/// The least common multiple.
fn common_multiple(one: i128, other: i128) -> i128 {
    let (mut divisor, mut rest) = (one, other);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (one / divisor.max(1)).saturating_mul(other)
}

pub(super) fn numbers(tests: &[&ValueTest]) -> Candidates {
    let mut points = vec![0.0, 1.0];
    for test in tests {
        match test {
            ValueTest::Range(low, high) => {
                points.extend(low.iter().chain(high).filter_map(|bound| bound.limit.as_f64()))
            }
            ValueTest::OneOf(values) => points.extend(values.iter().filter_map(|value| match value {
                Value::Integer(value) => Some(*value as f64),
                Value::Number(value) => Some(*value),
                _ => None,
            })),
            ValueTest::Kind(JsonKind::Integer(least, _)) => points.extend([0.5, *least as f64]),
            _ => {}
        }
    }
    let steps = tests.iter().filter_map(|test| match test {
        ValueTest::Asserts(Assertion::Multiple(step)) => step.as_f64(),
        _ => None,
    });
    let multiples: Vec<f64> =
        steps.flat_map(|step| [step, decimal(step * 2.0), decimal(step * 3.0), decimal(step / 2.0)]).collect();
    let beside: Vec<f64> = points
        .iter()
        .flat_map(|point| multiples.iter().map(move |by| (point, by)))
        .flat_map(|(point, by)| [decimal((point / by).floor() * by), decimal((point / by).ceil() * by)])
        .collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    let mut values = Vec::new();
    values.extend(points.first().map(|least| least - 1.0));
    for pair in points.windows(2) {
        if let [low, high] = pair {
            values.extend([*low, low + (high - low) / 2.0]);
        }
    }
    values.extend(points.last().into_iter().flat_map(|most| [*most, most + 1.0]));
    values.extend(multiples.into_iter().chain(beside));
    // Fractions first: they distinguish numbers from integers.
    let key = |value: &f64| (value.fract() == 0.0, value.abs());
    values.sort_by(|left, right| key(left).partial_cmp(&key(right)).unwrap_or(Ordering::Equal));
    Candidates::complete(values.into_iter().map(Value::Number).collect())
}

/// The number without the rounding noise of binary fractions.
fn decimal(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

pub(super) fn texts(tests: &[&ValueTest]) -> Candidates {
    let mut lengths: BTreeSet<u64> = BTreeSet::from([12]);
    let mut schemes: Vec<String> = Vec::new();
    let mut literals: Vec<Text> = Vec::new();
    let mut asks_for_uri = false;
    for test in tests {
        match test {
            ValueTest::Asserts(Assertion::Bound(bound)) if bound.measure == Measure::Length => {
                let length = bound.limit.as_u64().unwrap_or_default();
                lengths.extend([length.saturating_sub(1), length, length.saturating_add(1)]);
            }
            ValueTest::Asserts(asked) if asked.is_about_uris() => {
                asks_for_uri = true;
                if let Assertion::Url(listed) = asked {
                    schemes.extend(listed.iter().cloned());
                }
            }
            ValueTest::OneOf(values) => literals.extend(values.iter().filter_map(|value| match value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            })),
            _ => {}
        }
    }
    schemes.sort();
    schemes.dedup();
    let others = ('a'..='z').map(String::from);
    let other = others.into_iter().find(|scheme| !schemes.contains(scheme));
    lengths.extend([0, 1, lengths.last().copied().unwrap_or_default().saturating_add(30)]);
    let mut texts: Vec<Text> = Vec::new();
    if asks_for_uri {
        for (scheme, host) in schemes.iter().chain(&other).flat_map(|scheme| [(scheme, true), (scheme, false)]) {
            let shortest = (scheme.chars().count() + if host { 4 } else { 1 }) as u64;
            let typical = scheme.chars().count() as u64 + 15;
            let lengths = [typical].into_iter().chain(lengths.iter().copied()).chain([shortest, shortest + 1]);
            texts.extend(lengths.filter_map(|length| Text::uri(scheme, host, length)));
        }
    }
    // There is only one empty string.
    let is_named = literals.iter().any(|text| text.length == 0);
    let plain = lengths
        .iter()
        .filter(|length| **length > 0 || !is_named)
        .map(|length| Text { form: TextForm::Plain, length: *length });
    texts.extend(plain);
    texts.extend(literals);
    texts.extend(witnesses(tests, &lengths));
    let complete = lengths.iter().all(|length| *length < 1_000_000);
    texts.retain(|text| text.length < 1_000_000);
    Candidates { values: texts.into_iter().map(Value::Text).collect(), complete, samples: Vec::new() }
}

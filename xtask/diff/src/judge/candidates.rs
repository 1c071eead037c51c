//! Values to try for a property: one of each sort that checks and rules distinguish.

mod arrays;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use foxapi_codegen::checked::{Integer, Item, Type};
use foxapi_schema::assertion::{Assertion, Measure};
use foxapi_schema::number;

use super::evaluate::View;
use super::witnesses::witnesses;
use crate::meaning::Meaning;
use crate::meaning::formula::{Formula, JsonKind, PropertyPath, ValueTest};
use crate::value::{Text, TextForm, Value};
use arrays::{entries, lists, sums};

/// Multiples are distinguished up to this divisor.
const GREATEST_DIVISOR: i128 = 60;

/// The depth to which nested objects are filled.
const DEEPEST: usize = 3;

/// How many values of a property are tried inside nested objects, as there would be too many combinations of all.
const FEW: usize = 8;

/// Values to try, the plainest first.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    pub(super) values: Vec<Value>,
    /// Whether rules that do not look inside cannot distinguish any other value from all of these.
    pub(super) complete: bool,
    /// Values that the documentation shows.
    pub(super) samples: Vec<Value>,
}

impl Candidates {
    /// Keeps one array of each length and one object of each size; the others differ only in their contents.
    pub(super) fn forget_contents(&mut self) {
        let mut known: Vec<(bool, usize)> = Vec::new();
        self.values.retain(|value| {
            let size = match value {
                Value::List(items) => (true, items.len()),
                Value::Object(members) => (false, members.len()),
                _ => return true,
            };
            let is_new = !known.contains(&size);
            known.push(size);
            is_new
        });
    }
}

/// Two states of the specs; the bodies are those of the first.
#[derive(Clone, Copy)]
pub(super) struct Explorer<'e, 'm> {
    pub(super) from: &'e Meaning<'m>,
    pub(super) to: &'e Meaning<'m>,
}

impl Explorer<'_, '_> {
    /// Values of a type that the questions about the value at `path` distinguish, without null and absence.
    pub(super) fn values(&self, ty: &Type, path: &PropertyPath, questions: &[&Formula], depth: usize) -> Candidates {
        let tests = tests_of(path, questions);
        match ty {
            Type::Boolean => complete(vec![Value::Boolean(true), Value::Boolean(false)]),
            Type::Enumeration { name, .. } => complete(self.from.options(name)),
            Type::Integer(integer) => integers(*integer, &tests, &totals(path, questions)),
            Type::Number => numbers(&tests),
            Type::String => texts(&tests),
            Type::Array(item) => self.lists(item, &tests, path, questions, depth),
            Type::Map(item) => {
                let mut candidates = self.lists(item, &tests, path, questions, depth);
                candidates.values = candidates.values.into_iter().map(entries).collect();
                candidates
            }
            Type::Union(name) => {
                let forms = self.from.forms(name).iter().map(|form| self.values(&form.ty, path, questions, depth));
                let forms: Vec<Candidates> = forms.collect();
                let is_complete = forms.iter().all(|form| form.complete);
                let values = forms.into_iter().flat_map(|form| form.values).collect();
                Candidates { values, complete: is_complete, samples: Vec::new() }
            }
            Type::FreeObject => {
                // Its contents make no difference.
                let mut candidates = lists(&tests, path, questions, &[Value::Boolean(true)]);
                candidates.values = candidates.values.into_iter().map(entries).collect();
                candidates
            }
            Type::Tuple(items) => complete(self.tuples(items, path, questions, depth)),
            Type::Object(name) => complete(self.objects(name, path, questions, depth)),
        }
    }

    /// Arrays of each length that makes a difference, and with each item that does.
    fn lists(
        &self,
        item: &Item,
        tests: &[&ValueTest],
        path: &PropertyPath,
        questions: &[&Formula],
        depth: usize,
    ) -> Candidates {
        let inner: Vec<&Formula> = contents(path, questions);
        let mut items = self.values(&item.ty, &PropertyPath::new(), &inner, depth).values;
        if item.nullable {
            items.push(Value::Null);
        }
        // Items that satisfy all come first: the longest lists are made of them.
        let every: Vec<&Formula> = every(path, questions);
        let view = View::whole(self.from, &[]);
        items.sort_by_key(|value| every.iter().filter(|asked| view.of_item(asked, value) == Some(false)).count());
        if depth > 0 {
            items.truncate(FEW);
        }
        let mut candidates = lists(tests, path, questions, &items);
        candidates.values.extend(items.first().into_iter().flat_map(|plain| sums(path, questions, plain)));
        candidates
    }

    /// A plain tuple, and tuples that differ from it in one item.
    fn tuples(&self, items: &[Item], path: &PropertyPath, questions: &[&Formula], depth: usize) -> Vec<Value> {
        let view = View::whole(self.from, &[]);
        let choices: Vec<Vec<Value>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let place: PropertyPath = path.iter().cloned().chain([index.to_string()]).collect();
                let mut values = self.values(&item.ty, &place, questions, depth).values;
                if item.nullable {
                    values.push(Value::Null);
                }
                let tests = tests_of(&place, questions);
                values.sort_by_key(|value| tests.iter().filter(|test| view.test(value, test) == Some(false)).count());
                values
            })
            .collect();
        let plain: Vec<Value> = choices.iter().map(|values| values.first().cloned().unwrap_or(Value::Null)).collect();
        let mut tuples = vec![Value::List(plain.clone())];
        for (index, values) in choices.into_iter().enumerate() {
            for value in values.into_iter().skip(1) {
                let mut tuple = plain.clone();
                if let Some(item) = tuple.get_mut(index) {
                    *item = value;
                }
                tuples.push(Value::List(tuple));
            }
        }
        tuples
    }

    /// A plain object of a type, and objects that differ from it in one property; valid ones come first.
    fn objects(&self, name: &str, path: &PropertyPath, questions: &[&Formula], depth: usize) -> Vec<Value> {
        let Some(shape) = self.from.objects.get(name).filter(|_| depth < DEEPEST) else {
            // Stands for all objects, since nothing looks inside.
            return vec![Value::Object(Vec::new())];
        };
        let own = shape.premises().chain(self.to.objects.get(name).into_iter().flat_map(|shape| shape.premises()));
        let own: Vec<&Formula> = own.collect();
        let mut base = Vec::new();
        let mut choices = Vec::new();
        for slot in &shape.slots {
            let field = slot.field;
            let inside: PropertyPath = path.iter().chain([&field.name]).cloned().collect();
            // Questions of the object's own checks about the property, and questions from outside.
            let mut values = self.values(&field.ty, &vec![field.name.clone()], &own, depth + 1).values;
            let asked = self.values(&field.ty, &inside, questions, depth + 1).values;
            for value in asked.into_iter().chain(slot.samples.iter().cloned()) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            if depth > 0 {
                values.truncate(FEW);
            }
            let is_valid = |value: &&Value| {
                let known = [(field.name.clone(), (*value).clone())];
                let view = View::whole(self.from, &known);
                slot.limits.iter().all(|limit| view.holds(limit) == Some(true))
            };
            let plain = match field.required {
                true => values.iter().find(is_valid).or(values.first()).cloned().unwrap_or(Value::Null),
                false => Value::Absent,
            };
            base.push((field.name.clone(), plain));
            choices.push(values);
        }
        let mut objects = vec![Value::Object(base.clone())];
        for (index, values) in choices.into_iter().enumerate() {
            for value in values {
                let mut members = base.clone();
                if let Some((_, member)) = members.get_mut(index) {
                    *member = value;
                }
                objects.push(Value::Object(members));
            }
        }
        let view = View::whole(self.from, &[]);
        objects.sort_by_key(|object| !view.accepts(name, object));
        objects
    }
}

fn complete(values: Vec<Value>) -> Candidates {
    Candidates { values, complete: true, samples: Vec::new() }
}

/// The tests of formulas on the value at a path.
fn tests_of<'q>(path: &PropertyPath, questions: &[&'q Formula]) -> Vec<&'q ValueTest> {
    let parts = questions.iter().flat_map(|question| question.parts());
    let tests = parts.filter_map(|part| match part {
        Formula::Test(place, test) if place == path => Some(test),
        _ => None,
    });
    tests.collect()
}

/// The formulas that must hold for each item of the array at a path.
fn every<'q>(path: &PropertyPath, questions: &[&'q Formula]) -> Vec<&'q Formula> {
    let conjuncts = questions.iter().flat_map(|question| question.conjuncts());
    let about = conjuncts.filter_map(|part| match part {
        Formula::Every(place, item) if place == path => Some(item.as_ref()),
        _ => None,
    });
    about.collect()
}

/// The formulas about items of the array at a path.
fn contents<'q>(path: &PropertyPath, questions: &[&'q Formula]) -> Vec<&'q Formula> {
    let parts = questions.iter().flat_map(|question| question.parts());
    let inner = parts.filter_map(|part| match part {
        Formula::Every(place, item) | Formula::Count { path: place, item, .. } if place == path => Some(item.as_ref()),
        _ => None,
    });
    inner.collect()
}

/// Totals of sums that the property takes part in, so that a single item can reach them.
fn totals(path: &PropertyPath, questions: &[&Formula]) -> Vec<i128> {
    let defaults = questions.iter().flat_map(|question| question.parts()).filter_map(|part| match part {
        Formula::Sum { total, default, .. } if total == path => *default,
        _ => None,
    });
    defaults.collect()
}

/// Breakpoints and their neighbours.
fn around(points: impl IntoIterator<Item = i128>, reach: i128) -> BTreeSet<i128> {
    points.into_iter().flat_map(|point| (-reach..=reach).map(move |step| point.saturating_add(step))).collect()
}

fn integers(integer: Integer, tests: &[&ValueTest], extra: &[i128]) -> Candidates {
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

fn numbers(tests: &[&ValueTest]) -> Candidates {
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
    complete(values.into_iter().map(Value::Number).collect())
}

/// The number without the rounding noise of binary fractions.
fn decimal(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

fn texts(tests: &[&ValueTest]) -> Candidates {
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

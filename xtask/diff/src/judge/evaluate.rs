//! Evaluates formulas on a whole body, or on a part of one as far as that decides them.

use foxapi_codegen::checked::Format;
use foxapi_schema::assertion::{Assertion, Measure};
use foxapi_schema::json;
use serde_json::Number;

use crate::meaning::Meaning;
use crate::meaning::formula::{Formula, JsonKind, PropertyPath, ValueTest};
use crate::value::{Text, TextForm, Value};

/// True, false, or `None` if not known.
type Truth = Option<bool>;

/// What is known of the object that a formula is evaluated on.
pub(super) struct Knowledge<'v, 'm> {
    pub(super) meaning: &'v Meaning<'m>,
    /// The properties that are known.
    pub(super) known: &'v [(String, Value)],
    /// Whether properties that are not known are absent. If not, nothing is known about them.
    pub(super) closed: bool,
    /// Whether values are exact, including the contents of arrays and objects and each character of a text. If not, a
    /// value stands for all values that the checks do not distinguish, and only what they have in common is known.
    pub(super) deep: bool,
    /// What is assumed about contents that are not known.
    pub(super) granted: &'v [(Formula, bool)],
}

impl<'v, 'm> Knowledge<'v, 'm> {
    /// Of an object that is known completely.
    pub(super) fn whole(meaning: &'v Meaning<'m>, known: &'v [(String, Value)]) -> Self {
        Self { meaning, known, closed: true, deep: true, granted: &[] }
    }
}

impl Knowledge<'_, '_> {
    pub(super) fn holds(&self, formula: &Formula) -> Truth {
        self.evaluate(formula, &Root::Members(self.known))
    }

    /// What a formula sees of the value of a property, as a number: it cannot distinguish values with the same trace.
    pub(super) fn trace(&self, atom: &Formula, name: &str, value: &Value) -> Option<i128> {
        let length = match value {
            Value::List(items) => Some(items.len() as i128),
            _ => None,
        };
        match atom {
            Formula::Sum { total, property, items, .. } => match (value, items.first().is_some_and(|it| it == name)) {
                (Value::List(items), true) if self.deep => {
                    let summands = items.iter().map(|item| match item.member(property) {
                        Some(Value::Integer(value)) => Some(*value),
                        _ => None,
                    });
                    summands.sum()
                }
                (Value::Integer(amount), false) if total.first().is_some_and(|it| it == name) => Some(*amount),
                _ => length,
            },
            Formula::Together { .. } => length,
            Formula::GivenCount { .. } => Some(i128::from(*value != Value::Absent)),
            Formula::Optional { path, .. } => self.is_given(path, &Root::Members(self.known)).map(i128::from),
            Formula::All(_) | Formula::Any(_) | Formula::ExactlyOne(_) | Formula::Not(_) => None,
            atom => self.holds(atom).map(i128::from),
        }
    }

    fn evaluate(&self, formula: &Formula, root: &Root<'_>) -> Truth {
        let part = |part: &Formula| self.evaluate(part, root);
        match formula {
            Formula::Always => Some(true),
            Formula::Never => Some(false),
            Formula::All(parts) => all(parts.iter().map(part)),
            Formula::Any(parts) => any(parts.iter().map(part)),
            Formula::ExactlyOne(parts) => exactly_one(parts.iter().map(part)),
            Formula::Not(inner) => part(inner).map(|truth| !truth),
            Formula::Optional { path, none, some } => match self.is_given(path, root) {
                Some(true) => part(some),
                Some(false) => Some(*none),
                None => part(some).filter(|truth| truth == none),
            },
            atom => {
                let granted = || self.granted.iter().find(|(known, _)| known == atom).map(|(_, truth)| *truth);
                self.atom(atom, root).or_else(granted)
            }
        }
    }

    /// Whether there is a value that is not null.
    fn is_given(&self, path: &PropertyPath, root: &Root<'_>) -> Truth {
        let granted = |(known, truth): &(Formula, bool)| match known {
            Formula::Optional { path: at, none: false, some } => {
                (at == path && **some == Formula::Always).then_some(*truth)
            }
            _ => None,
        };
        self.find(root, path).map(Value::is_given).or_else(|| self.granted.iter().find_map(granted))
    }

    fn atom(&self, formula: &Formula, root: &Root<'_>) -> Truth {
        let place = |path: &PropertyPath| self.find(root, path);
        match formula {
            Formula::Test(path, test) => self.test(place(path)?, test),
            Formula::Every(path, item) => match place(path)? {
                Value::List(items) => self.content(items, || all(items.iter().map(|value| self.of_item(item, value)))),
                Value::Object(members) => {
                    self.content(members, || all(members.iter().map(|(_, value)| self.of_item(item, value))))
                }
                _ => Some(true),
            },
            Formula::Count { path, item, minimum, maximum } => match place(path)? {
                Value::List(items) if items.is_empty() || self.deep => {
                    let verdicts: Option<Vec<bool>> = items.iter().map(|value| self.of_item(item, value)).collect();
                    let count = verdicts?.into_iter().filter(|holds| *holds).count() as u64;
                    Some(count >= *minimum && maximum.is_none_or(|most| count <= most))
                }
                Value::List(_) => None,
                _ => Some(true),
            },
            Formula::Sum { items, property, total, default } => {
                let (items, total) = (place(items), place(total));
                let total = match total {
                    Some(Value::Integer(total)) => Some(*total),
                    Some(_) => *default,
                    None => return if items.is_some_and(|items| !items.is_given()) { Some(true) } else { None },
                };
                let Some(total) = total else { return Some(true) };
                match items? {
                    Value::List(items) if items.is_empty() || self.deep => {
                        let summand = |item: &Value| match item.member(property) {
                            Some(Value::Integer(value)) => Some(*value),
                            _ => None,
                        };
                        let sum: Option<i128> = items.iter().map(summand).sum();
                        Some(sum.is_none_or(|sum| sum == total))
                    }
                    Value::List(_) => None,
                    _ => Some(true),
                }
            }
            Formula::Together { arrays, maximum } => {
                let mut count = 0;
                for array in arrays {
                    if let Value::List(items) = place(array)? {
                        count += items.len() as u64;
                    }
                }
                Some(count <= *maximum)
            }
            Formula::GivenCount { paths, minimum, maximum } => {
                let written: Option<Vec<bool>> =
                    paths.iter().map(|path| Some(*place(path)? != Value::Absent)).collect();
                let count = written?.into_iter().filter(|is_written| *is_written).count() as u64;
                Some(minimum.is_none_or(|least| count >= least) && maximum.is_none_or(|most| count <= most))
            }
            Formula::Valid(path, object) => match place(path)? {
                value @ Value::Object(_) if self.deep => Some(self.accepts(object, value)),
                Value::Object(_) => None,
                _ => Some(true),
            },
            // Combinations have been taken apart before.
            _ => None,
        }
    }

    fn content<T>(&self, items: &[T], truth: impl FnOnce() -> Truth) -> Truth {
        if items.is_empty() {
            Some(true)
        } else if self.deep {
            truth()
        } else {
            None
        }
    }

    /// The value that a path leads to; `None` if nothing is known about it.
    fn find<'r>(&self, root: &Root<'r>, path: &PropertyPath) -> Option<&'r Value> {
        const ABSENT: &Value = &Value::Absent;
        let mut steps = path.iter();
        let mut value = match root {
            Root::Item(value) => *value,
            Root::Members(members) => {
                let name = steps.next()?;
                match members.iter().find(|(known, _)| known == name) {
                    Some((_, value)) => value,
                    None => return self.closed.then_some(ABSENT),
                }
            }
        };
        for step in steps {
            if !value.is_given() {
                return Some(ABSENT);
            }
            if !self.deep {
                return None;
            }
            value = value.member(step).unwrap_or(ABSENT);
        }
        Some(value)
    }

    /// Whether an item of an array, or a value of a map, satisfies a formula.
    pub(super) fn of_item(&self, formula: &Formula, item: &Value) -> Truth {
        self.evaluate(formula, &Root::Item(item))
    }

    /// Whether an object of a type is valid, by structure, limits and rules.
    pub(super) fn accepts(&self, object: &str, value: &Value) -> bool {
        let (Some(shape), Value::Object(members)) = (self.meaning.objects.get(object), value) else { return false };
        let is_known = |(name, value): &(String, Value)| *value == Value::Absent || shape.slot(name).is_some();
        let inside = Knowledge { known: members, closed: true, granted: &[], ..*self };
        (shape.object.open || members.iter().all(is_known))
            && shape.premises().all(|premise| inside.holds(premise) == Some(true))
    }

    pub(super) fn test(&self, value: &Value, test: &ValueTest) -> Truth {
        if *test == ValueTest::Present {
            return Some(*value != Value::Absent);
        }
        if !value.is_given() {
            return Some(true);
        }
        Some(match (test, value) {
            (ValueTest::Kind(kind), value) => is_of(kind, value),
            (ValueTest::OneOf(values), value) => values.iter().any(|known| same(known, value)),
            (ValueTest::Range(low, high), value) => {
                let number = measured(Measure::Number, value);
                number.is_none_or(|number| low.iter().chain(high).all(|bound| bound.keeps(&number)))
            }
            (ValueTest::Asserts(Assertion::Bound(bound)), value) => {
                measured(bound.measure, value).is_none_or(|number| bound.keeps(&number))
            }
            (ValueTest::Asserts(step @ Assertion::Multiple(_)), Value::Integer(_)) => {
                step.holds(&json::View::from(&value.to_json()))
            }
            (ValueTest::Asserts(step @ Assertion::Multiple(_)), Value::Number(_)) => {
                return self.deep.then(|| step.holds(&json::View::from(&value.to_json())));
            }
            (ValueTest::Asserts(asked), Value::Text(text)) => {
                let says = self.text(text, |text| asked.holds(&json::View::String(text.into())));
                return says.or_else(|| is_uri(text, asked));
            }
            (ValueTest::Pattern(pattern), Value::Text(text)) => return self.text(text, |text| pattern.matches(text)),
            (ValueTest::Asserts(Assertion::Unique), Value::List(items)) if items.len() > 1 && !self.deep => {
                return None;
            }
            (ValueTest::Asserts(asked @ Assertion::Unique), value) => asked.holds(&json::View::from(&value.to_json())),
            // A test has no effect on values of another kind.
            _ => true,
        })
    }
}

impl Knowledge<'_, '_> {
    /// Tests the characters of a text; unknown if it stands for other texts, too.
    fn text(&self, text: &Text, says: impl FnOnce(&str) -> bool) -> Truth {
        match &text.form {
            TextForm::Exact(text) => Some(says(text)),
            TextForm::Plain | TextForm::Uri { .. } => self.deep.then(|| says(&text.spelled())),
        }
    }
}

/// The start of the paths of a formula.
enum Root<'r> {
    Members(&'r [(String, Value)]),
    Item(&'r Value),
}

fn all(parts: impl Iterator<Item = Truth>) -> Truth {
    let mut unknown = false;
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(true)
}

fn any(parts: impl Iterator<Item = Truth>) -> Truth {
    all(parts.map(|part| part.map(|truth| !truth))).map(|truth| !truth)
}

fn exactly_one(parts: impl Iterator<Item = Truth>) -> Truth {
    let (mut held, mut unknown) = (0, false);
    for part in parts {
        held += usize::from(part == Some(true));
        unknown |= part.is_none();
    }
    match held {
        2.. => Some(false),
        _ if unknown => None,
        held => Some(held == 1),
    }
}

/// The measure of a value, if it has one.
fn measured(measure: Measure, value: &Value) -> Option<Number> {
    match (measure, value) {
        (Measure::Number, Value::Integer(_) | Value::Number(_)) => measure.of(&json::View::from(&value.to_json())),
        (Measure::Length, Value::Text(text)) => Some(text.length.into()),
        (Measure::Items, Value::List(items)) => Some(items.len().into()),
        (Measure::Properties, Value::Object(members)) => Some(members.len().into()),
        _ => None,
    }
}

fn is_of(kind: &JsonKind, value: &Value) -> bool {
    match (kind, value) {
        (JsonKind::Integer(least, most), Value::Integer(value)) => (least..=most).contains(&value),
        (JsonKind::Boolean, Value::Boolean(_))
        | (JsonKind::Number, Value::Integer(_) | Value::Number(_))
        | (JsonKind::Text, Value::Text(_))
        | (JsonKind::List, Value::List(_))
        | (JsonKind::Object, Value::Object(_)) => true,
        _ => false,
    }
}

/// Equality as in JSON Schema: 1 and 1.0 are the same number.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Integer(integer), Value::Number(number)) | (Value::Number(number), Value::Integer(integer)) => {
            *integer as f64 == *number
        }
        (
            Value::Text(Text { form: TextForm::Exact(left), .. }),
            Value::Text(Text { form: TextForm::Exact(right), .. }),
        ) => left == right,
        // Any other string differs from those that are named.
        (Value::Text(Text { form: TextForm::Exact(_), .. }), Value::Text(_))
        | (Value::Text(_), Value::Text(Text { form: TextForm::Exact(_), .. })) => false,
        (left, right) => left == right,
    }
}

/// Whether a string of a form is a URI and, if schemes are required, has one of them and a host.
fn is_uri(text: &Text, asked: &Assertion) -> Truth {
    match (&text.form, asked) {
        (TextForm::Plain, Assertion::Format(Format::Uri) | Assertion::Url(_)) => Some(false),
        (TextForm::Uri { .. }, Assertion::Format(Format::Uri)) => Some(true),
        (TextForm::Uri { scheme, host }, Assertion::Url(schemes)) => {
            Some(*host != (scheme == "data") && schemes.contains(scheme))
        }
        _ => None,
    }
}

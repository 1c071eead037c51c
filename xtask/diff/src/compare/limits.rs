//! The limits of a value, one by one, so that a change names the limit that changed.

use foxapi_codegen::model::{Integer, Type};

use super::code::{Draft, Owns};
use super::scope::Scope;
use super::{Comparer, words};
use crate::meaning::Slot;
use crate::meaning::formula::{Formula, Path, Test};
use crate::{Kind, Verdict};

/// One thing that is asked of a value.
#[derive(Clone, Debug, PartialEq)]
struct Limit {
    key: Key,
    text: String,
    formula: Formula,
}

/// Limits with the same key take each other's place.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Least,
    Most,
    MultipleOf,
    MinLength,
    MaxLength,
    Format,
    MinItems,
    MaxItems,
    Unique,
    Listed,
    Other,
    Item(Box<Key>),
}

impl<'m> Comparer<'_, 'm> {
    /// The limits of a property that has the same kind of value on both sides.
    pub(super) fn limits(&mut self, scope: &Scope<'_, 'm>, old: &Slot<'m>, new: &Slot<'m>) {
        let (mut before, mut after) = (limits(old), limits(new));
        before.retain(|limit| {
            match after.iter().position(|other| other.key == limit.key && other.formula == limit.formula) {
                Some(at) => {
                    after.remove(at);
                    false
                }
                None => true,
            }
        });
        let mut pairs: Vec<(Option<Limit>, Option<Limit>)> = Vec::new();
        for limit in before {
            let at = after.iter().position(|other| other.key == limit.key);
            pairs.push((Some(limit), at.map(|at| after.remove(at))));
        }
        pairs.extend(after.into_iter().map(|limit| (None, Some(limit))));

        // Another Rust type of an integer has a range of its own.
        let mut range = match (&old.field.ty, &new.field.ty) {
            (Type::Integer(before), Type::Integer(after)) if before != after => {
                let path = vec![new.field.name.clone()];
                Formula::all(self.to.kind(&path, &new.field.ty))
            }
            _ => Formula::Always,
        };
        if pairs.is_empty() && range != Formula::Always {
            pairs.push((None, None));
        }
        for (before, after) in pairs {
            let asked = after.as_ref().map_or(Formula::Always, |limit| limit.formula.clone());
            let claim = Formula::all([asked, std::mem::replace(&mut range, Formula::Always)]);
            let what = match (&before, &after) {
                (Some(before), Some(after)) => format!("{} → {}", before.text, after.text),
                (Some(before), None) => format!("no longer {}", before.text),
                (None, Some(after)) => format!("now {}", after.text),
                (None, None) => format!("integers of {} → {} bits", bits(&old.field.ty), bits(&new.field.ty)),
            };
            let fine = match after {
                None => "less is asked",
                Some(_) => "whatever kept the limits before keeps them now",
            };
            let bodies = self.ask(scope, &claim, fine);
            let object = &scope.from.object.name;
            self.drafts.push(Draft {
                kind: Kind::LimitChanged,
                pages: scope.pages.clone(),
                subject: scope.name(&new.field.name),
                what,
                bodies,
                owns: Owns::nothing().property(object, &old.field.ident).default_of(object, &old.field.ident),
                code: Verdict::safe("types stay as they are"),
            });
        }
    }
}

fn bits(ty: &Type) -> &'static str {
    match ty {
        Type::Integer(Integer::U32) => "32",
        _ => "64",
    }
}

fn limits(slot: &Slot<'_>) -> Vec<Limit> {
    let path = vec![slot.field.name.clone()];
    let mut found: Vec<Limit> = slot.limits.iter().flat_map(|limit| split(limit, &path)).collect();
    at_least_zero(&slot.field.ty, &path, &mut found);
    found
}

/// An unsigned type says by itself what the schema says.
fn at_least_zero(ty: &Type, path: &Path, found: &mut Vec<Limit>) {
    match ty {
        Type::Integer(Integer::U32 | Integer::U64)
            if !found.iter().any(|limit| matches!(limit.key, Key::Least | Key::Listed)) =>
        {
            found.extend(of_test(path, &Test::Integers(Some(0), None)));
        }
        Type::Array(item) => {
            let mut inner = Vec::new();
            let is_item =
                |limit: &&Limit| matches!(&limit.key, Key::Item(key) if matches!(**key, Key::Least | Key::Listed));
            if !found.iter().any(|limit| is_item(&limit)) {
                at_least_zero(&item.ty, &Path::new(), &mut inner);
            }
            found.extend(inner.into_iter().map(|limit| of_items(path, limit)));
        }
        _ => {}
    }
}

fn of_items(path: &Path, limit: Limit) -> Limit {
    Limit {
        key: Key::Item(Box::new(limit.key)),
        text: format!("each item {}", limit.text),
        formula: Formula::Every(path.clone(), Box::new(limit.formula)),
    }
}

fn split(formula: &Formula, path: &Path) -> Vec<Limit> {
    match formula {
        Formula::All(parts) => parts.iter().flat_map(|part| split(part, path)).collect(),
        Formula::Test(at, test) if at == path => of_test(path, test),
        Formula::Every(at, item) if at == path => {
            split(item, &Path::new()).into_iter().map(|limit| of_items(path, limit)).collect()
        }
        // Of what is not given, tests say nothing by themselves.
        Formula::Any(parts) => match parts.as_slice() {
            [Formula::Not(absent), inner @ (Formula::Test(..) | Formula::Every(..) | Formula::All(_))]
                if **absent == Formula::Given(path.clone()) =>
            {
                split(inner, path)
            }
            _ => vec![other(formula)],
        },
        other_formula => vec![other(other_formula)],
    }
}

fn other(formula: &Formula) -> Limit {
    Limit { key: Key::Other, text: "within a condition of its own".to_owned(), formula: formula.clone() }
}

/// A test as limits: a range has two.
fn of_test(path: &Path, test: &Test) -> Vec<Limit> {
    let tests = match test {
        Test::Integers(low, high) => vec![
            (Key::Least, low.map(|low| Test::Integers(Some(low), None))),
            (Key::Most, high.map(|high| Test::Integers(None, Some(high)))),
        ],
        Test::Numbers(low, high) => vec![
            (Key::Least, low.map(|low| Test::Numbers(Some(low), None))),
            (Key::Most, high.map(|high| Test::Numbers(None, Some(high)))),
        ],
        test => vec![(key(test), Some(test.clone()))],
    };
    let tests = tests.into_iter().filter_map(|(key, test)| Some((key, test?)));
    tests
        .map(|(key, test)| Limit { key, text: words::test(&test), formula: Formula::Test(path.clone(), test) })
        .collect()
}

fn key(test: &Test) -> Key {
    match test {
        Test::MultipleOf(_) => Key::MultipleOf,
        Test::MinLength(_) => Key::MinLength,
        Test::MaxLength(_) => Key::MaxLength,
        Test::Uri(_) => Key::Format,
        Test::MinItems(_) => Key::MinItems,
        Test::MaxItems(_) => Key::MaxItems,
        Test::Unique => Key::Unique,
        Test::OneOf(_) => Key::Listed,
        Test::Kind(_) | Test::Integers(..) | Test::Numbers(..) | Test::Opaque(_) => Key::Other,
    }
}

//! Compares the limits of a value one by one, so that a change names the limit that changed.

use foxapi_codegen::checked::{Integer, Type};
use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use foxapi_schema::keyword::{About, Keyword, entry};

use super::code::Affected;
use super::scope::Scope;
use super::{StateComparer, words};
use crate::Kind;
use crate::meaning::Slot;
use crate::meaning::formula::{Formula, PropertyPath, ValueTest, if_given};

/// A single limit of a value.
#[derive(Clone, Debug, PartialEq)]
struct SingleLimit {
    group: LimitGroup,
    text: String,
    formula: Formula,
}

/// Limits of the same group replace each other.
#[derive(Clone, Debug, PartialEq)]
enum LimitGroup {
    Bound(Measure, Side),
    /// The format of a text.
    Format,
    Keyword(Keyword),
    Listed,
    Other,
    Item(Box<LimitGroup>),
    /// A limit of the item at this position of a tuple.
    Place(String, Box<LimitGroup>),
}

/// A limit before and now, if there was or is one.
type Pair = (Option<SingleLimit>, Option<SingleLimit>);

impl<'m> StateComparer<'_, 'm> {
    /// Compares the limits of a property that has the same kind of value on both sides.
    pub(super) fn limits(&mut self, scope: &Scope<'_, 'm>, old: &Slot<'m>, new: &Slot<'m>) {
        let (mut before, mut after) = (limits(old), limits(new));
        before.retain(|limit| {
            match after.iter().position(|other| other.group == limit.group && other.formula == limit.formula) {
                Some(at) => {
                    after.remove(at);
                    false
                }
                None => true,
            }
        });
        let mut pairs: Vec<Pair> = Vec::new();
        for limit in before {
            let at = after.iter().position(|other| other.group == limit.group);
            pairs.push((Some(limit), at.map(|at| after.remove(at))));
        }
        pairs.extend(after.into_iter().map(|limit| (None, Some(limit))));
        let pairs = with_lists(pairs);

        // A different Rust type of an integer has a different range.
        let mut range = Formula::Always;
        if integers(&old.field.ty) != integers(&new.field.ty) {
            range = Formula::all(self.to.kind(&vec![new.field.name.clone()], &new.field.ty));
        }
        let mut pairs = pairs;
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
                (None, None) => "integers of another size".to_owned(),
            };
            let fine = match after {
                None => "less is required",
                Some(_) => "whatever was within the limits before still is",
            };
            let bodies = self.ask(scope, &claim, fine);
            let object = &scope.from.object.name;
            let affected = Affected::none().property(object, &old.field.ident).default_of(object, &old.field.ident);
            self.drafts.push(scope.draft(Kind::LimitChanged, &new.field.name, what, bodies).affects(affected));
        }
    }
}

/// Merges the replacement of a range by a list of values, or the reverse, into one change.
fn with_lists(pairs: Vec<Pair>) -> Vec<Pair> {
    let is_list = |limit: &Option<SingleLimit>| limit.as_ref().is_some_and(|limit| limit.group == LimitGroup::Listed);
    let is_range = |limit: &Option<SingleLimit>| {
        limit.as_ref().is_some_and(|limit| match limit.group {
            LimitGroup::Bound(measure, _) => measure == Measure::Number,
            LimitGroup::Keyword(keyword) => entry(keyword.as_str()).is_some_and(|entry| entry.about == About::Numbers),
            _ => false,
        })
    };
    let listed_before = pairs.iter().any(|(old, new)| is_list(old) && new.is_none());
    let listed_now = pairs.iter().any(|(old, new)| old.is_none() && is_list(new));
    let belongs = |(old, new): &Pair| match (listed_before, listed_now) {
        (true, false) => is_list(old) && new.is_none() || old.is_none() && is_range(new),
        (false, true) => old.is_none() && is_list(new) || is_range(old) && new.is_none(),
        _ => false,
    };
    let (together, mut rest): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(belongs);
    let (old, new): (Vec<Option<SingleLimit>>, Vec<Option<SingleLimit>>) = together.into_iter().unzip();
    let pair = (joined(old), joined(new));
    if pair != (None, None) {
        rest.push(pair);
    }
    rest
}

/// Joins several limits into one.
fn joined(limits: Vec<Option<SingleLimit>>) -> Option<SingleLimit> {
    limits.into_iter().flatten().reduce(|one, other| SingleLimit {
        group: one.group,
        text: format!("{}, {}", one.text, other.text),
        formula: Formula::all([one.formula, other.formula]),
    })
}

/// The integer types in the type of a value.
fn integers(ty: &Type) -> Vec<Integer> {
    match ty {
        Type::Integer(integer) => vec![*integer],
        Type::Array(item) | Type::Map(item) => integers(&item.ty),
        Type::Tuple(items) => items.iter().flat_map(|item| integers(&item.ty)).collect(),
        _ => Vec::new(),
    }
}

fn limits(slot: &Slot<'_>) -> Vec<SingleLimit> {
    let path = vec![slot.field.name.clone()];
    let mut found: Vec<SingleLimit> =
        slot.limits.iter().flat_map(|limit| split(limit, &path, &slot.field.ty)).collect();
    of_type(&slot.field.ty, &path, &mut found);
    found
}

/// Collects the limits of an integer's type that the schema does not state.
fn of_type(ty: &Type, path: &PropertyPath, found: &mut Vec<SingleLimit>) {
    let has = |found: &[SingleLimit], groups: &[LimitGroup]| found.iter().any(|limit| groups.contains(&limit.group));
    match ty {
        Type::Integer(integer) => {
            let (_, most) = integer.range();
            let [least, greatest] =
                [(Side::AtLeast, 0), (Side::AtMost, most)].map(|(side, limit)| Bound::of_integers(side, limit));
            if *integer != Integer::I64
                && !has(found, &[LimitGroup::Bound(Measure::Number, Side::AtLeast), LimitGroup::Listed])
            {
                found.extend(of_test(path, &ValueTest::Range(Some(least), None)));
            }
            if *integer == Integer::U32
                && !has(found, &[LimitGroup::Bound(Measure::Number, Side::AtMost), LimitGroup::Listed])
            {
                let limits = of_test(path, &ValueTest::Range(None, Some(greatest)));
                found.extend(
                    limits.into_iter().map(|limit| SingleLimit { text: format!("{} (32 bits)", limit.text), ..limit }),
                );
            }
        }
        Type::Array(item) | Type::Map(item) => {
            let (mut inner, outer): (Vec<SingleLimit>, Vec<SingleLimit>) =
                found.drain(..).partition(|limit| matches!(limit.group, LimitGroup::Item(_)));
            let mut own: Vec<SingleLimit> = inner.iter().filter_map(inside).collect();
            let known = own.len();
            of_type(&item.ty, &PropertyPath::new(), &mut own);
            inner.extend(own.into_iter().skip(known).map(|limit| of_items(path, ty, limit)));
            found.extend(outer.into_iter().chain(inner));
        }
        Type::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                let index = index.to_string();
                let own = found.iter().filter_map(|limit| match &limit.group {
                    LimitGroup::Place(place, group) if *place == index => {
                        Some(SingleLimit { group: group.as_ref().clone(), ..limit.clone() })
                    }
                    _ => None,
                });
                let mut own: Vec<SingleLimit> = own.collect();
                let known = own.len();
                let place: PropertyPath = path.iter().cloned().chain([index.clone()]).collect();
                of_type(&item.ty, &place, &mut own);
                found.extend(own.into_iter().skip(known).map(|limit| of_place(&index, limit)));
            }
        }
        _ => {}
    }
}

/// The limit of a single item.
fn inside(limit: &SingleLimit) -> Option<SingleLimit> {
    match &limit.group {
        LimitGroup::Item(group) => Some(SingleLimit { group: group.as_ref().clone(), ..limit.clone() }),
        _ => None,
    }
}

fn of_items(path: &PropertyPath, ty: &Type, limit: SingleLimit) -> SingleLimit {
    let each = if matches!(ty, Type::Map(_)) { "each value" } else { "each item" };
    SingleLimit {
        group: LimitGroup::Item(Box::new(limit.group)),
        text: format!("{each} {}", limit.text),
        formula: Formula::Every(path.clone(), Box::new(limit.formula)),
    }
}

/// A limit of the item of a tuple, for people, who count from one.
fn of_place(index: &str, limit: SingleLimit) -> SingleLimit {
    let place = index.parse::<usize>().map_or(0, |index| index + 1);
    SingleLimit {
        group: LimitGroup::Place(index.to_owned(), Box::new(limit.group)),
        text: format!("item {place} {}", limit.text),
        ..limit
    }
}

fn split(formula: &Formula, path: &PropertyPath, ty: &Type) -> Vec<SingleLimit> {
    match formula {
        Formula::All(parts) => parts.iter().flat_map(|part| split(part, path, ty)).collect(),
        Formula::Test(at, test) if at == path => of_test(path, test),
        Formula::Test(at, test) => match at.split_last() {
            Some((index, tuple)) if tuple == path.as_slice() => {
                of_test(at, test).into_iter().map(|limit| of_place(index, limit)).collect()
            }
            _ => vec![other(formula)],
        },
        Formula::Every(at, item) if at == path => {
            let inner = match ty {
                Type::Array(item) | Type::Map(item) => &item.ty,
                ty => ty,
            };
            split(item, &PropertyPath::new(), inner).into_iter().map(|limit| of_items(path, ty, limit)).collect()
        }
        Formula::Any(parts) if alternatives(parts, path).is_some() => alternatives(parts, path).into_iter().collect(),
        Formula::Optional { path: given, none: true, some } if given.starts_with(path) => {
            let guarded = |part: &Formula| match part {
                // Of what is not given, tests say nothing by themselves.
                Formula::Test(..) | Formula::Every(..) => split(part, path, ty),
                Formula::Any(parts) if alternatives(parts, path).is_some() => split(part, path, ty),
                part => vec![SingleLimit { formula: if_given(given, part.clone()), ..other(part) }],
            };
            some.conjuncts().iter().flat_map(guarded).collect()
        }
        other_formula => vec![other(other_formula)],
    }
}

/// Alternative values and ranges of the value itself.
fn alternatives(parts: &[Formula], path: &PropertyPath) -> Option<SingleLimit> {
    let words = parts.iter().map(|part| match part {
        Formula::Test(at, ValueTest::OneOf(values)) if at == path => Some(words::values(values)),
        Formula::Test(at, test @ ValueTest::Range(..)) if at == path => Some(words::test(test)),
        _ => None,
    });
    let text = words.collect::<Option<Vec<_>>>()?.join(" or ");
    Some(SingleLimit { group: LimitGroup::Listed, text, formula: Formula::Any(parts.to_vec()) })
}

fn other(formula: &Formula) -> SingleLimit {
    SingleLimit { group: LimitGroup::Other, text: words::formula(formula), formula: formula.clone() }
}

/// A test as limits: a range has two.
fn of_test(path: &PropertyPath, test: &ValueTest) -> Vec<SingleLimit> {
    let tests = match test {
        ValueTest::Range(low, high) => {
            let low = low.clone().map(|low| ValueTest::Range(Some(low), None));
            low.into_iter().chain(high.clone().map(|high| ValueTest::Range(None, Some(high)))).collect()
        }
        test => vec![test.clone()],
    };
    let limit = |test: ValueTest| SingleLimit {
        group: group_of(&test),
        text: words::test(&test),
        formula: Formula::Test(path.clone(), test),
    };
    tests.into_iter().map(limit).collect()
}

fn group_of(test: &ValueTest) -> LimitGroup {
    match test {
        ValueTest::Range(Some(bound), None)
        | ValueTest::Range(None, Some(bound))
        | ValueTest::Asserts(Assertion::Bound(bound)) => LimitGroup::Bound(bound.measure, bound.side),
        ValueTest::Asserts(Assertion::Format(_) | Assertion::Url(_)) => LimitGroup::Format,
        ValueTest::Asserts(assertion) => LimitGroup::Keyword(assertion.keyword()),
        ValueTest::Pattern(_) => LimitGroup::Keyword(Keyword::Pattern),
        ValueTest::OneOf(_) => LimitGroup::Listed,
        ValueTest::Present | ValueTest::Kind(_) | ValueTest::Range(..) => LimitGroup::Other,
    }
}

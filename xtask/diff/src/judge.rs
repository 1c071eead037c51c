//! Decides whether a claim holds for every body that was valid before: proven, refuted by an example, or left open.
//!
//! Checks and rules distinguish only finitely many sorts of values of a parameter. The judge tries one value of each
//! sort, in all combinations that the old checks and rules allow. If none of them violates the claim, it is proven;
//! otherwise there is an example. The contents of arrays and objects are tried, too, but only to find examples.

mod candidates;
mod evaluate;
mod search;
mod witnesses;

use candidates::Explorer;
use foxapi_codegen::checked::{Item, Type};
use search::Search;

use crate::meaning::formula::{Formula, Implies, PropertyPath};
use crate::meaning::{Meaning, Shape};
use crate::value::Value;

/// Whether a claim holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ruling {
    /// It holds for every object that was valid before.
    Proven,
    /// It does not hold for this object, which was valid before.
    Refuted(Value),
    /// Neither a proof nor an example was found.
    Undecided,
}

/// Judges claims about objects that were valid in the first of two states.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'e, 'm> {
    explorer: Explorer<'e, 'm>,
}

/// The objects that a claim is about.
#[derive(Clone, Copy)]
pub(crate) struct ClaimSubject<'s, 'm> {
    /// As they were.
    pub(crate) from: &'s Shape<'m>,
    /// As they are.
    pub(crate) to: Option<&'s Shape<'m>>,
    /// For a request: only these models.
    pub(crate) models: Option<&'s [String]>,
}

impl<'e, 'm> Judge<'e, 'm> {
    pub(crate) fn new(from: &'e Meaning<'m>, to: &'e Meaning<'m>) -> Self {
        Self { explorer: Explorer { from, to } }
    }

    /// Whether a claim holds for all objects that were valid.
    pub(crate) fn holds(&self, subject: ClaimSubject<'_, 'm>, claim: &Formula) -> Ruling {
        if let Formula::All(parts) = claim {
            let mut ruling = Ruling::Proven;
            for part in parts {
                match self.holds(subject, part) {
                    Ruling::Proven => {}
                    Ruling::Undecided => ruling = Ruling::Undecided,
                    refuted @ Ruling::Refuted(_) => return refuted,
                }
            }
            return ruling;
        }
        if !self.refers_to_unchanged_types(claim) {
            // Checks of another type are judged where that type is compared.
            return match Search::new(&self.explorer, subject, claim, None).run() {
                Ruling::Proven => Ruling::Undecided,
                other => other,
            };
        }
        if *claim == Formula::Always || subject.from.premises().any(|premise| premise.implies(claim)) {
            return Ruling::Proven;
        }
        if let (Formula::Every(path, item), Some(slot)) = (claim, self.items(subject, claim)) {
            let premises = self.of_items(path, subject.from.premises());
            if self.follows(slot, &premises, item) {
                return Ruling::Proven;
            }
        }
        if let Some((place, item)) = self.item_of_tuple(subject, claim) {
            let inside = |path: &PropertyPath| path.strip_prefix(place.as_slice()).map(<[String]>::to_vec);
            let premises: Vec<Formula> = subject.from.premises().filter_map(|premise| premise.moved(&inside)).collect();
            let premises: Vec<&Formula> = premises.iter().collect();
            if claim.moved(&inside).is_some_and(|claim| self.follows(item, &premises, &claim)) {
                return Ruling::Proven;
            }
        }
        Search::new(&self.explorer, subject, claim, None).run()
    }

    /// The items of the property, if a claim is about the items of one.
    fn items<'s>(&self, subject: ClaimSubject<'s, 'm>, claim: &Formula) -> Option<&'s Item> {
        match claim.paths().as_slice() {
            [path] if path.len() == 1 => match &subject.from.slot(path.first()?)?.field.ty {
                Type::Array(item) | Type::Map(item) => Some(item),
                _ => None,
            },
            _ => None,
        }
    }

    /// The item of a tuple, with its path, if a claim is only about that.
    fn item_of_tuple<'s>(&self, subject: ClaimSubject<'s, 'm>, claim: &Formula) -> Option<(PropertyPath, &'s Item)> {
        let paths = claim.paths();
        let (first, rest) = paths.split_first()?;
        let [name, index] = first.get(..2)? else { return None };
        let Type::Tuple(items) = &subject.from.slot(name)?.field.ty else { return None };
        let place = vec![name.clone(), index.clone()];
        let item = items.get(index.parse::<usize>().ok()?)?;
        rest.iter().all(|path| path.starts_with(&place)).then_some((place, item))
    }

    /// The formulas about each item of an array.
    fn of_items<'f>(&self, array: &PropertyPath, formulas: impl Iterator<Item = &'f Formula>) -> Vec<&'f Formula> {
        let about = formulas.filter_map(|formula| match formula {
            Formula::Every(path, item) if path == array => Some(item.conjuncts()),
            _ => None,
        });
        about.flatten().collect()
    }

    /// Whether a claim about a single item follows from premises about a single item.
    fn follows(&self, item: &Item, premises: &[&Formula], claim: &Formula) -> bool {
        const ITEM: &str = "item";
        claim.conjuncts().iter().all(|claim| {
            if premises.iter().any(|premise| premise.implies(claim)) {
                return true;
            }
            if let (Formula::Every(path, inner), Type::Array(items)) = (claim, &item.ty) {
                return self.follows(items, &self.of_items(path, premises.iter().copied()), inner);
            }
            let under = |path: &PropertyPath| Some([&[ITEM.to_owned()], path.as_slice()].concat());
            let premises: Vec<Formula> = premises.iter().filter_map(|premise| premise.moved(&under)).collect();
            let Some(claim) = claim.moved(&under) else { return false };
            let questions: Vec<&Formula> = premises.iter().chain([&claim]).collect();
            let mut candidates = self.explorer.values(&item.ty, &vec![ITEM.to_owned()], &questions, 0);
            if item.nullable {
                candidates.values.push(Value::Null);
            }
            let search = Search::of_one(self.explorer.from, &claim, premises.iter().collect(), (ITEM, candidates));
            search.run() == Ruling::Proven
        })
    }

    /// Whether all types whose checks a formula refers to have the same checks before and now.
    pub(crate) fn refers_to_unchanged_types(&self, formula: &Formula) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        let mut open = formula.types();
        while let Some(name) = open.pop() {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let (from, to) = (self.explorer.from.objects.get(name), self.explorer.to.objects.get(name));
            let (Some(from), Some(to)) = (from, to) else { return false };
            if !from.premises().eq(to.premises()) {
                return false;
            }
            open.extend(from.premises().flat_map(Formula::types));
        }
        true
    }

    /// Whether two rules are equivalent for all objects with the right types, both before and now.
    pub(crate) fn agree(&self, subject: ClaimSubject<'_, 'm>, old: &[Formula], new: &[Formula]) -> bool {
        let Some(to) = subject.to else { return false };
        let backwards = ClaimSubject { from: to, to: Some(subject.from), models: subject.models };
        [(*self, subject), (self.backwards(), backwards)].iter().all(|(judge, subject)| {
            let implies = |premises: &[Formula], claims: &[Formula]| {
                claims.iter().all(|claim| {
                    let mut search = Search::new(&judge.explorer, *subject, claim, None);
                    let structure =
                        subject.from.slots.iter().flat_map(|slot| slot.structure.iter().chain(&slot.limits));
                    search.premises = structure.chain(premises).collect();
                    search.whole = None;
                    premises.contains(claim) || search.run() == Ruling::Proven
                })
            };
            implies(old, new) && implies(new, old)
        })
    }

    /// Whether a claim holds for all objects that are valid now.
    pub(crate) fn follows_now(&self, subject: ClaimSubject<'_, 'm>, claim: &Formula) -> bool {
        subject.to.is_some_and(|to| {
            let backwards = ClaimSubject { from: to, to: Some(subject.from), models: subject.models };
            self.backwards().holds(backwards, claim) == Ruling::Proven
        })
    }

    /// The judge for the reverse direction.
    fn backwards(&self) -> Self {
        Self::new(self.explorer.to, self.explorer.from)
    }

    /// An object that was valid and has one of the values for a property.
    pub(crate) fn complete(&self, subject: ClaimSubject<'_, 'm>, property: &str, values: Vec<Value>) -> Option<Value> {
        match Search::new(&self.explorer, subject, &Formula::Never, Some((property, values))).run() {
            Ruling::Refuted(object) => Some(object),
            Ruling::Proven | Ruling::Undecided => None,
        }
    }
}

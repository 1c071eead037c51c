//! Finds sets of values that convert into each other, so that a setting carries over between models.

use std::collections::{BTreeMap, BTreeSet};

use super::{Enumeration, Module, SpecSet};

/// Two sets that share values and belong to parameters of the same name.
#[derive(Debug)]
pub struct Conversion<'m> {
    /// The first set, which the other one may contain.
    pub from: Set<'m>,
    /// The other set.
    pub to: Set<'m>,
    /// Whether every value of the first set is also in the other.
    pub is_held: bool,
}

/// A set of values with its module.
#[derive(Clone, Copy, Debug)]
pub struct Set<'m> {
    /// Where it is defined.
    pub module: &'m Module,
    /// Its values.
    pub values: &'m Enumeration,
}

impl Set<'_> {
    /// The values by text and name: a different name means something else.
    fn pairs(&self) -> BTreeSet<(&str, &str)> {
        self.values.variants.iter().map(|variant| (variant.value.as_str(), variant.name.as_str())).collect()
    }
}

impl SpecSet {
    /// The pairs of sets that convert, in the order of their names.
    ///
    /// Only sets of parameters with a name in common: `auto` as a quality says nothing about an aspect ratio. That also
    /// limits the number of pairs, since most names have one or two sets.
    pub fn conversions(&self) -> Vec<Conversion<'_>> {
        let closed = self.modules.iter().flat_map(|module| {
            let sets = module.enumerations().filter(|set| !set.open);
            sets.map(move |values| (values.name.as_str(), Set { module, values }))
        });
        let sets: BTreeMap<&str, Set<'_>> = closed.collect();
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for names in self.sets_of_parameters().values() {
            let known = || names.iter().copied().filter(|name| sets.contains_key(name));
            pairs.extend(
                known().flat_map(|left| known().filter(move |right| left < *right).map(move |right| (left, right))),
            );
        }
        pairs.into_iter().filter_map(|(left, right)| conversion(*sets.get(left)?, *sets.get(right)?)).collect()
    }

    /// The types of the parameters of each name, including those in lists, maps and unions.
    fn sets_of_parameters(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let unions: BTreeMap<&str, &super::Union> =
            self.modules.iter().flat_map(Module::unions).map(|union| (union.name.as_str(), union)).collect();
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let objects = self.modules.iter().flat_map(Module::objects).filter(|object| !object.open);
        // No two pages share a model ID.
        for field in objects.flat_map(|object| &object.fields).filter(|field| field.name != "model") {
            let types = names.entry(field.name.as_str()).or_default();
            for name in field.ty.mentioned() {
                types.insert(name);
                let forms = unions.get(name).into_iter().flat_map(|union| &union.forms);
                types.extend(forms.flat_map(|form| form.ty.mentioned()));
            }
        }
        names
    }
}

fn conversion<'m>(left: Set<'m>, right: Set<'m>) -> Option<Conversion<'m>> {
    let (lefts, rights) = (left.pairs(), right.pairs());
    if lefts.is_disjoint(&rights) {
        return None;
    }
    let (from, to) = if rights.is_subset(&lefts) { (right, left) } else { (left, right) };
    let is_held = rights.is_subset(&lefts) || lefts.is_subset(&rights);
    Some(Conversion { from, to, is_held })
}

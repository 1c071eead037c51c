//! Which objects hold each other, so that one of them needs a `Box`.

use std::collections::{BTreeSet, HashMap};

use crate::model::Object;

/// The objects in groups: an object and all that hold it and are held by it, directly or through others.
///
/// Nearly every group is a single object.
pub(super) fn groups<'m>(objects: &[&'m Object]) -> Vec<Vec<&'m Object>> {
    let numbers = objects.iter().enumerate().map(|(number, object)| (object.name.as_str(), number));
    let numbers: HashMap<&str, usize> = numbers.collect();
    let direct = objects.iter().map(|object| {
        let held = object.fields.iter().flat_map(|field| field.ty.mentioned());
        held.filter_map(|name| numbers.get(name).copied()).collect()
    });
    let direct: Vec<Vec<usize>> = direct.collect();
    let held: Vec<BTreeSet<usize>> = (0..objects.len()).map(|number| all_held(&direct, number)).collect();
    let mut seen = BTreeSet::new();
    let mut groups = Vec::with_capacity(objects.len());
    for (number, held_here) in held.iter().enumerate() {
        if !seen.insert(number) {
            continue;
        }
        let holds_back = |other: &usize| held.get(*other).is_some_and(|held| held.contains(&number));
        let others: Vec<usize> =
            held_here.iter().copied().filter(|other| holds_back(other) && *other != number).collect();
        seen.extend(others.iter().copied());
        groups.push([number].into_iter().chain(others).filter_map(|number| objects.get(number).copied()).collect());
    }
    groups
}

/// What an object holds, by its number, directly or through others.
fn all_held(direct: &[Vec<usize>], number: usize) -> BTreeSet<usize> {
    let mut held = BTreeSet::new();
    let mut open = vec![number];
    while let Some(number) = open.pop() {
        open.extend(direct.get(number).into_iter().flatten().copied().filter(|inner| held.insert(*inner)));
    }
    held
}

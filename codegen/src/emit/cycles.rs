//! Finds objects that contain each other, so that one of them needs a `Box`.

use std::collections::HashMap;

use crate::checked::Object;

/// The objects in groups whose members contain each other, directly or through others.
///
/// These are the strongly connected components. Nearly every group is a single object.
pub(super) fn groups<'m>(objects: &[&'m Object]) -> Vec<Vec<&'m Object>> {
    let numbers = objects.iter().enumerate().map(|(number, object)| (object.name.as_str(), number));
    let numbers: HashMap<&str, usize> = numbers.collect();
    let held = objects.iter().map(|object| {
        let held = object.fields.iter().flat_map(|field| field.ty.mentioned());
        held.filter_map(|name| numbers.get(name).copied()).collect()
    });
    let held: Vec<Vec<usize>> = held.collect();
    let mut holders = vec![Vec::new(); objects.len()];
    for (number, held) in held.iter().enumerate() {
        for inner in held {
            if let Some(holders) = holders.get_mut(*inner) {
                holders.push(number);
            }
        }
    }
    let group_of = components(&held, &holders);
    let mut groups: Vec<Vec<&Object>> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (object, group) in objects.iter().zip(group_of) {
        let place = *places.entry(group).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(object),
            None => groups.push(vec![object]),
        }
    }
    groups
}

/// The group of each number, represented by one of its members. Each step is looked at no more than twice.
fn components(forwards: &[Vec<usize>], backwards: &[Vec<usize>]) -> Vec<usize> {
    let mut is_seen = vec![false; forwards.len()];
    let mut finished = Vec::with_capacity(forwards.len());
    for start in 0..forwards.len() {
        // Each number on the path, with how many of its steps have been taken.
        let mut way = vec![(start, 0)];
        while let Some((number, taken)) = way.pop() {
            if taken == 0 && is_seen.get_mut(number).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            match forwards.get(number).and_then(|steps| steps.get(taken)) {
                Some(next) => way.extend([(number, taken + 1), (*next, 0)]),
                None => finished.push(number),
            }
        }
    }
    let mut groups: Vec<Option<usize>> = vec![None; forwards.len()];
    for start in finished.into_iter().rev() {
        let mut open = vec![start];
        while let Some(number) = open.pop() {
            if let Some(group @ None) = groups.get_mut(number) {
                *group = Some(start);
                open.extend(backwards.get(number).into_iter().flatten());
            }
        }
    }
    groups.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of each group.
    fn groups(forwards: &[&[usize]]) -> Vec<Vec<usize>> {
        let mut backwards = vec![Vec::new(); forwards.len()];
        for (number, steps) in forwards.iter().enumerate() {
            for step in *steps {
                if let Some(back) = backwards.get_mut(*step) {
                    back.push(number);
                }
            }
        }
        let forwards: Vec<Vec<usize>> = forwards.iter().map(|steps| steps.to_vec()).collect();
        let found = components(&forwards, &backwards);
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (number, group) in found.iter().enumerate() {
            match groups.iter_mut().find(|known| known.first().is_some_and(|first| found.get(*first) == Some(group))) {
                Some(known) => known.push(number),
                None => groups.push(vec![number]),
            }
        }
        groups
    }

    #[test]
    fn what_leads_to_each_other_is_one_group() {
        let alone = |numbers: std::ops::Range<usize>| numbers.map(|number| vec![number]).collect::<Vec<_>>();
        assert_eq!(groups(&[&[1], &[2], &[]]), alone(0..3));
        assert_eq!(groups(&[&[0], &[0, 2], &[]]), alone(0..3));
        assert_eq!(groups(&[&[1], &[2], &[0], &[0]]), [vec![0, 1, 2], vec![3]]);
        assert_eq!(groups(&[&[2], &[3], &[0], &[1]]), [[0, 2], [1, 3]]);
    }

    #[test]
    fn a_long_chain_is_walked_once() {
        let forwards: Vec<Vec<usize>> = (1..=100_000).map(|next| vec![next]).collect();
        let backwards: Vec<Vec<usize>> =
            (0..100_000_usize).map(|number| number.checked_sub(1).into_iter().collect()).collect();
        let groups = components(&forwards, &backwards);
        assert!(groups.iter().enumerate().all(|(number, group)| number == *group));
    }
}

//! Which of several names stand elsewhere than they should: the fewest whose moving mends the order.

/// The names of `actual` that are not in the order of `wanted`; both have the same names.
pub(crate) fn displaced<'a>(actual: &[&'a str], wanted: &[&str]) -> Vec<&'a str> {
    let places: Vec<Option<usize>> =
        actual.iter().map(|name| wanted.iter().position(|wanted| wanted == name)).collect();
    // The longest run of names that keep their order: for each name, how long the run is that ends with it.
    let mut lengths: Vec<(usize, Option<usize>)> = Vec::with_capacity(actual.len());
    for (at, place) in places.iter().enumerate() {
        let before = lengths.iter().enumerate().filter(|(other, _)| places.get(*other).is_some_and(|it| it < place));
        let best = before.max_by_key(|(other, (length, _))| (*length, std::cmp::Reverse(*other)));
        let (length, previous) = best.map_or((0, None), |(other, (length, _))| (*length, Some(other)));
        debug_assert_eq!(lengths.len(), at);
        lengths.push((length + 1, previous));
    }
    let longest = lengths.iter().enumerate().max_by_key(|(at, (length, _))| (*length, std::cmp::Reverse(*at)));
    let mut kept = vec![false; actual.len()];
    let mut next = longest.map(|(at, _)| at);
    while let Some(at) = next {
        if let Some(kept) = kept.get_mut(at) {
            *kept = true;
        }
        next = lengths.get(at).and_then(|(_, previous)| *previous);
    }
    actual.iter().zip(kept).filter(|(_, kept)| !kept).map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::displaced;

    #[test]
    fn the_one_that_moved_is_named() {
        let wanted = ["a", "b", "c", "d"];
        assert!(displaced(&wanted, &wanted).is_empty());
        assert_eq!(displaced(&["d", "a", "b", "c"], &wanted), ["d"]);
        assert_eq!(displaced(&["a", "c", "d", "b"], &wanted), ["b"]);
        assert_eq!(displaced(&["b", "a", "c", "d"], &wanted).len(), 1);
    }
}

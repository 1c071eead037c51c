//! The checks that generated validators call. None of them allocates for ordinary requests.

use std::collections::HashSet;

use foxapi_schema::json::View;
use foxapi_schema::number;
use serde::Serialize;

/// `maxLength`: at most `limit` Unicode code points.
pub(crate) fn max_length(text: &str, limit: usize) -> bool {
    // A code point has one to four bytes, so most texts need not be counted.
    text.len() <= limit || (text.len() <= limit.saturating_mul(4) && text.chars().count() <= limit)
}

/// `minLength`: at least `limit` Unicode code points.
pub(crate) fn min_length(text: &str, limit: usize) -> bool {
    text.chars().take(limit).count() == limit
}

/// `uniqueItems`: no two items are equal.
pub(crate) fn unique_items<T: PartialEq + Serialize>(items: &[T]) -> bool {
    /// Up to here comparing all pairs is faster than hashing, and needs no memory.
    const FEW: usize = 32;

    if items.len() <= FEW {
        return items.iter().enumerate().all(|(index, item)| !items.iter().take(index).any(|other| item == other));
    }
    let mut seen = HashSet::with_capacity(items.len());
    items
        .iter()
        .all(|item| serde_json::to_value(item).is_ok_and(|value| seen.insert(number::canonical(&View::from(&value)))))
}

/// `contains`: how many items pass a test, to be compared with `minContains` and `maxContains`.
pub(crate) fn count<T>(items: &[T], test: impl Fn(&T) -> bool) -> usize {
    items.iter().filter(|item| test(item)).count()
}

/// `minProperties` and `maxProperties`: how many optional fields are given.
pub(crate) fn given<const N: usize>(fields: [bool; N]) -> usize {
    fields.into_iter().filter(|is_given| *is_given).count()
}

/// `oneOf`: exactly one of several forms holds.
pub(crate) fn exactly_one<const N: usize>(forms: [bool; N]) -> bool {
    forms.into_iter().filter(|holds| *holds).count() == 1
}

/// `x-sum-equals`: the `part`s of the items add up to the total.
///
/// Holds if there are no items, there is no total, or an item has no part.
pub(crate) fn sum_equals<T, P: Integer>(items: Option<&[T]>, part: impl Fn(&T) -> P, total: impl Integer) -> bool {
    let (Some(items), Some(total)) = (items, total.integer()) else {
        return true;
    };
    // Each part fits into 64 bits, so no list that fits into memory overflows 128.
    let sum: Option<i128> = items.iter().map(|item| part(item).integer()).sum();
    sum.is_none_or(|sum| sum == total)
}

/// An integer, or an optional one.
pub(crate) trait Integer {
    fn integer(self) -> Option<i128>;
}

macro_rules! integers {
    ($($Type:ty),*) => {$(
        impl Integer for $Type {
            fn integer(self) -> Option<i128> {
                Some(self.into())
            }
        }
    )*};
}

integers!(u32, u64, i64);

impl<T: Integer> Integer for Option<T> {
    fn integer(self) -> Option<i128> {
        self?.integer()
    }
}

/// `x-combined-max-items`: lists together have at most `maximum` items; an absent list has none.
pub(crate) fn combined_max_items<const N: usize>(lengths: [Option<usize>; N], maximum: usize) -> bool {
    lengths.into_iter().flatten().fold(0, usize::saturating_add) <= maximum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_code_points() {
        assert!(max_length("", 0));
        assert!(max_length("日本語", 3));
        assert!(!max_length("日本語", 2));
        assert!(max_length("👩‍🚀", 3), "a woman, a joiner and a rocket");
        assert!(!max_length(&"a".repeat(2501), 2500));
        assert!(max_length(&"語".repeat(2500), 2500));
        assert!(max_length("a", usize::MAX));
        assert!(min_length("日本", 2));
        assert!(!min_length("日本", 3));
    }

    #[test]
    fn items_are_unique_in_short_and_long_lists() {
        assert!(unique_items(&[1, 2, 3]));
        assert!(!unique_items(&[0.5, 0.25, 0.5]));
        let long: Vec<u32> = (0..1000).collect();
        assert!(unique_items(&long));
        assert!(!unique_items(&[long.as_slice(), &[7]].concat()));
    }

    #[test]
    fn sum_is_compared_where_it_can_be_judged() {
        assert!(sum_equals(Some(&[2_u32, 3]), |it| *it, Some(5_u32)));
        assert!(!sum_equals(Some(&[2_u32, 3]), |it| *it, Some(6_u32)));
        assert!(sum_equals(None::<&[u32]>, |it| *it, Some(6_u32)));
        assert!(sum_equals(Some(&[2_u32, 3]), |it| *it, None::<u32>));
        assert!(sum_equals(Some(&[Some(2_u32), None]), |it| *it, Some(6_u32)));
    }

    #[test]
    fn sum_does_not_overflow() {
        assert!(!sum_equals(Some(&[i64::MAX; 3]), |it| *it, 1_u32));
        assert!(!sum_equals(Some(&[i64::MIN, i64::MIN]), |it| *it, 0_i64));
    }

    #[test]
    fn lists_are_counted_together() {
        assert!(combined_max_items([Some(2), None, Some(2)], 4));
        assert!(!combined_max_items([Some(usize::MAX), Some(usize::MAX)], 4));
    }
}

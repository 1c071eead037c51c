//! What a walk found, within bounds: a body of any size gives a report that somebody can read.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use crate::keyword::Keyword;
use crate::violation::Violation;

/// How many violations a report has in all.
const MOST: usize = 200;

/// How many of them are about one parameter, so that a long array does not hide what is wrong with the others.
const MOST_OF_ONE: usize = 25;

/// How many paths are remembered, so that none is blamed twice for the same. Beyond that a rule may repeat what
/// was found before, and only the number of violations suffers.
const REMEMBERED: usize = 1 << 14;

/// The violations that were found, the first of them in full and the others as a number.
#[derive(Default)]
pub(crate) struct Report {
    violations: Vec<Violation>,
    /// How many violations each parameter has in the list, by the hash of its step.
    of: BTreeMap<u64, usize>,
    /// The keywords that each path was blamed for, as a set of bits. A path is its hash, however long it is.
    blamed: BTreeMap<u64, u64>,
    hasher: RandomState,
    more: usize,
}

impl Report {
    /// Whether a violation is to be pushed: if it is news and there is room for it. Without room it is counted.
    pub(crate) fn takes(&mut self, path: &str, keyword: Keyword, by_rule: bool) -> bool {
        self.blame(path, keyword, by_rule) && self.has_room(path)
    }

    /// Notes that a path is to blame; whether that is news. A rule has nothing to say of a value of the wrong type.
    fn blame(&mut self, path: &str, keyword: Keyword, by_rule: bool) -> bool {
        let bit = |keyword: Keyword| 1_u64 << (keyword as u32);
        let path = self.hasher.hash_one(path);
        if self.blamed.len() >= REMEMBERED && !self.blamed.contains_key(&path) {
            return true;
        }
        let blamed = self.blamed.entry(path).or_default();
        if *blamed & bit(keyword) != 0 || by_rule && *blamed & bit(Keyword::Type) != 0 {
            return false;
        }
        *blamed |= bit(keyword);
        true
    }

    fn has_room(&mut self, path: &str) -> bool {
        if self.violations.len() < MOST {
            let of_one = self.of.entry(self.hasher.hash_one(path.split('/').nth(1))).or_default();
            if *of_one < MOST_OF_ONE {
                *of_one += 1;
                return true;
            }
        }
        self.count(1);
        false
    }

    /// Adds what there is room for.
    pub(crate) fn push(&mut self, violation: Violation) {
        self.violations.push(violation);
    }

    /// Counts violations of which nothing else is known.
    pub(crate) fn count(&mut self, more: usize) {
        self.more = self.more.saturating_add(more);
    }

    /// The violations in the order of `place`, and one that says how many more there are.
    pub(crate) fn finish(mut self, place: impl Fn(&str) -> Option<usize>) -> Vec<Violation> {
        // Stable, so that what is found at one parameter stays in the order of its finding.
        self.violations.sort_by_cached_key(|violation| place(&violation.path));
        if self.more > 0 {
            let noun = if self.more == 1 { "violation" } else { "violations" };
            self.violations.push(Violation::new("", Keyword::More, format!("has {} more {noun}", self.more)));
        }
        self.violations
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_has_a_bit() {
        assert!(Keyword::ALL.len() <= 64);
    }
}

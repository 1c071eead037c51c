//! The violations that a walk found, limited so that even a huge body gives a readable report.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use crate::json::Duplicates;
use crate::keyword::Keyword;
use crate::pointer;
use crate::violation::Violation;

/// The most violations in a report.
const MOST: usize = 200;

/// The most violations about one parameter, so that a long array does not hide what is wrong elsewhere.
const MOST_OF_ONE: usize = 25;

/// The most paths that are remembered so that none is blamed twice for the same keyword. Beyond that a rule may repeat
/// an earlier finding, which only makes the number of violations too high.
const REMEMBERED: usize = 1 << 14;

/// What was found at a path.
#[derive(Default)]
struct Findings {
    /// The keywords that it was blamed for, as a bit set.
    blamed: u64,
    /// If it is a parameter: the number of violations listed for it.
    listed: usize,
}

/// The violations found: the first ones in full, the others as a number.
#[derive(Default)]
pub(crate) struct Report {
    violations: Vec<Violation>,
    /// The findings by the hash of their path, as paths can be long.
    findings: BTreeMap<u64, Findings>,
    hasher: RandomState,
    more: usize,
}

impl Report {
    /// Whether a violation is new and should be pushed. If there is no room for it, it is only counted.
    pub(crate) fn admit(&mut self, path: &str, keyword: Keyword, by_rule: bool) -> bool {
        let at = self.hasher.hash_one(path);
        let parameter = pointer::first_step(path);
        let parameter = if parameter.len() == path.len() { at } else { self.hasher.hash_one(parameter) };
        self.blame(at, keyword, by_rule) && self.has_room(parameter)
    }

    /// Records that a path is to blame. Returns whether that is new. Rules do not apply to a value of the wrong type.
    fn blame(&mut self, path: u64, keyword: Keyword, by_rule: bool) -> bool {
        let bit = |keyword: Keyword| 1_u64 << (keyword as u32);
        if self.findings.len() >= REMEMBERED && !self.findings.contains_key(&path) {
            return true;
        }
        let Findings { blamed, .. } = self.findings.entry(path).or_default();
        if *blamed & bit(keyword) != 0 || by_rule && *blamed & bit(Keyword::Type) != 0 {
            return false;
        }
        *blamed |= bit(keyword);
        true
    }

    /// Whether another violation of a parameter may be listed; if not, it is counted.
    fn has_room(&mut self, parameter: u64) -> bool {
        if self.violations.len() < MOST {
            let Findings { listed, .. } = self.findings.entry(parameter).or_default();
            if *listed < MOST_OF_ONE {
                *listed += 1;
                return true;
            }
        }
        self.count(1);
        false
    }

    /// Adds a violation that [`admit`](Self::admit) has admitted.
    pub(crate) fn push(&mut self, violation: Violation) {
        self.violations.push(violation);
    }

    /// Adds the names that occur twice.
    pub(crate) fn duplicates(&mut self, duplicates: Duplicates) {
        self.count(duplicates.more);
        for path in duplicates.paths {
            if self.admit(&path, Keyword::DuplicateKey, false) {
                self.push(Violation::new(path, Keyword::DuplicateKey, "is given more than once"));
            }
        }
    }

    /// Counts violations without listing them.
    fn count(&mut self, more: usize) {
        self.more = self.more.saturating_add(more);
    }

    /// The violations in the order of `place`, followed by one that says how many more there are.
    pub(crate) fn finish(mut self, place: impl Fn(&str) -> Option<usize>) -> Vec<Violation> {
        // Stable, so that the violations of one parameter stay in the order in which they were found.
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

//! Patterns of strings: what they match, and strings that match some of them and not others.

mod automata;

use regex_lite::Regex;

pub(crate) use automata::{Automata, SearchResult};

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    /// `Some` for all patterns that the generator accepts.
    regex: Option<Regex>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), regex: Regex::new(text).ok() }
    }

    /// Whether it matches somewhere in a string.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// The length of the shortest string that it matches, if known.
    pub(crate) fn shortest(&self) -> Option<u64> {
        match Automata::of([self])?.find(&[true], 0) {
            SearchResult::Text(text) => Some(text.chars().count() as u64),
            SearchResult::Nothing | SearchResult::Unknown => None,
        }
    }

    /// Whether it provably matches no string with more characters.
    pub(crate) fn is_never_longer(&self, most: u64) -> bool {
        Automata::of([self])
            .is_some_and(|automata| automata.find(&[true], most.saturating_add(1)) == SearchResult::Nothing)
    }

    /// Whether the other one provably matches whatever this one matches.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        self == other
            || Automata::of([self, other])
                .is_some_and(|automata| automata.find(&[true, false], 0) == SearchResult::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_implies_those_that_take_all_that_it_takes() {
        for (stricter, looser) in [
            ("^a", "^[ab]"),
            ("^[a-z]{1,20}$", "^[a-z]{1,30}$"),
            ("^[a-z0-9_-]{1,64}$", "^[a-zA-Z0-9_-]{1,64}$"),
            ("^#(?:[0-9a-fA-F]{3}){1,2}$", "^#[0-9a-fA-F]{3,6}$"),
            (r"^\d+x\d+$", "^[0-9]+x[0-9]+$"),
            ("^日本$", "本"),
            (r"^[\w.]+$", "^[A-Za-z0-9_.]+$"),
            (r"\bab\b", "ab"),
            ("a", ""),
        ] {
            let [stricter, looser] = [stricter, looser].map(Pattern::new);
            assert!(stricter.implies(&looser) && stricter.implies(&stricter), "{stricter:?} {looser:?}");
        }
        for (looser, stricter) in [("^[ab]", "^a"), ("^[a-z]{1,30}$", "^[a-z]{1,20}$"), ("", "a"), (r"^\w$", r"^\d$")] {
            let [looser, stricter] = [looser, stricter].map(Pattern::new);
            assert!(!looser.implies(&stricter), "{looser:?} {stricter:?}");
        }
    }

    #[test]
    fn a_pattern_may_say_how_long_a_string_is() {
        let colour = Pattern::new("^#(?:[0-9a-f]{3}){1,2}$");
        assert_eq!(colour.shortest(), Some(4));
        assert!(colour.is_never_longer(7) && !colour.is_never_longer(6));
        let free = Pattern::new("é");
        assert_eq!(free.shortest(), Some(1));
        assert!(!free.is_never_longer(200));
    }

    #[test]
    fn strings_that_are_found_are_as_they_were_wanted() {
        let texts = ["^[a-z]{2,9}$", "^[^a]", r"\d", r"[\w-]{3}$", "é+", r"a\.b|c{2,}", r"\bx"];
        let patterns = texts.map(Pattern::new);
        let mut found = 0;
        for one in &patterns {
            for other in patterns.iter().filter(|other| *other != one) {
                let automata = Automata::of([one, other]);
                assert!(automata.is_some(), "{one:?} {other:?}");
                let Some(automata) = automata else { continue };
                for wanted in [[true, true], [true, false], [false, true], [false, false]] {
                    for least in [0, 5] {
                        let SearchResult::Text(text) = automata.find(&wanted, least) else { continue };
                        found += 1;
                        assert_eq!([one.matches(&text), other.matches(&text)], wanted, "{one:?} {other:?} {text:?}");
                        assert!(text.chars().count() as u64 >= least, "{text:?}");
                    }
                }
            }
        }
        assert!(found > 100, "{found}");
    }
}

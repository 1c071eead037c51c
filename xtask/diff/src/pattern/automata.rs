//! Walks the automata of patterns in parallel to find the shortest string with the wanted matches.

use std::collections::{HashMap, VecDeque};

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, Input};

use super::Pattern;

/// The size in bytes of the largest automaton that is used.
const LARGEST: usize = 4 << 20;

/// How many combinations of states are visited before a search is given up.
const PATIENCE: usize = 30_000;

/// Longer strings are not searched for.
const LONGEST: u64 = 300;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SearchResult {
    Text(String),
    /// There is no such string.
    Nothing,
    /// There may be one.
    Unknown,
}

/// Patterns as automata over bytes.
pub(crate) struct Automata {
    automata: Vec<dense::DFA<Vec<u32>>>,
    /// One byte for each class that no automaton distinguishes, letters first.
    bytes: Vec<u8>,
}

/// A position of the walk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct WalkState {
    /// The state of each automaton; `None` once it has matched.
    states: Vec<Option<StateID>>,
    /// The bytes that UTF-8 requires next: how many, and the range of the first.
    due: (u8, u8, u8),
    /// The number of characters so far, counted up to the number needed.
    length: u64,
}

/// The position between two characters.
const NOTHING_DUE: (u8, u8, u8) = (0, 0, 0);

impl Automata {
    /// The automata of patterns, unless they are too large or cannot be built.
    pub(crate) fn of<'p>(patterns: impl IntoIterator<Item = &'p Pattern>) -> Option<Self> {
        let automata: Vec<_> = patterns.into_iter().map(|pattern| automaton(&pattern.text)).collect::<Option<_>>()?;
        let mut kinds: Vec<(Vec<u8>, u8)> = Vec::new();
        let mut bytes = Vec::new();
        let pleasant = |byte: &u8| match byte {
            b'a'..=b'z' => 0,
            b'0'..=b'9' => 1,
            b'A'..=b'Z' => 2,
            b'!'..=b'~' => 3,
            b' ' => 4,
            _ => 5,
        };
        let mut all: Vec<u8> = (0..=u8::MAX).collect();
        all.sort_by_key(pleasant);
        for byte in all {
            let kind = (automata.iter().map(|it| it.byte_classes().get(byte)).collect(), role(byte));
            if !kinds.contains(&kind) {
                kinds.push(kind);
                bytes.push(byte);
            }
        }
        Some(Self { automata, bytes })
    }

    /// The shortest string with at least `least` characters that each pattern matches or not, as wanted.
    pub(crate) fn find(&self, wanted: &[bool], least: u64) -> SearchResult {
        let input = Input::new("").anchored(Anchored::No);
        let starts: Result<Vec<_>, _> =
            self.automata.iter().map(|automaton| automaton.start_state_forward(&input).map(Some)).collect();
        let (Ok(states), true) = (starts, least <= LONGEST) else { return SearchResult::Unknown };
        let start = WalkState { states, due: NOTHING_DUE, length: 0 };
        // Each node, with the one it was reached from and the byte.
        let mut seen: HashMap<WalkState, Option<(WalkState, u8)>> = HashMap::from([(start.clone(), None)]);
        let mut open = VecDeque::from([start]);
        while let Some(node) = open.pop_front() {
            if node.due == NOTHING_DUE && node.length >= least && self.is_as_wanted(&node, wanted) {
                return text(&seen, node);
            }
            for byte in &self.bytes {
                match self.step(&node, *byte, wanted, least) {
                    ByteResult::To(next) if !seen.contains_key(&next) => {
                        if seen.len() >= PATIENCE {
                            return SearchResult::Unknown;
                        }
                        seen.insert(next.clone(), Some((node.clone(), *byte)));
                        open.push_back(next);
                    }
                    ByteResult::To(_) | ByteResult::Nowhere => {}
                    ByteResult::Lost => return SearchResult::Unknown,
                }
            }
        }
        SearchResult::Nothing
    }

    fn is_as_wanted(&self, node: &WalkState, wanted: &[bool]) -> bool {
        let verdicts = self.automata.iter().zip(&node.states).map(|(automaton, state)| match state {
            Some(state) => automaton.is_match_state(automaton.next_eoi_state(*state)),
            None => true,
        });
        verdicts.eq(wanted.iter().copied())
    }

    fn step(&self, node: &WalkState, byte: u8, wanted: &[bool], least: u64) -> ByteResult {
        let Some(due) = due(node.due, byte) else { return ByteResult::Nowhere };
        let begins = node.due == NOTHING_DUE;
        let mut states = Vec::with_capacity(node.states.len());
        for ((automaton, state), wanted) in self.automata.iter().zip(&node.states).zip(wanted) {
            let next = state.map(|state| automaton.next_state(state, byte));
            match next {
                Some(next) if automaton.is_quit_state(next) => return ByteResult::Lost,
                // Once it has matched, it does so whatever follows.
                Some(next) if automaton.is_match_state(next) => states.push(None),
                Some(next) if automaton.is_dead_state(next) && *wanted => return ByteResult::Nowhere,
                next => states.push(next),
            }
            if states.last() == Some(&None) && !wanted {
                return ByteResult::Nowhere;
            }
        }
        ByteResult::To(WalkState { states, due, length: (node.length + u64::from(begins)).min(least) })
    }
}

/// The result of a byte.
enum ByteResult {
    To(WalkState),
    /// It leads to no wanted string.
    Nowhere,
    /// The automaton cannot decide.
    Lost,
}

/// The automaton of a pattern, which searches for it anywhere.
fn automaton(pattern: &str) -> Option<dense::DFA<Vec<u32>>> {
    let config = dense::Config::new()
        .start_kind(StartKind::Unanchored)
        .dfa_size_limit(Some(LARGEST))
        .determinize_size_limit(Some(LARGEST));
    dense::Builder::new().configure(config).build(&in_ascii(pattern)?).ok()
}

/// The pattern with letters and digits of ASCII, as in JSON Schema, instead of Unicode.
fn in_ascii(pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match (letters.next()?, in_class) {
                ('d', true) => text.push_str("0-9"),
                ('d', false) => text.push_str("[0-9]"),
                ('w', true) => text.push_str("A-Za-z0-9_"),
                ('w', false) => text.push_str("[A-Za-z0-9_]"),
                ('D', false) => text.push_str("[^0-9]"),
                ('W', false) => text.push_str("[^A-Za-z0-9_]"),
                ('b', false) => text.push_str("(?-u:\\b)"),
                ('D' | 'W' | 'b' | 'B', _) => return None,
                (other, _) => text.extend(['\\', other]),
            },
            letter => {
                in_class = letter == '[' || in_class && letter != ']';
                text.push(letter);
            }
        }
    }
    Some(text)
}

/// The role of a byte in UTF-8; bytes with the same role can replace each other.
fn role(byte: u8) -> u8 {
    match byte {
        0x00..=0x7f => 0,
        0x80..=0x8f => 1,
        0x90..=0x9f => 2,
        0xa0..=0xbf => 3,
        0xc2..=0xdf => 4,
        0xe0 => 5,
        0xe1..=0xec | 0xee..=0xef => 6,
        0xed => 7,
        0xf0 => 8,
        0xf1..=0xf3 => 9,
        0xf4 => 10,
        _ => 11,
    }
}

/// What is due after a byte, if the byte is allowed.
fn due((left, low, high): (u8, u8, u8), byte: u8) -> Option<(u8, u8, u8)> {
    match (left, byte) {
        (0, 0x00..=0x7f) => Some(NOTHING_DUE),
        (0, 0xc2..=0xdf) => Some((1, 0x80, 0xbf)),
        (0, 0xe0) => Some((2, 0xa0, 0xbf)),
        (0, 0xed) => Some((2, 0x80, 0x9f)),
        (0, 0xe1..=0xef) => Some((2, 0x80, 0xbf)),
        (0, 0xf0) => Some((3, 0x90, 0xbf)),
        (0, 0xf1..=0xf3) => Some((3, 0x80, 0xbf)),
        (0, 0xf4) => Some((3, 0x80, 0x8f)),
        (0, _) => None,
        (left, byte) if (low..=high).contains(&byte) => {
            Some(if left == 1 { NOTHING_DUE } else { (left - 1, 0x80, 0xbf) })
        }
        _ => None,
    }
}

/// The string that leads to a node.
fn text(seen: &HashMap<WalkState, Option<(WalkState, u8)>>, mut node: WalkState) -> SearchResult {
    let mut bytes = Vec::new();
    while let Some(Some((from, byte))) = seen.get(&node) {
        bytes.push(*byte);
        node = from.clone();
    }
    bytes.reverse();
    String::from_utf8(bytes).map_or(SearchResult::Unknown, SearchResult::Text)
}

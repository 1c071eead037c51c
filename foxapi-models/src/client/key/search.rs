//! Finds the forms of a key in a text.

use std::collections::HashSet;
use std::ops::Range;

use super::REDACTED;
use super::forms::{forms, letters};
use super::view::{LetterView, views};

/// How many letters are checked before a whole window is.
const START: usize = 3;

/// A search for every window of every form that represents a number of characters of the key.
pub(super) struct Search {
    key: String,
    windows: Vec<Windows>,
}

/// The windows of one width.
struct Windows {
    width: usize,
    /// Whether any window begins with these letters; at most places of a text none does.
    starts: Vec<bool>,
    known: HashSet<Vec<u8>>,
}

impl Search {
    /// A search for this many characters of the key in a row, or for the whole of a shorter key.
    pub(super) fn new(key: &str, characters: usize) -> Self {
        let mut search = Self { key: key.to_owned(), windows: Vec::new() };
        for form in forms(key) {
            let width = (form.letters.len() * characters).div_ceil(form.of.max(1));
            let width = width.max(characters).min(form.letters.len());
            search.of_width(width).add(&form.letters);
        }
        search
    }

    fn of_width(&mut self, width: usize) -> &mut Windows {
        let index = self.windows.iter().position(|windows| windows.width == width).unwrap_or_else(|| {
            self.windows.push(Windows {
                width,
                starts: vec![false; 36_usize.pow(START as u32)],
                known: HashSet::new(),
            });
            self.windows.len() - 1
        });
        // The index is that of an element just found or pushed.
        #[allow(clippy::indexing_slicing, reason = "an element that was just found or pushed")]
        &mut self.windows[index]
    }

    /// Where the key is in letters, as ranges of them.
    pub(super) fn find(&self, letters: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for windows in &self.windows {
            let places = letters.windows(windows.width.max(1)).enumerate();
            found.extend(places.filter(|(_, window)| windows.has(window)).map(|(at, _)| at..at + windows.width));
        }
        merged(found)
    }

    /// The places of a text that contain the key, in any form.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        merged(views(text).iter().flat_map(|view| self.places_of(view)).collect())
    }

    fn places_of(&self, view: &LetterView) -> Vec<Range<usize>> {
        let covered = |range: Range<usize>| {
            let places = view.places.get(range)?;
            Some(places.first()?.start..places.last()?.end)
        };
        self.find(&view.letters).into_iter().filter_map(covered).collect()
    }

    /// Whether a text is short and contains most of the key in pieces; a long text always contains its letters.
    pub(super) fn is_scattered_in(&self, text: &str) -> bool {
        /// As long as the part of a text that is shown.
        const SHORT: usize = 300;

        text.len() <= SHORT && is_scattered(&self.key, text)
    }

    /// The text without the key.
    pub(super) fn hide(&self, text: &str) -> String {
        replace(text, &self.places(text))
    }
}

impl Windows {
    fn add(&mut self, letters: &[u8]) {
        for window in letters.windows(self.width.max(1)) {
            if let Some(start) = self.starts.get_mut(start(window)) {
                *start = true;
            }
            self.known.insert(window.to_vec());
        }
    }

    fn has(&self, window: &[u8]) -> bool {
        self.starts.get(start(window)).is_some_and(|known| *known) && self.known.contains(window)
    }
}

/// The index of the first letters in [`Windows::starts`].
fn start(window: &[u8]) -> usize {
    let digit = |byte: &u8| char::from(*byte).to_digit(36).unwrap_or_default() as usize;
    window.iter().take(START).fold(0, |number, byte| number * 36 + digit(byte))
}

/// The ranges in order, with those that touch merged.
pub(super) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The text with a mark in place of each range.
pub(super) fn replace(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(REDACTED);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Whether a text contains most of the letters of a key in their order, or reversed, with anything between them.
/// Case matters: in ordinary words the letters of a key do not follow one another.
fn is_scattered(key: &str, text: &str) -> bool {
    /// A shorter key is too easily found in unrelated texts.
    const SHORTEST: usize = 12;
    /// Out of ten letters.
    const MOST: usize = 8;

    let key: Vec<u8> = key.trim_start_matches("sk-").bytes().filter(u8::is_ascii_alphanumeric).collect();
    let text: Vec<u8> = text.replace(REDACTED, "").bytes().filter(u8::is_ascii_alphanumeric).collect();
    let reversed: Vec<u8> = key.iter().rev().copied().collect();
    let is_most = |key: &[u8]| common(key, &text) * 10 >= key.len() * MOST;
    key.len() >= SHORTEST && letters(&key).len() == key.len() && (is_most(&key) || is_most(&reversed))
}

/// The length of the longest common subsequence.
fn common(key: &[u8], text: &[u8]) -> usize {
    let mut lengths = vec![0; key.len() + 1];
    for letter in text {
        let mut diagonal = 0;
        let mut left = 0;
        for (wanted, length) in key.iter().zip(lengths.iter_mut().skip(1)) {
            let above = *length;
            *length = if wanted == letter { diagonal + 1 } else { above.max(left) };
            diagonal = above;
            left = *length;
        }
    }
    lengths.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd";

    #[test]
    fn ranges_that_touch_are_one() {
        assert_eq!(merged(vec![5..7, 0..2, 2..3, 6..9]), [0..3, 5..9]);
    }

    #[test]
    fn pieces_of_it_are_noticed_and_words_are_not() {
        let pieces = "p1=Zq7X, p2=w9Kj, p3=3Vb5, p4=Nm1T";
        assert!(is_scattered(KEY, pieces));
        assert!(is_scattered(KEY, &pieces.chars().rev().collect::<String>()));
        let words = "The quick brown fox jumps over the lazy dog 17 times; NOTHING of this is a key, \
                     not even 0123456789 or [API key], and it goes on and on with Zebras, XYLOPHONES and Kiwis.";
        assert!(!is_scattered(KEY, words));
    }

    #[test]
    fn the_longest_common_subsequence_is_found() {
        assert_eq!(common(b"abcde", b"xaxcxexb"), 3);
        assert_eq!(common(b"abc", b""), 0);
    }
}

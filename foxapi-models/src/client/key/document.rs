//! Removes the key from a JSON document, from single texts and where it is spread over several.

use std::ops::Range;

use serde_json::{Map, Value};

use super::REDACTED;
use super::search::{Search, merged, replace};

/// The most text for which a document is searched as a whole; in a longer one nobody could piece a key together.
const JOINED: usize = 256 * 1024;

/// A name, a string or a number of a document.
struct Leaf {
    text: String,
    is_name: bool,
    hidden: Vec<Range<usize>>,
}

/// Hides the key. `prose` searches texts with spaces, `tokens` those that may be IDs or addresses. Once any part of
/// the key is found, everything is searched for the smallest part of it.
pub(super) fn hide(document: &mut Value, prose: &Search, tokens: &Search) {
    let mut leaves = Vec::new();
    collect(document, &mut leaves);
    look(&mut leaves, prose, tokens);
    if leaves.iter().any(|leaf| !leaf.hidden.is_empty()) {
        look(&mut leaves, prose, prose);
        write(document, &mut leaves.into_iter());
    }
}

/// Records where the key is in each leaf.
fn look(leaves: &mut [Leaf], prose: &Search, tokens: &Search) {
    for leaf in leaves.iter_mut() {
        let is_prose = leaf.text.contains(char::is_whitespace);
        leaf.hidden = if is_prose { prose } else { tokens }.places(&leaf.text);
        // A long signature may contain the letters of any key in their order.
        if is_prose && prose.is_scattered_in(&leaf.text) {
            leaf.hidden.push(0..leaf.text.len());
        }
    }
    if leaves.iter().map(|leaf| leaf.text.len()).sum::<usize>() <= JOINED {
        spread(leaves, tokens, |_| true);
        spread(leaves, tokens, |leaf| !leaf.is_name);
    }
}

/// Records the parts of the key in the chosen leaves when these are read one after the other.
fn spread(leaves: &mut [Leaf], search: &Search, chosen: impl Fn(&Leaf) -> bool) {
    let mut letters = Vec::new();
    let mut places = Vec::new();
    for (index, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| chosen(leaf)) {
        for (at, byte) in leaf.text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphanumeric()) {
            letters.push(byte.to_ascii_lowercase());
            places.push((index, at));
        }
    }
    for range in search.find(&letters) {
        for (index, at) in places.get(range).unwrap_or_default() {
            if let Some(leaf) = leaves.get_mut(*index) {
                leaf.hidden.push(*at..at + 1);
            }
        }
    }
}

fn collect(value: &Value, leaves: &mut Vec<Leaf>) {
    let mut add = |text: String, is_name| leaves.push(Leaf { text, is_name, hidden: Vec::new() });
    match value {
        Value::String(text) => add(text.clone(), false),
        Value::Number(number) => add(number.to_string(), false),
        Value::Array(items) => items.iter().for_each(|item| collect(item, leaves)),
        Value::Object(properties) => {
            for (name, value) in properties {
                leaves.push(Leaf { text: name.clone(), is_name: true, hidden: Vec::new() });
                collect(value, leaves);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Writes the leaves back, in the order in which they were collected.
fn write(value: &mut Value, leaves: &mut impl Iterator<Item = Leaf>) {
    match value {
        Value::String(_) | Value::Number(_) => {
            if let Some(text) = leaves.next().and_then(hidden) {
                *value = Value::String(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| write(item, leaves)),
        Value::Object(properties) => {
            let mut written = Map::new();
            for (name, mut value) in std::mem::take(properties) {
                let name = leaves.next().and_then(hidden).unwrap_or(name);
                write(&mut value, leaves);
                written.insert(name, value);
            }
            *properties = written;
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// The text of a leaf without the key, if it contained any of it.
fn hidden(leaf: Leaf) -> Option<String> {
    let ranges = merged(leaf.hidden);
    let hidden = ranges.iter().map(|range| range.end - range.start).sum::<usize>();
    let whole = hidden * 2 > leaf.text.len() && !leaf.text.contains(char::is_whitespace);
    match ranges.as_slice() {
        [] => None,
        // If a text is mostly the key, nothing of it is worth keeping.
        _ if whole => Some(REDACTED.to_owned()),
        ranges => Some(replace(&leaf.text, ranges)),
    }
}

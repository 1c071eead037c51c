//! Values below a label: the options of `Available options:`, and what follows `Example:`.

use serde_json::Value as Json;

use crate::capture::{label, lists};
use crate::page::{At, Kind, Parameter};

/// Lines of an example: more than any has.
const MOST_LINES: usize = 200;

/// Reads the values of `Available options:`: all but the last end in a comma. Gives the line after them.
pub(super) fn enumerated(rest: &str, lines: &[&str], from: usize, end: usize, parameter: &mut Parameter) -> usize {
    const COMMAS: [char; 3] = [',', '、', '，'];
    let mut values: Vec<At<Json>> = Vec::new();
    let mut has_commas = false;
    let mut goes_on = true;
    let mut after = from;
    // The values may begin on the line of the label.
    let on_label = (!rest.is_empty()).then_some((from, rest));
    let below = (from..end).map(|at| (at + 1, lines.get(at).copied().unwrap_or_default()));
    for (number, text) in on_label.into_iter().chain(below) {
        if text.is_empty() && goes_on {
            continue;
        }
        let is_other = text.is_empty() || label::label(text).is_some() || label::is_about_children(text);
        let is_word = !text.trim_end_matches(',').contains(char::is_whitespace) || text.contains(", ");
        // Copies without commas have a value per line, with nothing between.
        if number > from && (is_other || !goes_on && (!is_word || has_commas)) {
            break;
        }
        let words = text.split(COMMAS).map(|word| word.trim().trim_matches('`')).filter(|it| !it.is_empty());
        // A value that does not fit its type is compared as it stands.
        let value = |word: &str| lists::value(word, parameter.kind.as_ref()).unwrap_or_else(|| word.into());
        values.extend(words.map(|word| At::new(number, value(word))));
        goes_on = text.ends_with(COMMAS);
        has_commas |= text.contains(COMMAS) && (goes_on || number == from);
        after = number;
    }
    parameter.options = values;
    after
}

/// Reads the values of `Example:`. Gives the line after them.
pub(super) fn examples(
    rest: &str,
    lines: &[&str],
    from: usize,
    end: usize,
    parameter: &mut Parameter,
    unread: &mut Vec<At<String>>,
) -> usize {
    let mut at = from;
    if rest.is_empty() {
        while at < end && lines.get(at).is_some_and(|line| line.is_empty() || line.starts_with("```")) {
            at += 1;
        }
    }
    let first = if rest.is_empty() { at } else { from.saturating_sub(1) };
    let below = lines.get(at..end.min(at + MOST_LINES)).unwrap_or_default();
    let mut text = rest.to_owned();
    for line in below {
        if !text.is_empty() || !rest.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    let text = text.replace('`', " ");
    let mut offset = 0;
    let mut values = Vec::new();
    loop {
        let remaining = text.get(offset..).unwrap_or_default();
        let gap = remaining.len() - remaining.trim_start_matches([' ', '\n', '\t', ',', '\r']).len();
        let begins = offset + gap;
        let Some(remaining) = text.get(begins..).filter(|it| !it.is_empty()) else { break };
        let line = first + 1 + newlines(text.get(..begins).unwrap_or_default());
        let mut stream = serde_json::Deserializer::from_str(remaining).into_iter::<Json>();
        if let Some(Ok(value)) = stream.next() {
            offset = begins + stream.byte_offset();
            values.push(At::new(line, value));
        } else if let (Some((value, length)), true) = (over_lines(remaining), values.is_empty()) {
            offset = begins + length;
            values.push(At::new(line, value.into()));
        } else {
            break;
        }
    }
    if values.is_empty() {
        let Some(line) = text.lines().next().filter(|line| !line.trim().is_empty()) else { return at };
        if matches!(parameter.kind, Some(Kind::String(_)) | None) {
            parameter.examples.push(At::new(first + 1, line.trim().into()));
        } else {
            unread.push(At::new(first + 1, format!("{}: the example `{line}` cannot be read", parameter.name)));
        }
        return first + 1;
    }
    parameter.examples.extend(values);
    let used = text.get(..offset).unwrap_or_default();
    (first + newlines(used) + 1).max(from)
}

/// A text in quotes that goes over several lines, which JSON does not allow; with its length.
fn over_lines(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('"')?;
    let end = inner.find("\"\n").or_else(|| inner.ends_with('"').then(|| inner.len() - 1))?;
    Some((inner.get(..end)?.to_owned(), end + 2))
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

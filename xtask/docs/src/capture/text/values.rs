//! Values below a label: the options of `Available options:`, and what follows `Example:`.

use serde_json::Value as JsonValue;

use crate::capture::{label, lists};
use crate::page::{At, Parameter, ValueKind};

/// The maximum number of lines of an example: more than any example has.
const MOST_LINES: usize = 200;

/// Reads the values of `Available options:`: all but the last end in a comma. Returns the line after them.
pub(super) fn enumerated(rest: &str, lines: &[&str], from: usize, end: usize, parameter: &mut Parameter) -> usize {
    const COMMAS: [char; 3] = [',', '、', '，'];
    let mut after = from;
    // The values may begin on the line of the label.
    let below = (from..end).map(|at| (at + 1, lines.get(at).copied().unwrap_or_default()));
    for (number, text) in std::iter::once((from, rest)).chain(below).filter(|(_, text)| !text.is_empty()) {
        if label::label(text).is_some() || label::is_about_children(text) {
            break;
        }
        let words = text.split(COMMAS).map(|word| word.trim().trim_matches('`')).filter(|it| !it.is_empty());
        // A value that does not fit its type is compared as it is.
        let value = |word: &str| lists::value(word, parameter.kind.as_ref()).unwrap_or_else(|| word.into());
        let values: Vec<At<JsonValue>> = words.map(|word| At::new(number, value(word))).collect();
        parameter.options.extend(values);
        after = number;
        if !text.ends_with(COMMAS) {
            break;
        }
    }
    after
}

/// Reads the values of `Example:`. Returns the line after them.
pub(super) fn examples(
    rest: &str,
    lines: &[&str],
    from: usize,
    end: usize,
    parameter: &mut Parameter,
    unread: &mut Vec<At<String>>,
) -> usize {
    // The values begin on the line of the label, or below it.
    let is_gap = |line: &&str| line.is_empty() || line.starts_with("```");
    let below = lines.get(from..end.min(from + MOST_LINES)).unwrap_or_default();
    let gap = if rest.is_empty() { below.iter().take_while(|line| is_gap(line)).count() } else { 0 };
    let on_label = Some(rest).filter(|rest| !rest.is_empty());
    let first = if on_label.is_some() { from - 1 } else { from + gap };
    let shown: Vec<&str> = on_label.into_iter().chain(below.iter().skip(gap).copied()).collect();
    let text = shown.join("\n").replace('`', " ");
    let line_of = |offset: usize| first + 1 + text.get(..offset).unwrap_or_default().matches('\n').count();

    let mut stream = serde_json::Deserializer::from_str(&text).into_iter::<JsonValue>();
    let mut end = 0;
    while let Some(Ok(value)) = stream.next() {
        let begin = text.len() - text.get(end..).unwrap_or_default().trim_start().len();
        parameter.examples.push(At::new(line_of(begin), value));
        end = stream.byte_offset();
    }
    if end > 0 {
        return line_of(end).max(from);
    }
    let Some(line) = shown.first().filter(|line| !line.trim().is_empty()) else { return from + gap };
    if matches!(parameter.kind, Some(ValueKind::String(_)) | None) {
        parameter.examples.push(At::new(first + 1, line.replace('`', " ").trim().into()));
    } else {
        unread.push(At::new(first + 1, format!("{}: the example `{line}` cannot be read", parameter.name)));
    }
    first + 1
}

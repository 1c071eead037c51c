//! What the words of a page say in a form that can be read: lists of values, and marks at them.

use serde_json::Value as Json;

use super::label::{self, Label};
use crate::docs::page::{At, Kind, Options};

/// What stands in a list of values.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) options: Options,
    /// The value that the list marks as the default.
    pub(crate) default: Option<At<Json>>,
    /// A list that could not be read as values.
    pub(crate) unread: Option<usize>,
}

/// Reads the first list of values among lines of words.
pub(crate) fn read(lines: &[At<String>], kind: Option<&Kind>) -> Notes {
    for (index, line) in lines.iter().enumerate() {
        let text = plain(&line.value);
        if let Some((Label::Listed, rest)) = label::label(&text) {
            let after = lines.get(index + 1..).unwrap_or_default();
            let notes = match rest {
                "" => list(after, kind),
                rest => inline(line.line, rest, kind),
            };
            if notes.options != Options::None || notes.unread.is_some() {
                return notes;
            }
        }
        // The head of a table can be the label: `| Value | Meaning |`.
        let is_head = is_row(&line.value) && first_cell(&text).is_some_and(label::is_listed);
        if is_head
            && let found @ Notes { options: Options::Listed(_), .. } =
                list(lines.get(index..).unwrap_or_default(), kind)
        {
            return found;
        }
    }
    Notes::default()
}

/// A line without the marks of Markdown.
pub(crate) fn plain(line: &str) -> String {
    line.replace("**", "").replace(['`', '\\'], "").trim().to_owned()
}

/// The text of an item of a list.
pub(crate) fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["•", "- ", "* ", "– ", "◦", "●", "·"].iter().find_map(|mark| line.strip_prefix(mark)).map(str::trim)
}

/// Values on one line: `4, 6, 8`, `a / b`, `4、8`.
fn inline(line: usize, text: &str, kind: Option<&Kind>) -> Notes {
    let mut notes = Notes::default();
    let mut options = Vec::new();
    let text = text.trim_end_matches(['.', '。']);
    let text = text.replace(" or ", ",").replace('或', ",").replace(" and ", ",").replace('和', ",");
    for part in text.split([',', '、', '，', '|', ';', '；']).flat_map(|part| part.split(" / ")) {
        let (word, rest) = head(part.trim());
        if word.is_empty() {
            continue;
        }
        let Some(value) = value(word, kind).filter(|_| !word.contains(char::is_whitespace)) else {
            return Notes { unread: Some(line), ..Notes::default() };
        };
        if label::says_default(rest) {
            notes.default = Some(At::new(line, value.clone()));
        }
        options.push(At::new(line, value));
    }
    notes.options = match options.as_slice() {
        [] => Options::None,
        // One alone may be several that lost what stood between them.
        [one] => Options::Glued { line, text: one.value.as_str().map_or_else(|| one.value.to_string(), str::to_owned) },
        _ => Options::Listed(options),
    };
    notes
}

/// Values with a line each: items of a list, or rows of a table.
fn list(lines: &[At<String>], kind: Option<&Kind>) -> Notes {
    let mut notes = Notes::default();
    let lines = lines.iter().skip_while(|line| line.value.is_empty());
    let mut options = Vec::new();
    let mut rows = Vec::new();
    for line in lines {
        let text = plain(&line.value);
        match item(&text) {
            Some(item) if rows.is_empty() => {
                let (words, rest) = head(item);
                // `16:9 / 1280x720` names one value twice.
                for word in words.split(" / ").map(str::trim) {
                    let Some(value) = value(word, kind).filter(|_| !word.contains(char::is_whitespace)) else {
                        return Notes { unread: Some(line.line), ..Notes::default() };
                    };
                    if label::says_default(rest) && notes.default.is_none() {
                        notes.default = Some(At::new(line.line, value.clone()));
                    }
                    options.push(At::new(line.line, value));
                }
            }
            // Some copies have an empty line between items.
            _ if text.is_empty() && rows.is_empty() => {}
            _ if !options.is_empty() || text.is_empty() || label::label(&text).is_some() => break,
            _ => rows.push(At::new(line.line, line.value.clone())),
        }
    }
    notes.options = match (options.is_empty(), rows.as_slice()) {
        (false, _) => Options::Listed(options),
        (true, []) => Options::None,
        (true, [_, cells @ ..]) if !cells.is_empty() && rows.iter().all(|row| is_row(&row.value)) => {
            let mut values = Vec::new();
            for row in cells.iter().filter(|row| !row.value.chars().all(|it| "|-: \t".contains(it))) {
                let Some(value) = first_cell(&row.value).and_then(|cell| value(&plain(cell), kind)) else { continue };
                if label::says_default(&row.value) && notes.default.is_none() {
                    notes.default = Some(At::new(row.line, value.clone()));
                }
                values.push(At::new(row.line, value));
            }
            Options::Listed(values)
        }
        (true, _) => Options::Rows(rows),
    };
    notes
}

/// What stands first in a row.
fn first_cell(row: &str) -> Option<&str> {
    row.split(['\t', '|']).map(str::trim).find(|cell| !cell.is_empty())
}

/// Whether a line has the cells of a table apart.
pub(crate) fn is_row(line: &str) -> bool {
    line.contains('\t') || line.starts_with('|')
}

/// A value and what is said about it: `16:9 — Landscape`, `first: the first frame`, `720p (default)`.
pub(crate) fn head(item: &str) -> (&str, &str) {
    let mut letters = item.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '—' | '–' | '：' | '（' | '(' | '\t' => true,
            // Not the colon of 16:9, nor the hyphen of text-to-video.
            ':' => next.is_none_or(|next| next.is_whitespace() || !next.is_ascii()),
            '-' => next.is_some_and(char::is_whitespace),
            _ => false,
        };
        if ends {
            let (value, rest) = item.split_at(at);
            // `4 - 15 seconds` is a range, and no value with words about it.
            let is_range = letter == '-'
                && value.trim_end().ends_with(|it: char| it.is_ascii_digit())
                && rest.trim_start_matches(['-', ' ']).starts_with(|it: char| it.is_ascii_digit())
                && value.trim().parse::<f64>().is_ok()
                && !rest.trim_start_matches(['-', ' ']).starts_with(value.trim());
            if is_range {
                return (item, "");
            }
            return (trimmed(value), rest);
        }
    }
    (trimmed(item), "")
}

fn trimmed(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'', '“', '”'])
}

/// A word as a value of the parameter.
pub(crate) fn value(word: &str, kind: Option<&Kind>) -> Option<Json> {
    let word = trimmed(word);
    match kind {
        Some(Kind::Integer | Kind::Number) => word.parse().ok().map(Json::Number),
        Some(Kind::Boolean) => word.parse().ok().map(Json::Bool),
        Some(Kind::Array(Some(inner))) => value(word, Some(inner)),
        _ => (!word.is_empty()).then(|| word.into()),
    }
}

/// The numbers in a text that stand alone: no part of a word, a ratio or a resolution.
pub(crate) fn numbers(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let part = |letter: Option<&char>| letter.is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | ':'));
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        if !letter.is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let goes_on = |at: usize| {
            letters.get(at).is_some_and(|it| {
                let between = matches!(it, '.' | ',') && letters.get(at + 1).is_some_and(char::is_ascii_digit);
                it.is_ascii_digit() || between
            })
        };
        while goes_on(at) {
            at += 1;
        }
        let before = start.checked_sub(1).and_then(|before| letters.get(before));
        let colon_ends = letters.get(at) == Some(&':') && !letters.get(at + 1).is_some_and(char::is_ascii_digit);
        // Units are part of no name: 10s, 5MB.
        if !part(before) && (colon_ends || letters.get(at) != Some(&':')) {
            let number: String = letters.get(start..at).unwrap_or_default().iter().filter(|it| **it != ',').collect();
            numbers.push(if before == Some(&'-') && is_sign(&letters, start - 1) {
                format!("-{number}")
            } else {
                number
            });
        }
    }
    numbers
}

/// Whether a hyphen is a sign, and not the dash of a range such as 3-15.
fn is_sign(letters: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| letters.get(before)).is_none_or(|before| before.is_whitespace())
        && letters.get(at + 1).is_some_and(char::is_ascii_digit)
        && !letters.get(..at.saturating_sub(1)).unwrap_or_default().iter().rev().take(1).any(char::is_ascii_digit)
}

/// The ranges in a text: `3-15`, `3 to 15`, `3～15`, `1 - 4`.
pub(crate) fn ranges(text: &str) -> Vec<(String, String)> {
    let mut text = text.to_lowercase();
    for dash in [" to ", "～", "~", "–", "—", "至", "到", "-", " and "] {
        text = text.replace(dash, "\u{1}");
    }
    let mut ranges = Vec::new();
    let parts: Vec<&str> = text.split('\u{1}').collect();
    for pair in parts.windows(2) {
        let [left, right] = pair else { continue };
        let (left, right) = (left.trim_end(), right.trim_start());
        let left: String = digits_back(left);
        let right: String = right.chars().take_while(|it| it.is_ascii_digit() || *it == '.').collect();
        let right = right.trim_end_matches('.').to_owned();
        if !left.is_empty() && !right.is_empty() {
            ranges.push((left, right));
        }
    }
    ranges
}

/// The digits at the end of a text, a unit after them left out: `3 s`, `3秒`.
fn digits_back(text: &str) -> String {
    let text = text.trim_end_matches(['s', '秒', ' ']);
    let reversed: Vec<char> = text.chars().rev().take_while(|it| it.is_ascii_digit() || *it == '.').collect();
    reversed.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(text: &str) -> Vec<At<String>> {
        text.lines().enumerate().map(|(at, line)| At::new(at + 1, line.trim().to_owned())).collect()
    }

    fn options(text: &str, kind: &Kind) -> Vec<Json> {
        match read(&lines(text), Some(kind)).options {
            Options::Listed(values) => values.into_iter().map(|at| at.value).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn lists_of_values_are_read_in_every_form() {
        let text = Kind::String(None);
        assert_eq!(
            options("Options:\n\n• 720p — SD\n• 4k — own tier\nNotes:\n• x", &text),
            [json!("720p"), json!("4k")]
        );
        assert_eq!(options("**Options:**\n- `16:9` — Wide (default)\n- `1:1`", &text), [json!("16:9"), json!("1:1")]);
        assert_eq!(options("可选值: 4、8、12", &Kind::Integer), [json!(4), json!(8), json!(12)]);
        assert_eq!(options("Options: a_b / c_d", &text), [json!("a_b"), json!("c_d")]);
        assert_eq!(options("Options: 720p or 1080p.", &text), [json!("720p"), json!("1080p")]);
        assert_eq!(options("可选值:\n• std:标准\n• pro:高", &text), [json!("std"), json!("pro")]);
        assert_eq!(options("Options:\nValue\tMeaning\nstd\tfast\npro\tgood\n", &text), [json!("std"), json!("pro")]);
        assert_eq!(
            options("| 可选值 | 说明 |\n|---|---|\n| `std` | 标准 |\n| `pro` | 高 |", &text),
            [json!("std"), json!("pro")]
        );
        assert_eq!(options("Options:\n• 16:9 / 1280x720 — Wide", &text), [json!("16:9"), json!("1280x720")]);
    }

    #[test]
    fn the_default_is_read_off_its_mark() {
        let notes = read(&lines("Options:\n• a — first\n• b — second (default)\n"), None);
        assert_eq!(notes.default, Some(At::new(3, json!("b"))));
    }

    #[test]
    fn what_is_no_list_of_values_is_left_alone() {
        assert_eq!(read(&lines("Options: see the table below"), None).options, Options::None);
        assert_eq!(read(&lines("Options: 3-15"), Some(&Kind::Integer)).options, Options::None);
        assert!(matches!(read(&lines("可选值: 16:99:161:1"), None).options, Options::Glued { .. }));
        assert!(matches!(read(&lines("Options:\nstdgood\nprobetter\n"), None).options, Options::Rows(_)));
    }

    #[test]
    fn a_range_in_a_list_is_no_value() {
        assert_eq!(head("5 - 5-second video"), ("5", "- 5-second video"));
        assert_eq!(head("4 - 15 seconds"), ("4 - 15 seconds", ""));
        assert_eq!(
            read(&lines("Options:\n• -1 — automatic\n• 4 - 15 seconds"), Some(&Kind::Integer)).options,
            Options::None
        );
    }

    #[test]
    fn numbers_and_ranges_are_found_in_words() {
        assert_eq!(numbers("Maximum 2 voices, <<<voice_1>>> 16:9, 5,000 characters"), ["2", "5000"]);
        assert_eq!(numbers("最长 2500 字符, 10s"), ["2500", "10"]);
        assert_eq!(ranges("duration (seconds), 3-15"), [("3".to_owned(), "15".to_owned())]);
        assert_eq!(ranges("from 3 to 15, 支持 2～10 秒").len(), 2);
        assert_eq!(ranges("1 is the strictest, 6 the most permissive"), []);
    }
}

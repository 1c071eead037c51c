//! What the words of a page say in a form that can be read: lists of values, and marks at them.

use serde_json::Value as Json;

use super::label::{self, Label};
use crate::page::{At, Kind, Options};

/// What stands in a list of values.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) options: Options,
    /// The value that the list marks as the default.
    pub(crate) default: Option<At<Json>>,
    /// Another value that it marks so as well.
    pub(crate) another: Option<At<Json>>,
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
        let within = within(line.line, &text, kind);
        if within.options != Options::None {
            return within;
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

/// Values that a sentence lists in its course: `Size, accepted values: 1k, 2k`, `清晰度，可选 1k、2k`.
fn within(line: usize, text: &str, kind: Option<&Kind>) -> Notes {
    let mut found = Notes::default();
    let sentences = text.split(['。', ';', '；']).flat_map(|part| part.split(". "));
    for sentence in sentences {
        for (at, _) in sentence.match_indices([',', '，', ')', '）']).chain([(0, "")]) {
            let clause = sentence.get(at..).unwrap_or_default().trim_start_matches([',', '，', ')', '）', ' ']);
            let labelled = label::label(clause).filter(|(label, _)| *label == Label::Listed).map(|(_, rest)| rest);
            let bare = ["可选值为", "可选值", "可选"].iter().find_map(|word| clause.strip_prefix(word));
            let Some(rest) = labelled.or(bare).filter(|rest| !rest.trim().is_empty()) else { continue };
            let notes = inline(line, rest.trim_start_matches(['为', ':', '：', ' ']), kind);
            let is_list =
                matches!(&notes.options, Options::Listed(values) if values.iter().all(|it| is_plain(&it.value)));
            if is_list && found.options == Options::None {
                found = notes;
            }
        }
    }
    found
}

/// Whether a value is one beyond doubt, and no word of the sentence.
fn is_plain(value: &Json) -> bool {
    value.as_str().is_none_or(|text| text.is_ascii())
}

/// Whether a line is a label of notes, and no condition.
pub(crate) fn is_known_label(line: &str) -> bool {
    label::label(line).is_some()
}

/// A line without the marks of Markdown.
pub(crate) fn plain(line: &str) -> String {
    line.replace("**", "").replace(['`', '\\'], "").trim().to_owned()
}

/// A word of a shell without its quotes.
pub(crate) fn unquoted(word: &str) -> &str {
    word.trim_matches(['\'', '"', '\\'])
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
    // The list ends with its sentence.
    let text = text.split(". ").next().unwrap_or(text).split('。').next().unwrap_or(text);
    let text = text.trim_end_matches('.');
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
            Some(item) if rows.is_empty() && several(item, kind).is_some() => {
                let values = several(item, kind).unwrap_or_default();
                options.extend(values.into_iter().map(|value| At::new(line.line, value)));
            }
            Some(item) if rows.is_empty() => {
                let (words, rest) = head(item);
                // `16:9 / 1280x720` names one value twice.
                for word in words.split(" / ").map(str::trim) {
                    let Some(value) = value(word, kind).filter(|_| !word.contains(char::is_whitespace)) else {
                        return Notes { unread: Some(line.line), ..Notes::default() };
                    };
                    if label::says_default(rest) {
                        let place = if notes.default.is_none() { &mut notes.default } else { &mut notes.another };
                        *place = Some(At::new(line.line, value.clone()));
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

/// The values of an item that has several, with no more than brackets about each: `16:9 (wide), 9:16 (upright)`.
fn several(item: &str, kind: Option<&Kind>) -> Option<Vec<Json>> {
    let mut values = Vec::new();
    for part in item.split('、').flat_map(|part| part.split(", ")) {
        let (word, rest) = head(part.trim());
        let is_plain = rest.is_empty() || rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
        if !is_plain || word.contains(char::is_whitespace) {
            return None;
        }
        values.push(value(word, kind)?);
    }
    (values.len() > 1).then_some(values)
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
        assert_eq!(options("Options: 720p, 1080p. More cost more.", &text), [json!("720p"), json!("1080p")]);
        assert_eq!(options("清晰度，可选 720p、1080p", &text), [json!("720p"), json!("1080p")]);
        assert_eq!(options("Size (px), accepted values: 1k, 2k", &text), [json!("1k"), json!("2k")]);
        assert_eq!(options("可选值:\n• std:标准\n• pro:高", &text), [json!("std"), json!("pro")]);
        assert_eq!(options("Options:\nValue\tMeaning\nstd\tfast\npro\tgood\n", &text), [json!("std"), json!("pro")]);
        assert_eq!(
            options("| 可选值 | 说明 |\n|---|---|\n| `std` | 标准 |\n| `pro` | 高 |", &text),
            [json!("std"), json!("pro")]
        );
        assert_eq!(
            options("可选值：\n- `16:9`（横屏）、`9:16`（竖屏）、`4:3`\n- `adaptive`：自动", &text),
            [json!("16:9"), json!("9:16"), json!("4:3"), json!("adaptive")]
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
}

//! Lists of values against each other, also lists that lost what stood between the values.

use serde_json::Value as Json;

use crate::page::{At, Options};

/// A value as text, whatever its type: a page may write `5` for a number and a spec too.
pub(crate) fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is wrong with a list of the page, given the values of the spec: lines and messages.
pub(crate) fn differences(of_page: &Options, of_spec: &[String]) -> Vec<(usize, String)> {
    match of_page {
        Options::None => Vec::new(),
        Options::Listed(values) => listed(values, of_spec),
        Options::Glued { line, text } => glued(*line, text, of_spec),
        Options::Rows(rows) => by_row(rows, of_spec),
    }
}

fn listed(values: &[At<Json>], of_spec: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for value in values {
        if !of_spec.contains(&text(&value.value)) {
            found.push((value.line, format!("the page lists {}, the spec does not", value.value)));
        }
    }
    let line = values.first().map_or(1, |value| value.line);
    for value in of_spec {
        if values.iter().all(|it| text(&it.value) != *value) {
            found.push((line, format!("the spec has {value:?}, the page does not list it")));
        }
    }
    found
}

/// A list in one piece: `16:99:161:1`, `720p — SD1080p — HD`.
fn glued(line: usize, glued: &str, of_spec: &[String]) -> Vec<(usize, String)> {
    if !glued.contains('—') {
        let mut left: Vec<&str> = of_spec.iter().map(String::as_str).collect();
        return match consists_of(glued, &mut left) {
            true => Vec::new(),
            false => {
                let values = of_spec.join(", ");
                vec![(line, format!("the page lists {glued:?}, which is not made of the spec's {values}"))]
            }
        };
    }
    // Before each dash stands a value, behind the words about the one before it.
    let parts: Vec<&str> = glued.split('—').collect();
    let heads = parts.get(..parts.len().saturating_sub(1)).unwrap_or_default();
    let mut found = Vec::new();
    let mut seen = Vec::new();
    for head in heads {
        let head = head.trim_end();
        let values: Vec<_> = of_spec
            .iter()
            .filter(|value| head.ends_with(value.as_str()) || head.contains(&format!("{value} / ")))
            .collect();
        if values.is_empty() {
            let word = head.rsplit(char::is_whitespace).next().unwrap_or(head);
            found.push((line, format!("the page lists {word:?}, which does not end with a value of the spec")));
        }
        // Of two values that fit, such as `1.0` and `11.0`, the longer one is meant.
        seen.extend(values.into_iter().max_by_key(|value| value.len()));
        seen.extend(of_spec.iter().filter(|value| head.contains(&format!("{value} / "))));
    }
    for value in of_spec.iter().filter(|value| !seen.contains(value)) {
        found.push((line, format!("the spec has {value:?}, the page does not list it")));
    }
    found
}

/// Whether a text is all of some words in any order, without anything between them.
fn consists_of(text: &str, words: &mut Vec<&str>) -> bool {
    if text.is_empty() {
        return words.is_empty();
    }
    // Pages list few values: the search ends soon. More than these are left to a person.
    for at in 0..words.len().min(12) {
        let Some(rest) = words.get(at).and_then(|word| text.strip_prefix(word)) else { continue };
        let word = words.remove(at);
        if consists_of(rest.trim_start(), words) {
            return true;
        }
        words.insert(at, word);
    }
    false
}

/// Rows of a table whose cells run together: each begins with a value; the first may be the head of the table.
fn by_row(rows: &[At<String>], of_spec: &[String]) -> Vec<(usize, String)> {
    let value_of = |row: &str| of_spec.iter().filter(|value| row.starts_with(value.as_str())).max_by_key(|it| it.len());
    let mut found = Vec::new();
    for row in rows.iter().skip(1) {
        if value_of(&row.value).is_none() {
            found.push((row.line, format!("the page lists {:?}, which begins with no value of the spec", row.value)));
        }
    }
    let seen: Vec<&String> = rows.iter().filter_map(|row| value_of(&row.value)).collect();
    let line = rows.first().map_or(1, |row| row.line);
    for value in of_spec.iter().filter(|value| !seen.contains(value)) {
        found.push((line, format!("the spec has {value:?}, the page does not list it")));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    fn count(of_page: &Options, of_spec: &[&str]) -> usize {
        differences(of_page, &strings(of_spec)).len()
    }

    #[test]
    fn lists_in_one_piece_are_compared() {
        let ratios = Options::Glued { line: 1, text: "16:99:161:1".to_owned() };
        assert_eq!(count(&ratios, &["16:9", "9:16", "1:1"]), 0);
        assert_eq!(count(&ratios, &["16:9", "9:16"]), 1);
        assert_eq!(count(&ratios, &["16:9", "9:16", "4:3"]), 1);
        let words = Options::Glued { line: 1, text: "720p — 720P SD1080p — 1080P HD4k — own tier".to_owned() };
        assert_eq!(count(&words, &["720p", "1080p", "4k"]), 0);
        assert_eq!(count(&words, &["720p", "1080p"]), 1);
        assert_eq!(count(&words, &["720p", "1080p", "2k"]), 2);
        assert_eq!(count(&words, &["720p", "1080p", "4k", "8k"]), 1);
    }

    #[test]
    fn rows_are_compared_by_what_they_begin_with() {
        let rows = ["ValueMeaning", "veo-3.1Standard", "veo-3.1-fastFast"];
        let rows = rows.iter().enumerate().map(|(at, row)| At::new(at + 1, (*row).to_owned())).collect();
        let rows = Options::Rows(rows);
        assert_eq!(count(&rows, &["veo-3.1", "veo-3.1-fast"]), 0);
        assert_eq!(count(&rows, &["veo-3.1"]), 0, "the longer one may be a value with words");
        assert_eq!(count(&rows, &["veo-3.1-fast"]), 1);
        assert_eq!(count(&rows, &["veo-3.1", "veo-3.1-fast", "veo-3.1-lite"]), 1);
    }
}

//! Lists, names and counts in English, for texts that people read.

use std::fmt::{Display, Write};

use serde_json::Value;

/// Room for most lists, so that they need not grow.
pub(crate) const USUAL: usize = 64;

/// `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S], conjunction: &str) -> String {
    let mut text = String::with_capacity(USUAL);
    append(&mut text, items.iter(), conjunction, |text, item| text.push_str(item.as_ref()));
    text
}

/// [`list`] of names, each as `code`.
pub fn names<S: AsRef<str>>(items: &[S]) -> String {
    let mut text = String::with_capacity(USUAL);
    append(&mut text, items.iter(), "and", |text, name| text.extend(["`", name.as_ref(), "`"]));
    text
}

/// Appends a list to a text.
pub(crate) fn append<T>(
    text: &mut String,
    items: impl Iterator<Item = T>,
    conjunction: &str,
    write: impl Fn(&mut String, T),
) {
    let mut items = items.peekable();
    let mut is_first = true;
    while let Some(item) = items.next() {
        match items.peek() {
            _ if is_first => is_first = false,
            Some(_) => text.push_str(", "),
            None => text.extend([" ", conjunction, " "]),
        }
        write(text, item);
    }
}

/// A value as `code`: strings without quotes, unless empty.
pub fn code(value: &Value) -> String {
    match value.as_str() {
        Some(text) if !text.is_empty() => format!("`{text}`"),
        _ => format!("`{value}`"),
    }
}

/// `1 item`, `2 items`, `2 properties`.
pub fn count(number: impl ToString, noun: &str) -> String {
    let number = number.to_string();
    if number == "1" { format!("1 {noun}") } else { format!("{number} {}", plural(noun)) }
}

/// `items`, `properties`, `items of the form`.
pub fn plural(noun: &str) -> String {
    let (noun, rest) = noun.split_at(noun.find(' ').unwrap_or(noun.len()));
    noun.strip_suffix('y').map_or_else(|| format!("{noun}s{rest}"), |stem| format!("{stem}ies{rest}"))
}

/// `at most 1 is allowed`, `at most 2 are allowed`.
pub(crate) fn limit(bound: &str, number: impl ToString) -> String {
    let number = number.to_string();
    format!("{bound} {number} {} allowed", verb(&number))
}

/// `at least 1 is needed`, `at least 2 are needed`.
pub(crate) fn need(number: impl ToString) -> String {
    let number = number.to_string();
    format!("at least {number} {} needed", verb(&number))
}

fn verb(number: &str) -> &'static str {
    if number == "1" { "is" } else { "are" }
}

/// `only a is allowed`, `only a and b are allowed`; just the number of values if there are too many to read.
pub(crate) fn only(allowed: impl Iterator<Item: Display> + Clone) -> String {
    const MANY: usize = 12;

    let number = allowed.clone().count();
    if number > MANY {
        return format!("only {number} other values are allowed");
    }
    if number == 0 {
        return "no value is allowed".to_owned();
    }
    let mut text = String::with_capacity(USUAL);
    text.push_str("only ");
    append(&mut text, allowed, "and", |text, value| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{value}");
    });
    text.push_str(if number == 1 { " is allowed" } else { " are allowed" });
    text
}

/// The text with a capital first letter.
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text with a lower-case first letter.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list(&["a"], "or"), "a");
        assert_eq!(list(&["a", "b", "c"], "or"), "a, b or c");
        assert_eq!(names(&["a", "b"]), "`a` and `b`");
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!([count(1, "item"), count(2, "item"), count(0, "property")], ["1 item", "2 items", "0 properties"]);
        assert_eq!([plural("item of the form"), upper_first("at most 1")], ["items of the form", "At most 1"]);
    }

    #[test]
    fn limits_agree_with_their_number() {
        assert_eq!(only([json!(1)].iter()), "only 1 is allowed");
        assert_eq!(limit("at most", 1), "at most 1 is allowed");
    }

    #[test]
    fn only_an_empty_text_needs_quotes() {
        let codes = [json!("4k"), json!(""), json!(4)].map(|value| code(&value));
        assert_eq!(codes, ["`4k`", "`\"\"`", "`4`"]);
    }
}

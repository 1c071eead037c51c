//! The words that a page uses as labels: `words.txt` has them in all languages.

use std::sync::LazyLock;

use crate::{page::Mark, words::words};

/// Each meaning with its words.
static MEANINGS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("words.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(": "))
        .map(|(meaning, words)| (meaning, words.split(" | ").collect()))
        .collect()
});

/// The words for a meaning.
fn words_for(meaning: &str) -> &'static [&'static str] {
    MEANINGS.iter().find(|(known, _)| *known == meaning).map(|(_, words)| words.as_slice()).unwrap_or_default()
}

/// The words for types with the types, longer ones before those that they begin with.
pub(crate) fn types() -> &'static [(&'static str, &'static str)] {
    static TYPES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        let of_meaning = |(meaning, words): &(&'static str, Vec<&'static str>)| {
            let kind = meaning.strip_prefix("type-");
            words.iter().filter_map(|word| Some((*word, kind?))).collect::<Vec<_>>()
        };
        let mut types: Vec<_> = MEANINGS.iter().flat_map(of_meaning).collect();
        types.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        types
    });
    &TYPES
}

words! {
    /// What a label introduces.
    pub(crate) enum Label {
        Example = "example",
        /// The values that the schema of the page lists.
        Enumerated = "enumerated",
        /// The values that the text of the page lists.
        Listed = "listed",
        Range = "range",
        StringLength = "string-length",
        MinLength = "min-length",
        MaxLength = "max-length",
        ArrayLength = "array-length",
        MinItems = "min-items",
        MaxItems = "max-items",
        MultipleOf = "multiple-of",
        Pattern = "pattern",
        /// Text follows.
        Notes = "notes",
    }
}

/// The label at the beginning of a line, and what follows it on the line.
pub(crate) fn label(line: &str) -> Option<(Label, &str)> {
    let (words, rest) = line.split_once([':', '：'])?;
    let is_one = |label: &&Label| words_for(label.word()).iter().any(|known| known.eq_ignore_ascii_case(words.trim()));
    Label::ALL.iter().find(is_one).map(|label| (*label, rest.trim()))
}

/// Whether a word introduces a list of values.
pub(crate) fn is_listed(word: &str) -> bool {
    words_for("listed").iter().chain(&["Value", "值"]).any(|name| name.eq_ignore_ascii_case(word))
}

words! {
    /// A part of the page.
    pub(crate) enum Section {
        /// Parameters in the path or query.
        Address = "section-address",
        /// Parameters in headers.
        Elsewhere = "section-elsewhere",
        Body = "section-body",
        Response = "section-response",
    }
}

/// The section that a line begins.
pub(crate) fn section(line: &str) -> Option<Section> {
    let words = line.trim_start_matches('#').trim();
    Section::ALL.iter().find(|section| words_for(section.word()).contains(&words)).copied()
}

/// What is next to a name and type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Badge {
    Required,
    /// As written on the page.
    Default(String),
    /// The parameter is not part of the body.
    Header,
    Marked(Mark),
    Other,
}

/// The badges of a line, if it has nothing else: `default:5`, `required`, or both, even run together.
pub(crate) fn badges(line: &str) -> Option<Vec<Badge>> {
    let mut rest = line.trim();
    let mut badges = Vec::new();
    while !rest.is_empty() {
        let after = |meaning: &str| words_for(meaning).iter().find_map(|word| strip_word(rest, word));
        let marked = || Mark::ALL.iter().find_map(|mark| Some((Badge::Marked(*mark), after(mark.word())?)));
        let other = || {
            let badge = if rest.starts_with("header") { Badge::Header } else { Badge::Other };
            Some((badge, after("other-badge")?))
        };
        if let Some(value) = default_value(rest) {
            let (value, required) = without_required(value);
            badges.push(Badge::Default(value.to_owned()));
            badges.extend(required.then_some(Badge::Required));
            return Some(badges);
        }
        let required = after("required").map(|after| (Badge::Required, after));
        let (badge, after) = required.or_else(marked).or_else(other)?;
        badges.push(badge);
        rest = after.trim_start_matches([' ', '\t', ',', '·', '|']);
    }
    Some(badges)
}

/// What follows a word at the beginning, ignoring case.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

fn default_value(text: &str) -> Option<&str> {
    let after = words_for("default").iter().find_map(|word| strip_word(text, word))?;
    after.trim_start().strip_prefix([':', '：']).map(str::trim)
}

/// Cuts off the `required` that runs into a default: `default:720prequired`.
fn without_required(value: &str) -> (&str, bool) {
    let quoted = value.ends_with('"');
    let cut = words_for("required").iter().find_map(|word| value.strip_suffix(word).filter(|_| !quoted));
    cut.map_or((value, false), |cut| (cut.trim_end(), true))
}

/// Whether a line says that the properties of an object are shown or hidden here.
pub(crate) fn is_about_children(line: &str) -> bool {
    let is_one =
        |words: &&str| words.eq_ignore_ascii_case(line) || !words.is_ascii() && *words == line.replace(' ', "");
    words_for("children").iter().any(is_one)
}

/// Whether a line says that they follow.
pub(crate) fn opens_children(line: &str) -> bool {
    is_about_children(line) && ["hide", "隐藏", "收起"].iter().any(|word| line.to_lowercase().starts_with(word))
}

#[cfg(test)]
mod tests;

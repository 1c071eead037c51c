//! The name, type and badges with which a parameter begins in a text: `duration`, `integer | null`, `default:5`.

use super::label::{self, Badge};
use crate::page::Kind;

/// What a type line says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeLine {
    /// `None`: `any`.
    pub(crate) kind: Option<Kind>,
    pub(crate) nullable: bool,
    /// The format of a number; that of a text is part of its type.
    pub(crate) format: Option<String>,
    /// What follows on the line.
    pub(crate) badges: Vec<Badge>,
}

/// The name on a line that has nothing else.
pub(crate) fn name(line: &str) -> Option<String> {
    let name = line.trim_matches('`').replace('\\', "");
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '$'));
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$' | '-' | '.' | '[' | ']');
    (begins && name.len() <= 100 && name.chars().all(fits) && !name.ends_with(['.', '-'])).then_some(name)
}

/// A name as few have one: `3d`, `@type`, `参数`. Many values look the same, so a type has to follow at once.
pub(crate) fn unusual_name(line: &str) -> Option<String> {
    const MOST_LETTERS: usize = 40;
    let name = line.trim_matches('`').replace('\\', "");
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '@' | '-' | '.' | '[' | ']');
    let is_short = name.chars().count() <= MOST_LETTERS;
    (is_short && name.chars().all(fits) && name.contains(char::is_alphabetic)).then_some(name)
}

/// The name and type on one line: `duration integer | null default:5`.
pub(crate) fn both(line: &str) -> Option<(String, TypeLine)> {
    let (first, rest) = line.split_once([' ', '\t'])?;
    // `A file` is a sentence.
    let name = name(first).filter(|name| !name.starts_with(|letter: char| letter.is_ascii_uppercase()))?;
    Some((name, type_line(rest.trim())?))
}

/// A line that says a type, alone or with badges.
pub(crate) fn type_line(line: &str) -> Option<TypeLine> {
    // Longer ones are prose, or nested without end.
    const MOST_BYTES: usize = 200;
    if line.len() > MOST_BYTES {
        return None;
    }
    let line = line.replace('\\', "");
    let (types, rest) = union(line.trim_matches('`'))?;
    let badges = label::badges(rest)?;
    let nullable = types.nullable && (types.any || !types.kinds.is_empty());
    let kind = match types.kinds.is_empty() {
        _ if types.any => None,
        true => Some(Kind::Other("null".to_owned())),
        false => Kind::one_of(types.kinds),
    };
    Some(TypeLine { kind, nullable, format: types.format, badges })
}

/// A line that has the form of a type and names one that is not known: `Element[]`, `map<Layer> | null`, `Tone required`.
///
/// A single word is one only beside a badge: gives the type, and whether its form shows that it is one.
pub(crate) fn unknown_type(line: &str) -> Option<(TypeLine, bool)> {
    const MOST_BYTES: usize = 80;
    let line = line.replace('\\', "");
    let line = line.trim_matches('`');
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let end = line.find(|letter| !fits(letter)).unwrap_or(line.len());
    let (word, mut rest) = line.split_at_checked(end)?;
    if line.len() > MOST_BYTES || !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut has_form = false;
    if let Some(inner) = rest.strip_prefix('<') {
        (_, rest) = inner.split_once('>')?;
        has_form = true;
    }
    while let Some(after) = rest.strip_prefix("[]") {
        (rest, has_form) = (after, true);
    }
    let kind = line.get(..line.len() - rest.len())?.to_owned();
    let null = rest.trim_start().strip_prefix('|').and_then(|after| after.trim_start().strip_prefix("null"));
    let badges = label::badges(null.unwrap_or(rest))?;
    has_form |= null.is_some() || !badges.is_empty();
    Some((TypeLine { kind: Some(Kind::Other(kind)), nullable: null.is_some(), format: None, badges }, has_form))
}

/// The types of a union.
#[derive(Default)]
struct Types {
    kinds: Vec<Kind>,
    nullable: bool,
    any: bool,
    /// Of a number.
    format: Option<String>,
}

impl Types {
    fn first(self) -> Option<Kind> {
        self.kinds.into_iter().next()
    }
}

/// Reads types off the beginning of a text, and gives what follows them.
fn union(mut rest: &str) -> Option<(Types, &str)> {
    let mut types = Types::default();
    loop {
        // A type may have a title: `Element · object[]`.
        let titled = rest.split_once(" · ").filter(|(title, _)| !title.contains(['|', '(', ')']));
        rest = one(titled.map_or(rest, |(_, rest)| rest), &mut types)?;
        let after = rest.trim_start();
        match after.strip_prefix('|') {
            Some(next) => rest = next.trim_start(),
            // Unions are sometimes shown without a separator: `object[]string[]`.
            None if after.starts_with(|first: char| first.is_ascii_lowercase()) && word(after).is_some() => {
                rest = after
            }
            None => return Some((types, rest)),
        }
    }
}

/// The word of a type at the beginning, as this project says it, and what follows.
fn word(text: &str) -> Option<(&'static str, &str)> {
    label::types().iter().find_map(|(word, kind)| {
        let (first, rest) = text.split_at_checked(word.len())?;
        let same_but_first = first.get(1..).is_some_and(|it| Some(it) == word.get(1..));
        (first == *word || same_but_first && first.eq_ignore_ascii_case(word)).then_some((*kind, rest))
    })
}

/// What stands in brackets at the beginning, and what follows them.
fn within(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    text.strip_prefix(open)?.split_once(close).filter(|(inner, _)| !inner.is_empty())
}

/// Reads one type of a union, and gives what follows it.
fn one<'a>(text: &'a str, types: &mut Types) -> Option<&'a str> {
    let (mut kind, mut rest) = if let Some((inner, rest)) = within(text, '(', ')') {
        let (inner, more) = union(inner)?;
        let is_single = inner.kinds.len() == 1 && more.is_empty() && !inner.any;
        let kind = if is_single { inner.first() } else { None };
        (Some(Kind::Array(kind.map(Box::new))), rest.strip_prefix("[]")?)
    } else {
        let (word, rest) = word(text)?;
        let (argument, rest) = within(rest, '<', '>')
            .or_else(|| within(rest, '[', ']'))
            .map_or((None, rest), |(argument, rest)| (Some(argument.trim()), rest));
        let inner = || argument.and_then(|inner| Some(union(inner)?.0)).unwrap_or_default();
        let kind = match word {
            "null" => {
                types.nullable = true;
                return Some(rest);
            }
            "any" => None,
            "enum" | "const" if argument.is_none() => Some(Kind::String(None)),
            "enum" | "const" => {
                let inner = inner();
                types.nullable |= inner.nullable;
                inner.first()
            }
            "array" => Some(Kind::Array(inner().first().map(Box::new))),
            word => Some(Kind::named(word, argument)),
        };
        if matches!(word, "integer" | "number") {
            types.format = argument.map(str::to_owned);
        }
        (kind, rest)
    };
    while let Some(after) = rest.strip_prefix("[]") {
        (kind, rest) = (Some(Kind::Array(kind.map(Box::new))), after);
    }
    types.any |= kind.is_none();
    types.kinds.extend(kind.filter(|kind| !types.kinds.contains(kind)));
    Some(rest)
}

#[cfg(test)]
mod tests;

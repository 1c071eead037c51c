//! The name, type and badges that a parameter begins with in a text: `duration`, `integer | null`, `default:5`.

use super::label::{self, Badge};
use crate::page::ValueKind;

/// What a type line says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeLine {
    /// `None`: `any`.
    pub(crate) kind: Option<ValueKind>,
    pub(crate) nullable: bool,
    /// The format of a number; that of a text is part of its type.
    pub(crate) format: Option<String>,
    /// What follows on the line.
    pub(crate) badges: Vec<Badge>,
    /// Whether every word of it is the name of a type.
    pub(crate) is_known: bool,
}

impl TypeLine {
    /// Whether it can only be a type: judging by its words, its brackets, or what is next to it.
    pub(crate) fn is_certain(&self) -> bool {
        let has_brackets = |kind: &ValueKind| matches!(kind, ValueKind::Other(text) if text.contains(['[', '<']));
        self.is_known || self.nullable || !self.badges.is_empty() || self.kind.as_ref().is_some_and(has_brackets)
    }
}

/// The name on a line that has nothing else.
pub(crate) fn name(line: &str) -> Option<String> {
    let name = line.trim_matches('`').replace('\\', "");
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '$'));
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$' | '-' | '.' | '[' | ']');
    (begins && name.len() <= 100 && name.chars().all(fits) && !name.ends_with(['.', '-'])).then_some(name)
}

/// An unusual name: `3d`, `@type`, `参数`. Many values look the same, so a type has to follow immediately.
pub(crate) fn unusual_name(line: &str) -> Option<String> {
    const MOST_LETTERS: usize = 40;
    let name = line.trim_matches('`').replace('\\', "");
    let fits = |letter: char| letter.is_alphanumeric() || "_$@-.[]".contains(letter);
    let is_short = name.chars().count() <= MOST_LETTERS;
    (is_short && name.chars().all(fits) && name.contains(char::is_alphabetic)).then_some(name)
}

/// The name and type on one line: `duration integer | null default:5`.
pub(crate) fn both(line: &str) -> Option<(String, TypeLine)> {
    let (first, rest) = line.split_once([' ', '\t'])?;
    // `A file` is a sentence.
    let name = name(first).filter(|name| !name.starts_with(|letter: char| letter.is_ascii_uppercase()))?;
    Some((name, type_line(rest.trim()).filter(TypeLine::is_certain)?))
}

/// A line that gives a type, with or without badges: `string | null`, or an unknown one, `Element[]`, `Tone`.
pub(crate) fn type_line(line: &str) -> Option<TypeLine> {
    // Longer ones are prose, or nested endlessly.
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
        true => Some(ValueKind::Other("null".to_owned())),
        false => ValueKind::one_of(types.kinds),
    };
    Some(TypeLine { kind, nullable, format: types.format, badges, is_known: types.unknown == 0 })
}

/// The types of a union.
#[derive(Default)]
struct Types {
    kinds: Vec<ValueKind>,
    nullable: bool,
    any: bool,
    /// Of a number.
    format: Option<String>,
    /// How many words are not a type that specs have.
    unknown: usize,
}

impl Types {
    fn first(self) -> Option<ValueKind> {
        self.kinds.into_iter().next()
    }
}

/// Reads types from the beginning of a text, and returns what follows them.
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
            None if types.unknown == 0 && after.starts_with(char::is_lowercase) && word(after).is_some() => {
                rest = after
            }
            None => return Some((types, rest)),
        }
    }
}

/// The type name at the beginning, as this project calls it, and what follows.
fn word(text: &str) -> Option<(&'static str, &str)> {
    label::types().iter().find_map(|(word, kind)| {
        let (first, rest) = text.split_at_checked(word.len())?;
        let same_but_first = first.get(1..).is_some_and(|it| Some(it) == word.get(1..));
        (first == *word || same_but_first && first.eq_ignore_ascii_case(word)).then_some((*kind, rest))
    })
}

/// What is in brackets at the beginning, and what follows them.
fn within(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    text.strip_prefix(open)?.split_once(close).filter(|(inner, _)| !inner.is_empty())
}

/// Reads one type of a union, and returns what follows it.
fn one<'a>(text: &'a str, types: &mut Types) -> Option<&'a str> {
    let (mut kind, mut rest) = if let Some((inner, rest)) = within(text, '(', ')') {
        let (inner, more) = union(inner)?;
        let is_single = inner.kinds.len() == 1 && more.is_empty() && !inner.any;
        let kind = if is_single { inner.first() } else { None };
        (Some(ValueKind::Array(kind.map(Box::new))), rest.strip_prefix("[]")?)
    } else {
        // A type that the page defines may begin like one of ours: `FileReference`.
        let known = word(text).filter(|(_, rest)| !rest.starts_with(|next: char| next.is_ascii_uppercase()));
        let Some((word, rest)) = known else { return unknown(text, types) };
        let (argument, rest) = within(rest, '<', '>')
            .or_else(|| within(rest, '[', ']'))
            .map_or((None, rest), |(argument, rest)| (Some(argument.trim()), rest));
        let inner =
            || argument.and_then(|inner| Some(union(inner)?.0)).filter(|it| it.unknown == 0).unwrap_or_default();
        let kind = match word {
            "null" => {
                types.nullable = true;
                return Some(rest);
            }
            "any" => None,
            "enum" | "const" if argument.is_none() => Some(ValueKind::String(None)),
            "enum" | "const" => {
                let inner = inner();
                types.nullable |= inner.nullable;
                inner.first()
            }
            "array" => Some(ValueKind::Array(inner().first().map(Box::new))),
            word => Some(ValueKind::named(word, argument)),
        };
        if matches!(word, "integer" | "number") {
            types.format = argument.map(str::to_owned);
        }
        (kind, rest)
    };
    while let Some(after) = rest.strip_prefix("[]") {
        (kind, rest) = (Some(ValueKind::Array(kind.map(Box::new))), after);
    }
    types.any |= kind.is_none();
    types.kinds.extend(kind.filter(|kind| !types.kinds.contains(kind)));
    Some(rest)
}

/// Reads a word that is not one of our types, and what belongs to it: `Element[]`, `map<Layer>`.
fn unknown<'a>(text: &'a str, types: &mut Types) -> Option<&'a str> {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let mut rest = text.strip_prefix(|first: char| first.is_ascii_alphabetic())?.trim_start_matches(fits);
    rest = within(rest, '<', '>').map_or(rest, |(_, after)| after).trim_start_matches("[]");
    types.kinds.push(ValueKind::Other(text.strip_suffix(rest)?.to_owned()));
    types.unknown += 1;
    Some(rest)
}

#[cfg(test)]
mod tests;

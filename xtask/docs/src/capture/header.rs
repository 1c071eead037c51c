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
    let mut types = Types::of(line.trim_matches('`'));
    types.union()?;
    let badges = label::badges(types.rest)?;
    let kind = match types.kinds.as_slice() {
        _ if types.any => None,
        [] => Some(Kind::Other("null".to_owned())),
        [kind] => Some(kind.clone()),
        kinds => {
            let names: Vec<_> = kinds.iter().map(ToString::to_string).collect();
            Some(Kind::Other(names.join(" | ")))
        }
    };
    let nullable = types.nullable && (types.any || !types.kinds.is_empty());
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

/// Reads the types of a union off the beginning of a text.
struct Types<'a> {
    rest: &'a str,
    kinds: Vec<Kind>,
    nullable: bool,
    any: bool,
    /// Of a number.
    format: Option<String>,
}

impl<'a> Types<'a> {
    fn of(rest: &'a str) -> Self {
        Types { rest, kinds: Vec::new(), nullable: false, any: false, format: None }
    }

    fn union(&mut self) -> Option<()> {
        loop {
            self.one()?;
            let after = self.rest.trim_start();
            match after.strip_prefix('|') {
                Some(next) => self.rest = next.trim_start(),
                // Unions are sometimes shown without a separator: `object[]string[]`.
                None if after.starts_with(|first: char| first.is_ascii_lowercase()) && Self::word(after).is_some() => {
                    self.rest = after;
                }
                None => return Some(()),
            }
        }
    }

    /// The word of a type at the beginning, as this project says it, and what follows.
    fn word(text: &'a str) -> Option<(&'static str, &'a str)> {
        label::types().iter().find_map(|(word, kind)| {
            let (first, rest) = text.split_at_checked(word.len())?;
            let same_but_first = first.get(1..).is_some_and(|it| Some(it) == word.get(1..));
            (first == *word || same_but_first && first.eq_ignore_ascii_case(word)).then_some((*kind, rest))
        })
    }

    fn one(&mut self) -> Option<()> {
        // A type may have a title: `Element · object[]`.
        if let Some((title, rest)) = self.rest.split_once(" · ")
            && !title.contains(['|', '(', ')'])
        {
            self.rest = rest;
        }
        if let Some(inner) = self.rest.strip_prefix('(') {
            let (inner, rest) = inner.split_once(')')?;
            let mut inner = Types::of(inner);
            inner.union()?;
            let kind = match inner.kinds.as_slice() {
                [kind] if inner.rest.is_empty() && !inner.any => Some(Box::new(kind.clone())),
                _ => None,
            };
            self.rest = rest.strip_prefix("[]")?;
            self.kinds.push(Kind::Array(kind));
            return Some(());
        }
        let (word, rest) = Self::word(self.rest)?;
        self.rest = rest;
        let mut argument = None;
        if let Some(inner) = rest.strip_prefix('<') {
            let (inner, rest) = inner.split_once('>')?;
            argument = Some(inner.trim());
            self.rest = rest;
        } else if let Some(inner) = rest.strip_prefix('[').filter(|inner| !inner.starts_with(']')) {
            let (inner, rest) = inner.split_once(']')?;
            argument = Some(inner.trim());
            self.rest = rest;
        }
        if matches!(word, "integer" | "number") {
            self.format = argument.map(str::to_owned);
        }
        let mut kind = match (word, argument) {
            ("any", _) => None,
            ("null", _) => {
                self.nullable = true;
                return Some(());
            }
            ("enum" | "const", Some(inner)) => {
                let mut types = Types::of(inner);
                types.union()?;
                self.nullable |= types.nullable;
                types.kinds.into_iter().next()
            }
            ("enum" | "const", None) => Some(Kind::String(None)),
            ("string", format) => Some(Kind::String(format.map(str::to_owned))),
            ("integer", _) => Some(Kind::Integer),
            ("number", _) => Some(Kind::Number),
            ("boolean", _) => Some(Kind::Boolean),
            ("object", _) => Some(Kind::Object),
            ("array", Some(inner)) => {
                let mut types = Types::of(inner);
                types.union()?;
                Some(Kind::Array(types.kinds.into_iter().next().map(Box::new)))
            }
            ("array", None) => Some(Kind::Array(None)),
            (other, _) => Some(Kind::Other(other.to_owned())),
        };
        while let Some(rest) = self.rest.strip_prefix("[]") {
            self.rest = rest;
            kind = Some(Kind::Array(kind.map(Box::new)));
        }
        match kind {
            Some(kind) if !self.kinds.contains(&kind) => self.kinds.push(kind),
            Some(_) => {}
            None => self.any = true,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;

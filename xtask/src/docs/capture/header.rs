//! The name, type and badges with which a parameter begins in a text: `duration`, `integer | null`, `default:5`.

use super::label::{self, Badge};
use crate::docs::page::Kind;

/// What a type line says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeLine {
    /// `None`: `any`.
    pub(crate) kind: Option<Kind>,
    pub(crate) nullable: bool,
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

/// The name and type on one line: `duration integer | null default:5`.
pub(crate) fn both(line: &str) -> Option<(String, TypeLine)> {
    let (first, rest) = line.split_once([' ', '\t'])?;
    Some((name(first)?, type_line(rest.trim())?))
}

/// A line that says a type, alone or with badges.
pub(crate) fn type_line(line: &str) -> Option<TypeLine> {
    // Longer ones are prose, or nested without end.
    const MOST_BYTES: usize = 200;
    if line.len() > MOST_BYTES {
        return None;
    }
    let line = line.replace('\\', "");
    let mut types = Types { rest: line.trim_matches('`'), kinds: Vec::new(), nullable: false, any: false };
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
    Some(TypeLine { kind, nullable, badges })
}

/// Reads the types of a union off the beginning of a text.
struct Types<'a> {
    rest: &'a str,
    kinds: Vec<Kind>,
    nullable: bool,
    any: bool,
}

impl Types<'_> {
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

    /// The word of a type at the beginning, and what follows.
    fn word(text: &str) -> Option<(&'static str, &str)> {
        const WORDS: [&str; 11] =
            ["string", "integer", "number", "boolean", "object", "array", "enum", "any", "null", "file", "const"];
        WORDS.iter().find_map(|word| text.strip_prefix(word).map(|rest| (*word, rest)))
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
            let mut inner = Types { rest: inner, kinds: Vec::new(), nullable: false, any: false };
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
        }
        let mut kind = match (word, argument) {
            ("any", _) => None,
            ("null", _) => {
                self.nullable = true;
                return Some(());
            }
            ("enum" | "const", Some(inner)) => {
                let mut types = Types { rest: inner, kinds: Vec::new(), nullable: false, any: false };
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
                let mut types = Types { rest: inner, kinds: Vec::new(), nullable: false, any: false };
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
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, bool, usize)> {
        let line = type_line(line)?;
        let kind = line.kind.map_or_else(|| "any".to_owned(), |kind| kind.to_string());
        Some((kind, line.nullable, line.badges.len()))
    }

    #[test]
    fn types_are_read_as_pages_write_them() {
        let cases = [
            ("string", "string", false, 0),
            ("string | null", "string", true, 0),
            ("string<uri>[] | null", "string[]", true, 0),
            ("enum<string>", "string", false, 0),
            ("enum<integer> | null", "integer", true, 0),
            ("integer<int64>", "integer", false, 0),
            ("object[]", "object[]", false, 0),
            ("Element · object[]", "object[]", false, 0),
            ("any", "any", false, 0),
            ("string | object", "string | object", false, 0),
            ("object[]string[]", "object[] | string[]", false, 0),
            ("(Text · object | File · object)[]", "object[]", false, 0),
            ("stringrequired", "string", false, 1),
            ("integer默认值:1必填", "integer", false, 2),
            ("enum<string>default:url", "string", false, 1),
            (r"object\[\] \| null", "object[]", true, 0),
        ];
        for (line, kind, nullable, badges) in cases {
            assert_eq!(read(line), Some((kind.to_owned(), nullable, badges)), "{line}");
        }
    }

    #[test]
    fn words_are_no_types() {
        for line in
            ["strings of text", "A string", "numbers", "objection", "", "Object storage", "any number of images"]
        {
            assert_eq!(type_line(line), None, "{line}");
        }
        assert_eq!(both("prompt string required").map(|(name, _)| name), Some("prompt".to_owned()));
        assert_eq!(both("Any string will do"), None);
    }

    #[test]
    fn names_are_names() {
        assert_eq!(name(r"image\_urls"), Some("image_urls".to_owned()));
        assert_eq!(name("elements.frontal_image_url"), Some("elements.frontal_image_url".to_owned()));
        for line in ["Notes:", "two words", "5", "• 720p", "\"x\"", "pending,"] {
            assert_eq!(name(line), None, "{line}");
        }
    }
}

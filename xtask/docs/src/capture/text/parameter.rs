//! One parameter of a text: its name, type and badges, then labels with what they introduce, and text.

use serde_json::Value as JsonValue;

use super::body::Header;
use super::values::{enumerated, examples};
use crate::capture::{
    blocks,
    finish::finish,
    label::{self, Badge, Label},
    limits,
};
use crate::page::{At, Limit, Parameter, RawKeyword, ValueKind};

/// Reads the parameter that begins with a header, up to the next one.
pub(super) fn read(header: &Header, lines: &[&str], end: usize, unread: &mut Vec<At<String>>) -> Parameter {
    let mut parameter = begun(header);
    let mut at = header.after;
    let mut words: Vec<(usize, &str)> = Vec::new();
    while at < end {
        let text = lines.get(at).copied().unwrap_or_default();
        let number = at + 1;
        at += 1;
        match label::label(&blocks::plain(text)) {
            _ if label::is_about_children(text) => {}
            Some((Label::Example, rest)) => at = examples(rest, lines, at, end, &mut parameter, unread),
            Some((Label::Enumerated, rest)) => {
                at = enumerated(rest, lines, at, end, &mut parameter);
                if parameter.options.is_empty() {
                    unread.push(At::new(number, format!("{}: `{text}` lists no values", parameter.name)));
                }
            }
            Some((Label::Pattern, _)) => pattern(number, text, &mut parameter),
            Some((Label::Listed | Label::Notes, _)) | None => words.push((number, text)),
            Some((label, rest)) => {
                if limit(number, label, rest, &mut parameter).is_none() {
                    unread.push(At::new(number, format!("{}: `{text}` cannot be read", parameter.name)));
                } else if limits::says_more(rest) {
                    words.push((number, text));
                }
            }
        }
    }
    parameter.words = blocks::of_lines(words);
    parameter.default = default(header, &parameter, lines);
    finish(&mut parameter);
    parameter
}

/// What the name, type and badges say.
fn begun(header: &Header) -> Parameter {
    let (line, typed) = (header.start + 1, &header.typed);
    let mut parameter = Parameter {
        name: header.name.clone(),
        line,
        kind: typed.kind.clone(),
        nullable: typed.nullable,
        required: typed.badges.contains(&Badge::Required),
        ..Parameter::default()
    };
    for badge in &typed.badges {
        if let Badge::Marked(mark) = badge {
            parameter.mark(line, *mark);
        }
    }
    if let Some(format) = &typed.format {
        parameter.keep(RawKeyword { line, name: "format".to_owned(), value: format.as_str().into() });
    }
    parameter
}

/// The default that a badge gives. Null means leaving it out, which is not a default.
fn default(header: &Header, parameter: &Parameter, lines: &[&str]) -> Option<At<JsonValue>> {
    let value = header.typed.badges.iter().find_map(|badge| match badge {
        Badge::Default(value) => Some(value).filter(|value| !parameter.nullable || *value != "null"),
        _ => None,
    })?;
    let is_its = |at: &usize| lines.get(*at).is_some_and(|line| line.contains(value) && line.contains([':', '：']));
    let line = (header.start..header.after).find(is_its).map_or(parameter.line, |at| at + 1);
    Some(At::new(line, literal(value, parameter.kind.as_ref())))
}

fn pattern(line: usize, text: &str, parameter: &mut Parameter) {
    // The pattern itself is in quotes, with characters that are not Markdown markup.
    let pattern = text.split_once([':', '：']).map_or(text, |(_, rest)| rest).trim().trim_matches(['`', '"']);
    let keyword = RawKeyword { line, name: "pattern".to_owned(), value: pattern.into() };
    about_text(parameter).keep(keyword);
}

/// Adds the limits that a label states; `None`: it cannot be read.
fn limit(line: usize, label: Label, rest: &str, parameter: &mut Parameter) -> Option<()> {
    for (limit, value) in limits::read(label, rest)? {
        let about = match limit {
            Limit::MinLength | Limit::MaxLength => about_text(parameter),
            _ => &mut *parameter,
        };
        about.add_limit(line, limit, value);
    }
    Some(())
}

/// What is said about a text applies to each item if the parameter is a list.
fn about_text(parameter: &mut Parameter) -> &mut Parameter {
    match parameter.kind {
        Some(ValueKind::Array(_)) => parameter.item.get_or_insert_default(),
        _ => parameter,
    }
}

/// A default as the page writes it: text without quotes, anything else as in JSON.
fn literal(text: &str, kind: Option<&ValueKind>) -> JsonValue {
    let json = serde_json::from_str(text);
    match (kind, json) {
        (Some(ValueKind::String(_)), Ok(value @ JsonValue::String(_))) => value,
        (Some(ValueKind::String(_)), _) | (_, Err(_)) => text.into(),
        (_, Ok(value)) => value,
    }
}

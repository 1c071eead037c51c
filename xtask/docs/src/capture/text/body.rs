//! Where the parameters of a text are: its sections, and the lines with which each parameter begins.

use crate::capture::Problem;
use crate::capture::header::{self, TypeLine};
use crate::capture::label::{self, Badge, Section};

/// Where the parameters of the body are.
pub(super) struct Body {
    /// The first line after the heading.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) headers: Vec<Header>,
}

/// Where a parameter begins.
pub(super) struct Header {
    pub(super) start: usize,
    /// The first line after name, type and badges.
    pub(super) after: usize,
    pub(super) name: String,
    pub(super) typed: TypeLine,
}

impl Body {
    pub(super) fn find(lines: &[&str]) -> Result<Option<Self>, Problem> {
        let mut bodies = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            match lines.get(at).and_then(|line| label::section(line)) {
                Some(Section::Body) if header_at(lines, at).is_none() => {
                    let body = Self::from(lines, at + 1);
                    at = body.end.max(at + 1);
                    bodies.push(body);
                }
                _ => at += 1,
            }
        }
        bodies.retain(|body| !body.headers.is_empty());
        if let [_, second, ..] = bodies.as_slice() {
            return Err(Problem::at(
                second.start,
                "a second request body begins here".to_owned(),
                "this is two pages in one file: check them one by one",
            ));
        }
        let body = match bodies.pop() {
            Some(body) => body,
            None => {
                let Some(body) = Self::without_heading(lines) else { return Ok(None) };
                body
            }
        };
        // Whatever page it is: after the body comes the answer.
        if let (true, Some(last)) = (body.end == lines.len(), body.headers.last()) {
            return Err(Problem::at(
                lines.len(),
                format!("the page breaks off: no response section follows after `{}`", last.name),
                "copy the page whole, to its end",
            ));
        }
        Ok(Some(body))
    }

    /// The body from a line on, to the next section.
    fn from(lines: &[&str], start: usize) -> Self {
        let mut headers: Vec<Header> = Vec::new();
        let mut at = start;
        while let Some(line) = lines.get(at) {
            if let Some(header) = header_at(lines, at) {
                at = header.after;
                headers.push(header);
            } else if label::section(line).is_some() || label::begins_answer(line) && !headers.is_empty() {
                break;
            } else {
                at += 1;
            }
        }
        Self { start, end: at.min(lines.len()), headers }
    }

    /// Some copies lose headings: then the body is what has parameters that are no headers of HTTP.
    fn without_heading(lines: &[&str]) -> Option<Self> {
        let media_type = lines.iter().position(|line| line.starts_with("application/json"));
        let first = (0..lines.len()).find(|at| {
            media_type.is_none_or(|media_type| *at > media_type)
                && header_at(lines, *at).is_some_and(|header| !header.typed.badges.contains(&Badge::Header))
        })?;
        let body = Self::from(lines, first);
        // A word and the word "string" below each other may be anything.
        (body.headers.len() > 1).then_some(body)
    }
}

/// The parameters of other sections than the body, the key apart, which every request has.
pub(super) fn elsewhere(lines: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_elsewhere = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(header) = header_at(lines, at) {
            if is_elsewhere && header.name != "Authorization" {
                names.push(format!("`{}`", header.name));
            }
            at = header.after;
            continue;
        }
        if let Some(section) = label::section(line) {
            is_elsewhere = section == Section::Elsewhere;
        }
        at += 1;
    }
    names
}

/// The parameter that begins on a line, if one does.
fn header_at(lines: &[&str], at: usize) -> Option<Header> {
    let line = lines.get(at)?;
    if line.is_empty() {
        return None;
    }
    if let Some((name, typed)) = header::both(line) {
        return Some(with_badges(lines, at, at + 1, name, typed));
    }
    if let Some(name) = header::name(line)
        && let Some(next) = next_line(lines, at + 1, 2)
        && let Some(typed) = lines.get(next).and_then(|line| header::type_line(line))
    {
        return Some(with_badges(lines, at, next + 1, name, typed));
    }
    let below = lines.get(at + 1)?;
    if let (Some(name), Some(typed)) = (header::unusual_name(line), header::type_line(below)) {
        return Some(with_badges(lines, at, at + 2, name, typed));
    }
    unknown_header_at(lines, at)
}

/// The parameter of an unknown type that begins on a line: its form shows that it is one, or what stands around it.
fn unknown_header_at(lines: &[&str], at: usize) -> Option<Header> {
    let line = lines.get(at)?;
    if let Some((first, rest)) = line.split_once([' ', '\t'])
        && let Some(name) = header::name(first)
        && let Some((typed, true)) = header::unknown_type(rest.trim())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
    {
        return Some(with_badges(lines, at, at + 1, name, typed));
    }
    let name = header::name(line)?;
    let (typed, has_form) = lines.get(at + 1).and_then(|below| header::unknown_type(below))?;
    let after = lines.get(at + 2).copied().unwrap_or_default();
    let has_badge = label::badges(after).is_some_and(|badges| !badges.is_empty());
    // Two words alone, each on its line: a name in small letters, and a type that begins with a capital.
    let stands_alone = after.is_empty()
        && at.checked_sub(1).and_then(|above| lines.get(above)).is_none_or(|above| above.is_empty())
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        && lines.get(at + 1).is_some_and(|below| below.starts_with(|first: char| first.is_ascii_uppercase()));
    (has_form || has_badge || stands_alone).then(|| with_badges(lines, at, at + 2, name, typed))
}

fn with_badges(lines: &[&str], start: usize, mut after: usize, name: String, mut typed: TypeLine) -> Header {
    while let Some(next) = next_line(lines, after, 1) {
        let line = lines.get(next).copied().unwrap_or_default();
        // A parameter may be called `path` or `header`.
        let begins_another = next_line(lines, next + 1, 1)
            .and_then(|below| lines.get(below))
            .is_some_and(|below| header::type_line(below).is_some() && header::name(line).is_some());
        match label::badges(line).filter(|badges| !badges.is_empty() && !begins_another) {
            Some(badges) => typed.badges.extend(badges),
            None => break,
        }
        after = next + 1;
    }
    Header { start, after, name, typed }
}

/// The next line that has anything, over at most so many empty ones.
fn next_line(lines: &[&str], from: usize, most_empty: usize) -> Option<usize> {
    (from..=from + most_empty).find(|at| lines.get(*at).is_some_and(|line| !line.is_empty()))
}

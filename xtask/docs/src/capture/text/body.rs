//! Where the parameters of a text are: its sections, and the lines with which each parameter begins.

use crate::capture::header::{self, TypeLine};
use crate::capture::label::{self, Badge, Section};
use crate::problem::Problem;

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
        let mut bodies = Self::all(lines, 0, false);
        if bodies.is_empty() {
            bodies.extend(Self::without_heading(lines));
        }
        if let [_, second, ..] = bodies.as_slice() {
            return Err(Problem::at(
                second.start,
                "a second request body begins here",
                "this is two pages in one file: check them one by one",
            ));
        }
        // Whatever page it is: after the body comes the answer.
        if let Some(body) = bodies.first().filter(|body| body.end == lines.len()) {
            let last = body.headers.last().map(|header| header.name.as_str()).unwrap_or_default();
            return Err(Problem::at(
                lines.len(),
                format!("the page breaks off: no response section follows after `{last}`"),
                "copy the page whole, to its end",
            ));
        }
        Ok(bodies.pop())
    }

    /// The bodies from a line on, each up to the next section; if one `is_open`, the first begins there.
    fn all(lines: &[&str], from: usize, is_open: bool) -> Vec<Self> {
        let begun = |start: usize| Self { start, end: lines.len(), headers: Vec::new() };
        let mut bodies = Vec::new();
        let mut open = is_open.then(|| begun(from));
        let mut at = from;
        while let Some(line) = lines.get(at) {
            let section = label::section(line);
            let has_headers = open.as_ref().is_some_and(|body| !body.headers.is_empty());
            if let Some(header) = header_at(lines, at) {
                at = header.after - 1;
                if let Some(body) = &mut open {
                    body.headers.push(header);
                }
            } else if section.is_some() || has_headers && label::begins_answer(line) {
                bodies.extend(open.take().map(|body| Self { end: at, ..body }));
                open = (section == Some(Section::Body)).then(|| begun(at + 1));
            }
            at += 1;
        }
        bodies.extend(open);
        bodies.retain(|body| !body.headers.is_empty());
        bodies
    }

    /// Some copies lose headings: then the body is what has parameters that are no headers of HTTP.
    fn without_heading(lines: &[&str]) -> Option<Self> {
        let media_type = lines.iter().position(|line| line.starts_with("application/json"));
        let first = (media_type.map_or(0, |at| at + 1)..lines.len())
            .find(|at| header_at(lines, *at).is_some_and(|header| !header.typed.badges.contains(&Badge::Header)))?;
        // A word and the word "string" below each other may be anything.
        Self::all(lines, first, true).into_iter().next().filter(|body| body.headers.len() > 1)
    }
}

/// The parameter that begins on a line, if one does: name and type on it, or on two with little between them.
fn header_at(lines: &[&str], at: usize) -> Option<Header> {
    let line = lines.get(at).filter(|line| !line.is_empty())?;
    let on_two = || {
        let below = lines.get(at + 1).filter(|below| !below.is_empty());
        let unusual = || header::unusual_name(line).filter(|_| below.is_some());
        let name = header::name(line).or_else(unusual)?;
        let next = next_line(lines, at + 1, 2)?;
        let typed = header::type_line(lines.get(next)?)?;
        let is_type = typed.is_known || below.is_some() && (typed.is_certain() || is_certain(lines, at, &name));
        is_type.then_some((next + 1, name, typed))
    };
    let (after, name, typed) = header::both(line).map(|(name, typed)| (at + 1, name, typed)).or_else(on_two)?;
    Some(with_badges(lines, at, after, name, typed))
}

/// Whether a name on a line and a word below it, which no page of ours has for a type, begin a parameter: badges
/// follow, or both stand alone, the name in small letters and the type with a capital.
fn is_certain(lines: &[&str], at: usize, name: &str) -> bool {
    let line = |at: Option<usize>| at.and_then(|at| lines.get(at)).copied().unwrap_or_default();
    let (before, typed, after) = (line(at.checked_sub(1)), line(Some(at + 1)), line(Some(at + 2)));
    let is_small = name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    let has_capital = typed.starts_with(|first: char| first.is_ascii_uppercase());
    label::badges(after).is_some_and(|badges| !badges.is_empty())
        || after.is_empty() && before.is_empty() && is_small && has_capital
}

fn with_badges(lines: &[&str], start: usize, mut after: usize, name: String, mut typed: TypeLine) -> Header {
    while let Some(next) = next_line(lines, after, 1) {
        let line = lines.get(next).copied().unwrap_or_default();
        // A parameter may be called `path` or `header`.
        let begins_another = next_line(lines, next + 1, 1)
            .and_then(|below| lines.get(below))
            .and_then(|below| header::type_line(below))
            .is_some_and(|typed| typed.is_known && header::name(line).is_some());
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

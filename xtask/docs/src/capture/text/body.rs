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
        let unusual =
            || header::unusual_name(line).filter(|_| lines.get(at + 1).is_some_and(|below| !below.is_empty()));
        let name = header::name(line).or_else(unusual)?;
        let next = next_line(lines, at + 1, 2)?;
        Some((next + 1, name, header::type_line(lines.get(next)?)?))
    };
    let known = header::both(line).map(|(name, typed)| (at + 1, name, typed)).or_else(on_two);
    let (after, name, typed) = known.or_else(|| unknown_header_at(lines, at))?;
    Some(with_badges(lines, at, after, name, typed))
}

/// The parameter of an unknown type that begins on a line: its form shows that it is one, or what stands around it.
fn unknown_header_at(lines: &[&str], at: usize) -> Option<(usize, String, TypeLine)> {
    let line = lines.get(at)?;
    if let Some((first, rest)) = line.split_once([' ', '\t'])
        && let Some(name) = header::name(first).filter(|name| name.starts_with(|it: char| it.is_ascii_lowercase()))
        && let Some((typed, true)) = header::unknown_type(rest.trim())
    {
        return Some((at + 1, name, typed));
    }
    let name = header::name(line)?;
    let below = lines.get(at + 1)?;
    let (typed, has_form) = header::unknown_type(below)?;
    let after = lines.get(at + 2).copied().unwrap_or_default();
    let has_badge = label::badges(after).is_some_and(|badges| !badges.is_empty());
    // Two words alone, each on its line: a name in small letters, and a type that begins with a capital.
    let stands_alone = after.is_empty()
        && at.checked_sub(1).and_then(|above| lines.get(above)).is_none_or(|above| above.is_empty())
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        && below.starts_with(|first: char| first.is_ascii_uppercase());
    (has_form || has_badge || stands_alone).then_some((at + 2, name, typed))
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

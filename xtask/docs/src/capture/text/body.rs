//! Where the parameters of a text are: its sections, and the lines that each parameter begins with.

use crate::capture::header::{self, TypeLine};
use crate::capture::label::{self, Section};
use crate::problem::{Problem, SEVERAL_PAGES};

/// The maximum number of parameters: more than any page has.
const MOST_PARAMETERS: usize = 1_000;

/// A section of the page with its parameters.
pub(super) struct Part {
    pub(super) section: Section,
    /// The first line after the heading.
    pub(super) start: usize,
    end: usize,
    headers: Vec<Header>,
}

/// Where a parameter begins.
pub(super) struct Header {
    pub(super) start: usize,
    /// The first line after name, type and badges.
    pub(super) after: usize,
    pub(super) name: String,
    pub(super) typed: TypeLine,
}

impl Part {
    /// The sections of a page that have parameters.
    pub(super) fn all(lines: &[&str]) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let mut next = at + 1;
            if let Some(header) = header_at(lines, at) {
                next = header.after;
                if let Some(part) = parts.last_mut() {
                    part.headers.push(header);
                }
            } else if let Some(section) = label::section(line) {
                if let Some(part) = parts.last_mut() {
                    part.end = at;
                }
                parts.push(Self { section, start: next, end: lines.len(), headers: Vec::new() });
            }
            at = next;
        }
        parts.retain(|part| !part.headers.is_empty());
        parts
    }

    /// The body among the sections of a page.
    pub(super) fn body<'a>(parts: &'a [Self], lines: &[&str]) -> Result<Option<&'a Self>, Problem> {
        let mut bodies = parts.iter().filter(|part| part.section == Section::Body);
        let (body, second) = (bodies.next(), bodies.next());
        if let Some(most) = parts.iter().find_map(|part| part.headers.get(MOST_PARAMETERS)) {
            return Err(Problem::at(most.start + 1, "there are too many parameters for a page", SEVERAL_PAGES));
        }
        if let Some(second) = second {
            return Err(Problem::at(second.start, "a second request body begins here", SEVERAL_PAGES));
        }
        // On every page, the answer follows the body.
        if let Some(body) = body.filter(|body| body.end == lines.len()) {
            let last = body.headers.last().map(|header| header.name.as_str()).unwrap_or_default();
            return Err(Problem::at(
                lines.len(),
                format!("the page is cut off: no response section follows after `{last}`"),
                "copy the whole page",
            ));
        }
        Ok(body)
    }

    /// Where each parameter begins, and the line after its last one.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&Header, usize)> {
        let ends = self.headers.iter().skip(1).map(|next| next.start).chain([self.end]);
        self.headers.iter().zip(ends)
    }
}

/// The parameter that begins on a line, if any: name and type on one line, or on two with little in between.
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

/// Whether a name on a line and a word below it that none of our pages use as a type begin a parameter: badges
/// follow, or both have a line to themselves, the name in lower case and the type capitalised.
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
        // The heading `Body` is not a badge either.
        let is_other = begins_another || label::section(line).is_some();
        match label::badges(line).filter(|badges| !badges.is_empty() && !is_other) {
            Some(badges) => typed.badges.extend(badges),
            None => break,
        }
        after = next + 1;
    }
    Header { start, after, name, typed }
}

/// The next line that is not empty, after at most the given number of empty ones.
fn next_line(lines: &[&str], from: usize, most_empty: usize) -> Option<usize> {
    (from..=from + most_empty).find(|at| lines.get(*at).is_some_and(|line| !line.is_empty()))
}

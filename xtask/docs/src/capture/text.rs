//! The text that a browser copies from a page: a line each for name, type and badges, then words, labels and values.

mod body;
mod parameter;
mod values;

use body::Body;

use super::{
    Problem, label,
    nesting::{self, Listed},
    requests,
};
use crate::page::{At, Page, Shape};

/// Reads a copy that has the names of its parameters; `None` is a copy that has none.
pub(crate) fn read(text: &str) -> Result<Option<Page>, Problem> {
    let raw: Vec<&str> = text.lines().collect();
    let lines: Vec<&str> = raw.iter().map(|line| line.trim()).collect();
    let Some(body) = Body::find(&lines)? else { return Ok(None) };

    let mut page = Page::new(Shape::Text, text);
    preamble(&lines, &raw, body.start, &mut page);
    let listed: Vec<Listed> = body
        .headers
        .iter()
        .enumerate()
        .map(|(index, header)| {
            let end = body.headers.get(index + 1).map_or(body.end, |next| next.start);
            let below = lines.get(header.after..end).unwrap_or_default();
            let opens = below.iter().any(|line| label::opens_children(line));
            Listed { parameter: parameter::read(header, &lines, end, &mut page.unread), opens }
        })
        .collect();
    let nested = nesting::nest(&listed, &page.bodies).map_err(|twice| {
        Problem::at(
            twice.line,
            format!("the parameter `{}` stands here a second time", twice.name),
            "is this two pages in one file? check them one by one",
        )
    })?;
    page.parameters = nested.parameters;
    page.skipped.extend(nested.guesses);
    let elsewhere = body::elsewhere(&lines);
    if !elsewhere.is_empty() {
        page.skipped.push(format!("{}: no part of the body", elsewhere.join(", ")));
    }
    Ok(Some(page))
}

/// Reads what stands before the body: method, path, address and the call of curl.
fn preamble(lines: &[&str], raw: &[&str], end: usize, page: &mut Page) {
    let before = lines.get(..end).unwrap_or_default();
    for (at, line) in before.iter().enumerate() {
        if page.paths.is_empty()
            && let Some((method, path)) = endpoint(before, at)
        {
            page.methods.push(At::new(at + 1, method));
            page.paths.push(At::new(at + 1, path));
        }
        if page.address.is_none() {
            page.address = super::source(line).map(|address| At::new(at + 1, address));
        }
    }
    requests::take(raw, page);
}

/// The method and path that begin on a line: on one line, or a line for each part of the path.
fn endpoint(lines: &[&str], at: usize) -> Option<(String, String)> {
    const METHODS: [&str; 5] = ["POST", "GET", "PUT", "PATCH", "DELETE"];
    let line = lines.get(at)?;
    let (method, rest) = METHODS.iter().find_map(|method| Some((*method, line.strip_prefix(method)?.trim())))?;
    let mut path = String::new();
    if let Some(whole) = rest.split_whitespace().next() {
        whole.clone_into(&mut path);
    }
    let below = lines.get(at + 1..).unwrap_or_default().iter().filter(|line| !line.is_empty() && rest.is_empty());
    for part in below {
        let is_part = part.chars().all(|it| it.is_ascii_alphanumeric() || "{}._:-".contains(it));
        let is_whole = path.is_empty() && part.len() > 1 && (part.starts_with('/') || part.starts_with("http"));
        if !is_whole && (*part != "/" || path.ends_with('/')) && !(is_part && path.ends_with('/')) {
            break;
        }
        path.push_str(part);
        if is_whole {
            break;
        }
    }
    let path = super::path_of(&path)?;
    Some((method.to_owned(), path))
}

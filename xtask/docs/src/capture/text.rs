//! The text that a browser copies from a page: a line each for name, type and badges, then text, labels and values.

mod body;
mod parameter;
mod values;

use body::Part;

use super::label::{self, Section};
use super::nesting::{self, Listed};
use super::{address, blocks, curl, finish};
use crate::page::{At, Block, Capture, CaptureFormat};
use crate::problem::Problem;

/// Reads a copy that has the names of its parameters; `None`: it has none.
pub(crate) fn read(text: &str) -> Result<Option<Capture>, Problem> {
    let raw: Vec<&str> = text.lines().collect();
    let lines: Vec<&str> = raw.iter().map(|line| line.trim()).collect();
    let parts = Part::all(&lines);
    let Some(body) = Part::body(&parts, &lines)? else { return Ok(None) };

    let mut page = Capture::new(CaptureFormat::Text, text);
    let before = lines.get(..body.start).unwrap_or_default();
    if let Some((line, (method, path, after))) = (0..before.len()).find_map(|at| Some((at + 1, endpoint(before, at)?)))
    {
        page.methods.push(At::new(line, method));
        page.paths.push(At::new(line, path));
        page.request.words = title(before, after);
    }
    for (header, end) in parts.iter().filter(|part| part.section == Section::Address).flat_map(Part::parameters) {
        let parameter = parameter::read(header, &lines, end, &mut page.unread);
        page.request.words.extend(finish::in_address(parameter));
    }
    curl::take(&raw, &mut page);
    let listed: Vec<Listed> = body
        .parameters()
        .map(|(header, end)| {
            let below = lines.get(header.after..end).unwrap_or_default();
            let opens = below.iter().any(|line| label::opens_children(line));
            Listed { parameter: parameter::read(header, &lines, end, &mut page.unread), opens }
        })
        .collect();
    let (parameters, guesses) = nesting::nest(&listed, &page.bodies)?;
    page.request.children = parameters;
    page.skipped.extend(guesses);
    Ok(Some(page))
}

/// What the page says about the request between its path and the first program or section.
fn title(lines: &[&str], after: usize) -> Vec<Block> {
    let is_other = |line: &str| {
        let line = line.to_lowercase();
        line.starts_with("curl") || line.starts_with(['{', '[', '<']) || label::section(&line).is_some()
    };
    let below = lines.iter().enumerate().skip(after).take_while(|(_, line)| !is_other(line));
    let mut words = blocks::of_lines(below.map(|(at, line)| (at + 1, *line)));
    finish::drop_index(&mut words);
    words
}

/// The method and path that begin on a line: all on one line, or one line per part of the path.
fn endpoint(lines: &[&str], at: usize) -> Option<(String, String, usize)> {
    const METHODS: [&str; 5] = ["POST", "GET", "PUT", "PATCH", "DELETE"];
    let line = lines.get(at)?;
    let (method, rest) = METHODS.iter().find_map(|method| Some((*method, line.strip_prefix(method)?.trim())))?;
    let mut path = rest.split_whitespace().next().unwrap_or_default().to_owned();
    let mut after = at + 1;
    let is_next = |path: &str, part: &str| match part {
        "/" => !path.ends_with('/'),
        part if path.is_empty() => part.starts_with('/') || part.starts_with("http"),
        part => path.ends_with('/') && part.chars().all(|it| it.is_ascii_alphanumeric() || "{}._:-".contains(it)),
    };
    let below = lines.iter().enumerate().skip(after).filter(|(_, line)| !line.is_empty() && rest.is_empty());
    for (at, part) in below {
        if !is_next(&path, part) {
            break;
        }
        path.push_str(part);
        after = at + 1;
    }
    let path = address::path_of(&path)?;
    Some((method.to_owned(), path, after))
}

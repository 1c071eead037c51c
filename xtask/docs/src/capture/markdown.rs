//! The Markdown form of a page: words, and its OpenAPI in a fenced block.

use super::{Problem, openapi, requests, source};
use crate::{
    node,
    page::{At, Page, Shape},
};

/// A fenced block with an OpenAPI document.
struct Fence {
    /// The first line in it, counted from 0.
    start: usize,
    end: usize,
    /// What stands behind the ticks.
    info: String,
}

/// Reads a page that has a block of OpenAPI; `None` is another text.
pub(crate) fn read(text: &str) -> Result<Option<Page>, Problem> {
    let lines: Vec<&str> = text.lines().collect();
    let mut fences = fences(&lines)?;
    if let [_, second, ..] = fences.as_slice() {
        return Err(Problem::at(
            second.start,
            "a second OpenAPI block begins here".to_owned(),
            "this is two pages in one file: check them one by one",
        ));
    }
    let Some(fence) = fences.pop() else { return Ok(None) };

    let inner = lines.get(fence.start..fence.end).unwrap_or_default().join("\n");
    let first = fence.start + 1;
    let document = if inner.trim_start().starts_with('{') {
        // Lines of JSON are counted from the block on.
        let padded = "\n".repeat(fence.start) + &inner;
        node::json(&padded)
    } else {
        node::yaml(&inner, first)
    };
    let document = document.map_err(|error| openapi::unreadable(error, "OpenAPI block"))?;
    let mut page = Page::new(Shape::Markdown, text);
    let words: Vec<&str> = fence.info.split_whitespace().collect();
    let wanted = match words.as_slice() {
        [.., method, path] if path.starts_with('/') => Some((*method, *path)),
        _ => None,
    };
    let is_file = |word: &&&str| word.contains('/') && word.ends_with(".json");
    page.file = words.iter().find(is_file).map(|word| (*word).to_owned());
    openapi::fill(&document, wanted, &mut page)?;
    for (at, line) in lines.get(..fence.start).unwrap_or_default().iter().enumerate() {
        if page.address.is_none() {
            page.address = source(line).map(|address| At::new(at + 1, address));
        }
    }
    // Outside of the block, and with the lines as they are counted.
    let mut outside = lines.clone();
    outside.iter_mut().take(fence.end).skip(fence.start).for_each(|line| *line = "");
    requests::take(&outside, &mut page);
    Ok(Some(page))
}

/// The fenced blocks that are OpenAPI.
fn fences(lines: &[&str]) -> Result<Vec<Fence>, Problem> {
    let mut fences = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let ticks = line.len() - line.trim_start_matches('`').len();
        at += 1;
        if ticks < 3 {
            continue;
        }
        let info = line.trim_start_matches('`').trim().to_owned();
        let start = at;
        let closes = |line: &&str| line.trim_end().len() == ticks && line.trim_end().chars().all(|it| it == '`');
        let length = lines.get(start..).unwrap_or_default().iter().position(closes);
        let end = length.map_or(lines.len(), |length| start + length);
        let is_openapi = lines.get(start..end).unwrap_or_default().iter().take(10).any(|line| {
            let line = line.trim_start_matches(['{', ' ', '"', '\'']);
            line.starts_with("openapi") || line.starts_with("paths:")
        });
        if is_openapi && ["yaml", "yml", "json"].iter().any(|language| info.starts_with(language)) {
            if length.is_none() {
                return Err(Problem::at(
                    lines.len(),
                    "the page breaks off inside of its OpenAPI block".to_owned(),
                    "copy the page whole, to its end",
                ));
            }
            fences.push(Fence { start, end, info });
        }
        at = end + 1;
    }
    Ok(fences)
}

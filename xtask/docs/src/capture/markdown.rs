//! The Markdown form of a page: words, and its OpenAPI in a fenced block.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::{Problem, blocks, curl, openapi, source};
use crate::page::{At, Page, Shape};
use crate::tree;

/// A fenced block with an OpenAPI document.
struct Fence<'a> {
    /// The line of the fence, counted from 1.
    line: usize,
    /// The line after its last one.
    end: usize,
    /// What stands behind the ticks.
    info: String,
    text: &'a str,
}

/// Reads a page that has a block of OpenAPI; `None` is another text.
pub(crate) fn read(text: &str) -> Result<Option<Page>, Problem> {
    let mut fences = fences(text)?;
    if let [_, second, ..] = fences.as_slice() {
        return Err(Problem::at(
            second.line,
            "a second OpenAPI block begins here".to_owned(),
            "this is two pages in one file: check them one by one",
        ));
    }
    let Some(fence) = fences.pop() else { return Ok(None) };
    let document = if fence.text.trim_start().starts_with('{') {
        // Lines of JSON are counted from the block on.
        tree::json(&("\n".repeat(fence.line) + fence.text))
    } else {
        tree::yaml(fence.text, fence.line + 1)
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
    // What stands around the block, with the lines as they are counted.
    let outside: Vec<&str> = text
        .lines()
        .enumerate()
        .map(|(at, line)| if (fence.line..fence.end).contains(&(at + 1)) { "" } else { line })
        .collect();
    page.address = outside.iter().enumerate().find_map(|(at, line)| Some(At::new(at + 1, source(line)?)));
    let lines: Vec<&str> = text.lines().collect();
    page.words = blocks::of_description(&without_code(&outside.join("\n")), 1, &lines);
    super::drop_index(&mut page.words);
    openapi::fill(&document, wanted, &mut page)?;
    curl::take(&outside, &mut page);
    Ok(Some(page))
}

/// The text with empty lines in place of blocks of code.
fn without_code(text: &str) -> String {
    let is_code = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_)));
    let ranges = Parser::new(text).into_offset_iter().filter(|(event, _)| is_code(event)).map(|(_, range)| range);
    ranges.fold(text.to_owned(), |text, range| {
        let code = text.get(range.clone()).unwrap_or_default();
        let kept: String = code
            .chars()
            .map(|letter| if letter == '\n' { "\n".to_owned() } else { " ".repeat(letter.len_utf8()) })
            .collect();
        format!("{}{kept}{}", text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default())
    })
}

/// The fenced blocks that are OpenAPI.
fn fences(text: &str) -> Result<Vec<Fence<'_>>, Problem> {
    let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let mut fences = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        let block = text.get(range.clone()).unwrap_or_default();
        let (_, inner) = block.split_once('\n').unwrap_or_default();
        let (inner, last) = inner.trim_end().rsplit_once('\n').unwrap_or((inner, ""));
        let is_openapi = inner.lines().take(10).any(|line| {
            let line = line.trim_start_matches(['{', ' ', '"', '\'']);
            line.starts_with("openapi") || line.starts_with("paths:")
        });
        if is_openapi && ["yaml", "yml", "json"].iter().any(|language| info.starts_with(language)) {
            if !last.trim_start().starts_with(['`', '~']) {
                return Err(Problem::at(
                    text.lines().count(),
                    "the page breaks off inside of its OpenAPI block".to_owned(),
                    "copy the page whole, to its end",
                ));
            }
            let (line, end) = (line_of(range.start), line_of(range.end.saturating_sub(1)) + 1);
            fences.push(Fence { line, end, info: info.to_string(), text: inner });
        }
    }
    Ok(fences)
}

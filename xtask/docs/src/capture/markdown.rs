//! The Markdown form of a page: text, and its OpenAPI in a fenced block.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::{blocks, curl, finish, openapi};
use crate::page::{Capture, CaptureFormat};
use crate::problem::{Problem, SEVERAL_PAGES};

/// A code block.
struct Code<'a> {
    /// The line where it begins, counted from 1.
    line: usize,
    /// The line after its last one.
    end: usize,
    /// What follows the backticks.
    info: String,
    text: &'a str,
}

/// Reads a page that has an OpenAPI block; `None`: it is another text.
pub(crate) fn read(text: &str) -> Result<Option<Capture>, Problem> {
    let blocks = code(text);
    let mut documents = blocks.iter().filter(|block| block.is_openapi());
    let Some(block) = documents.next() else { return Ok(None) };
    if let Some(second) = documents.next() {
        return Err(Problem::at(second.line, "a second OpenAPI block begins here", SEVERAL_PAGES));
    }
    let (document, last) = block.text.trim_end().rsplit_once('\n').unwrap_or((block.text, ""));
    if !last.trim_start().starts_with(['`', '~']) {
        return Err(Problem::at(text.lines().count(), "the page ends inside its OpenAPI block", "copy the whole page"));
    }
    // Its lines are counted as lines of the page.
    let document = openapi::document(&("\n".repeat(block.line) + document), "OpenAPI block")?;
    let mut page = Capture::new(CaptureFormat::Markdown, text);
    let words: Vec<&str> = block.info.split_whitespace().collect();
    let wanted = match words.as_slice() {
        [.., method, path] if path.starts_with('/') => Some((*method, *path)),
        _ => None,
    };
    let is_file = |word: &&&str| word.contains('/') && word.ends_with(".json");
    page.file = words.iter().find(is_file).map(|word| (*word).to_owned());
    // The text around the block, and around all code, with unchanged line numbers.
    let lines: Vec<&str> = text.lines().collect();
    let mut outside = lines.clone();
    clear(&mut outside, block);
    let mut around = outside.clone();
    blocks.iter().for_each(|block| clear(&mut around, block));
    page.request.words = blocks::of_description(&around.join("\n"), 1, &lines);
    finish::drop_index(&mut page.request.words);
    openapi::fill(&document, wanted, &mut page)?;
    curl::take(&outside, &mut page);
    Ok(Some(page))
}

fn clear(lines: &mut [&str], block: &Code<'_>) {
    lines.iter_mut().take(block.end - 1).skip(block.line - 1).for_each(|line| *line = "");
}

/// The code blocks, each without its first line.
fn code(text: &str) -> Vec<Code<'_>> {
    let mut blocks = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for (event, range) in Parser::new(text).into_offset_iter() {
        let Event::Start(Tag::CodeBlock(kind)) = event else { continue };
        let block = text.get(range.clone()).unwrap_or_default();
        let (_, inner) = block.split_once('\n').unwrap_or_default();
        line += text.get(counted..range.start).unwrap_or_default().matches('\n').count();
        counted = range.start;
        let end = line + block.trim_end().matches('\n').count() + 1;
        let info = if let CodeBlockKind::Fenced(info) = kind { info.to_string() } else { String::new() };
        blocks.push(Code { line, end, info, text: inner });
    }
    blocks
}

impl Code<'_> {
    fn is_openapi(&self) -> bool {
        let is_key = |line: &str| {
            let line = line.trim_start_matches(['{', ' ', '"', '\'']);
            line.starts_with("openapi") || line.starts_with("paths:")
        };
        let is_language = ["yaml", "yml", "json"].iter().any(|language| self.info.starts_with(language));
        is_language && self.text.lines().take(10).any(is_key)
    }
}

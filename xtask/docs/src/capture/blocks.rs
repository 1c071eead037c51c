//! Text as blocks: the lines that a browser copies give the same blocks as Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::page::{Block, BlockKind};

/// Blocks of a copied text, each with its line; lines are counted from 1.
pub(crate) fn of_lines<'a>(lines: impl IntoIterator<Item = (usize, &'a str)>) -> Vec<Block> {
    lines.into_iter().filter_map(|(line, text)| of_line(line, text)).collect()
}

fn of_line(line: usize, text: &str) -> Option<Block> {
    let is_frame = text.contains('-') && text.chars().all(|letter| "|-: \t".contains(letter));
    if text.contains('\t') || text.starts_with('|') {
        let cells: Vec<String> = text.trim_matches('|').split(['\t', '|']).map(plain).collect();
        let is_empty = is_frame || cells.iter().all(String::is_empty);
        return (!is_empty).then(|| Block { line, kind: BlockKind::Row, text: cells.join("\t") });
    }
    let text = plain(text.trim_start_matches('#'));
    let item = ["•", "- ", "* ", "– ", "◦", "●", "·"].iter().find_map(|mark| text.strip_prefix(mark)).map(str::trim);
    let (kind, text) = match item {
        Some(item) => (BlockKind::Item, item.to_owned()),
        None => (BlockKind::Paragraph, text),
    };
    (!text.is_empty()).then_some(Block { line, kind, text })
}

/// A line without the Markdown markup that some browsers copy.
pub(crate) fn plain(text: &str) -> String {
    text.replace("**", "").replace(['`', '\\'], "").trim().to_owned()
}

/// Blocks of Markdown, each with the offset in the text where it begins instead of its line.
pub(crate) fn of_markdown(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.take(event, range.start);
    }
    reader.end();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    begin: Option<usize>,
    text: String,
    items: usize,
    is_row: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(Tag::Item) => {
                self.end();
                self.items += 1;
            }
            Event::End(TagEnd::Item) => {
                self.end();
                self.items = self.items.saturating_sub(1);
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.end();
                self.is_row = true;
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                self.end();
                self.is_row = false;
            }
            Event::Start(Tag::TableCell) if self.begin.is_some() => self.text.push('\t'),
            // A cell may be empty.
            Event::Start(Tag::TableCell) => self.begin = Some(at),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::BlockQuote(_))
            | Event::HardBreak
            | Event::Rule => self.end(),
            Event::Text(text) | Event::Code(text) => self.add(&text, at),
            Event::SoftBreak => self.add(" ", at),
            Event::InlineHtml(tag) | Event::Html(tag) if tag.trim_start().starts_with("<br") => self.end(),
            Event::Html(text) => {
                self.add(&without_tags(&text), at);
                self.end();
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str, at: usize) {
        // A reader sees the lines of a code block as lines.
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end();
            }
            if !line.is_empty() {
                self.begin.get_or_insert(at);
                self.text.push_str(line);
            }
        }
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let begin = self.begin.take();
        let kind = match (self.is_row, self.items) {
            (true, _) => BlockKind::Row,
            (false, 0) => BlockKind::Paragraph,
            (false, _) => BlockKind::Item,
        };
        if let (Some(line), false) = (begin, text.trim().is_empty()) {
            self.blocks.push(Block { line, kind, text: text.trim().to_owned() });
        }
    }
}

fn without_tags(text: &str) -> String {
    let (before, tags) = text.split_once('<').unwrap_or((text, ""));
    let after = tags.split('<').filter_map(|tag| Some(tag.split_once('>')?.1));
    std::iter::once(before).chain(after).collect()
}

/// Blocks of the descriptions of a schema, with their lines in the file.
pub(crate) fn of_description(text: &str, first: usize, lines: &[&str]) -> Vec<Block> {
    let mut line = first;
    let mut blocks = of_markdown(text);
    for block in &mut blocks {
        let raw = text.get(block.line..).unwrap_or_default().lines().next().unwrap_or_default();
        line = line_of(raw, line, lines);
        block.line = line;
    }
    blocks
}

/// The line that text is on: a document may fold it, or have all of it on one line.
fn line_of(words: &str, from: usize, lines: &[&str]) -> usize {
    const FURTHEST: usize = 100;
    let start: String = words.trim().chars().take(24).collect();
    let below = lines.iter().skip(from.saturating_sub(1)).take(FURTHEST);
    let found = below.into_iter().position(|line| !start.is_empty() && line.contains(start.trim_end()));
    from + found.unwrap_or(0)
}

#[cfg(test)]
mod tests;

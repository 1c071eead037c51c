//! Documentation comments: wrapped paragraphs, escaped so that rustdoc does not misread anything.

use proc_macro2::TokenStream;
use quote::quote;

use crate::render::wrap;

/// Columns that a line of documentation may take, its `///` included.
const WIDTH: usize = 96;

/// Paragraphs as `/// …` lines, separated by an empty `///`.
pub(crate) fn attributes<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>, indent: usize) -> TokenStream {
    let lines = lines(paragraphs, indent);
    quote! { #(#[doc = #lines])* }
}

/// Like [`attributes`], as text for the inside of a macro call.
pub(crate) fn comment<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>, indent: usize) -> String {
    let margin = " ".repeat(indent);
    lines(paragraphs, indent).iter().map(|line| format!("{margin}///{line}\n")).collect()
}

/// The lines without their `///`; code is not wrapped.
fn lines<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let paragraph = paragraph.as_ref().trim();
        if paragraph.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        if paragraph.starts_with("```") {
            lines.extend(paragraph.lines().map(|line| format!(" {line}")));
            continue;
        }
        lines.extend(wrap(paragraph, WIDTH - indent - 4).into_iter().map(|line| format!(" {line}")));
    }
    lines
}

/// The paragraphs of a description from a spec, escaped.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(escape)
}

/// Escapes what rustdoc would read as HTML, as a link, or as a bare address; code spans stay.
pub(crate) fn escape(text: &str) -> String {
    let spans: Vec<&str> = text.split('`').collect();
    let is_balanced = spans.len() % 2 == 1;
    let escaped: Vec<String> = spans
        .iter()
        .enumerate()
        .map(|(index, span)| if index % 2 == 1 && is_balanced { (*span).to_owned() } else { escape_prose(span) })
        .collect();
    escaped.join(if is_balanced { "`" } else { "\\`" })
}

fn escape_prose(text: &str) -> String {
    let is_address = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    let words = text.split_inclusive([' ', '\n']).map(|word| {
        let trimmed = word.trim_end_matches(|letter: char| letter.is_whitespace() || ".,;:!?)".contains(letter));
        if is_address(word) {
            format!("<{trimmed}>{}", word.get(trimmed.len()..).unwrap_or_default())
        } else {
            word.chars().flat_map(escape_letter).collect()
        }
    });
    words.collect()
}

fn escape_letter(letter: char) -> impl Iterator<Item = char> {
    let needs_escape = matches!(letter, '<' | '>' | '[' | ']' | '*' | '_' | '\\');
    needs_escape.then_some('\\').into_iter().chain([letter])
}

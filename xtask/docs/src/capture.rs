//! Captures of documentation pages: recognises the format of a capture by its content, and reads it.

mod address;
pub(crate) mod blocks;
mod curl;
mod finish;
mod header;
pub(crate) mod label;
mod limits;
mod lists;
mod markdown;
mod nesting;
mod openapi;
mod schema;
mod text;
mod yaml;

pub(crate) use address::host_of;
pub(crate) use schema::{mentioned, object};

use crate::page::{At, Block, Capture};
use crate::problem::Problem;

/// More than any page has; anything larger is something else.
pub const MOST_BYTES: usize = 1024 * 1024;

/// Reads a capture.
///
/// # Errors
///
/// Why it cannot be read: it is not a page, or only part of one.
pub fn read(bytes: &[u8]) -> Result<Capture, Problem> {
    const SAVE: &str = "save the page as text (UTF-8), or fetch it with `cargo xtask docs fetch`";
    if bytes.len() > MOST_BYTES {
        return Err(Problem::whole("the file is too large to be a page", SAVE));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::whole("the file is not UTF-8 text", SAVE))?;
    if text.contains('\0') {
        return Err(Problem::whole("the file is not text: it contains zero bytes", SAVE));
    }
    let text = cleaned(text);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Problem::whole("the file is empty", "copy the whole page"));
    }
    let lowered = start.get(..200).unwrap_or(start).to_lowercase();
    if lowered.starts_with("<!doctype html") || lowered.starts_with("<html") {
        return Err(Problem::whole("the file is HTML", "use the page's Markdown, or the text that a browser shows"));
    }

    let mut page = if start.starts_with('{') || openapi::is_yaml(&text) {
        openapi::read(&text)?
    } else if let Some(page) = markdown::read(&text)? {
        page
    } else if let Some(page) = text::read(&text)? {
        page
    } else if is_without_names(&text) {
        return Err(Problem::whole(
            "this copy has lost the names of the parameters",
            "fetch the page's Markdown with `cargo xtask docs fetch`, or copy the page again from a browser",
        ));
    } else {
        return Err(Problem::whole(
            "this is not the documentation page of a request: no parameters were found",
            "a page describes the request body: a name, a type and a description for each parameter",
        ));
    };
    page.models = models(&page);
    if page.bodies.is_empty() {
        page.skipped.push("the page's request: none could be read".to_owned());
    }
    Ok(page)
}

/// The text without zero-width characters, with plain spaces and line feeds, so that copies from all browsers match.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{85}'], "\n");
    let kept = text.chars().filter(|it| !matches!(it, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}'));
    kept.map(|it| if matches!(it, '\u{a0}' | '\u{3000}' | '\u{2009}' | '\u{202f}') { ' ' } else { it }).collect()
}

/// Some copies keep the words and values of a page but lose every name.
fn is_without_names(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.any(|line| line.starts_with("Authorization: Bearer")) && lines.any(|line| !line.is_empty())
}

/// The model IDs that a page names: as values of `model`, and before what it says about each.
fn models(page: &Capture) -> Vec<At<String>> {
    let Some(model) = page.request.property("model") else { return Vec::new() };
    // The schema lists all of them.
    let examples = model.examples.iter().filter(|_| model.options.is_empty());
    let values = model.options.iter().chain(&model.default).chain(examples);
    let named = values.filter_map(|at| Some(At::new(at.line, at.value.as_str()?.to_owned())));
    let mut found: Vec<At<String>> = named.filter(|at| !at.value.is_empty()).collect();
    let first = found.first().map(|at| at.value.clone()).unwrap_or_default();
    found.extend(introduced(&model.words, first.split(['-', '.']).next().unwrap_or_default()));
    let mut models: Vec<At<String>> = Vec::new();
    for at in found {
        if models.iter().all(|model| model.value != at.value) {
            models.push(at);
        }
    }
    models
}

/// IDs of a family that the text introduces: `veo-3.1: Standard veo-3.1-fast: Fast`, `veo-3.1 — Standard`.
fn introduced(words: &[Block], family: &str) -> Vec<At<String>> {
    let is_id = |word: &str| {
        let is_longer = !family.is_empty() && word.starts_with(family) && word.len() > family.len();
        is_longer && word.chars().all(|it| it.is_ascii_alphanumeric() || "-._".contains(it))
    };
    let mut ids = Vec::new();
    for block in words {
        let mut words = block.text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let is_before_dash = words.peek().is_some_and(|next| matches!(*next, "—" | "–" | "-"));
            let id = word.split_once([':', '：']).map(|(id, _)| id).or(is_before_dash.then_some(word));
            ids.extend(id.filter(|id| is_id(id)).map(|id| At::new(block.line, id.to_owned())));
        }
    }
    ids
}

#[cfg(test)]
mod tests;

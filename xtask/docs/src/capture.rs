//! Captures of documentation pages: recognises the shape of one by its content, and reads it.

pub(crate) mod bounds;
mod curl;
mod defaults;
pub(crate) mod figures;
mod header;
mod label;
mod limits;
mod lossy;
mod markdown;
mod nesting;
pub(crate) mod notes;
mod openapi;
mod program;
mod requests;
mod schema;
mod text;

use std::fmt::{self, Display, Formatter};

use serde_json::Value as Json;

pub(crate) use label::{advises_against, says_default};
pub(crate) use schema::{kind_of, mentioned, object, parameters, rule};

use super::page::{At, Options, Page, Parameter};

/// More than any page has; what is larger is something else.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Why a capture cannot be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Problem {
    /// Counted from 1; `None`: it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl Problem {
    pub(crate) fn at(line: usize, message: String, help: &'static str) -> Self {
        Self { line: Some(line), message, help }
    }

    /// A problem of the whole file.
    pub fn whole(message: impl Into<String>, help: &'static str) -> Self {
        Self { line: None, message: message.into(), help }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.message, self.help)
    }
}

/// Reads a capture.
///
/// # Errors
///
/// Why it cannot be read: it is another thing than a page, or a part of one.
pub fn read(bytes: &[u8]) -> Result<Page, Problem> {
    const SAVE: &str = "save the page as text (UTF-8), or fetch it with `cargo xtask docs fetch`";
    if bytes.len() > MOST_BYTES {
        return Err(Problem::whole("the file is too large to be a page", SAVE));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::whole("the file is not UTF-8 text", SAVE))?;
    if text.contains('\0') {
        return Err(Problem::whole("the file is not text: it has bytes that are zero", SAVE));
    }
    let text = cleaned(text);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Problem::whole("the file is empty", "copy the page whole, from its title to its end"));
    }
    let lowered = start.get(..200).unwrap_or(start).to_lowercase();
    if lowered.starts_with("<!doctype html") || lowered.starts_with("<html") {
        return Err(Problem::whole(
            "the file is HTML",
            "copy the text that the browser shows, or take the page's .md form",
        ));
    }

    let mut page = if start.starts_with('{') || openapi::is_yaml(&text) {
        openapi::read(&text)?
    } else if let Some(page) = markdown::read(&text)? {
        page
    } else if let Some(page) = text::read(&text)? {
        page
    } else if let Some(page) = lossy::read(&text)? {
        page
    } else {
        return Err(Problem::whole(
            "this is no documentation page of a request: no parameters were found",
            "a page has a section with the request's body: a name, a type and words for each parameter",
        ));
    };
    if page.models.is_empty() {
        page.models = models(&page);
    }
    if page.bodies.is_empty() {
        page.skipped.push("the page's own request: there is none that can be judged".to_owned());
    }
    Ok(page)
}

/// The text without what has no width, with plain spaces and line feeds, so that copies of all browsers are alike.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{85}'], "\n");
    let kept = text.chars().filter(|it| !matches!(it, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}'));
    kept.map(|it| if matches!(it, '\u{a0}' | '\u{3000}' | '\u{2009}' | '\u{202f}') { ' ' } else { it }).collect()
}

/// What is true of a parameter in every shape: its words may list values, name the default, and advise against it.
fn finish(parameter: &mut Parameter) {
    // Where the type is not told, a value of the parameter shows how the listed ones are meant.
    let sample = parameter.default.as_ref().or(parameter.examples.first()).and_then(|it| kind_of(&it.value));
    let notes = notes::read(&parameter.prose, parameter.kind.as_ref().or(sample.as_ref()));
    let listed = if is_about_files(parameter, &notes.options) { Options::None } else { notes.options };
    match parameter.options {
        Options::None => parameter.options = listed,
        _ => parameter.listed = listed,
    }
    // Of the two ways of words, the one that denies the label is worth more.
    let sentence = defaults::read(&parameter.prose, parameter.kind.as_ref(), &parameter.options);
    let in_words = [notes.default, notes.another, sentence].into_iter().flatten();
    let label = parameter.default.as_ref().map(|label| &label.value);
    parameter.marked =
        in_words.clone().find(|it| label.is_some_and(|label| *label != it.value)).or(in_words.clone().next());
    let advice = parameter.prose.iter().find(|line| advises_against(&line.value));
    parameter.advanced = parameter.advanced.or(advice.map(|line| line.line));
}

/// Whether a list in words is that of formats which the files behind an address may have.
fn is_about_files(parameter: &Parameter, listed: &Options) -> bool {
    let Options::Listed(values) = listed else { return false };
    let shown = parameter.default.iter().chain(&parameter.examples);
    let is_shown = shown.into_iter().any(|it| values.iter().any(|value| value.value == it.value));
    let text = |value: &At<Json>| value.value.as_str().unwrap_or_default().trim_start_matches('.').to_lowercase();
    let all_formats = values.iter().all(|value| figures::FORMATS.contains(&text(value).as_str()));
    all_formats && !is_shown && !parameter.name.contains("format")
}

/// The host of a URL.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// The path of a URL, or of what is a path already.
fn path_of(url: &str) -> Option<String> {
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.get(rest.find('/')?..)?,
        None => url,
    };
    let path = rest.split(['?', '#']).next()?;
    (path.starts_with('/') && path.len() > 1).then(|| path.trim_end_matches('/').to_owned())
}

/// The address of the page that a line names: `Source: https://…`.
fn source(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['>', '#', '*', ' ']);
    let rest = ["Source:", "source:", "URL:", "url:", "Source:**"].iter().find_map(|word| line.strip_prefix(word))?;
    let url = rest.trim().trim_matches(['*', '<', '>', '"', ' ']);
    url.starts_with("https://").then(|| url.to_owned())
}

/// The model ids that a page names: as values of `model`, and before what it says about each.
fn models(page: &Page) -> Vec<At<String>> {
    let Some(model) = page.parameter("model") else { return Vec::new() };
    let mut models: Vec<At<String>> = Vec::new();
    let mut add = |line: usize, id: &str| {
        if !id.is_empty() && models.iter().all(|model| model.value != id) {
            models.push(At::new(line, id.to_owned()));
        }
    };
    if let Options::Listed(options) = &model.options {
        for option in options {
            add(option.line, option.value.as_str().unwrap_or_default());
        }
    }
    // What the schema lists is all there is.
    let examples = if model.options == Options::None { model.examples.as_slice() } else { &[] };
    for value in model.known_default().into_iter().chain(examples) {
        add(value.line, value.value.as_str().unwrap_or_default());
    }
    let first = models.first().map(|model| model.value.clone()).unwrap_or_default();
    for (line, id) in introduced(&model.prose, &first) {
        if models.iter().all(|model| model.value != id) {
            models.push(At::new(line, id));
        }
    }
    models
}

/// Ids of the family of `first` that words introduce: `veo-3.1: Standard veo-3.1-fast: Fast`.
fn introduced(prose: &[At<String>], first: &str) -> Vec<(usize, String)> {
    let family = first.split(['-', '.']).next().unwrap_or_default();
    let is_id = |word: &str| {
        word.starts_with(family)
            && word.len() > family.len()
            && word.chars().all(|it| it.is_ascii_alphanumeric() || "-._".contains(it))
    };
    let mut ids = Vec::new();
    for line in prose.iter().filter(|_| !family.is_empty()) {
        let text = notes::plain(&line.value);
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let (id, ends) = match word.find([':', '：']) {
                Some(colon) => (word.get(..colon).unwrap_or_default(), true),
                None => (*word, words.get(at + 1).is_some_and(|next| matches!(*next, "—" | "–" | "-"))),
            };
            if ends && is_id(id) {
                ids.push((line.line, id.to_owned()));
            }
        }
    }
    ids
}

/// A literal of JSON at the beginning of a text, and its length.
fn literal(text: &str) -> Option<(Json, usize)> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Json>();
    let value = stream.next()?.ok()?;
    Some((value, stream.byte_offset()))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// The captures of the tests.
    fn captures() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/it/docs");
        let folders = ["captures", "invented"].map(|folder| fs::read_dir(root.join(folder)));
        let files = folders.into_iter().flatten().flatten().flatten();
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
    }

    /// Damaged pages are read or refused: the reader neither panics nor goes on for ever.
    #[test]
    fn damaged_pages_are_read_or_refused() {
        let captures = captures();
        assert!(captures.len() >= 7, "the captures are there");
        let mut refused = 0;
        for text in captures {
            let lines: Vec<&str> = text.lines().collect();
            for at in 0..lines.len() {
                let (above, below) = lines.split_at(at);
                let without = [above, below.get(1..).unwrap_or_default()].concat();
                let twice = [above, below.get(..1).unwrap_or_default(), below].concat();
                let moved = [below, above].concat();
                for damaged in [above.to_vec(), without, twice, moved] {
                    refused += usize::from(read(damaged.join("\n").as_bytes()).is_err());
                }
            }
        }
        assert!(refused > 100, "{refused}");
    }

    #[test]
    fn endless_pages_come_to_an_end() {
        for part in [
            "[\n",
            "{\n",
            "(",
            "enum<",
            "\"",
            "Example:\n",
            "a\nstring\n",
            "| a |\n",
            "Options:\n",
            "curl {\n",
            "fetch(\n",
            "a\nA[]\n",
            "可选 1、2\n",
        ] {
            let page =
                format!("Authorization: Bearer\nBody\na\nstring\n{}\nTask created successfully\n", part.repeat(20_000));
            drop(read(page.as_bytes()));
        }
    }
}

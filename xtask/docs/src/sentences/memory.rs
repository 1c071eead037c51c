//! What a person has seen of a page's words: the hash of each sentence, and what became of it. Never the words.

use std::fmt::{self, Display, Formatter, Write};

use serde_json::Value as Json;

use super::Sentence;
use crate::tree;

/// What became of a sentence that nothing became of.
pub(crate) const NONE: &str = "none";

/// What became of a statement that contradicts another one of its page.
pub(crate) const CONTRADICTION: &str = "contradiction";

/// The name of the request beside the pointers of its parameters.
const REQUEST: &str = "request";

/// The reviewed sentences of one page, by language.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    languages: Vec<(String, Vec<Reviewed>)>,
}

/// The reviewed sentences of a parameter, in the order of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reviewed {
    pub(crate) parameter: String,
    pub(crate) sentences: Vec<Seen>,
}

/// A sentence that a person has seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) hash: String,
    /// Keywords and rules of the spec, with commas between them.
    pub(crate) became: String,
}

impl Seen {
    /// The single outcomes: a sentence may have become two limits.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &str> {
        self.became.split(',').map(str::trim)
    }
}

/// Why a file of reviewed sentences cannot be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl Display for Unreadable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl Memory {
    /// Reads the file of a page.
    ///
    /// # Errors
    ///
    /// The line that is not as [`Self::to_file`] writes it.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let root = tree::json(text).map_err(|error| Unreadable { line: error.line, reason: error.reason })?;
        let wrong = |line: usize, reason: &str| Unreadable { line, reason: reason.to_owned() };
        let mut languages = Vec::new();
        for language in root.members() {
            let mut parameters = Vec::new();
            for parameter in language.node.members() {
                let mut sentences = Vec::new();
                for sentence in parameter.node.members() {
                    let Some(became) = sentence.node.as_str() else {
                        return Err(wrong(sentence.line, "what became of a sentence is not a text"));
                    };
                    sentences.push(Seen { hash: sentence.name.clone(), became: became.to_owned() });
                }
                let name = Some(parameter.name.as_str()).filter(|name| *name != REQUEST).unwrap_or_default();
                if !name.is_empty() && !name.starts_with('/') {
                    return Err(wrong(parameter.line, "neither \"request\" nor a pointer to a parameter"));
                }
                parameters.push(Reviewed { parameter: name.to_owned(), sentences });
            }
            languages.push((language.name.clone(), parameters));
        }
        if languages.is_empty() {
            return Err(wrong(1, "no language is in here"));
        }
        Ok(Self { languages })
    }

    /// The text of the file.
    #[must_use]
    pub fn to_file(&self) -> String {
        let object = |members: Vec<String>, indent: usize| format!("{{\n{}\n{:indent$}}}", members.join(",\n"), "");
        let languages = self.languages.iter().map(|(language, parameters)| {
            let parameters = parameters.iter().map(|parameter| {
                let sentences = parameter.sentences.iter();
                let sentences =
                    sentences.map(|seen| format!("      \"{}\": {}", seen.hash, Json::from(seen.became.as_str())));
                let name = if parameter.parameter.is_empty() { REQUEST } else { &parameter.parameter };
                format!("    {}: {}", Json::from(name), object(sentences.collect(), 4))
            });
            format!("  {}: {}", Json::from(language.as_str()), object(parameters.collect(), 2))
        });
        let mut text = object(languages.collect(), 0);
        let _ = writeln!(text);
        text
    }

    /// What was seen in a language; `None`: the page was never reviewed in it.
    pub(crate) fn of(&self, language: &str) -> Option<&[Reviewed]> {
        self.languages.iter().find(|(name, _)| name == language).map(|(_, reviewed)| reviewed.as_slice())
    }

    /// Replaces what was seen in a language.
    pub(crate) fn put(&mut self, language: &str, reviewed: Vec<Reviewed>) {
        match self.languages.iter_mut().find(|(name, _)| name == language) {
            Some((_, known)) => *known = reviewed,
            None => self.languages.push((language.to_owned(), reviewed)),
        }
        self.languages.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
}

/// What was seen of a parameter.
pub(crate) fn seen<'a>(reviewed: &'a [Reviewed], parameter: &str) -> &'a [Seen] {
    reviewed.iter().find(|it| it.parameter == parameter).map(|it| it.sentences.as_slice()).unwrap_or_default()
}

/// The language of some sentences, as the memory names it.
pub(crate) fn language(sentences: &[Sentence]) -> &'static str {
    let is_chinese = |sentence: &&Sentence| sentence.words.chars().any(super::split::is_chinese);
    let chinese = sentences.iter().filter(is_chinese).count();
    if chinese * 2 > sentences.len() { "zh" } else { "en" }
}

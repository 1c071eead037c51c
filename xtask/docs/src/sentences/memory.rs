//! What a person has seen of a page's text: the hash of each sentence, and what became of it. Never the text.

use std::collections::HashMap;

use foxapi_codegen::raw::{Member, Node};
use foxapi_schema::json::{Json, Layout, Object};

use super::statement::Statement;

/// What became of a sentence that nothing became of.
pub(crate) const NONE: &str = "none";

/// What became of a statement that contradicts another one on its page.
pub(crate) const CONTRADICTION: &str = "contradiction";

/// The name of the request next to the pointers of its parameters.
const REQUEST: &str = "request";

/// The reviewed sentences of one page, by language.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    languages: Vec<(String, Vec<Seen>)>,
}

/// A sentence that a person has seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) parameter: String,
    pub(crate) hash: String,
    /// Keywords and rules of the spec, separated by commas.
    pub(crate) became: String,
}

/// The single outcomes of a sentence: it may have become two limits.
pub(crate) fn outcomes(became: &str) -> impl Iterator<Item = &str> {
    became.split(',').map(str::trim)
}

/// What was seen of a parameter, in the order of the page.
pub(crate) fn seen<'a>(reviewed: &'a [Seen], parameter: &str) -> impl Iterator<Item = &'a Seen> {
    reviewed.iter().filter(move |seen| seen.parameter == parameter)
}

/// What was seen, by parameter and hash.
pub(crate) fn index(reviewed: &[Seen]) -> HashMap<(&str, &str), &Seen> {
    reviewed.iter().map(|seen| ((seen.parameter.as_str(), seen.hash.as_str()), seen)).collect()
}

impl Memory {
    /// Reads the file of a page.
    ///
    /// # Errors
    ///
    /// The line that [`Self::to_file`] would write differently, and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        let root = Node::parse(text).map_err(|fault| (fault.at.line, fault.message))?;
        let wrong = |line: usize, reason: &str| Err((line, reason.to_owned()));
        let mut languages = Vec::new();
        for language in root.members() {
            let mut reviewed = Vec::new();
            for Member { name, at, node } in language.node.members() {
                let parameter = if name == REQUEST { "" } else { name.as_str() };
                if !parameter.is_empty() && !parameter.starts_with('/') {
                    return wrong(at.line, "neither \"request\" nor a pointer to a parameter");
                }
                for sentence in node.members() {
                    let Some(became) = sentence.node.as_str() else {
                        return wrong(sentence.at.line, "what became of a sentence is not a string");
                    };
                    let (parameter, hash, became) = (parameter.to_owned(), sentence.name.clone(), became.to_owned());
                    reviewed.push(Seen { parameter, hash, became });
                }
            }
            languages.push((language.name.clone(), reviewed));
        }
        if languages.is_empty() { wrong(1, "it contains no language") } else { Ok(Self { languages }) }
    }

    /// The text of the file.
    #[must_use]
    pub fn to_file(&self) -> String {
        let mut languages = Object::new();
        for (language, reviewed) in &self.languages {
            let mut parameters = Object::new();
            for Seen { parameter, hash, became } in reviewed {
                let name = if parameter.is_empty() { REQUEST } else { parameter };
                match parameters.get_mut(name).and_then(Json::as_object_mut) {
                    Some(sentences) => sentences.set(hash, became.as_str()),
                    None => parameters.set(name, Object::new().with(hash, became.as_str())),
                }
            }
            languages.set(language, parameters);
        }
        Json::from(languages).to_file_in(Layout::Objects)
    }

    /// What was seen in a language; `None`: the page was never reviewed in it.
    pub(crate) fn of(&self, language: &str) -> Option<&[Seen]> {
        self.languages.iter().find(|(name, _)| name == language).map(|(_, reviewed)| reviewed.as_slice())
    }

    /// Replaces what was seen in a language.
    pub(crate) fn put(&mut self, language: &str, reviewed: Vec<Seen>) {
        self.languages.retain(|(name, _)| name != language);
        self.languages.push((language.to_owned(), reviewed));
        self.languages.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
}

/// The language of sentences, as the memory names it.
pub(crate) fn language(sentences: &[Statement]) -> &'static str {
    let is_chinese = |sentence: &&Statement| sentence.words.chars().any(super::split::is_chinese);
    let chinese = sentences.iter().filter(is_chinese).count();
    if chinese * 2 > sentences.len() { "zh" } else { "en" }
}

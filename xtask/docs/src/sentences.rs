//! The sentences of a page: what it says in words, remembered by its hash and never interpreted.

mod changes;
pub(crate) mod memory;
mod normal;
mod split;
mod statement;

pub(crate) use changes::changes;
pub use changes::{SentenceChange, SentenceEvent};
pub use memory::Memory;
pub(crate) use normal::hash;
pub use statement::Statement;

use std::collections::HashSet;

use crate::capture::label;
use crate::page::{Block, BlockKind, Capture, ITEMS, Parameter};

/// The sentences of a page, in order, without those that a parameter repeats.
pub(crate) fn of_page(page: &Capture) -> Vec<Statement> {
    let mut sentences = Vec::new();
    collect("", &page.request, &mut sentences);
    sentences
}

fn collect(pointer: &str, parameter: &Parameter, sentences: &mut Vec<Statement>) {
    sentences.extend(of_words(pointer, &parameter.words));
    if let Some(item) = &parameter.item {
        collect(&format!("{pointer}/{ITEMS}"), item, sentences);
    }
    for child in &parameter.children {
        collect(&format!("{pointer}/{}", child.name), child, sentences);
    }
}

/// The sentences of a text.
pub(crate) fn of_words(parameter: &str, words: &[Block]) -> Vec<Statement> {
    let mut sentences: Vec<Statement> = Vec::new();
    let mut known = HashSet::new();
    let mut add = |line: usize, words: String| {
        let hash = hash(&words);
        if known.insert(hash.clone()) {
            sentences.push(Statement { parameter: parameter.to_owned(), line, words, hash, is_contradiction: false });
        }
    };
    // A heading belongs to each item below it: under "Not supported:", an item has another meaning.
    let mut heading: Option<&Block> = None;
    for (at, block) in words.iter().enumerate() {
        let is_listed = words.get(at + 1).is_some_and(|next| next.kind != BlockKind::Paragraph);
        if block.kind == BlockKind::Paragraph {
            heading = None;
            match label::label(&block.text) {
                Some((_, "")) => continue,
                _ if block.text.ends_with([':', '：']) && is_listed => {
                    heading = Some(block);
                    continue;
                }
                _ => {}
            }
        }
        for sentence in split::sentences(&block.text) {
            let sentence = sentence.replace('\t', " — ");
            match heading {
                Some(heading) => add(block.line, format!("{} {sentence}", heading.text)),
                None => add(block.line, sentence),
            }
        }
    }
    sentences
}

/// The words of a text that may be values or names: numbers, ratios, identifiers, and their parts.
pub(crate) fn names_in(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_.:-".contains(letter))
        .flat_map(|word| std::iter::once(word).chain(word.split(['-', ':'])))
        .map(|word| word.trim_matches(['.', ':', '-']))
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;

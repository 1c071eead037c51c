//! What applies to the text of a page in every format.

use serde_json::Value as JsonValue;

use super::lists;
use crate::page::{At, Block, BlockKind, Parameter, ValueKind, text_of};

/// What applies to a parameter in every format: its text may list values. What a browser ran together stays text.
pub(crate) fn finish(parameter: &mut Parameter) {
    // If the type is not given, a value of the parameter shows how the listed ones are meant.
    let sample = parameter.default.as_ref().or(parameter.examples.first()).and_then(|at| ValueKind::of(&at.value));
    let found = lists::take(&parameter.words, parameter.kind.as_ref().or(sample.as_ref()));
    let shown = parameter.default.iter().chain(&parameter.examples).map(|at| &at.value);
    let shown: Vec<&JsonValue> =
        shown.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)).collect();
    if let Some((values, words)) = found.filter(|(values, _)| !lists::is_glued(values, &shown)) {
        parameter.words = words;
        match parameter.options.is_empty() {
            true => parameter.options = values,
            false => parameter.listed = values,
        }
    }
    if lists::is_glued(&parameter.options, &[]) {
        let words = std::mem::take(&mut parameter.options).into_iter();
        let block = |at: At<JsonValue>| Block { line: at.line, kind: BlockKind::Item, text: text_of(&at.value) };
        parameter.words.extend(words.map(block));
    }
}

/// What belongs in the URL of a request, in words: no spec can express it, so a person has to see it.
pub(crate) fn in_address(parameter: Parameter) -> Vec<Block> {
    let kind = parameter.kind.map_or_else(|| "any".to_owned(), |kind| kind.to_string());
    let mut facts = vec![format!("{} in the address: {kind}", parameter.name)];
    facts.extend(parameter.nullable.then(|| "null".to_owned()));
    facts.extend(parameter.required.then(|| "required".to_owned()));
    facts.extend(parameter.default.map(|at| format!("default {}", at.value)));
    facts.extend(parameter.options.iter().map(|at| at.value.to_string()));
    facts.extend(parameter.limits.iter().map(|at| format!("{} {}", at.value.0.word(), at.value.1)));
    let block = Block { line: parameter.line, kind: BlockKind::Paragraph, text: facts.join(", ") };
    std::iter::once(block).chain(parameter.words).collect()
}

/// Removes what the site puts on every page for programs: the link to its index.
pub(crate) fn drop_index(words: &mut Vec<Block>) {
    words.retain(|block| {
        let is_index = ["Documentation Index", "OpenAPI"].contains(&block.text.as_str());
        !is_index && !block.text.contains("llms.txt") && !block.text.starts_with("Use this file to discover all")
    });
}

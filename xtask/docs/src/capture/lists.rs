//! Lists of values under a label: `Options: 4, 6, 8`, or items and rows below it. Other text is left as it is.

use serde_json::Value as JsonValue;

use super::label::{self, Label};
use crate::page::{At, Block, BlockKind, ValueKind};

/// Values, and the blocks that remain of their list or of the whole text.
type List = (Vec<At<JsonValue>>, Vec<Block>);

/// Takes the first list of values out of the text about a parameter; returns the text without it.
///
/// A list is taken whole or not at all. What is said about a value stays in the text.
pub(crate) fn take(words: &[Block], kind: Option<&ValueKind>) -> Option<List> {
    words.iter().enumerate().find_map(|(at, block)| {
        let (before, from) = words.split_at(at);
        let after = from.get(1..).unwrap_or_default();
        let (list, after) = match label::label(&block.text) {
            Some((Label::Listed, "")) => below(after, kind),
            Some((Label::Listed, rest)) => (inline(block, rest, kind), after),
            // The head of a table can be the label.
            _ if is_head(block) => below(from, kind),
            _ => return None,
        };
        list.map(|(values, left)| (values, [before, &left, after].concat()))
    })
}

fn is_head(block: &Block) -> bool {
    block.kind == BlockKind::Row && block.text.split('\t').next().is_some_and(label::is_listed)
}

/// Values with a block each, and the blocks after them.
fn below<'a>(blocks: &'a [Block], kind: Option<&ValueKind>) -> (Option<List>, &'a [Block]) {
    let end = blocks.iter().position(|block| block.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let (list, after) = blocks.split_at(end);
    let is_table = list.first().is_some_and(|block| block.kind == BlockKind::Row);
    let (mut values, mut left) = (Vec::new(), Vec::new());
    for block in list.iter().skip(usize::from(is_table)) {
        let Some((found, says_more)) = of_block(block, kind) else { return (None, after) };
        values.extend(found.into_iter().map(|value| At::new(block.line, value)));
        left.extend(says_more.then(|| block.clone()));
    }
    ((!values.is_empty()).then_some((values, left)), after)
}

/// The values of an item or a row, and whether it says anything about them: one with text, or several.
fn of_block(block: &Block, kind: Option<&ValueKind>) -> Option<(Vec<JsonValue>, bool)> {
    if let Some((cell, _)) = block.text.split_once('\t') {
        return Some((vec![value(cell, kind)?], true));
    }
    let parts = block.text.split('、').flat_map(|part| part.split(", ")).map(|part| head(part.trim()));
    let is_plain = |rest: &str| rest.is_empty() || rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
    let several = parts.clone().map(|(word, rest)| value(word, kind).filter(|_| is_plain(rest)));
    if let Some(values) = several.collect() {
        return Some((values, parts.into_iter().any(|(_, rest)| !rest.is_empty())));
    }
    let (words, rest) = head(&block.text);
    // `16:9 / 1280x720` names one value twice.
    let values: Option<Vec<JsonValue>> = words.split(" / ").map(|word| value(word.trim(), kind)).collect();
    Some((values?, !rest.is_empty()))
}

/// Values on the line of the label, and what the line says after them.
fn inline(block: &Block, text: &str, kind: Option<&ValueKind>) -> Option<List> {
    // The list ends with its sentence.
    let (list, rest) = text.split_at_checked(text.find(". ").or(text.find('。')).unwrap_or(text.len()))?;
    let commas = [" or ", "或", " and ", "和", "、", "，", "|", ";", "；", " / "];
    let list = commas.iter().fold(list.trim_end_matches('.').to_owned(), |list, word| list.replace(word, ","));
    let parts = || list.split(',').map(str::trim).filter(|part| !part.is_empty()).map(head);
    let values: Option<Vec<_>> = parts().map(|(word, _)| Some(At::new(block.line, value(word, kind)?))).collect();
    // A single value may be several that lost their separators.
    let values = values.filter(|values| values.len() > 1)?;
    let says_more = parts().any(|(_, about)| !about.is_empty());
    let rest = if says_more { block.text.as_str() } else { rest.trim_start_matches(['.', '。', ' ']) };
    let left = (!rest.is_empty()).then(|| Block { text: rest.to_owned(), ..block.clone() });
    Some((values, left.into_iter().collect()))
}

/// A value and what is said about it: `16:9 — Landscape`, `first: the first frame`, `720p (default)`.
pub(crate) fn head(item: &str) -> (&str, &str) {
    let mut letters = item.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '—' | '–' | '：' | '（' | '(' | '\t' => true,
            // Not the colon of 16:9, nor the hyphen of text-to-video.
            ':' => next.is_none_or(|next| next.is_whitespace() || !next.is_ascii()),
            '-' => next.is_some_and(char::is_whitespace),
            _ => false,
        };
        if ends && !is_range(item, at) {
            let (value, rest) = item.split_at(at);
            return (trimmed(value), rest);
        }
    }
    (trimmed(item), "")
}

/// Whether a hyphen joins two numbers: `4 - 15 seconds` is not a value with text about it.
fn is_range(item: &str, hyphen: usize) -> bool {
    let (before, after) = item.split_at(hyphen);
    let after = after.trim_start_matches(['-', '–', ' ']);
    let number: String = after.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    is_number(before.trim()) && is_number(&number) && number != before.trim()
}

fn trimmed(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'', '“', '”', '`'])
}

/// A word as a value of the parameter.
pub(crate) fn value(word: &str, kind: Option<&ValueKind>) -> Option<JsonValue> {
    let word = trimmed(word);
    match kind {
        _ if word.is_empty() || word.contains(char::is_whitespace) => None,
        Some(ValueKind::Integer | ValueKind::Number) => word.parse().ok().map(JsonValue::Number),
        Some(ValueKind::Boolean) => word.parse().ok().map(JsonValue::Bool),
        Some(ValueKind::Array(Some(inner))) => value(word, Some(inner)),
        _ => Some(word.into()),
    }
}

/// Whether a value is several that lost their separators: `16:99:161:1`, or one that contains a known value.
pub(crate) fn is_glued(values: &[At<JsonValue>], shown: &[&JsonValue]) -> bool {
    let texts: Vec<&str> = values.iter().filter_map(|at| at.value.as_str()).collect();
    let is_ratios = |text: &&str| {
        text.matches(':').count() > 1 && text.chars().all(|letter| letter.is_ascii_digit() || ":.".contains(letter))
    };
    let shown = shown.iter().filter_map(|value| value.as_str()).filter(|value| value.len() > 1);
    let mut unlisted = shown.filter(|value| !texts.contains(value));
    texts.iter().any(is_ratios) || unlisted.any(|value| texts.iter().any(|text| text.contains(value)))
}

#[cfg(test)]
mod tests;

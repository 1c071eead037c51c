//! Lists of values under a label: `Options: 4, 6, 8`, or items and rows below it. Other words are left as they are.

use serde_json::Value as Json;

use super::label::{self, Label};
use crate::page::{At, Block, BlockKind, Kind};

/// A list of values, and the words without it.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) values: Vec<At<Json>>,
    pub(crate) words: Vec<Block>,
}

/// Takes the first list of values out of the words about a parameter.
///
/// A list is taken whole or not at all. What is said about a value stays with the words.
pub(crate) fn take(words: &[Block], kind: Option<&Kind>) -> Found {
    for (at, block) in words.iter().enumerate() {
        let (before, after) = words.split_at(at);
        let after = after.get(1..).unwrap_or_default();
        let list = match label::label(&block.text) {
            Some((Label::Listed, "")) => below(after, kind),
            Some((Label::Listed, rest)) => inline(block, rest, kind).map(|(list, rest)| (list, rest, 0)),
            // The head of a table can be the label.
            _ if is_head(block) => below(words.get(at..).unwrap_or_default(), kind)
                .map(|(list, left, used)| (list, left, used.saturating_sub(1))),
            _ => None,
        };
        if let Some((values, left, used)) = list {
            let after = after.get(used..).unwrap_or_default();
            return Found { values, words: [before, &left, after].concat() };
        }
    }
    Found { values: Vec::new(), words: words.to_vec() }
}

fn is_head(block: &Block) -> bool {
    block.kind == BlockKind::Row && block.text.split('\t').next().is_some_and(label::is_listed)
}

/// Values, the blocks that are left of their list, and how many blocks the list has.
type List = (Vec<At<Json>>, Vec<Block>, usize);

/// Values with a block each.
fn below(blocks: &[Block], kind: Option<&Kind>) -> Option<List> {
    let list: Vec<&Block> = blocks.iter().take_while(|block| block.kind != BlockKind::Paragraph).collect();
    let is_table = list.first().is_some_and(|block| block.kind == BlockKind::Row);
    let mut values = Vec::new();
    let mut left = Vec::new();
    for block in list.iter().skip(usize::from(is_table)) {
        let of_block = match block.kind {
            BlockKind::Row => vec![value(block.text.split('\t').next()?, kind)?],
            _ => of_item(&block.text, kind)?,
        };
        values.extend(of_block.into_iter().map(|value| At::new(block.line, value)));
        if says_more(&block.text, kind) || block.text.contains('\t') {
            left.push((*block).clone());
        }
    }
    (!values.is_empty()).then_some((values, left, list.len()))
}

/// The values of an item: one with words about it, or several without.
fn of_item(item: &str, kind: Option<&Kind>) -> Option<Vec<Json>> {
    let parts = item.split('、').flat_map(|part| part.split(", "));
    let several: Option<Vec<Json>> = parts
        .map(|part| {
            let (word, rest) = head(part.trim());
            let is_plain = rest.is_empty() || rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
            value(word, kind).filter(|_| is_plain)
        })
        .collect();
    if let Some(values) = several {
        return Some(values);
    }
    let (words, _) = head(item);
    // `16:9 / 1280x720` names one value twice.
    words.split(" / ").map(|word| value(word.trim(), kind)).collect()
}

/// Whether an item or row has words beside its values.
fn says_more(text: &str, kind: Option<&Kind>) -> bool {
    let parts = text.split('、').flat_map(|part| part.split(", ")).flat_map(|part| part.split(" / "));
    parts.map(str::trim).any(|part| value(part, kind).is_none() || !head(part).1.is_empty())
}

/// Values on the line of the label, and what the line says after them.
fn inline(block: &Block, text: &str, kind: Option<&Kind>) -> Option<(Vec<At<Json>>, Vec<Block>)> {
    // The list ends with its sentence.
    let end = [text.find(". "), text.find('。')].into_iter().flatten().min().unwrap_or(text.len());
    let (list, rest) = text.split_at_checked(end)?;
    let list = list.trim_end_matches('.');
    let separated = list.replace(" or ", ",").replace('或', ",").replace(" and ", ",").replace('和', ",");
    let parts = separated.split([',', '、', '，', '|', ';', '；']).flat_map(|part| part.split(" / "));
    let mut values = Vec::new();
    let mut says_more = false;
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (word, about) = head(part);
        says_more |= !about.is_empty();
        values.push(At::new(block.line, value(word, kind)?));
    }
    // A single one may be several that lost what stood between them.
    if values.len() < 2 {
        return None;
    }
    let rest = rest.trim_start_matches(['.', '。', ' ']);
    let rest = if says_more { block.text.as_str() } else { rest };
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

/// Whether a hyphen joins two numbers: `4 - 15 seconds` is not a value with words about it.
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
pub(crate) fn value(word: &str, kind: Option<&Kind>) -> Option<Json> {
    let word = trimmed(word);
    match kind {
        _ if word.is_empty() || word.contains(char::is_whitespace) => None,
        Some(Kind::Integer | Kind::Number) => word.parse().ok().map(Json::Number),
        Some(Kind::Boolean) => word.parse().ok().map(Json::Bool),
        Some(Kind::Array(Some(inner))) => value(word, Some(inner)),
        _ => Some(word.into()),
    }
}

/// Whether a value is several that lost what stood between them: `16:99:161:1`, or one that has a known value in it.
pub(crate) fn is_glued(values: &[At<Json>], shown: &[&Json]) -> bool {
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

//! Limits as pages write them: `1 <= x <= 6`, `1 - 2500`, `1 - 4 elements`.

use serde_json::Number;

use super::label::Label;
use crate::page::Limit;

/// The limits that a label and its text state; `None`: they cannot be read.
pub(crate) fn read(label: Label, text: &str) -> Option<Vec<(Limit, Number)>> {
    let text = text.replace('`', "");
    let text = text.trim();
    match label {
        Label::Range => range(text),
        Label::StringLength => between(text, Limit::MinLength, Limit::MaxLength),
        Label::ArrayLength => between(text, Limit::MinItems, Limit::MaxItems),
        Label::MinLength => one(text, Limit::MinLength),
        Label::MaxLength => one(text, Limit::MaxLength),
        Label::MinItems => one(text, Limit::MinItems),
        Label::MaxItems => one(text, Limit::MaxItems),
        Label::MultipleOf => one(text, Limit::MultipleOf),
        _ => Some(Vec::new()),
    }
}

/// Whether the text of a label says anything other than its numbers.
pub(crate) fn says_more(text: &str) -> bool {
    const UNITS: [&str; 10] =
        ["x", "element", "elements", "item", "items", "character", "characters", "个元素", "个字符", "字符"];
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().any(|word| !UNITS.contains(&word.to_lowercase().as_str()))
}

fn one(text: &str, limit: Limit) -> Option<Vec<(Limit, Number)>> {
    match numbers(text).as_slice() {
        [number] => Some(vec![(limit, number.clone())]),
        _ => None,
    }
}

/// `1 - 4 elements` or, where both are the same, `4 elements`.
fn between(text: &str, minimum: Limit, maximum: Limit) -> Option<Vec<(Limit, Number)>> {
    match numbers(text).as_slice() {
        [number] => Some(vec![(minimum, number.clone()), (maximum, number.clone())]),
        [least, most] => Some(vec![(minimum, least.clone()), (maximum, most.clone())]),
        _ => None,
    }
}

/// The numbers in a text; a hyphen between two of them is not a minus sign.
fn numbers(text: &str) -> Vec<Number> {
    let text = text.replace(',', "");
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    words.filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}

/// `1 <= x <= 6`, `x >= 0`, `0 < x`.
fn range(text: &str) -> Option<Vec<(Limit, Number)>> {
    // Each sign, with what it says about a number before the x and after it.
    const SIGNS: [(&str, Limit, Limit); 4] = [
        ("<=", Limit::Minimum, Limit::Maximum),
        (">=", Limit::Maximum, Limit::Minimum),
        ("<", Limit::ExclusiveMinimum, Limit::ExclusiveMaximum),
        (">", Limit::ExclusiveMaximum, Limit::ExclusiveMinimum),
    ];
    let text = text.replace('≤', "<=").replace('≥', ">=").replace(',', "");
    let (left, right) = text.split_once(['x', 'X'])?;
    let number = |text: &str| text.trim().parse().ok();
    let before = SIGNS.iter().find_map(|(sign, limit, _)| Some((*limit, number(left.trim().strip_suffix(sign)?)?)));
    let behind = SIGNS.iter().find_map(|(sign, _, limit)| Some((*limit, number(right.trim().strip_prefix(sign)?)?)));
    let is_read = |side: &str, limit: bool| side.trim().is_empty() || limit;
    let is_whole = is_read(left, before.is_some()) && is_read(right, behind.is_some());
    let limits: Vec<_> = before.into_iter().chain(behind).collect();
    (is_whole && !limits.is_empty()).then_some(limits)
}

#[cfg(test)]
mod tests;

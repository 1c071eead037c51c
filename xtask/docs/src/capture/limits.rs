//! Limits as pages write them: `1 <= x <= 6`, `1 - 2500`, `1 - 4 elements`.

use serde_json::Number;

use super::label::Label;
use crate::page::Limit;

/// The limits that a label and its text state; `None`: they cannot be read.
pub(crate) fn read(label: Label, text: &str, is_list: bool) -> Option<Vec<(Limit, Number)>> {
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
        Label::MinSize => one(text, if is_list { Limit::MinItems } else { Limit::MinLength }),
        Label::MaxSize => one(text, if is_list { Limit::MaxItems } else { Limit::MaxLength }),
        Label::MultipleOf => one(text, Limit::MultipleOf),
        _ => Some(Vec::new()),
    }
}

/// Whether the text of a label says anything beside its numbers.
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

/// The numbers in a text; a hyphen between two of them is no sign.
fn numbers(text: &str) -> Vec<Number> {
    let text = text.replace(',', "");
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    words.filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}

/// `1 <= x <= 6`, `x >= 0`, `0 < x`.
fn range(text: &str) -> Option<Vec<(Limit, Number)>> {
    let text = text.replace('≤', "<=").replace('≥', ">=");
    let (left, right) = text.split_once(['x', 'X'])?;
    let is_over = [("<=", Limit::Minimum), (">=", Limit::Maximum)];
    let is_over = [is_over, [("<", Limit::ExclusiveMinimum), (">", Limit::ExclusiveMaximum)]].concat();
    // Behind the x each sign says the opposite.
    let is_under = [("<=", Limit::Maximum), (">=", Limit::Minimum)];
    let is_under = [is_under, [("<", Limit::ExclusiveMaximum), (">", Limit::ExclusiveMinimum)]].concat();
    let mut limits = Vec::new();
    for (side, signs) in [(left.trim(), is_over), (right.trim(), is_under)] {
        if !side.is_empty() {
            let beside = |sign: &str| side.strip_suffix(sign).or_else(|| side.strip_prefix(sign));
            let (number, limit) = signs.iter().find_map(|(sign, limit)| Some((beside(sign)?, *limit)))?;
            limits.push((limit, number.trim().replace(',', "").parse().ok()?));
        }
    }
    (!limits.is_empty()).then_some(limits)
}

#[cfg(test)]
mod tests;

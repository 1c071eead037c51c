//! Where sentences end, in English and Chinese.

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 16] =
    ["e.g", "i.e", "etc", "vs", "approx", "max", "min", "no", "incl", "excl", "resp", "fig", "cf", "ca", "st", "dr"];

/// The sentences of a paragraph. Brackets, numbers, addresses and abbreviations stay whole.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match letter {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let (before, after) = (text.get(start..at).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if depth == 0 && ends(before, letter, after) {
            found.extend(text.get(start..end));
            start = end;
        }
    }
    found.extend(text.get(start..));
    found.into_iter().map(str::trim).filter(|sentence| sentence.contains(char::is_alphanumeric)).collect()
}

fn ends(before: &str, letter: char, after: &str) -> bool {
    let next = after.chars().next();
    let is_apart = next.is_none_or(|next| next.is_whitespace() || is_chinese(next));
    match letter {
        '。' | '！' | '？' => true,
        '!' | '?' => is_apart,
        '.' => {
            let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '"']);
            let is_short = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
            // A list counts its items: `1. First`.
            let is_number = !word.is_empty() && word.chars().all(|it| it.is_ascii_digit()) && word == before.trim();
            let goes_on = after.trim_start().starts_with(|next: char| next.is_ascii_lowercase());
            is_apart && !is_short && !is_number && !goes_on
        }
        _ => false,
    }
}

pub(super) fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

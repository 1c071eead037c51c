//! The numbers in words, the ranges that two of them make, and other words that are facts beyond doubt.

/// The formats of files that pages name.
pub(crate) const FORMATS: [&str; 19] = [
    "jpg", "jpeg", "png", "webp", "bmp", "gif", "tiff", "heic", "mp4", "mov", "avi", "mkv", "webm", "mp3", "wav",
    "m4a", "aac", "flac", "base64",
];

/// A number in a text, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// As JSON writes it: without separators of thousands.
    pub(crate) text: String,
    /// Bytes before its sign or first digit.
    pub(crate) start: usize,
    /// Bytes up to its end.
    pub(crate) end: usize,
}

/// The numbers that stand alone: no part of a word, a ratio or a resolution.
pub(crate) fn numbers(text: &str) -> Vec<String> {
    figures(text).into_iter().map(|figure| figure.text).collect()
}

/// Ratios and sizes: `16:9`, `1280x720`.
pub(crate) fn pairs(text: &str) -> Vec<String> {
    let is_number = |word: &str| !word.is_empty() && word.chars().all(|it| it.is_ascii_digit());
    let words = text.split(|it: char| !it.is_ascii_digit() && !matches!(it, ':' | 'x' | '×' | '.'));
    let words = words.map(|word| word.trim_matches(['.', ':', 'x']).replace('×', "x"));
    let is_pair =
        |word: &String| word.split_once([':', 'x']).is_some_and(|(one, other)| is_number(one) && is_number(other));
    words.filter(is_pair).collect()
}

/// The numbers that stand alone, with their places.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let letter = |at: usize| letters.get(at).map(|(_, letter)| *letter);
    let offset = |at: usize| letters.get(at).map_or(text.len(), |(offset, _)| *offset);
    let is_digit = |at: usize| letter(at).is_some_and(|it| it.is_ascii_digit());
    let mut figures = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while is_digit(at) || matches!(letter(at), Some('.' | ',')) && is_digit(at + 1) {
            at += 1;
        }
        let before = start.checked_sub(1).and_then(letter);
        let is_part = before.is_some_and(|it| {
            it.is_ascii_alphanumeric()
                || matches!(it, '_' | ':' | '×') && is_ratio(it, start.checked_sub(2).and_then(letter))
        });
        let is_ratio_after = letter(at) == Some(':') && is_digit(at + 1);
        let is_size = matches!(letter(at), Some('x' | '×')) && is_digit(at + 1);
        // Units are part of no name: 10s, 5MB.
        if is_part || is_ratio_after || is_size {
            continue;
        }
        let digits = text.get(offset(start)..offset(at)).unwrap_or_default().replace(',', "");
        let sign = before == Some('-') && is_sign(start.checked_sub(2).and_then(letter));
        let (text, start) = if sign { (format!("-{digits}"), offset(start - 1)) } else { (digits, offset(start)) };
        figures.push(Figure { text, start, end: offset(at) });
    }
    figures
}

/// Whether a colon before a number makes it a part: that of 16:9 does, that of `default:5` does not.
fn is_ratio(letter: char, before: Option<char>) -> bool {
    letter != ':' || before.is_some_and(|it| it.is_ascii_digit())
}

/// Whether a hyphen is a sign, by what stands before it; that of 3-15 is none.
fn is_sign(before: Option<char>) -> bool {
    before.is_none_or(|it| {
        it.is_whitespace() || matches!(it, '[' | '(' | '（' | '【' | ',' | '，' | '~' | '～' | ':' | '：')
    })
}

/// The ranges in a text: `3-15`, `3 to 15`, `3～15`, `between 1 and 4`, `[0, 1]`.
pub(crate) fn ranges(text: &str) -> Vec<(Figure, Figure)> {
    let text = text.to_lowercase();
    let figures = figures(&text);
    let joined: Vec<bool> =
        figures.windows(2).map(|pair| matches!(pair, [one, another] if is_range(&text, one, another))).collect();
    let mut ranges = Vec::new();
    for (at, pair) in figures.windows(2).enumerate() {
        let [one, another] = pair else { continue };
        // Of three numbers in a row, as in a date, no two are a range.
        let is_chain = |at: Option<usize>| at.and_then(|at| joined.get(at)).is_some_and(|it| *it);
        if is_chain(Some(at)) && !is_chain(at.checked_sub(1)) && !is_chain(Some(at + 1)) {
            ranges.push((one.clone(), another.clone()));
        }
    }
    ranges
}

/// Whether what stands around two numbers makes a range of them.
fn is_range(text: &str, one: &Figure, another: &Figure) -> bool {
    const UNITS: [&str; 9] = ["seconds", "second", "sec", "s", "秒钟", "秒", "px", "%", "fps"];
    let between = text.get(one.end..another.start).unwrap_or_default().trim();
    let between = UNITS.iter().find_map(|unit| between.strip_prefix(unit)).unwrap_or(between).trim();
    let before = text.get(..one.start).unwrap_or_default().trim_end();
    let after = text.get(another.end..).unwrap_or_default().trim_start();
    match between {
        "-" | "–" | "—" | "~" | "～" | "－" | "to" | "至" | "到" | "<= x <=" | "≤ x ≤" => true,
        "and" | "与" | "和" => before.ends_with("between") || before.ends_with("介于") || before.ends_with('在'),
        "," | "，" | ".." | "..." => {
            before.ends_with(['[', '(', '（', '【']) && after.starts_with([']', ')', '）', '】'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(String, String)> {
        ranges(text).into_iter().map(|(one, another)| (one.text, another.text)).collect()
    }

    #[test]
    fn numbers_stand_alone() {
        assert_eq!(numbers("Maximum 2 voices, <<<voice_1>>> 16:9, 5,000 characters"), ["2", "5000"]);
        assert_eq!(numbers("最长 2500 字符, 10s, default:5, -1 for random"), ["2500", "10", "5", "-1"]);
        assert!(numbers("1280x720, 1280×720").is_empty());
    }

    #[test]
    fn pairs_are_ratios_and_sizes() {
        assert_eq!(pairs("16:9 or 9:16, 1280×720. At 10:30:00, a:1, 5"), ["16:9", "9:16", "1280x720"]);
    }

    #[test]
    fn ranges_are_two_numbers_and_what_joins_them() {
        let range = |one: &str, another: &str| (one.to_owned(), another.to_owned());
        for text in [
            "duration (seconds), 3-15",
            "from 3 to 15",
            "支持 3～15 秒",
            "3 s - 15 s",
            "between 3 and 15",
            "取值范围：[3, 15]",
        ] {
            assert_eq!(said(text), [range("3", "15")], "{text}");
        }
        assert_eq!(said("-10 ~ 10"), [range("-10", "10")]);
        assert_eq!(said("[-1, 1]"), [range("-1", "1")]);
        assert_eq!(said("(0, 1.5]"), [range("0", "1.5")]);
        for text in
            ["1 is the strictest, 6 the most permissive", "5 and 10 seconds", "2025-10-15", "4, 6, 8", "16:9 - 9:16"]
        {
            assert_eq!(said(text), [], "{text}");
        }
    }
}

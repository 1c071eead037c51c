//! Views of a text as letters and digits, each with the place it comes from.

use std::ops::Range;

/// How many times a text is decoded: `%2573` is `%73`, which is `s`.
const ROUNDS: usize = 4;

/// A character, and the bytes of the text that represent it.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    character: char,
    place: Range<usize>,
}

/// The letters of a text, in lower case, and its digits.
#[derive(Default)]
pub(super) struct LetterView {
    pub(super) letters: Vec<u8>,
    pub(super) places: Vec<Range<usize>>,
}

impl LetterView {
    fn of(pieces: &[Piece]) -> Self {
        let mut view = Self::default();
        for piece in pieces {
            let letter = plain(piece.character);
            if letter.is_ascii_alphanumeric() {
                view.letters.push(letter.to_ascii_lowercase() as u8);
                view.places.push(piece.place.clone());
            }
        }
        view
    }
}

/// The views of a text: as it is, without markup, and decoded as long as there is something to decode.
pub(super) fn views(text: &str) -> Vec<LetterView> {
    let mut pieces: Vec<Piece> = text
        .char_indices()
        .map(|(start, character)| Piece { character, place: start..start + character.len_utf8() })
        .collect();
    let mut views = vec![LetterView::of(&pieces)];
    for _ in 0..ROUNDS {
        let decoded = decode(&pieces);
        if decoded.len() == pieces.len() {
            break;
        }
        pieces = decoded;
        views.push(LetterView::of(&pieces));
    }
    if pieces.iter().any(|piece| piece.character == '<') {
        views.push(LetterView::of(&without_tags(&pieces)));
    }
    views
}

/// The plain form of a full-width, circled or mathematical letter or digit.
fn plain(character: char) -> char {
    let code = u32::from(character);
    let letter = |index: u32, first: char| char::from_u32(u32::from(first) + index).unwrap_or(character);
    match code {
        0xff01..=0xff5e => letter(code - 0xff01, '!'),
        0x24b6..=0x24cf => letter(code - 0x24b6, 'a'),
        0x24d0..=0x24e9 => letter(code - 0x24d0, 'a'),
        0x2460..=0x2468 => letter(code - 0x2460, '1'),
        0x2080..=0x2089 => letter(code - 0x2080, '0'),
        0x1d400..=0x1d6a3 => letter((code - 0x1d400) % 26, 'a'),
        0x1d7ce..=0x1d7ff => letter((code - 0x1d7ce) % 10, '0'),
        _ => character,
    }
}

/// One round of decoding.
fn decode(pieces: &[Piece]) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while let Some((first, after)) = rest.split_first() {
        let (character, length) = escape(rest).unwrap_or((first.character, 1));
        let end = rest.get(length - 1).map_or(first.place.end, |last| last.place.end);
        out.push(Piece { character, place: first.place.start..end });
        rest = rest.get(length..).unwrap_or(after);
    }
    out
}

/// The character that an escape at the beginning represents, and the length of the escape in characters.
fn escape(text: &[Piece]) -> Option<(char, usize)> {
    let at = |index: usize| text.get(index).map(|piece| piece.character);
    match (at(0)?, at(1)?) {
        ('\\', 'u') if at(2) == Some('{') => number(text, 3, 1..=6, 16, Some('}')),
        ('\\', 'u') => number(text, 2, 4..=4, 16, None),
        ('\\', 'U') => number(text, 2, 8..=8, 16, None),
        ('\\', 'x') => number(text, 2, 2..=2, 16, None),
        ('\\', '0'..='7') => number(text, 1, 3..=3, 8, None),
        ('\\', escaped @ ('\\' | '/' | '"' | '\'')) => Some((escaped, 2)),
        ('%' | '=', _) => number(text, 1, 2..=2, 16, None),
        ('&', '#') if matches!(at(2), Some('x' | 'X')) => number(text, 3, 1..=6, 16, Some(';')),
        ('&', '#') => number(text, 2, 1..=7, 10, Some(';')),
        ('&', 'a') if at(2) == Some('m') && at(3) == Some('p') && at(4) == Some(';') => Some(('&', 5)),
        _ => None,
    }
}

/// The character of a code that begins at an index, and where it ends.
fn number(
    text: &[Piece],
    start: usize,
    digits: std::ops::RangeInclusive<usize>,
    radix: u32,
    end: Option<char>,
) -> Option<(char, usize)> {
    let mut code = 0_u32;
    let mut count = 0;
    for piece in text.get(start..)?.iter().take(*digits.end()) {
        let Some(digit) = piece.character.to_digit(radix) else { break };
        code = code.checked_mul(radix)?.checked_add(digit)?;
        count += 1;
    }
    let next = text.get(start + count).map(|piece| piece.character);
    let closed = end.is_none_or(|end| next == Some(end));
    let length = start + count + usize::from(end.is_some());
    (digits.contains(&count) && closed).then(|| char::from_u32(code).map(|character| (character, length))).flatten()
}

fn without_tags(pieces: &[Piece]) -> Vec<Piece> {
    let mut inside = false;
    let outside = pieces.iter().filter(|piece| {
        match piece.character {
            '<' => inside = true,
            '>' => {
                inside = false;
                return false;
            }
            _ => {}
        }
        !inside
    });
    outside.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str) -> String {
        views(text).pop().map(|view| String::from_utf8_lossy(&view.letters).into_owned()).unwrap_or_default()
    }

    #[test]
    fn every_escape_is_decoded() {
        for escaped in [
            "ab\\u0063",
            "ab\\\\u0063",
            "ab\\x63",
            "ab\\143",
            "ab\\u{63}",
            "%61b%63",
            "%2561bc",
            "a&#98;c",
            "a&#x62;c",
            "&amp;#97;bc",
            "=61bc",
            "ａｂｃ",
            "𝐚𝖇ⓒ",
            "a<b>b</b>c",
            "a\u{200b}b\0c",
        ] {
            assert_eq!(last(escaped), "abc", "{escaped}");
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in ["100%", "a=b", "\\", "&#;", "&#x110000;", "\\u00", "<"] {
            views(text);
        }
        assert_eq!(last("50% of x=y & \\n"), "50ofxyn");
    }

    #[test]
    fn a_place_covers_the_whole_escape() {
        let view = views("x%2573").pop().unwrap_or_default();
        assert_eq!((view.letters.as_slice(), view.places.as_slice()), (&b"xs"[..], &[0..1, 1..6][..]));
    }
}

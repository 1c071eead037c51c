//! Names of invisible characters, which break a body or make a terminal show something other than what is there.

/// The name of an invisible character; `None` if it is visible, or white space in JSON.
#[must_use]
pub fn name(character: char) -> Option<&'static str> {
    Some(match character {
        ' '..='~' | '\t' | '\n' | '\r' => return None,
        '\0' => "null",
        '\u{1b}' => "escape",
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{61c}' | '\u{200e}' | '\u{200f}' => "direction mark",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "direction override",
        '\u{2060}' => "word joiner",
        '\u{3000}' => "ideographic space",
        '\u{feff}' => "byte order mark",
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => "space of another width",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "filler",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' => "invisible character",
        _ if character.is_control() => "control character",
        _ => return None,
    })
}

/// The first invisible character of a text, such as `U+200B (zero width space)`.
#[must_use]
pub fn first(text: &str) -> Option<String> {
    text.chars().find_map(described)
}

/// The invisible character at a byte position of a text, or right before it.
#[must_use]
pub fn near(text: &str, offset: usize) -> Option<String> {
    let at = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let (before, after) = text.split_at_checked(at)?;
    after.chars().next().and_then(described).or_else(|| before.chars().next_back().and_then(described))
}

fn described(character: char) -> Option<String> {
    name(character).map(|name| format!("U+{:04X} ({name})", u32::from(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_seen_has_no_name() {
        for seen in ['a', 'é', '語', '-', ' ', '\n', '\u{1f600}'] {
            assert_eq!(name(seen), None, "{seen:?}");
        }
    }

    #[test]
    fn the_first_one_is_described() {
        assert_eq!(first("4k\u{200b}").as_deref(), Some("U+200B (zero width space)"));
        assert_eq!(first("\u{7}").as_deref(), Some("U+0007 (control character)"));
        assert_eq!(first("4k"), None);
    }

    #[test]
    fn a_place_may_be_anywhere() {
        let text = "a\u{feff}b";
        let found: Vec<bool> = (0..9).map(|offset| near(text, offset).is_some()).collect();
        assert_eq!(found, [false, true, true, true, true, false, false, false, false]);
    }
}

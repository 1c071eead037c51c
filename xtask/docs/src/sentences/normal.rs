//! A sentence without what does not affect it: case, spaces, markup, character width, dashes, a full stop.

/// What a sentence is remembered by: the 64-bit FNV-1a hash of its normal form, in hexadecimal.
pub(crate) fn hash(sentence: &str) -> String {
    let seed = 0xcbf2_9ce4_8422_2325_u64;
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", normal(sentence).bytes().fold(seed, step))
}

/// The normal form of a sentence.
pub(super) fn normal(sentence: &str) -> String {
    let sentence = sentence.replace("**", "");
    let letters: Vec<char> = sentence.chars().filter(|letter| !matches!(letter, '`' | '\\')).flat_map(folded).collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let is_ratio = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        // A colon between words is a dash; that of 16:9 or https:// is not.
        let is_dash = *letter == ':' && !is_ratio && letters.get(at + 1) != Some(&'/');
        text.push(if is_dash { '-' } else { *letter });
    }
    let text = without_spaces(&text);
    let text = text.trim_start_matches(['•', '*', '·', '#', '-']).trim_end_matches(['.', ',', ';', '-', '!']);
    text.to_owned()
}

/// Spaces matter only between letters and digits of one alphabet: browsers lose and gain them at markup.
fn without_spaces(text: &str) -> String {
    let mut kept = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == ' ' {
            while letters.peek() == Some(&' ') {
                letters.next();
            }
            let is_between = kept.ends_with(|it: char| it.is_ascii_alphanumeric())
                && letters.peek().is_some_and(char::is_ascii_alphanumeric);
            if is_between {
                kept.push(' ');
            }
        } else if letter != '-' || !kept.ends_with('-') {
            kept.push(letter);
        }
    }
    kept
}

fn folded(letter: char) -> impl Iterator<Item = char> {
    let letter = match letter {
        // The full-width forms.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        letter if letter.is_whitespace() => ' ',
        '。' => '.',
        '、' => ',',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '【' => '[',
        '】' => ']',
        letter => letter,
    };
    letter.to_lowercase()
}

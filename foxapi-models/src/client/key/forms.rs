//! The forms in which a key may come back, reduced to letters and digits.

/// A form of the key: encoded, or in another order.
pub(super) struct KeyForm {
    /// Lower-case letters and digits only: anything between them is ignored.
    pub(super) letters: Vec<u8>,
    /// How many characters of the key it represents.
    pub(super) of: usize,
}

/// All forms of a key that are searched for.
pub(super) fn forms(key: &str) -> Vec<KeyForm> {
    let key = key.as_bytes();
    let mut forms = Vec::new();
    let mut add = |text: String| {
        let letters = letters(text.as_bytes());
        if !letters.is_empty() {
            forms.push(KeyForm { letters, of: key.len() });
        }
    };
    let text = |bytes: &mut dyn Iterator<Item = u8>| bytes.map(char::from).collect::<String>();
    add(text(&mut key.iter().copied()));
    add(text(&mut key.iter().rev().copied()));
    add(text(&mut key.iter().map(|byte| rot13(*byte))));
    let codes: [fn(u8) -> String; 6] = [
        |byte| format!("{byte}"),
        |byte| format!("{byte:o}"),
        |byte| format!("{byte:08b}"),
        |byte| format!("0x{byte:02x}"),
        |byte| format!("u00{byte:02x}"),
        |byte| format!("x{byte:02x}"),
    ];
    for code in codes {
        add(key.iter().map(|byte| code(*byte)).collect());
    }
    let wide: Vec<u8> = key.iter().flat_map(|byte| [*byte, 0]).collect();
    for bytes in [key, &wide] {
        add(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
        // Text in front of the key shifts the groups that are encoded together.
        for before in 0..3 {
            add(grouped(bytes, before, 6, BASE64));
        }
        for before in 0..5 {
            add(grouped(bytes, before, 5, BASE32));
        }
    }
    forms
}

/// The letters and digits of a text.
pub(super) fn letters(text: &[u8]) -> Vec<u8> {
    text.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect()
}

fn rot13(byte: u8) -> u8 {
    match byte {
        b'a'..=b'm' | b'A'..=b'M' => byte + 13,
        b'n'..=b'z' | b'N'..=b'Z' => byte - 13,
        _ => byte,
    }
}

/// The alphabet of both variants, which differ only in the last two characters; these are not compared.
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The characters of an encoding by groups of bits that depend only on these bytes, with `before` others before them.
fn grouped(bytes: &[u8], before: usize, bits: usize, alphabet: &[u8]) -> String {
    let first = (before * 8).div_ceil(bits);
    let end = (before + bytes.len()) * 8 / bits;
    let bit = |index: usize| {
        let byte = (index / 8).checked_sub(before).and_then(|byte| bytes.get(byte)).copied().unwrap_or_default();
        byte >> (7 - index % 8) & 1
    };
    (first..end)
        .filter_map(|group| {
            let value = (group * bits..(group + 1) * bits).fold(0, |value, index| value << 1 | usize::from(bit(index)));
            alphabet.get(value).copied().map(char::from)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_those_of_the_encodings() {
        assert_eq!(grouped(b"sk-0123456789", 0, 6, BASE64), "c2stMDEyMzQ1Njc4O");
        // "Bearer sk-0123456789" is QmVhcmVyIHNrLTAxMjM0NTY3ODk=; its last character holds bits of what would follow
        assert_eq!(grouped(b"sk-0123456789", 7, 6, BASE64), "NrLTAxMjM0NTY3OD");
        assert_eq!(grouped(b"sk-0123456789", 0, 5, BASE32), "ONVS2MBRGIZTINJWG44D");
    }

    #[test]
    fn what_stands_between_letters_counts_for_nothing() {
        assert_eq!(letters(b"sK-0 <1>\n"), b"sk01");
    }
}

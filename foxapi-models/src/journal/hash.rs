//! SHA-256, in hexadecimal digits.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Adds a text so that what comes before and after cannot run into it.
pub(super) fn update(hasher: &mut Sha256, kind: &str, text: &str) {
    hasher.update(kind.as_bytes());
    hasher.update([0]);
    hasher.update((text.len() as u64).to_be_bytes());
    hasher.update(text.as_bytes());
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
        text
    })
}

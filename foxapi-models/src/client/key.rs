//! The API key: a secret that no output shows.

use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderValue;

/// Stands where the key stood.
const REDACTED: &str = "[API key]";

/// Below this length a text is a placeholder of some test, and to take it out of answers would garble them.
const SHORTEST_SECRET: usize = 8;

/// The key that pays for requests; it begins with `sk-`.
///
/// `Debug` and `Display` never show it, and there is no way to read it back.
///
/// ```
/// use foxapi_models::client::ApiKey;
///
/// let key = ApiKey::new("sk-0123456789abcdef");
/// assert_eq!(format!("{key:?} {key}"), "ApiKey([API key]) [API key]");
/// ```
#[derive(Clone)]
pub struct ApiKey(Arc<str>);

impl ApiKey {
    /// Takes the key; white space around it, as files and shells leave it, does not belong to it.
    pub fn new(key: impl AsRef<str>) -> Self {
        Self(key.as_ref().trim().into())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of the header `Authorization`, marked so that no HTTP library prints or indexes it.
    ///
    /// `None` when the key has characters that no header can carry.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let mut header = HeaderValue::from_str(&format!("Bearer {}", self.0)).ok()?;
        header.set_sensitive(true);
        Some(header)
    }

    /// Takes the key out of what a server says: some repeat it when they refuse it.
    pub(crate) fn redact(&self, text: String) -> String {
        if self.0.len() >= SHORTEST_SECRET && text.contains(&*self.0) { text.replace(&*self.0, REDACTED) } else { text }
    }

    /// As [`redact`](Self::redact), for a body that is no text yet.
    pub(crate) fn redact_bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        let key = self.0.as_bytes();
        if key.len() < SHORTEST_SECRET || !bytes.windows(key.len()).any(|window| window == key) {
            return bytes;
        }
        self.redact(String::from_utf8_lossy(&bytes).into_owned()).into_bytes()
    }
}

impl From<&str> for ApiKey {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

impl From<String> for ApiKey {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKey({REDACTED})")
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::ApiKey;

    #[test]
    fn the_header_carries_the_key_and_hides_it() {
        let header = ApiKey::new(" sk-0123456789\n").header();
        assert_eq!(header.as_ref().map(|it| it.as_bytes()), Some(&b"Bearer sk-0123456789"[..]));
        assert_eq!(format!("{header:?}"), "Some(Sensitive)");
    }

    #[test]
    fn a_key_that_no_header_can_carry_is_refused() {
        for key in ["sk-0123 456", "sk-0123\r\nX-Evil: 1", "sk-schlüssel", "sk-\u{7f}"] {
            assert!(ApiKey::new(key).header().is_none(), "{key:?}");
        }
    }

    #[test]
    fn what_a_server_repeats_is_taken_out() {
        let key = ApiKey::new("sk-0123456789");
        assert_eq!(key.redact("wrong key sk-0123456789!".to_owned()), "wrong key [API key]!");
        assert_eq!(key.redact_bytes(b"\xffsk-0123456789".to_vec()), "\u{fffd}[API key]".as_bytes());
        assert_eq!(ApiKey::new("test").redact("a test".to_owned()), "a test");
    }
}

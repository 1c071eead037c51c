//! The API key: a secret that no output shows.

use std::fmt;
use std::sync::{Arc, OnceLock};

use reqwest::header::HeaderValue;
use serde_json::Value;

mod document;
mod forms;
mod search;
mod view;

use search::Search;

/// The replacement for the key in texts.
pub(crate) const REDACTED: &str = "[API key]";

/// A shorter key is a placeholder in a test: removing it from answers would garble them.
const SHORTEST_SECRET: usize = 8;

/// This many characters of the key in a row must not be shown.
const TELLING: usize = 5;

/// In a text that a program depends on, such as an ID or an address, only this many characters count as the key's.
const CERTAIN: usize = 8;

/// The API key, whose account is charged. It starts with `sk-`.
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
pub struct ApiKey(Arc<Secret>);

struct Secret {
    text: String,
    telling: OnceLock<Search>,
    certain: OnceLock<Search>,
}

impl ApiKey {
    /// Takes a key. White space around it, as files and shells leave it, is removed.
    pub fn new(key: impl AsRef<str>) -> Self {
        let text = key.as_ref().trim().to_owned();
        Self(Arc::new(Secret { text, telling: OnceLock::new(), certain: OnceLock::new() }))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.text.is_empty()
    }

    /// The value of the header `Authorization`, marked so that no HTTP library prints or indexes it.
    ///
    /// `None` if the key has characters that are not valid in a header.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        if !self.0.text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let mut header = HeaderValue::from_str(&format!("Bearer {}", self.0.text)).ok()?;
        header.set_sensitive(true);
        Some(header)
    }

    /// Removes the key from a text that a person may see: whole or in part, encoded, reversed or split.
    pub(crate) fn hide(&self, text: &str) -> String {
        match self.telling() {
            Some(search) => search.hide(text),
            None => text.to_owned(),
        }
    }

    /// Whether a short text that is about to be shown contains most of the key in pieces, in order or reversed.
    pub(crate) fn is_scattered_in(&self, text: &str) -> bool {
        self.telling().is_some_and(|search| search.is_scattered_in(text))
    }

    /// Removes the key from a document, wherever it is and however it is spread.
    ///
    /// In a refusal any part of the key is hidden; in a task only what is certainly the key, because a changed ID or
    /// address is lost.
    pub(crate) fn hide_in(&self, document: &mut Value, is_refusal: bool) {
        if let (Some(telling), Some(certain)) = (self.telling(), self.certain()) {
            document::hide(document, telling, if is_refusal { telling } else { certain });
        }
    }

    fn is_secret(&self) -> bool {
        self.0.text.len() >= SHORTEST_SECRET
    }

    fn telling(&self) -> Option<&Search> {
        self.is_secret().then(|| self.0.telling.get_or_init(|| Search::new(&self.0.text, TELLING)))
    }

    fn certain(&self) -> Option<&Search> {
        // Every key begins like the end of the word "task".
        let text = self.0.text.trim_start_matches("sk-");
        self.is_secret().then(|| self.0.certain.get_or_init(|| Search::new(text, CERTAIN)))
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
    use serde_json::json;

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
        assert_eq!(key.hide("wrong key sk-0123456789!"), "wrong key [API key]!");
        assert_eq!(key.hide("no key here, task-1"), "no key here, task-1");
        assert_eq!(ApiKey::new("test").hide("a test"), "a test");
    }

    #[test]
    fn a_document_is_hidden_as_a_whole() {
        let key = ApiKey::new("sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd");
        let mut split = json!({"a": "sk-Zq7Xw9", "b": ["Kj3Vb5", {"c": "Nm1Tp8Rd"}], "d": "task-1"});
        key.hide_in(&mut split, false);
        assert_eq!(split, json!({"a": "[API key]", "b": ["[API key]", {"c": "[API key]"}], "d": "task-1"}));

        let mut codes = json!({"codes": [115, 107, 45, 90, 113, 55, 88, 119, 57, 75, 106, 51, 86], "seed": 7});
        key.hide_in(&mut codes, true);
        assert!(!codes.to_string().contains("113"), "{codes}");

        let mut masked = json!({"id": "task-1", "a": "sk-Zq7Xw", "b": "9K****5Nm1Tp8Rd"});
        key.hide_in(&mut masked, false);
        assert_eq!(masked.get("id"), Some(&json!("task-1")));
        assert!(!masked.to_string().contains("Zq7"), "{masked}");

        let mut pieces = json!({"message": "0: sk-Z, 1: q7Xw, 2: 9Kj3, 3: Vb5N, 4: m1Tp, 5: 8Rd"});
        key.hide_in(&mut pieces, true);
        assert!(!pieces.to_string().contains("7Xw"), "{pieces}");

        let mut name = json!({"sk-Zq7Xw9Kj3Vb5": 1});
        key.hide_in(&mut name, false);
        assert_eq!(name, json!({"[API key]": 1}));
    }

    #[test]
    fn an_id_that_shares_a_few_letters_stays() {
        let key = ApiKey::new("sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd");
        let task = json!({"id": "task-zq7xw9", "results": [{"url": "https://a.example/?sig=aZq7Xw9b"}]});
        let mut hidden = task.clone();
        key.hide_in(&mut hidden, false);
        assert_eq!(hidden, task);
    }
}

//! Keys: the names of pieces of work in a journal.

use std::fmt;

use foxapi_schema::number::integer;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Request;

use super::hash::{hex, update};
use super::{JournalError, error::InvalidKey};

/// The longest name, in characters.
const LONGEST: usize = 512;

/// The name of a piece of work, which says what is made rather than its position in a list.
///
/// A key is never paid for twice, so two pieces of work must not share one. In most cases, derive it from the request:
///
/// ```
/// use foxapi_models::kling::KlingV3TextToVideo;
/// use foxapi_models::journal::Key;
///
/// let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
/// let key = Key::of(&request);
/// assert!(key.as_str().starts_with("kling-v3-text-to-video:"));
/// assert_eq!(key, Key::of(&request.clone()));
/// assert_ne!(key, key.clone().take(2)); // the same request once more, on purpose
/// # Ok::<(), foxapi_models::ValidationError>(())
/// ```
///
/// A body that contains the address of an upload changes when the file is uploaded again. Use [`Key::of_json`] to derive
/// the key from something that stays the same, such as the hash of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    name: String,
    /// Whether the name was derived from the work, so that it cannot stand for two requests.
    derived: bool,
}

impl Key {
    /// A name of your choice, such as `scene-12/shot-3`: 1 to 512 characters without control characters.
    ///
    /// It is stored as it is, so keep private text out of it. A journal refuses a name that already stands for another
    /// request.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), derived: false }
    }

    /// The key of a request: its model and a hash of its body.
    pub fn of<R: Request>(request: &R) -> Self {
        Self::of_json(request.model(), &request.to_value())
    }

    /// The key of any value that describes the work. Equal values give equal keys, in any order of members.
    pub fn of_json(label: &str, work: &Value) -> Self {
        let mut label: String = label.chars().filter(|c| !c.is_control()).take(LONGEST / 2).collect();
        label.push(':');
        Self { name: label + &fingerprint(work), derived: true }
    }

    /// The key of another take of the same work. Take 1 is the key itself.
    #[must_use]
    pub fn take(mut self, number: u32) -> Self {
        if number > 1 {
            self.name = format!("{}#{number}", self.name);
        }
        self
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Whether the name was derived, so that it cannot stand for two requests.
    pub(super) fn is_derived(&self) -> bool {
        self.derived
    }

    pub(super) fn check(&self) -> Result<(), JournalError> {
        let reason = match self.name.chars().count() {
            0 => InvalidKey::Empty,
            1..=LONGEST if !self.name.chars().any(char::is_control) => return Ok(()),
            1..=LONGEST => InvalidKey::ControlCharacter,
            _ => InvalidKey::TooLong,
        };
        Err(JournalError::InvalidKey(reason))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A hash of a JSON value that does not depend on the order of members.
pub(super) fn fingerprint(value: &Value) -> String {
    let mut hasher = Sha256::new();
    feed(&mut hasher, value);
    hex(&hasher.finalize())
}

fn feed(hasher: &mut Sha256, value: &Value) {
    match value {
        Value::Array(items) => {
            update(hasher, "array", &items.len().to_string());
            items.iter().for_each(|item| feed(hasher, item));
        }
        Value::Object(members) => {
            update(hasher, "object", &members.len().to_string());
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            for (name, value) in members {
                update(hasher, "member", name);
                feed(hasher, value);
            }
        }
        Value::String(text) => update(hasher, "string", text),
        // 2 and 2.0 are the same number.
        Value::Number(number) if let Some(integer) = integer(number) => update(hasher, "scalar", &integer.to_string()),
        scalar => update(hasher, "scalar", &scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Key, fingerprint};

    #[test]
    fn a_fingerprint_is_of_the_value_and_not_of_its_text() {
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
        assert_eq!(fingerprint(&value(r#"{"a": 1, "b": [2, 3]}"#)), fingerprint(&value(r#"{"b":[2,3],"a":1}"#)));
        assert_eq!(fingerprint(&value("[2, -0.0, 1e3]")), fingerprint(&value("[2.0, 0, 1000]")));
        let different = [
            json!({}),
            json!([]),
            json!(null),
            json!("null"),
            json!(""),
            json!(["a", "b"]),
            json!(["ab"]),
            json!([["a"], "b"]),
            json!({"a": "b"}),
            json!({"ab": ""}),
            json!(["object", "0"]),
            json!(1),
            json!(1.5),
            json!("1"),
            json!(true),
        ];
        for (index, one) in different.iter().enumerate() {
            for other in different.iter().skip(index + 1) {
                assert_ne!(fingerprint(one), fingerprint(other), "{one} and {other}");
            }
        }
    }

    #[test]
    fn a_name_is_short_and_printable() {
        for good in ["a", "scene-12/shot 3", "雨", &"x".repeat(512)] {
            assert!(Key::new(good).check().is_ok(), "{good}");
        }
        for bad in ["", "a\nb", "\u{1b}[31m", &"x".repeat(513)] {
            assert!(Key::new(bad).check().is_err(), "{bad:?}");
        }
        assert!(Key::of_json(&"\n".repeat(9999), &json!(1)).check().is_ok());
    }
}

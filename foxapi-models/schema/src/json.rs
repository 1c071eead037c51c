//! Reads JSON text: as a [`Value`] or a [`View`], with the duplicate names in its objects, and as [`Json`], which keeps
//! its order.

mod ordered;
#[cfg(feature = "tools")]
mod print;
mod typed;
mod view;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error};
use serde_json::Value;

use crate::reading::{Anything, Reading, Tree};

pub use crate::reading::{Budget, Duplicates};
pub use ordered::{Json, Object};
#[cfg(feature = "tools")]
pub use print::Layout;
pub(crate) use typed::Read;
pub use view::{Members, View};

/// Why a JSON text could not be read.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "hidden from the documentation")]
pub enum JsonError {
    /// It is not JSON, or it is nested more than 127 levels deep.
    Syntax(serde_json::Error),
    /// Its values would take more memory than the [`Budget`].
    TooLarge,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => error.fmt(f),
            Self::TooLarge => f.write_str("it is too large"),
        }
    }
}

/// Reads a JSON text. The last of several equal names wins, and the path of each duplicate is in the list.
///
/// # Errors
///
/// See [`JsonError`].
pub fn read(text: &str) -> Result<(Value, Duplicates), JsonError> {
    read_within(text, Budget::default())
}

/// Like [`read`], within a given budget.
///
/// # Errors
///
/// See [`JsonError`].
pub fn read_within(text: &str, budget: Budget) -> Result<(Value, Duplicates), JsonError> {
    tree(text, budget)
}

/// Like [`read`], but borrows from the text.
///
/// # Errors
///
/// See [`JsonError`].
pub fn view(text: &str) -> Result<(View<'_>, Duplicates), JsonError> {
    tree(text, Budget::default())
}

fn tree<'t, T: Tree<'t>>(text: &'t str, mut budget: Budget) -> Result<(T, Duplicates), JsonError> {
    let mut text = serde_json::Deserializer::from_str(text);
    let mut reading = Reading::within(&mut budget);
    let value = Anything::new(&mut reading).deserialize(&mut text).and_then(|value| text.end().map(|()| value));
    let found = reading.found;
    match value {
        Ok(value) => Ok((value, found)),
        Err(_) if budget.is_spent() => Err(JsonError::TooLarge),
        Err(error) => Err(JsonError::Syntax(error)),
    }
}

/// Reads a value from any format. A duplicate name in an object is an error, and so is exceeding the budget.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "hidden from the documentation")]
pub struct NoDuplicates<'a>(pub &'a mut Budget);

impl<'de> DeserializeSeed<'de> for NoDuplicates<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let mut reading = Reading::within(self.0);
        let value = Anything::new(&mut reading).deserialize(deserializer)?;
        if reading.found.paths.is_empty() { Ok(value) } else { Err(D::Error::custom("an object has a name twice")) }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error as ValueError, F64Deserializer, I128Deserializer, U128Deserializer};
    use serde_json::json;

    use super::*;
    use crate::reading::MOST_PATHS;

    fn duplicates(text: &str) -> Vec<String> {
        read(text).map_or_else(|error| vec![format!("{error:?}")], |(_, duplicates)| duplicates.paths)
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let text = r#"{"a": [null, true, -1, 18446744073709551615, 2.5, 1e2, "x\n"], "b": {"c": {}}}"#;
        assert_eq!(read(text).ok(), serde_json::from_str(text).ok().map(|value| (value, Duplicates::default())));
    }

    #[test]
    fn last_of_equal_names_wins() {
        assert_eq!(
            read(r#"{"a": 1, "a": 2}"#).ok(),
            Some((json!({"a": 2}), Duplicates { paths: vec!["/a".to_owned()], more: 0 }))
        );
    }

    #[test]
    fn duplicates_are_found_at_any_depth() {
        assert_eq!(duplicates(r#"{"a/b": [{}, {"~": 1, "~": 1}], "x": 1, "\u0078": 2}"#), ["/a~1b/1/~0", "/x"]);
        assert!(duplicates(r#"{"a": {"x": 1}, "b": {"x": 1}}"#).is_empty());
    }

    #[test]
    fn duplicates_without_number_are_counted() {
        let text = format!("{{{}\"a\": 1}}", "\"a\": 1,".repeat(5000));
        let found = read(&text).map(|(_, duplicates)| (duplicates.paths.len(), duplicates.more)).ok();
        assert_eq!(found, Some((MOST_PATHS, 5000 - MOST_PATHS)));
    }

    #[test]
    fn what_takes_too_much_memory_is_not_read() {
        let items = |item: &str, times: usize| format!("[{}{item}]", format!("{item},").repeat(times));
        for (item, fits) in
            [("1", 400_000), ("[]", 400_000), ("{}", 400_000), ("\"a\"", 400_000), ("{\"a\":1}", 35_000)]
        {
            assert!(read(&items(item, fits)).is_ok(), "{fits} times {item}");
            let found = read(&items(item, fits * 3));
            assert!(matches!(found, Err(JsonError::TooLarge)), "{item}");
        }
        let text = |length: usize| format!("{{\"{}\": \"{}\"}}", "a".repeat(length), "b".repeat(length));
        assert!(read(&text(15_000_000)).is_ok());
        assert!(matches!(read(&text(17_000_000)), Err(JsonError::TooLarge)));
        // Text after the point where the budget runs out is not looked at; text before it is.
        assert!(matches!(read(&format!("[}}{}", "1,".repeat(9_000_000))), Err(JsonError::Syntax(_))));

        let mut budget = Budget::default();
        let mut read_within =
            |text: &str| NoDuplicates(&mut budget).deserialize(&mut serde_json::Deserializer::from_str(text)).is_ok();
        assert!(read_within(&items("1", 300_000)));
        assert!(!read_within(&items("1", 300_000)), "one budget covers all reads");
    }

    #[test]
    fn numbers_of_other_formats_are_kept_or_refused() {
        let float =
            |value: f64| NoDuplicates(&mut Budget::default()).deserialize(F64Deserializer::<ValueError>::new(value));
        assert_eq!(float(0.5), Ok(json!(0.5)));
        for lost in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(float(lost).is_err(), "{lost}");
        }
        let large = NoDuplicates(&mut Budget::default()).deserialize(U128Deserializer::<ValueError>::new(1 << 64));
        assert_eq!(large.ok(), serde_json::from_str("18446744073709551616").ok());
        let small = NoDuplicates(&mut Budget::default()).deserialize(I128Deserializer::<ValueError>::new(-1 << 64));
        assert_eq!(small.ok(), serde_json::from_str("-18446744073709551616").ok());
    }

    #[test]
    fn any_name_is_a_name() {
        let text = r#"{"$serde_json::private::Number": null}"#;
        assert_eq!(read(text).ok(), Some((json!({"$serde_json::private::Number": null}), Duplicates::default())));
    }

    #[test]
    fn malformed_text_is_an_error() {
        for text in ["", "{", "{} x", "[1,]", "nul", "\u{feff}{}", r#""\ud800""#, &"[".repeat(1000)] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

//! Reads JSON as a checked request: directly into the struct and, only on failure, a second time to find the reasons.

use foxapi_schema::json::{self, Duplicates, JsonError, View};
use foxapi_schema::{Keyword, ValidationError, Violation, found, invisible, pointer, violations};
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde_json::{Deserializer, Value, de};

use crate::Page;

/// The pages of a request: one, or several of which `model` chooses one.
type Pages = &'static [&'static Page];

/// Reads a request from JSON text.
pub(crate) fn from_text<R: DeserializeOwned>(
    text: &str,
    pages: impl FnOnce() -> Pages,
    is_valid: impl FnOnce(&R) -> bool,
) -> Result<R, ValidationError> {
    valid(&mut Deserializer::from_str(text), is_valid).ok_or_else(|| explain_text::<R>(text, pages()))
}

/// Reads a request from JSON text in bytes, which need not even be UTF-8.
pub(crate) fn from_slice<R: DeserializeOwned>(
    text: &[u8],
    pages: impl FnOnce() -> Pages,
    is_valid: impl FnOnce(&R) -> bool,
) -> Result<R, ValidationError> {
    valid(&mut Deserializer::from_slice(text), is_valid).ok_or_else(|| explain_slice::<R>(text, pages()))
}

/// The request, if it is all of the text and satisfies every rule.
#[inline]
pub(crate) fn valid<'de, R: DeserializeOwned, T: de::Read<'de>>(
    text: &mut Deserializer<T>,
    is_valid: impl FnOnce(&R) -> bool,
) -> Option<R> {
    let request = R::deserialize(&mut *text).ok()?;
    text.end().ok()?;
    is_valid(&request).then_some(request)
}

/// Reads a request from a JSON value.
pub(crate) fn from_value<R: DeserializeOwned>(
    body: &Value,
    pages: impl FnOnce() -> Pages,
    is_valid: impl FnOnce(&R) -> bool,
) -> Result<R, ValidationError> {
    match deserialize(body) {
        Ok(request) if is_valid(&request) => Ok(request),
        _ => {
            let found = violations(pages(), &body.into(), Duplicates::default());
            Err(ValidationError::new(found, || refusal::<R>(body)))
        }
    }
}

/// The violations of a request of this page that is not valid.
#[cold]
pub(crate) fn explain(page: &Page, body: &Value) -> ValidationError {
    ValidationError::new(violations(&[page], &body.into(), Duplicates::default()), unexplained)
}

/// Why a text in bytes is not a valid request of one of the pages.
#[cold]
pub(crate) fn explain_slice<R: DeserializeOwned>(text: &[u8], pages: Pages) -> ValidationError {
    match str::from_utf8(text) {
        Ok(text) => explain_text::<R>(text, pages),
        Err(error) => syntax(format!("is not UTF-8 after byte {}", error.valid_up_to())),
    }
}

/// Why a text is not a valid request of one of the pages.
#[cold]
pub(crate) fn explain_text<R: DeserializeOwned>(text: &str, pages: Pages) -> ValidationError {
    if text.trim_ascii().is_empty() {
        return syntax("is empty, a JSON object is expected".to_owned());
    }
    match json::view(text) {
        Ok((body, duplicates)) => ValidationError::new(violations(pages, &body, duplicates), || {
            json::read(text).map_or_else(|_| unexplained(), |(body, _)| refusal::<R>(&body))
        }),
        Err(JsonError::Syntax(error)) => syntax(format!("is not JSON: {error}{}", unseen(text, &error))),
        Err(JsonError::TooLarge) => {
            Violation::new("", Keyword::Type, "is not valid, and has too many values to say what is wrong with them")
                .into()
        }
    }
}

/// Names the invisible character that an error of syntax points at.
fn unseen(text: &str, error: &serde_json::Error) -> String {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The column is a number of bytes, and 0 at the very beginning.
    let character = invisible::near(line, error.column().saturating_sub(1));
    character.map_or_else(String::new, |character| format!(", at the invisible character {character}"))
}

/// Reads a struct from a value, with the path at which that fails.
fn deserialize<R: DeserializeOwned>(body: &Value) -> Result<R, serde_path_to_error::Error<serde_json::Error>> {
    let Value::Object(object) = body else {
        return serde_path_to_error::deserialize(body.into_deserializer());
    };
    // `model` comes first, so that the enumeration of all requests need not keep anything.
    let model = object.get_key_value("model");
    let others = object.iter().filter(|(name, _)| *name != "model");
    let entries = model.into_iter().chain(others).map(|(name, value)| (name.as_str(), value));
    serde_path_to_error::deserialize(MapDeserializer::new(entries))
}

/// Why the struct cannot represent a body that the schema allows: a number is out of range for its field.
fn refusal<R: DeserializeOwned>(body: &Value) -> Violation {
    let Err(error) = deserialize::<R>(body) else {
        return unexplained();
    };
    let mut path = String::new();
    for segment in error.path() {
        use serde_path_to_error::Segment;
        match segment {
            Segment::Seq { index } => pointer::push(&mut path, &index.to_string()),
            Segment::Map { key } => pointer::push(&mut path, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let message = match body.pointer(&path).map(View::from) {
        Some(number @ View::Number(_)) => format!("is {}, which is out of range", found::value(&number)),
        Some(other) => format!("cannot be {}", found::kind(&other)),
        None => "cannot be read".to_owned(),
    };
    Violation::new(path, Keyword::Type, message)
}

fn unexplained() -> Violation {
    Violation::new(
        "",
        Keyword::Type,
        "contains a value that JSON cannot represent, or breaks a rule that the schema does not state",
    )
}

fn syntax(message: String) -> ValidationError {
    Violation::new("", Keyword::Syntax, message).into()
}

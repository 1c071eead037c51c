//! Reads JSON as a checked request: directly into the struct and, only on failure, a second time to find the reasons.

mod model;

use foxapi_schema::json::{self, Duplicates, Unreadable};
use foxapi_schema::{Keyword, ValidationError, Violation, found, invisible, pointer, violations};
use serde::de::IntoDeserializer;
use serde::de::value::MapDeserializer;
use serde_json::{Deserializer, Value, de};

use crate::generated::AnyRequest;
use crate::request::Request;
use crate::runtime::Variants;
use model::model_id;

/// Reads a request from JSON text.
pub(crate) fn from_text<R: Request>(text: &str) -> Result<R, ValidationError> {
    valid(&mut Deserializer::from_str(text)).ok_or_else(|| explain_text::<R>(text.as_bytes()))
}

/// Reads a request from JSON text in bytes, which need not even be UTF-8.
pub(crate) fn from_slice<R: Request>(text: &[u8]) -> Result<R, ValidationError> {
    valid(&mut Deserializer::from_slice(text)).ok_or_else(|| explain_text::<R>(text))
}

/// Reads a request of one of several pages from JSON text: finds `model` first, then reads it as a request of that
/// page.
pub(crate) fn by_model_from_text<R: Variants>(text: &str) -> Result<R, ValidationError> {
    known_model::<R>(text.as_bytes())
        .map_or_else(
            || valid(&mut Deserializer::from_str(text)),
            |kind| R::read_valid(kind, &mut Deserializer::from_str(text)),
        )
        .ok_or_else(|| explain_text::<R>(text.as_bytes()))
}

/// Like [`by_model_from_text`], from bytes.
pub(crate) fn by_model_from_slice<R: Variants>(text: &[u8]) -> Result<R, ValidationError> {
    known_model::<R>(text)
        .map_or_else(
            || valid(&mut Deserializer::from_slice(text)),
            |kind| R::read_valid(kind, &mut Deserializer::from_slice(text)),
        )
        .ok_or_else(|| explain_text::<R>(text))
}

fn known_model<R: Variants>(text: &[u8]) -> Option<R::Kind> {
    R::models().get(model_id(text)?).map(|model| model.kind)
}

/// Like [`valid`], as a variant. Not inlined, since choosing one of many pages would need stack space for all of them.
#[inline(never)]
#[allow(dead_code, reason = "without a family there is nothing to read")]
pub(crate) fn valid_as<'de, R: Request, G: From<R>, T: de::Read<'de>>(text: &mut Deserializer<T>) -> Option<G> {
    valid::<R, T>(text).map(G::from)
}

/// The request, if it is all of the text and satisfies every rule.
#[inline]
pub(crate) fn valid<'de, R: Request, T: de::Read<'de>>(text: &mut Deserializer<T>) -> Option<R> {
    let request = R::deserialize(&mut *text).ok()?;
    text.end().ok()?;
    request.is_valid().then_some(request)
}

/// Reads a request from a JSON value.
pub(crate) fn from_value<R: Request>(body: &Value) -> Result<R, ValidationError> {
    match deserialize::<R>(body) {
        Ok(request) if request.is_valid() => Ok(request),
        _ => Err(explain_value::<R>(body, Duplicates::default())),
    }
}

/// The violations of a request that is not valid.
#[cold]
pub(crate) fn explain<R: Request>(request: &R) -> ValidationError {
    ValidationError::new(
        violations(&[request.page()], AnyRequest::OUTLINES, &request.to_value(), Duplicates::default()),
        unexplained,
    )
}

#[cold]
fn explain_text<R: Request>(text: &[u8]) -> ValidationError {
    let text = match str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => return syntax(format!("is not UTF-8 after byte {}", error.valid_up_to())),
    };
    if text.trim_ascii().is_empty() {
        return syntax("is empty, a JSON object is expected".to_owned());
    }
    match json::read(text) {
        Ok((body, duplicates)) => explain_value::<R>(&body, duplicates),
        Err(Unreadable::Syntax(error)) => syntax(format!("is not JSON: {error}{}", unseen(text, &error))),
        Err(Unreadable::TooLarge) => {
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

fn explain_value<R: Request>(body: &Value, duplicates: Duplicates) -> ValidationError {
    let found = violations(R::pages(), AnyRequest::OUTLINES, body, duplicates);
    ValidationError::new(found, || refusal::<R>(body))
}

/// Reads a struct from a value, with the path at which that fails.
fn deserialize<R: Request>(body: &Value) -> Result<R, serde_path_to_error::Error<serde_json::Error>> {
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
fn refusal<R: Request>(body: &Value) -> Violation {
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
    let message = match body.pointer(&path) {
        Some(number @ Value::Number(_)) => format!("is {}, which is out of range", found::value(number)),
        Some(other) => format!("cannot be {}", found::kind(other)),
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

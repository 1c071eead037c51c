//! Reads JSON as a checked request: directly into the struct and, only on failure, a second time to find the reasons.

mod text;

use std::borrow::Cow;

use foxapi_schema::json::{self, Duplicates, JsonError, View};
use foxapi_schema::{Keyword, ValidationError, Violation, found, invisible, pointer, violations};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Page;

pub(crate) use text::text;

/// The pages of a request: one, or several of which `model` chooses one.
type Pages = &'static [&'static Page];

/// Why a text is not a valid request: the error of reading it, or `None` if it was read but breaks rules.
pub(crate) type Refused = Option<serde_json::Error>;

/// Reads a request from JSON text, and checks it, without explaining what is wrong.
///
/// All that is read goes through text: each further form that a request could be read from would be compiled once more
/// for every page.
#[inline]
pub(crate) fn checked<R: DeserializeOwned>(text: &str, is_valid: impl FnOnce(&R) -> bool) -> Result<R, Refused> {
    match serde_json::from_str::<R>(text) {
        Ok(request) if is_valid(&request) => Ok(request),
        refused => Err(refused.err()),
    }
}

/// Reads a request from JSON text with a function that does not explain what is wrong.
#[inline]
pub(crate) fn from_text<R>(
    text: &str,
    pages: impl FnOnce() -> Pages,
    read: impl Fn(&str) -> Result<R, Refused>,
) -> Result<R, ValidationError> {
    read(text).map_err(|_| explain_text(text, pages(), &|text| read(text).err().flatten()))
}

/// The violations of a request of this page that is not valid.
#[cold]
pub(crate) fn explain(page: &Page, body: &Value) -> ValidationError {
    let mut found = violations(&[page], &body.into(), Duplicates::default());
    let lost = not_numbers(page, body);
    // The caller did not give the `null` that was written.
    found.retain(|violation| lost.iter().all(|lost| lost.path != violation.path));
    found.splice(0..0, lost);
    ValidationError::new(found, unexplained)
}

/// The parameters that are infinite or NaN, in the order of the page. JSON has neither, so they are written as `null`; no
/// other parameter of a request is, since those that are not set are left out.
fn not_numbers(page: &Page, body: &Value) -> Vec<Violation> {
    let mut nulls: Vec<_> = members(body).into_iter().filter(|(_, value)| value.is_null()).collect();
    nulls.sort_by_key(|(name, _)| page.position(name));
    let violations = nulls.into_iter().map(|(name, _)| {
        let mut path = String::new();
        pointer::push(&mut path, &name);
        Violation::new(path, Keyword::Type, "is infinite or NaN, which JSON cannot represent")
    });
    violations.collect()
}

/// Why bytes are not a request: they are not even text.
#[cold]
pub(crate) fn not_text(error: std::str::Utf8Error) -> ValidationError {
    syntax(format!("is not UTF-8 after byte {}", error.valid_up_to()))
}

/// Why a text is not a valid request of one of the pages. `refused` is the error of reading a text as such a request.
#[cold]
fn explain_text(text: &str, pages: Pages, refused: &dyn Fn(&str) -> Option<serde_json::Error>) -> ValidationError {
    if text.trim_ascii().is_empty() {
        return syntax("is empty, a JSON object is expected".to_owned());
    }
    match json::view(text) {
        Ok((body, duplicates)) => ValidationError::new(violations(pages, &body, duplicates), || {
            json::read(text).map_or_else(|_| unexplained(), |(body, _)| refusal(&body, refused))
        }),
        Err(JsonError::Syntax(error)) => syntax(format!("cannot be read as JSON: {error}{}", unseen(text, &error))),
        Err(JsonError::TooLarge) => {
            Violation::new("", Keyword::Type, "is refused, and is too large to explain why").into()
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

/// Why the struct cannot represent a body that the schema allows: a number is out of range for its field.
fn refusal(body: &Value, refused: &dyn Fn(&str) -> Option<serde_json::Error>) -> Violation {
    // Every value begins on its own line, so that the line of the error is that of the value.
    let Some(error) = refused(&format!("{body:#}")) else {
        return unexplained();
    };
    let (path, value) = on_line(body, error.line());
    let message = match View::from(value) {
        number @ View::Number(_) => format!("is {}, which is out of range", found::value(&number)),
        other => format!("cannot be {}", found::kind(&other)),
    };
    Violation::new(path, Keyword::Type, message)
}

/// The value that begins or ends on a line, counted from 1, of the text with indentation; and its path.
fn on_line(body: &Value, line: usize) -> (String, &Value) {
    let (mut path, mut value) = (String::new(), body);
    // The lines between the beginning of the value and the one that is looked for.
    let mut below = line.saturating_sub(1);
    while below > 0 {
        below -= 1;
        let inner = members(value).into_iter().find_map(|(name, member)| {
            let lines = lines(member);
            if below < lines {
                return Some((name, member));
            }
            below -= lines;
            None
        });
        let Some((name, member)) = inner else { break };
        pointer::push(&mut path, &name);
        value = member;
    }
    (path, value)
}

/// How many lines a value has.
fn lines(value: &Value) -> usize {
    let members = members(value);
    if members.is_empty() { 1 } else { 2 + members.iter().map(|(_, member)| lines(member)).sum::<usize>() }
}

/// The members of an object or an array, with their names or places.
fn members(value: &Value) -> Vec<(Cow<'_, str>, &Value)> {
    match value {
        Value::Object(object) => object.iter().map(|(name, value)| (name.as_str().into(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, value)| (index.to_string().into(), value)).collect()
        }
        _ => Vec::new(),
    }
}

pub(crate) fn unexplained() -> Violation {
    Violation::new(
        "",
        Keyword::Type,
        "contains a value that JSON cannot represent, or breaks a rule that the schema does not state",
    )
}

fn syntax(message: String) -> ValidationError {
    Violation::new("", Keyword::Syntax, message).into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::{on_line, refusal};

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only read")]
    struct Body {
        name: String,
        #[serde(default)]
        number: u8,
        #[serde(default)]
        list: Vec<Vec<u8>>,
        #[serde(default)]
        map: BTreeMap<String, Body>,
    }

    #[test]
    fn a_number_that_no_field_can_hold_is_found_by_its_path() {
        for (path, message, body) in [
            ("/number", "is 256, which is out of range", json!({"map": {}, "list": [], "name": "x", "number": 256})),
            ("/list/2/1", "is 1000.0, which is out of range", json!({"name": "x", "list": [[], [1], [255, 1e3, 2]]})),
            (
                "/map/a~1b/number",
                "is -1, which is out of range",
                json!({"name": "", "map": {"a": {"name": "", "list": [[0]]}, "a/b": {"name": "", "number": -1}}}),
            ),
            ("/list", "cannot be null", json!({"name": "x", "list": null})),
            ("/map/a", "cannot be an object", json!({"name": "x", "map": {"a": {"number": 1}}})),
            ("", "cannot be an array", json!([])),
        ] {
            let refused = |text: &str| serde_json::from_str::<Body>(text).err();
            let violation = refusal(&body, &refused);
            assert_eq!((violation.path.as_str(), violation.message.as_str()), (path, message), "{body}");
        }
    }

    #[test]
    fn every_line_is_of_the_value_that_begins_or_ends_on_it() {
        let body = json!({"a": [], "b": {"c": [1, {}, ["\n"]], "d": null}, "e": 5});
        let text = format!("{body:#}");
        let paths: Vec<_> = (1..=text.lines().count() + 1).map(|line| on_line(&body, line).0).collect();
        #[rustfmt::skip]
        let expected = [
            "", "/a", "/b", "/b/c", "/b/c/0", "/b/c/1", "/b/c/2", "/b/c/2/0", "/b/c/2", "/b/c", "/b/d", "/b", "/e", "", "",
        ];
        assert_eq!(paths, expected, "{text}");
    }
}

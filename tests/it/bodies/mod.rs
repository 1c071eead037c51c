//! Request bodies as JSON: what each documentation page allows and what it refuses.
//!
//! The expectations are written from the pages and not from the spec files, so that a slip in
//! either shows in the other. `pages` reads the bodies of all pages, which are data; `shape` holds what no page decides,
//! `wire` what a built request looks like when it is sent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation is a failed test"
)]

mod large;
pub(crate) mod pages;
mod shape;
mod shown;
mod wire;

use foxapi_models::{AnyRequest, Request};
use serde_json::{Value, json};

/// Stands in expectations for `format` and `x-uri-schemes`: the pages require a valid URL, no matter
/// which of the two refuses it.
const URL: &str = "(bad URL)";

/// One violation, as plain text.
#[derive(Debug)]
struct Fault {
    path: String,
    keyword: String,
    message: String,
}

/// Reads a body; the only place that touches the API under test.
fn read(text: &str) -> Result<AnyRequest, Vec<Fault>> {
    AnyRequest::from_json(text).map_err(|error| {
        let printed = error.to_string();
        let faults: Vec<Fault> = error
            .violations()
            .iter()
            .map(|violation| Fault {
                path: violation.path.clone(),
                keyword: violation.keyword.as_str().to_owned(),
                message: violation.message.clone(),
            })
            .collect();
        assert!(!faults.is_empty(), "an error without a violation: {printed}");
        for fault in &faults {
            assert!(!fault.message.trim().is_empty(), "nothing is said of {fault:?}");
            assert!(printed.contains(&fault.message), "not printed: {fault:?} in {printed}");
        }
        faults
    })
}

/// Checks that a body is accepted, and sent again without losing or adding anything.
#[track_caller]
fn check_ok(name: &str, body: Value) {
    check_ok_text(name, &body.to_string());
}

#[track_caller]
fn check_ok_text(name: &str, text: &str) {
    let request = match read(text) {
        Ok(request) => request,
        Err(faults) => panic!("{name}: refused with {faults:#?}\nbody: {}", excerpt(text)),
    };
    let body: Value = serde_json::from_str(text).unwrap();
    assert_eq!(body.get("model"), Some(&json!(request.model())), "{name}: the model");

    let sent = request.to_json();
    let sent_value: Value = serde_json::from_str(&sent).unwrap();
    assert_eq!(sent_value, without_nulls(body), "{name}: what is sent is what was read, without nulls");
    match read(&sent) {
        Ok(again) => assert_eq!(again, request, "{name}: what is sent reads back"),
        Err(faults) => panic!("{name}: sent and refused with {faults:#?}\nsent: {}", excerpt(&sent)),
    }
}

/// Checks that a body is refused with exactly these violations, each given as path and keyword.
#[track_caller]
fn check_fail(name: &str, body: Value, expected: &[(&str, &str)]) {
    check_fail_text(name, &body.to_string(), expected);
}

#[track_caller]
fn check_fail_text(name: &str, text: &str, expected: &[(&str, &str)]) {
    let faults = refused(name, text);
    let mut found: Vec<(&str, &str)> = faults
        .iter()
        .map(|fault| match fault.keyword.as_str() {
            "format" | "x-uri-schemes" => (fault.path.as_str(), URL),
            keyword => (fault.path.as_str(), keyword),
        })
        .collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{name}: found, then expected\n{faults:#?}\nbody: {}", excerpt(text));
}

/// The violations of a body that must not be accepted.
#[track_caller]
fn refused(name: &str, text: &str) -> Vec<Fault> {
    match read(text) {
        Err(faults) => faults,
        Ok(_) => panic!("{name}: accepted\nbody: {}", excerpt(text)),
    }
}

/// The body with the value at a JSON Pointer set, or appended when the pointer is one past an array's end.
fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer to a property or an item");
    match body.pointer_mut(parent) {
        Some(Value::Object(properties)) => {
            properties.insert(key.to_owned(), value);
        }
        Some(Value::Array(items)) => {
            let index: usize = key.parse().expect("an index");
            items.splice(index..items.len().min(index + 1), [value]);
        }
        _ => panic!("no object or array at {parent} of {body}"),
    }
    body
}

/// The body without the property at a JSON Pointer, which must be there.
fn without(mut body: Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer to a property");
    let removed = body.pointer_mut(parent).and_then(Value::as_object_mut).and_then(|object| object.remove(key));
    assert!(removed.is_some(), "nothing at {pointer} of {body}");
    body
}

/// Checks that each value is refused in this place, with this keyword and no other violation.
#[track_caller]
fn refuses(body: &Value, pointer: &str, keyword: &str, values: impl IntoIterator<Item: Into<Value>>) {
    for value in values.into_iter().map(Into::into) {
        let name = format!("{pointer} refuses {}", excerpt(&value.to_string()));
        check_fail(&name, with(body.clone(), pointer, value), &[(pointer, keyword)]);
    }
}

/// The body as it is sent: a parameter that is `null` is left out.
fn without_nulls(body: Value) -> Value {
    match body {
        Value::Object(properties) => properties
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

const GOOD_URLS: &[(&str, &str)] = &[
    ("http", "http://example.com/a.jpg"),
    ("https", "https://example.com/a.jpg"),
    ("upper-case scheme", "HTTPS://example.com/a.jpg"),
    ("mixed-case scheme", "Http://example.com/a.jpg"),
    ("upper-case host", "https://EXAMPLE.com/a.jpg"),
    ("no path", "https://example.com"),
    ("root path", "https://example.com/"),
    ("port", "https://example.com:8443/a.jpg"),
    ("query", "https://example.com/a?size=1&sign=b%2Fc"),
    ("query without path", "https://example.com?id=7"),
    ("fragment", "https://example.com/a.jpg#top"),
    ("percent-encoded path", "https://example.com/%E6%B2%B3%20a.jpg"),
    ("one-label host", "http://localhost/a.jpg"),
    ("IPv4 host", "http://192.0.2.7/a.jpg"),
    ("IPv6 host", "http://[2001:db8::1]/a.jpg"),
    ("IPv6 host and port", "http://[2001:db8::1]:8080/a.jpg"),
    ("userinfo", "https://user:secret@example.com/a.jpg"),
];

const BAD_URLS: &[(&str, &str)] = &[
    ("empty", ""),
    ("blank", " "),
    ("plain word", "picture"),
    ("file name", "picture.jpg"),
    ("no scheme", "example.com/a.jpg"),
    ("absolute path", "/images/a.jpg"),
    ("relative path", "../images/a.jpg"),
    ("scheme of the page that links", "//example.com/a.jpg"),
    ("ftp", "ftp://example.com/a.jpg"),
    ("websocket", "wss://example.com/a.jpg"),
    ("file", "file:///images/a.jpg"),
    ("object store", "s3://bucket/a.jpg"),
    ("inline data", "data:image/png;base64,iVBORw0KGgo="),
    ("script", "javascript:alert(1)"),
    ("longer scheme", "httpsx://example.com/a.jpg"),
    ("colon forgotten", "https//example.com/a.jpg"),
    ("scheme alone", "https:"),
    ("no host", "https://"),
    ("path in place of a host", "https:///a.jpg"),
    ("no authority", "https:example.com/a.jpg"),
    ("one slash", "https:/example.com/a.jpg"),
    ("port without host", "http://:8080/a.jpg"),
    ("userinfo without host", "http://user@/a.jpg"),
    ("query without host", "http://?id=7"),
    ("fragment without host", "http://#top"),
    ("space in the path", "https://example.com/a b.jpg"),
    ("space in the host", "https://exam ple.com/a.jpg"),
    ("leading space", " https://example.com/a.jpg"),
    ("trailing space", "https://example.com/a.jpg "),
    ("trailing newline", "https://example.com/a.jpg\n"),
    ("IPv6 host left open", "http://[2001:db8::1/a.jpg"),
    ("bracketed word", "http://[host]/a.jpg"),
];

/// The start of a long text, for the name of a case.
fn excerpt(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}… ({} code points)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

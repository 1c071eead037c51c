//! Request bodies as JSON: what each documentation page allows and what it refuses.
//!
//! The expectations are written from the pages and not from the spec files, so that a slip in
//! either shows in the other. One module stands for one page; `shape` holds what no page decides,
//! `wire` what a built request looks like when it is sent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed expectation is a failed test"
)]

mod kling_o3_image_to_video;
mod kling_o3_reference_to_video;
mod kling_v3_motion_control;
mod kling_v3_text_to_video;
mod pages;
mod shape;
mod veo_3_1_image_to_video;
mod wire;

use foxapi_models::{Request, VideoRequest};
use serde_json::{Value, json};

/// Stands in expectations for `format` and `x-uri-schemes`: the pages ask for a good URL and do not
/// care which of the two finds it bad.
const URL: &str = "(bad URL)";

/// One violation, as plain text.
#[derive(Debug)]
struct Fault {
    path: String,
    keyword: String,
    message: String,
}

/// Reads a body; the only place that touches the API under test.
fn read(text: &str) -> Result<VideoRequest, Vec<Fault>> {
    VideoRequest::from_json(text).map_err(|error| {
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

/// A body that is accepted, keeps what it says and adds nothing to it.
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

/// A body that is refused with exactly these violations, each given as path and keyword.
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

/// Each value is accepted in this place.
#[track_caller]
fn accepts(body: &Value, pointer: &str, values: impl IntoIterator<Item: Into<Value>>) {
    for value in values.into_iter().map(Into::into) {
        let name = format!("{pointer} takes {}", excerpt(&value.to_string()));
        check_ok(&name, with(body.clone(), pointer, value));
    }
}

/// Each value is refused in this place, with this keyword and nothing else.
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

/// The body is refused when this property is left out.
#[track_caller]
fn requires(body: &Value, pointer: &str) {
    let name = format!("{pointer} is required");
    check_fail(&name, without(body.clone(), pointer), &[(pointer, "required")]);
}

/// Every parameter of any page that is not among these is refused, also as `null`.
#[track_caller]
fn knows_only(body: &Value, parameters: &str) {
    let known: Vec<&str> = parameters.split_whitespace().collect();
    for name in EVERY_PARAMETER.split_whitespace().filter(|name| !known.contains(name)) {
        refuses(body, &format!("/{name}"), "additionalProperties", [json!("text"), Value::Null]);
    }
}

const EVERY_PARAMETER: &str = "model prompt resolution generate_audio negative_prompt aspect_ratio duration voice_ids
    multi_prompt image_url end_image_url shot_type start_image_url image_urls elements video_url mode
    character_orientation keep_original_sound auto_fix safety_tolerance enhance_prompt person_generation seed";

/// The JSON type that a parameter has.
#[derive(Clone, Copy, PartialEq)]
enum Type {
    Text,
    Integer,
    Boolean,
    Array,
    Object,
}

/// Whether the page says `| null`.
#[derive(Clone, Copy, PartialEq)]
enum Null {
    Accepted,
    Refused,
}

/// A value of any other JSON type is refused, and `null` unless the page says `| null`.
#[track_caller]
fn has_type(body: &Value, pointer: &str, expected: Type, null: Null) {
    let samples = [
        (Some(Type::Text), json!("text")),
        (Some(Type::Text), json!("5")),
        (Some(Type::Text), json!("true")),
        (Some(Type::Text), json!("")),
        (Some(Type::Integer), json!(5)),
        (Some(Type::Integer), json!(0)),
        (Some(Type::Boolean), json!(true)),
        (Some(Type::Boolean), json!(false)),
        (Some(Type::Array), json!([])),
        (Some(Type::Array), json!(["text"])),
        (Some(Type::Object), json!({})),
        (Some(Type::Object), json!({ "text": 5 })),
        // A number with a fraction has no place in any request, and 5.0 is written with one.
        (None, json!(5.5)),
        (None, json!(5.0)),
    ];
    let others = samples.into_iter().filter(|(of, _)| *of != Some(expected)).map(|(_, value)| value);
    refuses(body, pointer, "type", others);
    match null {
        Null::Accepted => accepts(body, pointer, [Value::Null]),
        Null::Refused => refuses(body, pointer, "type", [Value::Null]),
    }
}

/// Text is limited to so many code points, however many bytes or perceived characters that is.
#[track_caller]
fn has_max_length(body: &Value, pointer: &str, limit: usize) {
    let family = "👩\u{200d}👧";
    let accented = "e\u{301}";
    let at_limit = [
        "x".repeat(limit),
        "河".repeat(limit),
        "🦊".repeat(limit),
        accented.repeat(limit / 2),
        format!("{}🦊", "x".repeat(limit - 1)),
        format!("{}{}", family.repeat(limit / 3), "y".repeat(limit % 3)),
    ];
    for text in at_limit {
        accepts(body, pointer, [json!(text)]);
        refuses(body, pointer, "maxLength", [json!(format!("{text}z")), json!(format!("河{text}"))]);
    }
    accepts(body, pointer, [json!("x".repeat(limit - 1)), json!("🦊".repeat(limit - 1))]);
    // Fewer perceived characters than the limit, more code points.
    refuses(body, pointer, "maxLength", [json!(accented.repeat(limit / 2 + 1)), json!(family.repeat(limit / 3 + 1))]);
}

/// Text that nothing limits: empty, long, in any script, with characters that JSON escapes.
#[track_caller]
fn is_free_text(body: &Value, pointer: &str) {
    accepts(
        body,
        pointer,
        [
            json!(""),
            json!(" "),
            json!("waves roll in"),
            json!("海浪涌来"),
            json!("🌊"),
            json!("a \"quoted\"\nline,\ta back\\slash and a \u{0}"),
            json!("null"),
        ],
    );
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

/// The parameter takes an absolute http or https URL with a host, kept as it was written.
#[track_caller]
fn is_url(body: &Value, pointer: &str) {
    for (name, url) in GOOD_URLS {
        check_ok(&format!("{pointer}: {name}"), with(body.clone(), pointer, json!(url)));
    }
    for (name, url) in BAD_URLS {
        check_fail(&format!("{pointer}: {name}"), with(body.clone(), pointer, json!(url)), &[(pointer, URL)]);
    }
}

/// What must hold for the segments of every page that has `multi_prompt`.
///
/// The segments that are at fault add nothing to the sum, so that the rule about the sum is kept.
#[track_caller]
fn has_prompt_segments(body: &Value) {
    let first = json!({ "prompt": "a door opens", "duration": 5 });
    let body = with(body.clone(), "/multi_prompt", json!([first]));
    let second = |segment: Value| with(body.clone(), "/multi_prompt/1", segment);

    check_fail(
        "a segment has a prompt",
        without(body.clone(), "/multi_prompt/0/prompt"),
        &[("/multi_prompt/0/prompt", "required")],
    );
    check_fail(
        "a segment has a duration",
        second(json!({ "prompt": "it rains" })),
        &[("/multi_prompt/1/duration", "required")],
    );
    check_fail(
        "a segment is not empty",
        second(json!({})),
        &[("/multi_prompt/1/prompt", "required"), ("/multi_prompt/1/duration", "required")],
    );
    refuses(
        &body,
        "/multi_prompt/1",
        "type",
        [json!("it rains"), json!(1.0), json!(5), json!(true), json!([]), Value::Null],
    );
    refuses(&body, "/multi_prompt/0/seed", "additionalProperties", [json!(1), json!("text"), Value::Null]);

    is_free_text(&body, "/multi_prompt/0/prompt");
    accepts(&body, "/multi_prompt/0/prompt", ["河".repeat(2501)]);
    has_type(&body, "/multi_prompt/0/prompt", Type::Text, Null::Refused);

    let rain = second(json!({ "prompt": "it rains", "duration": 1 }));
    has_type(&rain, "/multi_prompt/1/duration", Type::Integer, Null::Refused);
    check_fail(
        "a segment lasts at least a second",
        second(json!({ "prompt": "it rains", "duration": 0 })),
        &[("/multi_prompt/1/duration", "minimum")],
    );
}

/// The start of a long text, for the name of a case.
fn excerpt(text: &str) -> String {
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}… ({} code points)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

//! Checks a request before it is sent or shown.

use foxapi_models::{Model, Parameter, Request};
use serde::Serialize;
use serde_json::Value;

use crate::body::uploads::{self, LocalFile};
use crate::catalogue::AnyRequest;
use crate::failure::Failure;
use crate::flags;

/// The placeholder for the address of a file while everything else is checked.
const PLACEHOLDER: &str = "https://upload.invalid/file";

/// The places where a body names local files.
pub(crate) fn local_files(model: Option<&Model>, body: &Value) -> Vec<LocalFile> {
    model.map(|model| uploads::find(model, body)).unwrap_or_default()
}

/// Checks a body before anything is uploaded or sent. Reports every violation, with parameters as the user wrote them.
pub(crate) fn check(
    model: &Model,
    body: &Value,
    files: &[LocalFile],
    written: fn(&Parameter) -> String,
) -> Result<(), Failure> {
    let body = uploads::with(body, files, |_| PLACEHOLDER.to_owned());
    let Err(violations) = AnyRequest::from_value(&body) else {
        return Ok(());
    };
    let mut failure = Failure::usage(String::new());
    failure.errors =
        violations.violations().iter().map(|violation| flags::explain(model, violation, written)).collect();
    for violation in &violations {
        let text = body.pointer(&violation.path).and_then(Value::as_str);
        if let Some(text) = text.filter(|text| looks_like_a_file(text)) {
            failure.help.push(format!("there is no file {text:?} here"));
        }
    }
    failure.help.push(format!("`foxapi describe {}` shows what it takes", model.id));
    Err(failure)
}

/// Whether a refused text was probably meant as a local file.
fn looks_like_a_file(text: &str) -> bool {
    text.len() < 256
        && !uploads::is_address(text)
        && (text.contains(['/', '\\']) || text.contains('.'))
        && !text.contains(' ')
}

/// A body over several lines, in the order of the page if it is valid.
pub(crate) fn pretty(body: &Value) -> serde_json::Result<String> {
    match AnyRequest::from_value(body) {
        Ok(request) => indented(&request),
        Err(_) => indented(body),
    }
}

fn indented(body: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(body)
}

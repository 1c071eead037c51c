//! Our validators, called in every way that a caller can.

use foxapi_models::{AnyRequest, Request, ValidationError};
use serde_json::Value;

use super::bodies::Body;
use super::verdict::{Paths, Reference, Verdict};

/// Compares every way to judge a body as any request with the reference. Returns the verdict if all agree.
pub(crate) fn compare_any(reference: &Reference<'_>, body: &Body) -> Result<Verdict, String> {
    let verdict = reference.of_any_body(body);
    same("from_json of AnyRequest", &verdict, found(AnyRequest::from_json(&body.text)))?;
    if let Ok(value) = serde_json::from_str::<Value>(&body.text)
        && body.repeated.is_empty()
    {
        same("from_value of AnyRequest", &verdict, found(AnyRequest::from_value(&value)))?;
    }
    if let Ok(request) = serde_json::from_str::<AnyRequest>(&body.text) {
        check_typed(reference, &request)?;
    }
    Ok(verdict)
}

/// Like [`compare_any`], for a single request type.
pub(crate) fn compare<R: Request>(reference: &Reference<'_>, body: &Body) -> Result<Verdict, String> {
    compare_any(reference, body)?;
    let verdict = reference.of_body(body);
    same("from_json", &verdict, found(R::from_json(&body.text)))?;
    if let Ok(value) = serde_json::from_str::<Value>(&body.text)
        && body.repeated.is_empty()
    {
        same("from_value", &verdict, found(R::from_value(&value)))?;
    }
    if let Ok(request) = serde_json::from_str::<R>(&body.text) {
        check_typed(reference, &request)?;
    }
    Ok(verdict)
}

/// Checks a struct whose fields have the right types but any values, as after assigning to them.
fn check_typed<R: Request>(reference: &Reference<'_>, request: &R) -> Result<(), String> {
    let sent = request.to_value();
    let verdict = reference.of_value(&sent);
    if request.is_valid() != verdict.is_valid() {
        return Err(format!("is_valid: {}, the judge: {verdict:?}", request.is_valid()));
    }
    same("validate", &verdict, found(request.validate()))?;
    let again = serde_json::from_value::<R>(sent).map_err(|error| format!("what was written is not read: {error}"))?;
    if again == *request { Ok(()) } else { Err(format!("written and read it is another: {again:?}")) }
}

fn same(asked: &str, verdict: &Verdict, ours: Paths) -> Result<(), String> {
    if verdict.agrees(&ours) { Ok(()) } else { Err(format!("{asked}: we blame {ours:?}, the judge says {verdict:?}")) }
}

fn found<T>(outcome: Result<T, ValidationError>) -> Paths {
    outcome.err().into_iter().flatten().map(|violation| violation.path).collect()
}

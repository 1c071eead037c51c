//! What an answer means: a task, a refusal, or nothing that the API documents.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ErrorEnvelope, Task};

use super::error::{ClientError, ErrorKind, Operation};
use super::excerpt::excerpt;
use super::exchange::Answer;
use super::key::ApiKey;
use super::refusal::Refusal;
use super::unreadable::{Unreadable, UnreadableAnswer};

/// The task of an answer.
///
/// What the header calls the body does not matter: a task that may be paid for is not lost over a header.
pub(crate) fn task(answer: Answer, operation: Operation) -> Result<Task, ClientError> {
    read(answer).map_err(|kind| ClientError::new(operation, kind))
}

fn read(answer: Answer) -> Result<Task, ErrorKind> {
    let success = matches!(answer.status, 200..=299);
    let body = match json(&answer) {
        Ok(body) => body,
        Err((reason, error)) => return Err(unreadable(answer, reason, error, None)),
    };
    let task = Task::deserialize(&body);
    if let (true, Ok(task)) = (success, &task)
        && !task.id.is_empty()
    {
        return Ok(task.clone());
    }
    // A success may hold a refusal; an error that looks like a task is none.
    match ErrorEnvelope::deserialize(&body) {
        Ok(envelope) => Err(ErrorKind::Refused(Box::new(refusal(answer, envelope)))),
        Err(_) => {
            let task_id = if success { salvaged_id(&body) } else { None };
            Err(unreadable(answer, Unreadable::UnknownShape, task.err(), task_id))
        }
    }
}

/// The JSON that an answer is, or why it is none.
fn json(answer: &Answer) -> Result<Value, (Unreadable, Option<serde_json::Error>)> {
    if answer.too_long {
        return Err((Unreadable::TooLong, None));
    }
    if let 300..=399 = answer.status {
        return Err((Unreadable::Redirect, None));
    }
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Err((Unreadable::Empty, None));
    }
    serde_json::from_slice(&answer.body).map_err(|error| (Unreadable::NotJson, Some(error)))
}

/// The document of an answer that is about no task; also one that stands under `data`, as the API wraps some.
pub(crate) fn document<T: DeserializeOwned>(answer: Answer, _: &ApiKey) -> Result<T, ClientError> {
    read_document(answer).map_err(|kind| ClientError::new(Operation::Ask, kind))
}

fn read_document<T: DeserializeOwned>(answer: Answer) -> Result<T, ErrorKind> {
    let body = match json(&answer) {
        Ok(body) => body,
        Err((reason, error)) => return Err(unreadable(answer, reason, error, None)),
    };
    let success = matches!(answer.status, 200..=299);
    let is_refusal = !success || body.get("error").is_some_and(Value::is_object);
    if is_refusal && let Ok(envelope) = ErrorEnvelope::deserialize(&body) {
        return Err(ErrorKind::Refused(Box::new(refusal(answer, envelope))));
    }
    let found = T::deserialize(&body);
    match found {
        Ok(document) if success => Ok(document),
        found => match body.get("data").map(T::deserialize) {
            Some(Ok(document)) if success => Ok(document),
            _ => Err(unreadable(answer, Unreadable::UnknownShape, found.err(), None)),
        },
    }
}

fn refusal(answer: Answer, envelope: ErrorEnvelope) -> Refusal {
    let in_body = || envelope.error.extra.get("request_id").or_else(|| envelope.extra.get("request_id"))?.as_str();
    let request_id = answer.request_id.or_else(|| in_body().map(str::to_owned));
    Refusal { status: answer.status, request_id, retry_after: answer.retry_after, error: envelope.error }
}

/// The id in an answer that is no complete task: it may be all that is left of something paid for.
fn salvaged_id(body: &Value) -> Option<String> {
    let places = ["/id", "/task_id", "/data/id", "/data/task_id", "/task/id"];
    let id = places.iter().find_map(|place| body.pointer(place)?.as_str())?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn unreadable(
    answer: Answer,
    reason: Unreadable,
    source: Option<serde_json::Error>,
    task_id: Option<String>,
) -> ErrorKind {
    let excerpt = match (reason, &answer.location) {
        (Unreadable::Redirect, Some(location)) => format!("to {location}"),
        _ => excerpt(&answer.body),
    };
    ErrorKind::Unreadable(Box::new(UnreadableAnswer {
        status: answer.status,
        content_type: answer.content_type,
        reason,
        excerpt,
        task_id,
        request_id: answer.request_id,
        retry_after: answer.retry_after,
        source: source.map(Arc::new),
    }))
}

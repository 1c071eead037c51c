//! Reads an answer as a task, a refusal, or something that the API does not document.

use std::sync::Arc;

use foxapi_schema::json::{self, Budget};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ErrorEnvelope, Task};

use super::clean::{self, excerpt};
use super::error::{ClientError, ErrorKind, Operation};
use super::exchange::Answer;
use super::key::ApiKey;
use super::refusal::Refusal;
use super::task_id;
use super::unreadable::{Unreadable, UnreadableAnswer};

/// The memory that a document may take: answers of the API have a few hundred values.
const LARGEST: usize = 4 * 1024 * 1024;

/// The task of an answer.
///
/// The content type does not matter: a task that may have been paid for must not be lost over a header. If the answer
/// to a submission is not a task, anything in it that looks like the ID of one is part of the error.
pub(crate) fn task(answer: Answer, operation: Operation, key: &ApiKey) -> Result<Task, ClientError> {
    let body = read(&answer);
    let salvaged = match operation {
        Operation::Submit => salvaged_id(&answer, body.as_ref().ok(), key),
        Operation::Ask | Operation::WaitAfterSubmit => None,
    };
    judge(answer, body, key).map_err(|kind| {
        let error = ClientError::new(operation, kind);
        match salvaged {
            Some(id) => error.about(&id),
            None => error,
        }
    })
}

/// The document in an answer, or why there is none.
fn read(answer: &Answer) -> Result<Value, (Unreadable, Option<serde_json::Error>)> {
    if answer.too_long {
        return Err((Unreadable::TooLong, None));
    }
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Err((Unreadable::Empty, None));
    }
    let Ok(text) = str::from_utf8(&answer.body) else { return Err((Unreadable::NotJson, None)) };
    match json::read_within(text, Budget::new(LARGEST)) {
        Ok((document, _)) => Ok(document),
        Err(json::JsonError::Syntax(error)) => Err((Unreadable::NotJson, Some(error))),
        Err(json::JsonError::TooLarge) => Err((Unreadable::TooLong, None)),
    }
}

fn judge(
    answer: Answer,
    body: Result<Value, (Unreadable, Option<serde_json::Error>)>,
    key: &ApiKey,
) -> Result<Task, ErrorKind> {
    if let 300..=399 = answer.status {
        return Err(unreadable(answer, Unreadable::Redirect, None, key));
    }
    let mut body = match body {
        Ok(body) => body,
        Err((reason, error)) => return Err(unreadable(answer, reason, error, key)),
    };
    let success = matches!(answer.status, 200..=299);
    let is_refusal = !success || body.get("error").is_some_and(Value::is_object) && body.get("id").is_none();
    key.hide_in(&mut body, is_refusal);
    let task = Task::deserialize(&body);
    if success {
        let wrapped = ["data", "task"].iter().filter_map(|name| body.get(name));
        let tasks = wrapped.filter_map(|inner| Task::deserialize(inner).ok());
        if let Some(task) = task.as_ref().ok().cloned().into_iter().chain(tasks).find(|task| !task.id.is_empty()) {
            return Ok(task);
        }
    }
    // A success may contain a refusal; an error that looks like a task is not one.
    match ErrorEnvelope::deserialize(&body) {
        Ok(envelope) => Err(ErrorKind::Refused(Box::new(refusal(answer, envelope, key)))),
        Err(_) => Err(unreadable(answer, Unreadable::UnknownShape, task.err(), key)),
    }
}

/// The document of an answer that is not about a task, also if the API has wrapped it in `data`.
pub(crate) fn document<T: DeserializeOwned>(answer: Answer, key: &ApiKey) -> Result<T, ClientError> {
    judge_document(answer, key).map_err(|kind| ClientError::new(Operation::Ask, kind))
}

fn judge_document<T: DeserializeOwned>(answer: Answer, key: &ApiKey) -> Result<T, ErrorKind> {
    if let 300..=399 = answer.status {
        return Err(unreadable(answer, Unreadable::Redirect, None, key));
    }
    let mut body = match read(&answer) {
        Ok(body) => body,
        Err((reason, error)) => return Err(unreadable(answer, reason, error, key)),
    };
    let success = matches!(answer.status, 200..=299);
    let is_refusal = !success || body.get("error").is_some_and(Value::is_object);
    key.hide_in(&mut body, is_refusal);
    if is_refusal && let Ok(envelope) = ErrorEnvelope::deserialize(&body) {
        return Err(ErrorKind::Refused(Box::new(refusal(answer, envelope, key))));
    }
    let found = T::deserialize(&body);
    match found {
        Ok(document) if success => Ok(document),
        found => match body.get("data").map(T::deserialize) {
            Some(Ok(document)) if success => Ok(document),
            _ => Err(unreadable(answer, Unreadable::UnknownShape, found.err(), key)),
        },
    }
}

fn refusal(answer: Answer, envelope: ErrorEnvelope, key: &ApiKey) -> Refusal {
    let in_body = || envelope.error.extra.get("request_id").or_else(|| envelope.extra.get("request_id"))?.as_str();
    let request_id = answer.request_id.or_else(|| in_body().map(|id| excerpt(id.as_bytes(), key)));
    Refusal { status: answer.status, request_id, retry_after: answer.retry_after, error: envelope.error }
}

/// Whatever looks like the ID of the new task in an answer: it may be all that is left of something paid for.
fn salvaged_id(answer: &Answer, body: Option<&Value>, key: &ApiKey) -> Option<String> {
    let id = match body {
        Some(document) => task_id::in_document(document),
        None => task_id::in_text(&String::from_utf8_lossy(&answer.body)),
    };
    let id = id.or_else(|| answer.named_in_head.clone())?;
    let hidden = key.hide(&id);
    // An ID that contains a part of the key is not an ID, and must not be shown.
    (hidden == id).then_some(id)
}

fn unreadable(answer: Answer, reason: Unreadable, source: Option<serde_json::Error>, key: &ApiKey) -> ErrorKind {
    let excerpt = match (reason, &answer.location) {
        (Unreadable::Redirect, Some(location)) => format!("to {location}"),
        _ => excerpt(&answer.body, key),
    };
    ErrorKind::Unreadable(Box::new(UnreadableAnswer {
        status: answer.status,
        content_type: answer.content_type,
        reason,
        excerpt,
        request_id: answer.request_id,
        retry_after: answer.retry_after,
        source: source.map(Arc::new),
    }))
}

/// The error for an answer that is about a task other than the one that was asked for.
pub(crate) fn of_another(task: &Task) -> ClientError {
    let answer = UnreadableAnswer {
        status: 200,
        content_type: None,
        reason: Unreadable::AnotherTask,
        excerpt: clean::id(&task.id),
        request_id: None,
        retry_after: None,
        source: None,
    };
    ClientError::new(Operation::Ask, ErrorKind::Unreadable(Box::new(answer)))
}

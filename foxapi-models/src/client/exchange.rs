//! Sends one request and reads its answer up to a limit. Nothing is retried here.

use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use reqwest::{RequestBuilder, Response};

use super::clean::excerpt;
use super::error::{ClientError, ErrorKind, Operation};
use super::key::ApiKey;
use super::transport_error::{LostAnswer, TransportError};
use super::{retry_after, task_id};

/// Answers of the API have a few hundred bytes; anything longer than this is not one.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// The answer of a server. The texts of the head are cleaned; the body is unchanged.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) location: Option<String>,
    /// Whatever looks like the ID of a task in the head: in the address that it points to, or in a header of that name.
    pub(crate) named_in_head: Option<String>,
    pub(crate) body: Vec<u8>,
    /// Whether the body was longer than the limit.
    pub(crate) too_long: bool,
}

/// Sends a request once and reads the answer.
pub(crate) async fn exchange(
    request: RequestBuilder,
    operation: Operation,
    key: &ApiKey,
) -> Result<Answer, ClientError> {
    let mut response = request.send().await.map_err(|error| {
        // The server has not seen a request that could not be made or had no connection.
        if error.is_builder() || error.is_connect() {
            ClientError::new(operation, ErrorKind::NotSent(TransportError::new(error)))
        } else {
            lost(operation, error, None, key)
        }
    })?;
    let mut answer = head(&response, key);
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = LONGEST_ANSWER.saturating_sub(answer.body.len());
                answer.body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() > room {
                    answer.too_long = true;
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => return Err(lost(operation, error, Some(answer), key)),
        }
    }
    Ok(answer)
}

fn head(response: &Response, key: &ApiKey) -> Answer {
    let raw = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let text = |name: &HeaderName| Some(excerpt(response.headers().get(name)?.as_bytes(), key));
    let request_ids = [HeaderName::from_static("x-request-id"), HeaderName::from_static("request-id")];
    let named = response.headers().iter().find(|(name, _)| name.as_str().replace('_', "-").ends_with("task-id"));
    let pointed_to = || task_id::in_text(&raw(response.headers().get(LOCATION)?));
    Answer {
        status: response.status().as_u16(),
        content_type: text(&CONTENT_TYPE),
        request_id: request_ids.iter().find_map(text),
        retry_after: retry_after::requested(response.headers(), SystemTime::now()),
        location: text(&LOCATION),
        named_in_head: named.map(|(_, value)| raw(value)).filter(|id| !id.is_empty()).or_else(pointed_to),
        body: Vec::new(),
        too_long: false,
    }
}

/// The error for a connection that failed after at least a part of the request was sent.
fn lost(operation: Operation, error: reqwest::Error, answer: Option<Answer>, key: &ApiKey) -> ClientError {
    let body = answer.as_ref().map_or(&[][..], |answer| &answer.body);
    let excerpt = Some(excerpt(body, key)).filter(|excerpt| !excerpt.is_empty());
    let lost =
        LostAnswer { cause: TransportError::new(error), status: answer.as_ref().map(|answer| answer.status), excerpt };
    let kind = match operation {
        Operation::Submit => ErrorKind::UnknownWhetherReceived(lost),
        Operation::Ask | Operation::WaitAfterSubmit => return ClientError::new(operation, ErrorKind::NoAnswer(lost)),
    };
    let error = ClientError::new(operation, kind);
    // An answer that was cut off may have begun with the ID.
    let id = task_id::in_text(&String::from_utf8_lossy(body)).or_else(|| answer.as_ref()?.named_in_head.clone());
    match id.filter(|id| key.hide(id) == *id) {
        Some(id) => error.about(&id),
        None => error,
    }
}

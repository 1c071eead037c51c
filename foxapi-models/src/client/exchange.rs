//! One request and its answer, read to a bound; nothing is sent again here.

use std::time::{Duration, SystemTime};

use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use reqwest::{RequestBuilder, Response};

use super::error::{ClientError, ErrorKind, Operation};
use super::excerpt::excerpt;
use super::key::ApiKey;
use super::retry_after;
use super::transport_error::{LostAnswer, TransportError};

/// Answers of the API have a few hundred bytes; what is longer than this is none of them.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// What a server answered, with the key taken out.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
    /// Whether there was more than is read.
    pub(crate) too_long: bool,
}

/// Sends a request once and reads the answer.
pub(crate) async fn exchange(
    request: RequestBuilder,
    operation: Operation,
    key: &ApiKey,
) -> Result<Answer, ClientError> {
    let mut response = request.send().await.map_err(|error| {
        // The server has seen nothing of a request that could not be made, or had no connection to go through.
        if error.is_builder() || error.is_connect() {
            ClientError::new(operation, ErrorKind::NotSent(TransportError::new(error)))
        } else {
            lost(operation, error, None, Vec::new())
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
            Err(error) => return Err(lost(operation, error, Some(answer.status), key.redact_bytes(answer.body))),
        }
    }
    answer.body = key.redact_bytes(answer.body);
    Ok(answer)
}

fn head(response: &Response, key: &ApiKey) -> Answer {
    let text = |name: &HeaderName| {
        let value = String::from_utf8_lossy(response.headers().get(name)?.as_bytes()).into_owned();
        Some(excerpt(key.redact(value).as_bytes()))
    };
    let request_ids = [HeaderName::from_static("x-request-id"), HeaderName::from_static("request-id")];
    Answer {
        status: response.status().as_u16(),
        content_type: text(&CONTENT_TYPE),
        request_id: request_ids.iter().find_map(text),
        retry_after: text(&RETRY_AFTER).and_then(|value| retry_after::parse(&value, SystemTime::now())),
        location: text(&LOCATION),
        body: Vec::new(),
        too_long: false,
    }
}

/// The fault of a connection on which the request was sent or begun.
fn lost(operation: Operation, error: reqwest::Error, status: Option<u16>, body: Vec<u8>) -> ClientError {
    let excerpt = Some(excerpt(&body)).filter(|excerpt| !excerpt.is_empty());
    let lost = LostAnswer { cause: TransportError::new(error), status, excerpt };
    let kind = match operation {
        Operation::Submit => ErrorKind::UnknownWhetherReceived(lost),
        Operation::Ask | Operation::WaitAfterSubmit => ErrorKind::NoAnswer(lost),
    };
    ClientError::new(operation, kind)
}

//! Asks for documentation pages: one question per line in, one answer per line out, both JSON.
//!
//! A program of its own, because an HTTP client takes long to build and `cargo xtask codegen` must not wait for it.
//!
//! A question has the `url`, and may have the `etag` and `modified` of what is stored already. An answer has either
//! `error`, for a server that cannot be reached, or `status`; and, with status 200, `text`, whether it is `html`, and its
//! own `etag` and `modified`.

use std::error::Error;
use std::io::{self, BufRead, Write};
use std::time::Duration;

use reqwest::Client;
use reqwest::StatusCode;
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use reqwest::redirect::Policy;
use serde_json::{Value as Json, json};

/// More than any page has.
const MOST_BYTES: usize = 8 * 1024 * 1024;

const TIMEOUT: Duration = Duration::from_secs(30);

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = foxapi_tls::configure(Client::builder())?
        .user_agent(concat!("foxapi-models/", env!("CARGO_PKG_VERSION"), " (docs fetch)"))
        .redirect(Policy::limited(3))
        .timeout(TIMEOUT)
        .build()?;
    for line in io::stdin().lock().lines() {
        let question: Json = serde_json::from_str(&line?)?;
        let answer = match runtime.block_on(ask(&client, &question)) {
            Ok(answer) => answer,
            Err(error) => json!({ "error": reasons(&error) }),
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

async fn ask(client: &Client, question: &Json) -> Result<Json, reqwest::Error> {
    let text = |name: &str| question.get(name).and_then(Json::as_str);
    let url = text("url").unwrap_or_default();
    let mut request = client.get(url).header(ACCEPT, "text/markdown, text/plain;q=0.9, */*;q=0.1");
    for (header, known) in [(IF_NONE_MATCH, text("etag")), (IF_MODIFIED_SINCE, text("modified"))] {
        if let Some(known) = known {
            request = request.header(header, known);
        }
    }
    let mut response = request.send().await?;
    let status = response.status();
    if status != StatusCode::OK {
        return Ok(json!({ "status": status.as_u16(), "reason": status.to_string() }));
    }
    let headers = response.headers().clone();
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MOST_BYTES {
            return Ok(json!({ "status": 413, "reason": "it is too large to be a page" }));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(match String::from_utf8(bytes) {
        Ok(body) => json!({
            "status": 200,
            "html": header(&headers, CONTENT_TYPE).is_some_and(|it| it.contains("html")),
            "etag": header(&headers, ETAG),
            "modified": header(&headers, LAST_MODIFIED),
            "text": body,
        }),
        Err(_) => json!({ "status": 415, "reason": "it is not UTF-8 text" }),
    })
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// An error of the client with all that caused it: the first alone says little.
fn reasons(error: &reqwest::Error) -> String {
    let mut reasons = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        reasons.push(cause.to_string());
        source = cause.source();
    }
    reasons.join(": ")
}

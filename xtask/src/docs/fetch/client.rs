//! Asks for pages over HTTP, one after the other.

use std::{error::Error as _, time::Duration};

use reqwest::{
    StatusCode,
    header::{ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED},
    redirect::Policy,
};
use tokio::runtime::{Builder, Runtime};

use super::stored::Mark;
use crate::error::Error;

/// More than any page has.
const MOST_BYTES: usize = 8 * 1024 * 1024;

const TIMEOUT: Duration = Duration::from_secs(30);

/// What became of a question for a page.
pub(crate) enum Answer {
    Page {
        text: String,
        mark: Mark,
    },
    /// As it was the last time.
    Unchanged,
    /// The server answers, but not with the page.
    Refused {
        reason: String,
    },
}

pub(crate) struct Client {
    http: reqwest::Client,
    runtime: Runtime,
    /// In place of the server that a page names.
    server: Option<String>,
}

impl Client {
    pub(crate) fn new(server: Option<&str>) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| Error::io("start", "the HTTP client", cause))?;
        let http = reqwest::Client::builder()
            .user_agent(concat!("foxapi-models/", env!("CARGO_PKG_VERSION"), " (docs fetch)"))
            .redirect(Policy::limited(3))
            .timeout(TIMEOUT)
            .build()
            .map_err(|cause| Error::Unreachable { address: "the HTTP client".to_owned(), reason: reasons(&cause) })?;
        Ok(Self { http, runtime, server: server.map(|server| server.trim_end_matches('/').to_owned()) })
    }

    /// The page at an address: its Markdown form, or what the address itself gives where there is none.
    ///
    /// `Err` is for a server that cannot be reached: the next question would fare no better.
    pub(crate) fn page(&self, address: &str, known: Option<&Mark>) -> Result<Answer, Error> {
        let address = match &self.server {
            Some(server) => {
                let path = address.split_once("://").map_or(address, |(_, rest)| rest);
                format!("{server}{}", path.find('/').and_then(|at| path.get(at..)).unwrap_or_default())
            }
            None => address.to_owned(),
        };
        let markdown = format!("{address}.md");
        match self.runtime.block_on(self.get(&markdown, known))? {
            Answer::Refused { reason } if reason.starts_with("404") => {
                Ok(match self.runtime.block_on(self.get(&address, known))? {
                    Answer::Refused { reason } => Answer::Refused { reason: format!("{address}: {reason}") },
                    answer => answer,
                })
            }
            Answer::Refused { reason } => Ok(Answer::Refused { reason: format!("{markdown}: {reason}") }),
            answer => Ok(answer),
        }
    }

    async fn get(&self, address: &str, known: Option<&Mark>) -> Result<Answer, Error> {
        let unreachable =
            |cause: reqwest::Error| Error::Unreachable { address: address.to_owned(), reason: reasons(&cause) };
        let mut request = self.http.get(address).header(ACCEPT, "text/markdown, text/plain;q=0.9, */*;q=0.1");
        if let Some(mark) = known.filter(|mark| mark.address == address) {
            let conditions = [(IF_NONE_MATCH, &mark.etag), (IF_MODIFIED_SINCE, &mark.modified)];
            for (name, value) in conditions {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
        }
        let mut response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Answer::Unchanged);
        }
        if status != StatusCode::OK {
            return Ok(Answer::Refused { reason: status.to_string() });
        }
        let headers = response.headers().clone();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Ok(Answer::Refused { reason: "it is too large to be a page".to_owned() });
            }
            bytes.extend_from_slice(&chunk);
        }
        let Ok(text) = String::from_utf8(bytes) else {
            return Ok(Answer::Refused { reason: "it is not UTF-8 text".to_owned() });
        };
        let is_html = text_of(&headers, CONTENT_TYPE).is_some_and(|it| it.contains("html"));
        if is_html || text.trim_start().starts_with("<!") {
            return Ok(Answer::Refused {
                reason: "the server has no Markdown form of it\n  help: copy the text that a browser shows".to_owned(),
            });
        }
        let (etag, modified) = (text_of(&headers, ETAG), text_of(&headers, LAST_MODIFIED));
        Ok(Answer::Page { text, mark: Mark { address: address.to_owned(), etag, modified } })
    }
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
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

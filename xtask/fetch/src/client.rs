//! Requests one page after the other.

use std::error::Error;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use reqwest::redirect::Policy;
use reqwest::{Client as Http, StatusCode};

use crate::stored::PageVersion;

/// More than any page has.
const MOST_BYTES: usize = 1024 * 1024;

const TIMEOUT: Duration = Duration::from_secs(30);

/// The result of requesting a page.
pub(crate) enum Answer {
    Page {
        text: String,
        version: PageVersion,
    },
    /// Not changed since the last time.
    Unchanged,
    /// The server answered, but not with the page.
    Refused {
        reason: String,
    },
}

/// The error for a server that cannot be reached.
pub(crate) struct Unreachable {
    pub(crate) address: String,
    pub(crate) reason: String,
}

pub(crate) struct Client(Http);

impl Client {
    pub(crate) fn new() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let client = foxapi_tls::configure(Http::builder())?
            .user_agent(concat!("foxapi-models/", env!("CARGO_PKG_VERSION"), " (docs fetch)"))
            .redirect(Policy::limited(3))
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self(client))
    }

    /// Fetches the page at an address: its Markdown form, or the address itself if there is none.
    pub(crate) async fn page(&self, address: &str, known: Option<&PageVersion>) -> Result<Answer, Unreachable> {
        let get = async |address: &str| {
            let unreachable = |error| Unreachable { address: address.to_owned(), reason: reasons(&error) };
            self.get(address, known.filter(|version| version.address == address)).await.map_err(unreachable)
        };
        match get(&format!("{address}.md")).await? {
            (StatusCode::NOT_FOUND, _) => get(address).await.map(|(_, answer)| answer),
            (_, answer) => Ok(answer),
        }
    }

    async fn get(&self, address: &str, known: Option<&PageVersion>) -> Result<(StatusCode, Answer), reqwest::Error> {
        let mut request = self.0.get(address).header(ACCEPT, "text/markdown, text/plain;q=0.9, */*;q=0.1");
        let known = known.map(|version| [(IF_NONE_MATCH, &version.etag), (IF_MODIFIED_SINCE, &version.modified)]);
        for (header, known) in known.into_iter().flatten() {
            if let Some(known) = known {
                request = request.header(header, known);
            }
        }
        let mut response = request.send().await?;
        let status = response.status();
        let refused = |why: &str| Ok((status, Answer::Refused { reason: format!("{address}: {why}") }));
        match status {
            StatusCode::OK => {}
            StatusCode::NOT_MODIFIED => return Ok((status, Answer::Unchanged)),
            other => return refused(&other.to_string()),
        }
        let headers = response.headers().clone();
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return refused("it is too large to be a page");
            }
            bytes.extend_from_slice(&chunk);
        }
        let Ok(text) = String::from_utf8(bytes) else { return refused("it is not UTF-8 text") };
        if text.trim_start().starts_with("<!") || header(&headers, CONTENT_TYPE).is_some_and(|it| it.contains("html")) {
            return refused("the server has no Markdown form of it; copy the text that a browser shows");
        }
        let (etag, modified) = (header(&headers, ETAG), header(&headers, LAST_MODIFIED));
        Ok((status, Answer::Page { text, version: PageVersion { address: address.to_owned(), etag, modified } }))
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// An error of the client with all its causes, on one line, since the error itself says little.
fn reasons(error: &reqwest::Error) -> String {
    let mut reasons = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        reasons.push(cause.to_string());
        source = cause.source();
    }
    reasons.join(": ").replace('\n', " ")
}

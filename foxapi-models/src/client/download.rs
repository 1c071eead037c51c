//! Downloads a result to a file or a writer: complete and of the right kind, or not at all.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, USER_AGENT};
use reqwest::{Response, Url};
use tokio::fs::File;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use crate::{OutputKind, Task};

use super::address::{ForbiddenAddress, forbidden, is_loopback};
use super::clean::{excerpt, line, without_queries};
use super::download_error::DownloadError;
use super::download_options::DownloadOptions;
use super::transport_error::TransportError;
use super::{Inner, media, part, retry_after};

/// How much of a refusal is read.
const LONGEST_REFUSAL: usize = 16 * 1024;

/// Fetches one result into a file, without retries, and returns its length.
pub(super) async fn to_file(
    client: &Inner,
    task: &Task,
    path: &Path,
    options: &DownloadOptions,
) -> Result<u64, DownloadError> {
    let url = address(client, task, options)?;
    let part = part::create(path, options.overwrites())?;
    let incoming = open(client, task, url, options).await?;
    let mut file = File::from_std(part.as_file().try_clone()?);
    let received = incoming.copy(&mut file, options).await?;
    file.sync_all().await?;
    if options.overwrites() {
        part.persist(path).map_err(|error| error.error)?;
    } else {
        part.persist_noclobber(path).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => DownloadError::AlreadyExists(path.to_owned()),
            _ => error.error.into(),
        })?;
    }
    Ok(received)
}

/// Asks for one result, without retries, and returns it if it is a file.
pub(super) async fn begin(client: &Inner, task: &Task, options: &DownloadOptions) -> Result<Incoming, DownloadError> {
    open(client, task, address(client, task, options)?, options).await
}

/// The address of the chosen result, if it may be contacted.
fn address(client: &Inner, task: &Task, options: &DownloadOptions) -> Result<Url, DownloadError> {
    let urls = task.result_urls();
    let Some(url) = urls.get(options.chosen()) else {
        let results = urls.len();
        return Err(DownloadError::NoSuchResult { results, holds: if results == 0 { holds(task) } else { None } });
    };
    let url = Url::parse(url).map_err(|_| DownloadError::InvalidUrl)?;
    client.addresses.url(&url).map_err(|forbidden| match forbidden {
        ForbiddenAddress::Scheme => DownloadError::InvalidUrl,
        forbidden => DownloadError::Forbidden(forbidden),
    })?;
    Ok(url)
}

/// What a task has instead of addresses.
fn holds(task: &Task) -> Option<String> {
    if !task.has_results() && task.extra.is_empty() {
        return None;
    }
    let mut document = serde_json::to_value(task).ok()?;
    let properties = document.as_object_mut()?;
    for known in ["id", "created", "model", "object", "progress", "status", "task_info", "type", "usage"] {
        properties.remove(known);
    }
    (!properties.is_empty()).then(|| line(&without_queries(&document.to_string())))
}

/// A file that has begun to arrive, and is one judging by its type and its first bytes.
pub(super) struct Incoming {
    response: Response,
    head: Vec<u8>,
    /// The length that was announced.
    expected: Option<u64>,
}

async fn open(client: &Inner, task: &Task, url: Url, options: &DownloadOptions) -> Result<Incoming, DownloadError> {
    // Without the key: the address is enough to get the file, and the server may belong to somebody else.
    let http = client.local_downloads.as_ref().filter(|_| is_loopback(&url)).unwrap_or(&client.downloads);
    let request = http.get(url).header(USER_AGENT, &client.user_agent).header(ACCEPT_ENCODING, "identity");
    let mut response = heard(options, request.send()).await?;
    let status = response.status().as_u16();
    let content_type = response.headers().get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let content_type = content_type.unwrap_or_default().into_owned();
    if status != 200 {
        let retry_after = retry_after::requested(response.headers(), SystemTime::now());
        let mut body = Vec::new();
        fill(&mut response, &mut body, LONGEST_REFUSAL, options).await.ok();
        return Err(DownloadError::Refused { status, excerpt: excerpt(&body, &client.key), retry_after });
    }
    let expected = response.content_length();
    let mut head = Vec::new();
    fill(&mut response, &mut head, media::HEAD, options).await?;
    let any = options.takes_any() || task.type_ == Some(OutputKind::Text);
    if !head.is_empty() && !media::is_file(&content_type, &head, any) {
        // A failure does not matter: what was read so far is shown.
        fill(&mut response, &mut head, LONGEST_REFUSAL, options).await.ok();
        return Err(DownloadError::NotAFile {
            content_type: excerpt(content_type.as_bytes(), &client.key),
            excerpt: excerpt(&head, &client.key),
        });
    }
    Ok(Incoming { response, head, expected })
}

/// Reads until there are that many bytes, or no more.
async fn fill(
    response: &mut Response,
    bytes: &mut Vec<u8>,
    enough: usize,
    options: &DownloadOptions,
) -> Result<(), DownloadError> {
    while bytes.len() < enough {
        match heard(options, response.chunk()).await? {
            Some(chunk) => bytes.extend_from_slice(&chunk),
            None => break,
        }
    }
    Ok(())
}

impl Incoming {
    /// Writes all of it, and returns its length if that is the announced one.
    pub(super) async fn copy(
        mut self,
        writer: &mut (impl AsyncWrite + Unpin + ?Sized),
        options: &DownloadOptions,
    ) -> Result<u64, DownloadError> {
        let expected = self.expected;
        let mut received = self.head.len() as u64;
        if received > 0 {
            writer.write_all(&self.head).await?;
            options.tell(received, expected);
        }
        while let Some(chunk) = heard(options, self.response.chunk()).await? {
            writer.write_all(&chunk).await?;
            received += chunk.len() as u64;
            options.tell(received, expected);
        }
        writer.flush().await?;
        if received == 0 || expected.is_some_and(|expected| expected != received) {
            return Err(DownloadError::WrongLength { expected, received });
        }
        Ok(received)
    }
}

/// The result of waiting for the other side, or an error if it is silent for too long.
async fn heard<T>(
    options: &DownloadOptions,
    next: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, DownloadError> {
    match timeout(options.patience(), next).await {
        Ok(Ok(next)) => Ok(next),
        Ok(Err(error)) => Err(match forbidden(&error) {
            Some(forbidden) => DownloadError::Forbidden(forbidden),
            None => DownloadError::Connection(TransportError::new(error)),
        }),
        Err(_) => Err(DownloadError::Connection(TransportError::silence())),
    }
}

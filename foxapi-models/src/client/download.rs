//! From the address of a result to a file: whole under its name, or not there.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use reqwest::{Response, Url};
use tempfile::NamedTempFile;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use crate::Task;

use super::Inner;
use super::download_error::DownloadError;
use super::excerpt::excerpt;
use super::retry_after;
use super::transport_error::TransportError;

/// How much of a refusal is read.
const LONGEST_REFUSAL: usize = 16 * 1024;

/// Takes the bytes that came and those that will.
type OnProgress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// Which result to fetch, and what to do meanwhile.
///
/// ```
/// use foxapi_models::client::DownloadOptions;
///
/// let options = DownloadOptions::default()
///     .overwrite(true)
///     .on_progress(|received, total| println!("{received} of {total:?} bytes"));
/// # let _ = options;
/// ```
#[derive(Clone)]
#[must_use]
pub struct DownloadOptions {
    overwrite: bool,
    result: usize,
    silence: Duration,
    on_progress: Option<OnProgress>,
}

impl Default for DownloadOptions {
    /// The first result, into a new file, as long as something comes every 30 seconds.
    fn default() -> Self {
        Self { overwrite: false, result: 0, silence: Duration::from_secs(30), on_progress: None }
    }
}

impl DownloadOptions {
    /// Whether a file of that name may be replaced.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Which result of the task, counted from 0.
    pub fn result(mut self, index: usize) -> Self {
        self.result = index;
        self
    }

    /// Which result is chosen.
    #[cfg(feature = "journal")]
    pub(crate) fn chosen(&self) -> usize {
        self.result
    }

    /// How long the server may send nothing; there is no limit for the whole.
    pub fn silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    /// Is called with the bytes that came and those that will, where the server says so.
    ///
    /// Begins anew when the download does, after a fault of the connection.
    pub fn on_progress(mut self, callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(callback));
        self
    }
}

impl fmt::Debug for DownloadOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadOptions")
            .field("overwrite", &self.overwrite)
            .field("result", &self.result)
            .field("silence", &self.silence)
            .finish_non_exhaustive()
    }
}

/// Fetches one result once; gives its length.
pub(super) async fn download(
    client: &Inner,
    task: &Task,
    path: &Path,
    options: &DownloadOptions,
) -> Result<u64, DownloadError> {
    let urls = task.result_urls();
    let url = urls.get(options.result).ok_or(DownloadError::NoSuchResult { results: urls.len() })?;
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or(DownloadError::InvalidUrl)?;
    if !options.overwrite && path.symlink_metadata().is_ok() {
        return Err(DownloadError::AlreadyExists(path.to_owned()));
    }
    let part = part_file(path)?;

    // The key stays out of this: the address alone opens the file, and it is of another company's server.
    let request = client.downloads.get(url).header(USER_AGENT, &client.user_agent).header(ACCEPT_ENCODING, "identity");
    let response = heard(options, request.send()).await?;
    let response = accept(client, options, response).await?;
    let expected = response.content_length();
    let received = write(response, &part, options).await?;
    if received == 0 || expected.is_some_and(|expected| expected != received) {
        return Err(DownloadError::WrongLength { expected, received });
    }

    if options.overwrite {
        part.persist(path).map_err(|error| error.error)?;
    } else {
        part.persist_noclobber(path).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => DownloadError::AlreadyExists(path.to_owned()),
            _ => error.error.into(),
        })?;
    }
    Ok(received)
}

/// The file that is written until it is whole, beside the final one: `video.mp4.a1b2c3.part`.
///
/// Each download has its own, so that two into the same file do not mix; it goes with its owner.
fn part_file(path: &Path) -> Result<NamedTempFile, DownloadError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut prefix = path
        .file_name()
        .ok_or(std::io::ErrorKind::InvalidFilename)
        .map_err(|kind| DownloadError::Io(kind.into()))?
        .to_owned();
    prefix.push(".");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".part");
    // The video is no secret of this user: it gets the permissions that any new file gets.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(builder.tempfile_in(folder)?)
}

/// The answer, if it is a file.
async fn accept(client: &Inner, options: &DownloadOptions, mut response: Response) -> Result<Response, DownloadError> {
    let status = response.status().as_u16();
    let header =
        |name| response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    if status == 200 {
        let content_type = header(CONTENT_TYPE).unwrap_or_default();
        let is_page = content_type.trim_start().to_ascii_lowercase().starts_with("text/html");
        return if is_page {
            let content_type = excerpt(client.key.redact(content_type).as_bytes());
            Err(DownloadError::NotAFile { content_type })
        } else {
            Ok(response)
        };
    }
    let retry_after = header(RETRY_AFTER).and_then(|value| retry_after::parse(&value, SystemTime::now()));
    let mut body = Vec::new();
    // What it says is a courtesy: without it the status remains.
    while let Ok(Some(chunk)) = heard(options, response.chunk()).await {
        body.extend_from_slice(&chunk);
        if body.len() >= LONGEST_REFUSAL {
            break;
        }
    }
    Err(DownloadError::Refused { status, excerpt: excerpt(&client.key.redact_bytes(body)), retry_after })
}

async fn write(mut response: Response, part: &NamedTempFile, options: &DownloadOptions) -> Result<u64, DownloadError> {
    let total = response.content_length();
    let mut file = File::from_std(part.as_file().try_clone()?);
    let mut received = 0;
    while let Some(chunk) = heard(options, response.chunk()).await? {
        file.write_all(&chunk).await?;
        received += chunk.len() as u64;
        if let Some(callback) = &options.on_progress {
            callback(received, total);
        }
    }
    file.flush().await?;
    file.sync_all().await?;
    Ok(received)
}

/// What comes before the other side was silent for too long.
async fn heard<T>(
    options: &DownloadOptions,
    next: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, DownloadError> {
    match timeout(options.silence, next).await {
        Ok(Ok(next)) => Ok(next),
        Ok(Err(error)) => Err(DownloadError::Connection(TransportError::new(error))),
        Err(_) => Err(DownloadError::Connection(TransportError::silence())),
    }
}

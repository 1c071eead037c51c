//! Uploads a file to get an address for requests. Uploads cost nothing and are kept for 72 hours.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, RequestBuilder};
use serde_json::{Map, Value};
use tokio::fs::File;
use tokio::io::AsyncRead;
use tokio::time::timeout;

use super::error::{ClientError, ErrorKind, Operation};
use super::exchange::exchange;
use super::transport_error::{LostAnswer, TransportError};
use super::upload_body::{Sent, UploadBody};
use super::upload_error::UploadError;
use super::upload_options::UploadOptions;
use super::uploaded::Uploaded;
use super::{Client, answer, noted};

/// The path for the bytes of a file.
const STREAM: &str = "/v1/files/upload/stream";

/// The path for the address of a file that the API fetches itself.
const BY_URL: &str = "/v1/files/upload/url";

/// The name for a file without one.
const UNNAMED: &str = "upload.bin";

impl Client {
    /// Uploads a local file. Requests take its [`url`](Uploaded::url) for 72 hours.
    ///
    /// The file is streamed, so its size does not matter for memory. An upload costs nothing, so it is retried after every
    /// failure that may be temporary. A retry may leave a second copy in the storage of the account, which also expires
    /// after 72 hours.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use foxapi_models::veo::Veo31ImageToVideo;
    ///
    /// let garden = client.upload("garden.jpg").await?;
    /// let request = Veo31ImageToVideo::builder().prompt("a light wind").image_url(garden.url).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The file cannot be read, or there was no answer despite retries. The API refuses a file that is
    /// [too large](ClientError::is_file_too_large): the limit is not documented, and a proxy in front of the API refuses
    /// more than about 100 MB. It answers 403 if the storage of the account is full and
    /// [`auto_cleanup`](UploadOptions::auto_cleanup) is off.
    pub async fn upload(&self, path: impl AsRef<Path>) -> Result<Uploaded, ClientError> {
        self.upload_with(path, &UploadOptions::default()).await
    }

    /// Uploads a local file, with the given options.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// use foxapi_models::client::UploadOptions;
    ///
    /// let options = UploadOptions::default().on_progress(|sent, total| println!("{sent} of {total:?} bytes"));
    /// let garden = client.upload_with("garden.jpg", &options).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub async fn upload_with(&self, path: impl AsRef<Path>, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        let path = path.as_ref();
        let name = path.file_name().map_or_else(|| UNNAMED.to_owned(), |name| name.to_string_lossy().into_owned());
        let work = self.0.retry.run(async || {
            let file = File::open(path).await.map_err(UploadError::Io)?;
            let metadata = file.metadata().await.map_err(UploadError::Io)?;
            if !metadata.is_file() {
                return Err(UploadError::NotAFile(path.to_owned()).into());
            }
            self.upload_once(&name, file, Some(metadata.len()), options).await
        });
        noted(work).await
    }

    /// Uploads bytes in memory, under a name with the right extension, such as `garden.jpg`.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub async fn upload_bytes(
        &self,
        name: &str,
        bytes: Vec<u8>,
        options: &UploadOptions,
    ) -> Result<Uploaded, ClientError> {
        let bytes: Arc<[u8]> = bytes.into();
        let length = bytes.len() as u64;
        let work = self.0.retry.run(async || {
            self.upload_once(name, std::io::Cursor::new(Arc::clone(&bytes)), Some(length), options).await
        });
        noted(work).await
    }

    /// Uploads what a reader returns, under a name with the right extension; `length` is its length in bytes, if known.
    ///
    /// A reader cannot be read twice, so this upload is never retried. Without a length the body is sent in chunks, which
    /// not every proxy accepts.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload), at the first failure.
    pub async fn upload_reader(
        &self,
        name: &str,
        reader: impl AsyncRead + Send + Sync + 'static,
        length: Option<u64>,
        options: &UploadOptions,
    ) -> Result<Uploaded, ClientError> {
        noted(self.upload_once(name, reader, length, options)).await
    }

    /// Asks the API to fetch a file from an address, and to keep it for 72 hours. Retried as [`upload`](Self::upload) is.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload), or the API cannot fetch the file.
    pub async fn upload_url(&self, url: &str, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        let mut body = Map::new();
        body.insert("url".to_owned(), url.into());
        if let Some(name) = &options.file_name {
            body.insert("file_name".to_owned(), name.as_str().into());
        }
        if let Some(clean_up) = options.auto_cleanup {
            body.insert("auto_cleanup".to_owned(), clean_up.into());
        }
        let body = Value::Object(body).to_string();
        let work = self.0.retry.run(async || {
            let request = self.0.http.post(self.url(BY_URL)).header(CONTENT_TYPE, "application/json");
            self.answer_of(request.body(body.clone()), &Sent::default(), options.silence).await
        });
        noted(work).await
    }

    /// Sends a file once.
    async fn upload_once(
        &self,
        name: &str,
        reader: impl AsyncRead + Send + Sync + 'static,
        length: Option<u64>,
        options: &UploadOptions,
    ) -> Result<Uploaded, ClientError> {
        let name = options.file_name.as_deref().unwrap_or(name).to_owned();
        let sent = Sent::default();
        let body = Body::wrap(UploadBody::new(reader, length, sent.clone(), options.on_progress.clone()));
        let part = match length {
            Some(length) => Part::stream_with_length(body, length),
            None => Part::stream(body),
        };
        let kind = mime_guess::from_path(&name).first_or_octet_stream();
        let part = part.file_name(name.clone()).mime_str(kind.as_ref());
        let part = part.map_err(|error| ErrorKind::NotSent(TransportError::new(error)));
        let part = part.map_err(|kind| ClientError::new(Operation::Ask, kind))?;
        // The fields go before the file, for servers that parse the body while receiving it.
        let mut form = Form::new();
        if let Some(name) = &options.file_name {
            form = form.text("file_name", name.clone());
        }
        if let Some(clean_up) = options.auto_cleanup {
            form = form.text("auto_cleanup", clean_up.to_string());
        }
        let request = self.0.http.post(self.url(STREAM)).multipart(form.part("file", part));
        let done = self.answer_of(request, &sent, options.silence).await;
        // If the file could not be read, that error says more than the error of the connection.
        match sent.take_fault() {
            Some(fault) => Err(fault.into()),
            None => done,
        }
    }

    /// Waits for the answer to an upload, which may take any time as long as something is sent.
    async fn answer_of(
        &self,
        request: RequestBuilder,
        sent: &Sent,
        silence: Duration,
    ) -> Result<Uploaded, ClientError> {
        let mut work = std::pin::pin!(exchange(self.prepared(request), Operation::Ask, &self.0.key));
        let mut before = sent.bytes();
        loop {
            if let Ok(done) = timeout(silence, work.as_mut()).await {
                return answer::document(done?, &self.0.key);
            }
            if sent.bytes() == before {
                let lost = LostAnswer { cause: TransportError::silence(), status: None, excerpt: None };
                return Err(ClientError::new(Operation::Ask, ErrorKind::NoAnswer(lost)));
            }
            before = sent.bytes();
        }
    }
}

impl ClientError {
    /// Whether a file was too large for the API, or for the proxy in front of it.
    pub fn is_file_too_large(&self) -> bool {
        let type_ = self.refusal().and_then(|refusal| refusal.error.type_.as_deref());
        self.status() == Some(413) || type_ == Some("file_too_large_error")
    }
}

impl From<UploadError> for ClientError {
    fn from(error: UploadError) -> Self {
        Self::new(Operation::Ask, ErrorKind::Upload(error))
    }
}

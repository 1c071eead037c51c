//! Uploads and questions about the account, without an async runtime.

use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use crate::client::{ClientError, Credits, KeyModel, UploadOptions, Uploaded};

use tokio::io::{AsyncRead, ReadBuf};

use super::Client;

impl Client {
    /// Uploads a local file; see [`Client::upload`](crate::Client::upload).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn upload(&self, path: impl AsRef<Path>) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload(path))
    }

    /// Uploads a local file, with the given options; see [`Client::upload_with`](crate::Client::upload_with).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn upload_with(&self, path: impl AsRef<Path>, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_with(path, options))
    }

    /// Uploads bytes in memory; see [`Client::upload_bytes`](crate::Client::upload_bytes).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn upload_bytes(&self, name: &str, bytes: Vec<u8>, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_bytes(name, bytes, options))
    }

    /// Uploads what a reader returns; see [`Client::upload_reader`](crate::Client::upload_reader).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn upload_reader(
        &self,
        name: &str,
        reader: impl Read + Send + 'static,
        length: Option<u64>,
        options: &UploadOptions,
    ) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_reader(name, Blocking(Mutex::new(reader)), length, options))
    }

    /// Asks the API to fetch a file from an address, and to keep it; see
    /// [`Client::upload_url`](crate::Client::upload_url).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn upload_url(&self, url: &str, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_url(url, options))
    }

    /// Fetches the credits of the account; see [`Client::credits`](crate::Client::credits).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn credits(&self) -> Result<Credits, ClientError> {
        self.block_on(self.client.credits())
    }

    /// Fetches the models that the key may use; see [`Client::key_models`](crate::Client::key_models).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn key_models(&self) -> Result<Vec<KeyModel>, ClientError> {
        self.block_on(self.client.key_models())
    }
}

/// A reader that may block, in the runtime of the blocking client.
struct Blocking<R>(Mutex<R>);

impl<R: Read + Send> AsyncRead for Blocking<R> {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut reader = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let read = tokio::task::block_in_place(|| reader.read(buffer.initialize_unfilled()));
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A reader that claims to have returned more than there is room for is not trusted.
                read => return Poll::Ready(read.map(|length| buffer.advance(length.min(buffer.remaining())))),
            }
        }
    }
}

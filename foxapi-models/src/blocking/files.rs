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
    /// See [`Client::upload`](crate::Client::upload).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn upload(&self, path: impl AsRef<Path>) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload(path))
    }

    /// See [`Client::upload_with`](crate::Client::upload_with).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn upload_with(&self, path: impl AsRef<Path>, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_with(path, options))
    }

    /// See [`Client::upload_bytes`](crate::Client::upload_bytes).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn upload_bytes(&self, name: &str, bytes: Vec<u8>, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_bytes(name, bytes, options))
    }

    /// See [`Client::upload_reader`](crate::Client::upload_reader).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn upload_reader(
        &self,
        name: &str,
        reader: impl Read + Send + 'static,
        length: Option<u64>,
        options: &UploadOptions,
    ) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_reader(name, Blocking(Mutex::new(reader)), length, options))
    }

    /// See [`Client::upload_url`](crate::Client::upload_url).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn upload_url(&self, url: &str, options: &UploadOptions) -> Result<Uploaded, ClientError> {
        self.block_on(self.client.upload_url(url, options))
    }

    /// See [`Client::credits`](crate::Client::credits).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn credits(&self) -> Result<Credits, ClientError> {
        self.block_on(self.client.credits())
    }

    /// See [`Client::key_models`](crate::Client::key_models).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
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
                // A reader that claims to have given more than there is room for is not believed.
                read => return Poll::Ready(read.map(|length| buffer.advance(length.min(buffer.remaining())))),
            }
        }
    }
}

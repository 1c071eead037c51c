//! The client for programs without an async runtime (feature `blocking`).
//!
//! ```no_run
//! use foxapi_models::kling::KlingV3TextToVideo;
//! use foxapi_models::blocking::Client;
//!
//! let client = Client::from_env()?; // reads FOXAPI_API_KEY
//! let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
//!
//! let task = client.run(&request)?;
//! client.download(&task, "river.mp4")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Settings and errors are those of [`client`](crate::client): `ClientBuilder::new()….build()?` makes a client
//! that [`Client::from_async`] takes. Inside of an async runtime, also in its `spawn_blocking`, every call is an error:
//! use [`Client`](crate::Client) there, with `Handle::block_on` where need be.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::client::{ApiKey, BuildError, ClientError, DownloadOptions, ErrorKind, WaitOptions};
use crate::{Request, Task};

mod files;
#[cfg(feature = "journal")]
mod journal;

#[cfg(feature = "journal")]
pub use journal::Journal;

/// A client whose methods return when they are done; cheap to clone, and made to be used from many threads.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::client::Client,
    runtime: Arc<Background>,
}

impl Client {
    /// See [`Client::new`](crate::Client::new).
    ///
    /// # Errors
    ///
    /// The key cannot be used, or TLS or the background thread cannot be set up.
    pub fn new(api_key: impl Into<ApiKey>) -> Result<Self, BuildError> {
        Self::from_async(crate::Client::new(api_key)?)
    }

    /// See [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    ///
    /// The key is missing, key or address cannot be used, or TLS or the background thread cannot be set up.
    pub fn from_env() -> Result<Self, BuildError> {
        Self::from_async(crate::Client::from_env()?)
    }

    /// A client with the settings of another.
    ///
    /// ```
    /// use foxapi_models::{blocking, client::ClientBuilder};
    ///
    /// let settings = ClientBuilder::new().api_key("sk-0123456789abcdef").user_agent("film-studio/2.0");
    /// let client = blocking::Client::from_async(settings.build()?)?;
    /// # Ok::<(), foxapi_models::client::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The background thread cannot be started.
    pub fn from_async(client: crate::Client) -> Result<Self, BuildError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("foxapi").enable_all().build();
        Ok(Self { client, runtime: Arc::new(Background(Some(runtime.map_err(BuildError::Runtime)?))) })
    }

    /// See [`Client::submit`](crate::Client::submit).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn submit<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.block_on(self.client.submit(request))
    }

    /// See [`Client::submit_unchecked`](crate::Client::submit_unchecked).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn submit_unchecked<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.block_on(self.client.submit_unchecked(request))
    }

    /// See [`Client::submit_json`](crate::Client::submit_json).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn submit_json(&self, body: &Value) -> Result<Task, ClientError> {
        self.block_on(self.client.submit_json(body))
    }

    /// See [`Client::task`](crate::Client::task).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn task(&self, id: &str) -> Result<Task, ClientError> {
        self.block_on(self.client.task(id))
    }

    /// See [`Client::refresh`](crate::Client::refresh).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn refresh(&self, id: &str) -> Result<Task, ClientError> {
        self.block_on(self.client.refresh(id))
    }

    /// See [`Client::wait`](crate::Client::wait).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn wait(&self, id: &str) -> Result<Task, ClientError> {
        self.block_on(self.client.wait(id))
    }

    /// See [`Client::wait_with`](crate::Client::wait_with).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn wait_with(&self, id: &str, options: &WaitOptions) -> Result<Task, ClientError> {
        self.block_on(self.client.wait_with(id, options))
    }

    /// See [`Client::run`](crate::Client::run).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn run<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.block_on(self.client.run(request))
    }

    /// See [`Client::run_with`](crate::Client::run_with).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn run_with<R: Request>(&self, request: &R, options: &WaitOptions) -> Result<Task, ClientError> {
        self.block_on(self.client.run_with(request, options))
    }

    /// See [`Client::download`](crate::Client::download).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn download(&self, task: &Task, path: impl AsRef<Path>) -> Result<u64, ClientError> {
        self.block_on(self.client.download(task, path))
    }

    /// See [`Client::download_with`](crate::Client::download_with).
    ///
    /// # Errors
    ///
    /// As there, and when called inside of an async runtime.
    pub fn download_with(
        &self,
        task: &Task,
        path: impl AsRef<Path>,
        options: &DownloadOptions,
    ) -> Result<u64, ClientError> {
        self.block_on(self.client.download_with(task, path, options))
    }

    fn block_on<T>(&self, work: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
        match &self.runtime.0 {
            // Tokio panics where one runtime would block another.
            Some(runtime) if Handle::try_current().is_err() => runtime.block_on(work),
            _ => Err(ClientError::before_sending(ErrorKind::InsideAsyncRuntime)),
        }
    }
}

/// The runtime behind the blocking client; it is there until it is dropped.
#[derive(Debug)]
struct Background(Option<Runtime>);

impl Drop for Background {
    /// Waits for nothing: to wait inside of another runtime is a panic.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

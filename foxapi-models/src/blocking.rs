//! The client for programs without an async runtime (feature `blocking`).
//!
//! ```no_run
//! use foxapi_models::kling::KlingV3TextToVideo;
//! use foxapi_models::blocking::Client;
//!
//! let client = Client::from_env()?; // reads FOXAPI_API_KEY
//! let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
//!
//! let task = client.submit(&request)?;
//! println!("{}", task.id); // store it: any process can wait for it
//! let task = client.wait(&task.id)?;
//! client.download(&task, "river.mp4")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Settings and errors are those of [`client`](crate::client): `ClientBuilder::new()….build()?` makes a client
//! that [`Client::from_async`] takes. Where a call would block an async runtime, in a task of tokio, it is an error:
//! use [`Client`](crate::Client) there. `spawn_blocking` and `block_in_place` are made for it.

use std::io::{self, Write};
use std::path::Path;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use serde_json::Value;
use tokio::io::AsyncWrite;
use tokio::runtime::{Builder, Runtime};
use tokio::task::coop;

use crate::client::{ApiKey, BuildError, ClientError, DownloadOptions, ErrorKind, WaitOptions};
use crate::{Request, Task};

mod files;
#[cfg(feature = "journal")]
mod journal;

#[cfg(feature = "journal")]
pub use journal::Journal;

/// A client whose methods block until they are done. It is cheap to clone, and can be used from many threads.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::client::Client,
    runtime: Arc<Background>,
}

impl Client {
    /// Creates a client with this key and default settings; see [`Client::new`](crate::Client::new).
    ///
    /// # Errors
    ///
    /// The key is invalid, or TLS or the background thread cannot be set up.
    pub fn new(api_key: impl Into<ApiKey>) -> Result<Self, BuildError> {
        Self::from_async(crate::Client::new(api_key)?)
    }

    /// Creates a client with the key and the address in the environment; see
    /// [`Client::from_env`](crate::Client::from_env).
    ///
    /// # Errors
    ///
    /// The key is missing, the key or the address is invalid, or TLS or the background thread cannot be set up.
    pub fn from_env() -> Result<Self, BuildError> {
        Self::from_async(crate::Client::from_env()?)
    }

    /// Creates a client with the settings of an async one.
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

    /// Checks a request and submits it; see [`Client::submit`](crate::Client::submit).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn submit<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.block_on(self.client.submit(request))
    }

    /// Submits a request without checking it; see [`Client::submit_unchecked`](crate::Client::submit_unchecked).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn submit_unchecked<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.block_on(self.client.submit_unchecked(request))
    }

    /// Submits any JSON body; see [`Client::submit_json`](crate::Client::submit_json).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn submit_json(&self, body: &Value) -> Result<Task, ClientError> {
        self.block_on(self.client.submit_json(body))
    }

    /// Fetches the state of a task; see [`Client::task`](crate::Client::task).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn task(&self, id: &str) -> Result<Task, ClientError> {
        self.block_on(self.client.task(id))
    }

    /// Fetches the state of a task from the provider of its model; see [`Client::refresh`](crate::Client::refresh).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn refresh(&self, id: &str) -> Result<Task, ClientError> {
        self.block_on(self.client.refresh(id))
    }

    /// Waits until a task has results, for at most half an hour; see [`Client::wait`](crate::Client::wait).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn wait(&self, id: &str) -> Result<Task, ClientError> {
        self.block_on(self.client.wait(id))
    }

    /// Waits until a task has results, with the given options; see [`Client::wait_with`](crate::Client::wait_with).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn wait_with(&self, id: &str, options: &WaitOptions) -> Result<Task, ClientError> {
        self.block_on(self.client.wait_with(id, options))
    }

    /// Submits a request and waits until its task has results; see [`Client::run`](crate::Client::run).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn run<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.block_on(self.client.run(request))
    }

    /// Submits a request and waits until its task has results, with the given options; see
    /// [`Client::run_with`](crate::Client::run_with).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn run_with<R: Request>(&self, request: &R, options: &WaitOptions) -> Result<Task, ClientError> {
        self.block_on(self.client.run_with(request, options))
    }

    /// Stores the first result of a task in a new file; see [`Client::download`](crate::Client::download).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn download(&self, task: &Task, path: impl AsRef<Path>) -> Result<u64, ClientError> {
        self.block_on(self.client.download(task, path))
    }

    /// Stores a result of a task in a file, with the given options; see
    /// [`Client::download_with`](crate::Client::download_with).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn download_with(
        &self,
        task: &Task,
        path: impl AsRef<Path>,
        options: &DownloadOptions,
    ) -> Result<u64, ClientError> {
        self.block_on(self.client.download_with(task, path, options))
    }

    /// Writes a result of a task to any writer; see [`Client::download_to`](crate::Client::download_to).
    ///
    /// # Errors
    ///
    /// The same errors; also fails inside an async runtime.
    pub fn download_to(
        &self,
        task: &Task,
        writer: &mut impl Write,
        options: &DownloadOptions,
    ) -> Result<u64, ClientError> {
        self.block_on(self.client.download_to(task, &mut AtOnce(writer), options))
    }

    fn block_on<T>(&self, work: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
        match &self.runtime.0 {
            Some(runtime) if !is_inside_of_a_task() => {
                let _guard = runtime.enter();
                wait_for(work)
            }
            _ => Err(ClientError::before_sending(ErrorKind::InsideAsyncRuntime)),
        }
    }
}

/// Whether this code runs inside a tokio task, which must not block.
///
/// Only tasks have a limited budget of work. Asking tokio itself would risk a panic.
fn is_inside_of_a_task() -> bool {
    /// A task has 128 units.
    const MORE_THAN_A_TASK_HAS: usize = 1024;

    let mut context = Context::from_waker(Waker::noop());
    (0..MORE_THAN_A_TASK_HAS).any(|_| match coop::poll_proceed(&mut context) {
        Poll::Ready(unit) => {
            unit.made_progress();
            false
        }
        Poll::Pending => true,
    })
}

/// Waits for a future on this thread. The entered runtime drives timers and connections.
fn wait_for<T>(work: impl Future<Output = T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut work = pin!(work);
    loop {
        match work.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => thread::park(),
        }
    }
}

/// A blocking writer as an async one.
struct AtOnce<'a, W>(&'a mut W);

impl<W: Write> AsyncWrite for AtOnce<'_, W> {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(loop {
            match self.0.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => break done,
            }
        })
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.flush())
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(context)
    }
}

/// The runtime behind the blocking client; `None` only while it is dropped.
#[derive(Debug)]
struct Background(Option<Runtime>);

impl Drop for Background {
    /// Does not wait for tasks, because waiting inside another runtime would panic.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

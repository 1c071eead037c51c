//! The client: submits requests, waits for tasks and downloads results, without ever paying twice (feature `client`).
//!
//! ```no_run
//! use foxapi_models::kling::KlingV3TextToVideo;
//! use foxapi_models::Client;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env()?; // reads FOXAPI_API_KEY
//! let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
//!
//! let task = client.submit(&request).await?;
//! println!("{}", task.id); // store it: any process can wait for it
//! let task = client.wait(&task.id).await?;
//! client.download(&task, "river.mp4").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is retried
//!
//! The API has no idempotency keys, so a submission that may have been received is never sent again. It is retried in
//! only two cases: when no connection was established, and when the API refuses it with 429 or 503 in the documented
//! form. After any other failure you decide what to do;
//! [`may_have_been_accepted`](ClientError::may_have_been_accepted) says whether you may have been charged. The API
//! offers no list of tasks to check: only the credits of the account show whether something was charged. Everything
//! that costs nothing is retried after every failure that may be temporary. [`RetryPolicy`] says how often and how soon.
//!
//! # Nothing paid for is lost
//!
//! Submit, store [`Task::id`](crate::Task), then wait: if the process is killed, another one can wait for the stored ID.
//! Every error after a submission has a [`task_id`](ClientError::task_id). If the answer to a submission is not what the
//! API documents, but anything in it looks like the ID of a task, that ID is in the error too.
//!
//! # Servers are not trusted
//!
//! IDs, addresses, types, sizes and texts from a server are checked before they are used in a path, followed, stored or
//! shown. Results are fetched only from public addresses, unless the API is on this machine or
//! [`allow_private_addresses`](ClientBuilder::allow_private_addresses) says otherwise. If the environment sets a proxy,
//! the proxy resolves names, so only addresses written as numbers can be checked.
//!
//! # Requirements
//!
//! The client needs a `tokio` runtime; [`blocking`](crate::blocking) (feature `blocking`) does not. It uses HTTP/1.1 and
//! the proxies of the environment, and does not follow redirects of the API. Every request has a `User-Agent`, and
//! every submission has `Content-Type: application/json`.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{RequestBuilder, Url};
use serde_json::Value;
use tokio::io::AsyncWrite;

use crate::{Request, Task};

mod account;
mod address;
mod answer;
mod build_error;
mod builder;
mod clean;
mod download;
mod download_error;
mod download_options;
mod environment;
mod error;
mod exchange;
mod key;
mod media;
mod outcome;
mod part;
mod refusal;
mod results;
mod retry;
mod retry_after;
mod states;
mod status;
mod task_id;
mod trace;
mod transport_error;
mod unreadable;
mod upload;
mod upload_body;
mod upload_error;
mod upload_options;
mod uploaded;
mod wait;

pub use account::{Credits, KeyModel};
pub use address::ForbiddenAddress;
pub use build_error::BuildError;
pub use builder::{ClientBuilder, DEFAULT_BASE_URL};
pub use download_error::DownloadError;
pub use download_options::DownloadOptions;
pub use error::{ClientError, ErrorKind, WaitTimeout};
pub use key::ApiKey;
pub use refusal::Refusal;
/// The HTTP library whose settings [`ClientBuilder::configure_http`] changes.
pub use reqwest;
pub use results::Produced;
pub use retry::RetryPolicy;
pub use states::TaskStates;
pub use transport_error::{LostAnswer, TransportError};
pub use unreadable::{Unreadable, UnreadableAnswer};
pub use upload_error::UploadError;
pub use upload_options::UploadOptions;
pub use uploaded::Uploaded;
pub use wait::WaitOptions;

use address::AddressPolicy;
use error::Operation;
use exchange::exchange;
use wait::Wait;

/// Where bodies of unknown models are sent.
const SUBMISSIONS: &str = "/v1/videos/generations";

/// Where tasks are looked up.
const TASKS: &str = "/v1/tasks";

/// A client for the API. It is cheap to clone, and can be used from many tasks at once.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    downloads: reqwest::Client,
    /// For results on this machine, without a proxy; only if the API is on it, too.
    local_downloads: Option<reqwest::Client>,
    addresses: AddressPolicy,
    key: ApiKey,
    authorization: HeaderValue,
    base_url: Url,
    user_agent: HeaderValue,
    request_timeout: Duration,
    retry: RetryPolicy,
}

impl Client {
    /// Creates a client with this key and default settings.
    ///
    /// # Errors
    ///
    /// The key is invalid, or TLS cannot be set up.
    pub fn new(api_key: impl Into<ApiKey>) -> Result<Self, BuildError> {
        ClientBuilder::new().api_key(api_key).build()
    }

    /// Creates a client with the key in `FOXAPI_API_KEY`, for the address in `FOXAPI_BASE_URL` if that is set.
    ///
    /// ```no_run
    /// let client = foxapi_models::Client::from_env()?;
    /// # Ok::<(), foxapi_models::client::BuildError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The key is missing, the key or the address is invalid, or TLS cannot be set up.
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env().build()
    }

    /// Starts building a client with settings other than the defaults.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The address of the API that this client talks to.
    pub fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    /// Checks a request and submits it. Parameters that are not set are not sent.
    ///
    /// Store the [`id`](Task::id) before you do anything else: any process can fetch the result with it.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use foxapi_models::kling::KlingV3TextToVideo;
    ///
    /// let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
    /// let task = client.submit(&request).await?;
    /// std::fs::write("river.task", &task.id)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The request breaks rules, and nothing was sent; or the answer was not a task, and
    /// [`may_have_been_accepted`](ClientError::may_have_been_accepted) says whether it may have been charged anyway.
    pub async fn submit<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        if let Err(violations) = request.validate() {
            let error = ClientError::new(Operation::Submit, ErrorKind::InvalidRequest(violations));
            trace::failed(&error);
            return Err(error);
        }
        self.submit_unchecked(request).await
    }

    /// Submits a request without checking it, for what the server accepts but this version does not know yet.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use foxapi_models::kling::KlingV3TextToVideo;
    ///
    /// let longer = KlingV3TextToVideo::builder().prompt("a river").duration(15).build_unchecked();
    /// let task = client.submit_unchecked(&longer).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit), except that no rules are checked.
    pub async fn submit_unchecked<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.post(request.path(), request.model(), request.to_json()).await
    }

    /// Submits any JSON body, for models that this version does not know yet.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let body = serde_json::json!({"model": "kling-v4-text-to-video", "prompt": "a river in spring"});
    /// let task = client.submit_json(&body).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit), except that no rules are checked.
    pub async fn submit_json(&self, body: &Value) -> Result<Task, ClientError> {
        let model = body.get("model").and_then(Value::as_str).unwrap_or_default();
        self.post(SUBMISSIONS, model, body.to_string()).await
    }

    /// Fetches the state of a task, as the server knows it.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// let task = client.task("task-0123").await?;
    /// println!("{}", task.status);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no such task, or there was no answer despite retries.
    pub async fn task(&self, id: &str) -> Result<Task, ClientError> {
        self.ask_patiently("task", id, false).await
    }

    /// Fetches the state of a task after the server has asked the provider of the model (`sync_upstream`).
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// let task = client.refresh("task-0123").await?;
    /// println!("{:?} %", task.progress);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`task`](Self::task).
    pub async fn refresh(&self, id: &str) -> Result<Task, ClientError> {
        self.ask_patiently("refresh", id, true).await
    }

    /// Waits until a task has results, for at most half an hour.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let id = std::fs::read_to_string("river.task")?; // from a process that is gone
    /// let task = client.wait(id.trim()).await?;
    /// println!("{:?}", task.result_urls());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The task failed or was cancelled, and the error contains it; or the time was up: the task continues, and you can
    /// wait for it again.
    pub async fn wait(&self, id: &str) -> Result<Task, ClientError> {
        self.wait_with(id, &WaitOptions::default()).await
    }

    /// Waits until a task has results, with the given options.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// use foxapi_models::client::WaitOptions;
    ///
    /// let options = WaitOptions::default().on_progress(|task| println!("{:?} %", task.progress));
    /// let task = client.wait_with("task-0123", &options).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`wait`](Self::wait).
    pub async fn wait_with(&self, id: &str, options: &WaitOptions) -> Result<Task, ClientError> {
        trace::asking("wait", id, noted(wait::wait(self, id, None, options))).await
    }

    /// Returns the states of a task as a stream, until it has results.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// use std::pin::pin;
    ///
    /// let mut states = client.watch("task-0123");
    /// // Or use `StreamExt::next` or `TryStreamExt::try_next` of the crates `futures` and `tokio-stream`.
    /// while let Some(task) = std::future::poll_fn(|context| {
    ///     futures_core::Stream::poll_next(pin!(&mut states), context)
    /// }).await {
    ///     let task = task?;
    ///     println!("{}: {:?} %", task.status, task.progress);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Where [`wait`](Self::wait) would return an error, the last item is that error.
    pub fn watch(&self, id: &str) -> TaskStates {
        self.watch_with(id, &WaitOptions::default())
    }

    /// Returns the states of a task as a stream, with the given options; see [`watch`](Self::watch).
    pub fn watch_with(&self, id: &str, options: &WaitOptions) -> TaskStates {
        TaskStates::new(Wait::new(self.clone(), id.to_owned(), None, options.clone()))
    }

    /// Submits a request and waits until its task has results.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use foxapi_models::kling::KlingV3TextToVideo;
    ///
    /// let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
    /// let task = client.run(&request).await?;
    /// println!("{:?}", task.result_urls());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit) and [`wait`](Self::wait). Once the request was submitted, the error has a
    /// [`task_id`](ClientError::task_id): wait for that task, because running the request again means paying again.
    pub async fn run<R: Request>(&self, request: &R) -> Result<Task, ClientError> {
        self.run_with(request, &WaitOptions::default()).await
    }

    /// Submits a request and waits until its task has results, with the given options.
    ///
    /// [`on_progress`](WaitOptions::on_progress) is first called with the task as it was accepted: store its ID there.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub async fn run_with<R: Request>(&self, request: &R, options: &WaitOptions) -> Result<Task, ClientError> {
        let task = self.submit(request).await?;
        let id = task.id.clone();
        let waiting = trace::asking("wait", &id, noted(wait::wait(self, &id, Some(task), options)));
        waiting.await.map_err(|error| error.about(&id).after_submit())
    }

    /// Stores the first result of a task in a new file, and returns its length in bytes.
    ///
    /// The result is first written to a file next to it whose name ends in `.part`, and renamed once it is complete. The
    /// API key is not sent.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// let task = client.wait("task-0123").await?;
    /// let bytes = client.download(&task, "river.mp4").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The task has no result, the file already exists, the server sends something other than a file, or the result cannot
    /// be fetched or written. [`DownloadOptions::check`] tells you before you pay whether the file can be written.
    pub async fn download(&self, task: &Task, path: impl AsRef<Path>) -> Result<u64, ClientError> {
        self.download_with(task, path, &DownloadOptions::default()).await
    }

    /// Stores a result of a task in a file, with the given options, and returns its length in bytes.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// use foxapi_models::client::DownloadOptions;
    ///
    /// let task = client.wait("task-0123").await?;
    /// let options = DownloadOptions::default().overwrite(true);
    /// client.download_with(&task, "river.mp4", &options).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download).
    pub async fn download_with(
        &self,
        task: &Task,
        path: impl AsRef<Path>,
        options: &DownloadOptions,
    ) -> Result<u64, ClientError> {
        let path = path.as_ref();
        let work = self.0.retry.run(async || {
            download::to_file(&self.0, task, path, options).await.map_err(|error| downloading(task, error))
        });
        trace::asking("download", &task.id, noted(work)).await
    }

    /// Writes a result of a task to any writer, and returns its length in bytes.
    ///
    /// The download is retried only until the first byte has been written, because what a writer has received cannot be
    /// taken back. After an error, the writer may have received a part of the result.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// use foxapi_models::client::DownloadOptions;
    ///
    /// let task = client.wait("task-0123").await?;
    /// let mut video = Vec::new();
    /// client.download_to(&task, &mut video, &DownloadOptions::default()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download), or the writer fails.
    pub async fn download_to(
        &self,
        task: &Task,
        writer: &mut (impl AsyncWrite + Unpin + ?Sized),
        options: &DownloadOptions,
    ) -> Result<u64, ClientError> {
        let work = async {
            let begin =
                async || download::begin(&self.0, task, options).await.map_err(|error| downloading(task, error));
            let incoming = self.0.retry.run(begin).await?;
            incoming.copy(writer, options).await.map_err(|error| downloading(task, error))
        };
        trace::asking("download", &task.id, noted(work)).await
    }

    /// Submits a body. Nothing else does.
    async fn post(&self, path: &str, model: &str, body: String) -> Result<Task, ClientError> {
        let work = self.0.retry.run(async || {
            let request = self.0.http.post(self.url(path)).header(CONTENT_TYPE, "application/json").body(body.clone());
            self.send(request, Operation::Submit).await
        });
        trace::submitting(model, async {
            let task = noted(work).await?;
            trace::submitted(&task.id);
            Ok(task)
        })
        .await
    }

    async fn ask_patiently(&self, what: &'static str, id: &str, sync_upstream: bool) -> Result<Task, ClientError> {
        let work = self.0.retry.run(|| self.ask(id, sync_upstream));
        trace::asking(what, id, noted(async { work.await.map_err(|error| error.about(id)) })).await
    }

    /// Fetches the state of a task once.
    async fn ask(&self, id: &str, sync_upstream: bool) -> Result<Task, ClientError> {
        let segment = task_id::segment(id).ok_or_else(|| ClientError::new(Operation::Ask, ErrorKind::InvalidTaskId))?;
        let mut url = self.url(&format!("{TASKS}/{segment}"));
        if sync_upstream {
            url.set_query(Some("sync_upstream=true"));
        }
        let task = self.send(self.0.http.get(url), Operation::Ask).await?;
        if task.id == id { Ok(task) } else { Err(answer::of_another(&task)) }
    }

    async fn send(&self, request: RequestBuilder, operation: Operation) -> Result<Task, ClientError> {
        let request = self.prepared(request).timeout(self.0.request_timeout);
        answer::task(exchange(request, operation, &self.0.key).await?, operation, &self.0.key)
    }

    /// Adds the headers that every request to the API has.
    fn prepared(&self, request: RequestBuilder) -> RequestBuilder {
        request.header(AUTHORIZATION, &self.0.authorization).header(USER_AGENT, &self.0.user_agent)
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.0.base_url.clone();
        let path = format!("{}{path}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    }
}

fn downloading(task: &Task, error: DownloadError) -> ClientError {
    ClientError::new(Operation::Ask, ErrorKind::Download(error)).about(&task.id)
}

/// Runs the work, and records its failure in the trace.
async fn noted<T>(work: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
    let done = work.await;
    if let Err(error) = &done {
        trace::failed(error);
    }
    done
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api_key", &self.0.key)
            .field("base_url", &self.0.base_url.as_str())
            .field("user_agent", &self.0.user_agent)
            .field("request_timeout", &self.0.request_timeout)
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}

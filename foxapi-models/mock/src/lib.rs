//! A small server that imitates FoxAPI on this machine, for tests of programs that submit, wait, upload and download.
//!
//! It needs no async runtime and no network. Every submission becomes a task that passes through its states and ends with
//! a file, which the server serves too. If you want something else, say so first: other states ([`Script`]), other
//! answers or broken connections ([`Answer`]). The server records what it saw.
//!
//! ```
//! use foxapi_mock::{Answer, Mock, Script};
//! use foxapi_models::client::{ClientBuilder, WaitOptions};
//! use foxapi_models::{blocking::Client, kling::KlingV3TextToVideo};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = Mock::start()?;
//! mock.script(Script::default().file("video/mp4", "\0\0\0\x18ftypmp42 not really a video"));
//! mock.answer_once("POST /v1/videos/generations", Answer::refusal(429, "rate_limit_error", "slow down"));
//!
//! // A program under test reads the address from FOXAPI_BASE_URL; any key will do.
//! let client = Client::from_async(ClientBuilder::new().api_key("sk-test").base_url(mock.url()).build()?)?;
//! let request = KlingV3TextToVideo::builder().prompt("a river in spring").build()?;
//! let often = WaitOptions::default().interval(std::time::Duration::from_millis(1));
//! let task = client.run_with(&request, &often)?;
//!
//! assert_eq!(task.result_urls().len(), 1);
//! assert_eq!(mock.submissions().len(), 1, "paid once");
//! assert_eq!(mock.submissions()[0].body["prompt"], "a river in spring");
//! assert_eq!(mock.seen()[0].line(), "POST /v1/videos/generations"); // the one that was refused
//! # Ok(())
//! # }
//! ```
//!
//! It accepts `POST` to all paths that end in `/generations` or were given to [`Mock::accept`], `GET /v1/tasks/…`,
//! `POST /v1/files/upload/stream` and `…/url`, `GET /v1/account/credits`, `GET /v1/models`, and serves its own files. It
//! checks bodies only if you tell [`Mock::check`] how.

mod answer;
mod api;
mod connection;
mod multipart;
mod request;
mod script;

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

pub use answer::Answer;
pub use api::{Submission, Upload};
pub use request::Seen;
pub use script::Script;

use api::Api;

/// The server. It stops when it is dropped.
#[derive(Debug)]
pub struct Mock {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

/// What all connections share.
#[derive(Debug, Default)]
struct Shared {
    is_over: AtomicBool,
    api: Mutex<Api>,
    /// Open connections, which are closed with the server.
    open: Mutex<Vec<TcpStream>>,
}

impl Shared {
    fn api(&self) -> MutexGuard<'_, Api> {
        self.api.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> MutexGuard<'_, Vec<TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mock {
    /// Starts a server on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// There is no free port, or no thread can be started.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        shared.api().url = format!("http://{address}");
        let server = Arc::clone(&shared);
        let accepting = std::thread::Builder::new().name("foxapi-mock".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                if server.is_over.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(stream) = stream {
                    connection::serve(stream, &server);
                }
            }
        })?;
        Ok(Self { address, shared, accepting: Some(accepting) })
    }

    /// Returns the address of the server, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the states of tasks that are submitted from now on. By default, they are pending, processing, and completed with
    /// a small file.
    pub fn script(&self, script: Script) {
        self.shared.api().script = script;
    }

    /// Sets the states of the next task. Several scripts are used one after the other.
    pub fn script_once(&self, script: Script) {
        self.shared.api().scripts.push_back(script);
    }

    /// Sets the answer to all requests of a kind, such as `GET /v1/models`, or to all whose start matches, such as
    /// `GET /v1/tasks/`. The latest answer that matches counts.
    ///
    /// ```
    /// # let mock = foxapi_mock::Mock::start()?;
    /// use foxapi_mock::Answer;
    ///
    /// mock.answer("GET /v1/account/credits", Answer::json(200, r#"{"balance": 12.5}"#));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn answer(&self, requests: &str, answer: Answer) {
        self.shared.api().answers.push((requests.to_owned(), answer));
    }

    /// Sets the answer to the next request of a kind. Several answers are used one after the other, before those of
    /// [`answer`](Self::answer).
    ///
    /// ```
    /// # let mock = foxapi_mock::Mock::start()?;
    /// use foxapi_mock::Answer;
    ///
    /// // The submission takes effect, and its answer is lost on the way.
    /// mock.answer_once("POST /v1/videos/generations", Answer::hang_up().after_taking_effect());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn answer_once(&self, requests: &str, answer: Answer) {
        self.shared.api().answers_once.push_back((requests.to_owned(), answer));
    }

    /// Delays the answer to every submission by this time, after it was accepted.
    pub fn latency(&self, latency: Duration) {
        self.shared.api().latency = latency;
    }

    /// Accepts submissions to another path, such as `/v1/audio/speech`.
    pub fn accept(&self, path: &str) {
        self.shared.api().paths.push(path.to_owned());
    }

    /// Sets a check of submitted bodies. If it fails, the server answers 422 with the error as the message. The check must
    /// not call the mock, which waits for it.
    ///
    /// ```
    /// # let mock = foxapi_mock::Mock::start()?;
    /// mock.check(|body| match body["prompt"].as_str() {
    ///     Some(_) => Ok(()),
    ///     None => Err("prompt is required".to_owned()),
    /// });
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn check(&self, check: impl Fn(&Value) -> Result<(), String> + Send + Sync + 'static) {
        self.shared.api().check = Some(api::Check(Arc::new(check)));
    }

    /// Accepts only this key, and answers 401 to others. By default, any key is accepted.
    pub fn key(&self, key: &str) {
        self.shared.api().key = Some(key.to_owned());
    }

    /// Returns all requests, in order, including those that were answered with a fault.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.api().seen.clone()
    }

    /// Returns all submissions that were accepted, and that the API would have charged.
    #[must_use]
    pub fn submissions(&self) -> Vec<Submission> {
        self.shared.api().submissions()
    }

    /// Returns all uploaded files.
    #[must_use]
    pub fn uploads(&self) -> Vec<Upload> {
        self.shared.api().uploads.clone()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        for stream in self.shared.open().drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both); // it may have ended by itself
        }
        // One more connection wakes the thread that waits for the next.
        let woken = TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_ok();
        if let Some(accepting) = self.accepting.take().filter(|_| woken) {
            let _ = accepting.join();
        }
    }
}

//! The client against faulty servers and a correct one: nothing is paid for twice, and nothing paid for is lost.

mod account;
mod blocking;
mod disguises;
mod download;
mod end_to_end;
#[cfg(unix)]
mod environment;
mod example;
mod fake;
mod faults;
mod journal;
mod questions;
mod secrets;
mod server;
mod table;
mod upload;
mod wait;

use std::error::Error;
use std::fmt::Write;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use foxapi_models::client::{ClientBuilder, ErrorKind, RetryPolicy};
use foxapi_models::kling::KlingV3TextToVideo;
use foxapi_models::{Client, ClientError};
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Subscriber};
use tracing_subscriber::fmt::MakeWriter;

/// The key of all tests; no output may have any recognisable part of it.
pub(crate) const KEY: &str = "sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd";

/// How long clients in tests wait for an answer that may be late, see `Act::patience`: time is scaled by about a hundred.
pub(crate) const REQUEST_TIMEOUT: Duration = Duration::from_millis(1000);

/// How many rows of a table run at once: more would wait for processors, not for servers.
pub(crate) const AT_ONCE: usize = 16;

/// How often a request is retried, if allowed.
pub(crate) const RETRIES: usize = 3;

/// Settings of a client with short delays.
pub(crate) fn settings(base_url: &str) -> ClientBuilder {
    let retry = RetryPolicy::default()
        .max_retries(RETRIES)
        .base_delay(Duration::from_millis(5))
        .max_delay(Duration::from_millis(20))
        .max_retry_after(Duration::from_secs(5));
    ClientBuilder::new().api_key(KEY).base_url(base_url).request_timeout(REQUEST_TIMEOUT).retry(retry)
}

pub(crate) fn client(base_url: &str) -> Client {
    settings(base_url).build().expect("a client")
}

pub(crate) fn request() -> KlingV3TextToVideo {
    KlingV3TextToVideo::builder().prompt("a secret prompt").build().expect("a valid request")
}

#[test]
fn default_features_bring_no_client() {
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "foxapi-models", "--edges", "normal", "--prefix", "none"])
        .current_dir(foxapi_tests::workspace())
        .output()
        .expect("cargo");
    let tree = String::from_utf8(tree.stdout).expect("names are text");
    assert!(tree.starts_with("foxapi-models"), "{tree}");
    for absent in [
        "reqwest",
        "hyper",
        "tokio",
        "tls",
        "ssl",
        "ring",
        "aws-lc",
        "tracing",
        "tempfile",
        "backon",
        "rusqlite",
        "libsqlite3",
        "sha2",
    ] {
        assert!(!tree.lines().any(|line| line.starts_with(absent) || line.contains("tls")), "{absent} in {tree}");
    }
}

/// What went wrong, in the words of the tables.
pub(crate) fn word(error: &ClientError) -> String {
    let word = match error.kind() {
        ErrorKind::InvalidRequest(_) => "invalid request",
        ErrorKind::InvalidTaskId => "invalid task ID",
        ErrorKind::NotSent(_) => "not sent",
        ErrorKind::UnknownWhetherReceived(_) => "unknown whether received",
        ErrorKind::NoAnswer(_) => "no answer",
        ErrorKind::Refused(_) => "refused",
        ErrorKind::Unreadable(_) => "unreadable",
        ErrorKind::TaskFailed(_) => "task failed",
        ErrorKind::TaskCancelled(_) => "task cancelled",
        ErrorKind::NoResults(_) => "no results",
        ErrorKind::WaitTimedOut(_) => "wait timed out",
        ErrorKind::Download(_) => "download",
        ErrorKind::Upload(_) => "upload",
        other => panic!("no word for {other:?}"),
    };
    match error.status() {
        Some(status) => format!("{word} {status}"),
        None => word.to_owned(),
    }
}

/// Everything that an error can print.
pub(crate) fn prints(error: &ClientError) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n{:?}", error.kind());
    let mut source = error.source();
    while let Some(cause) = source {
        write!(text, "\n{cause}\n{cause:?}\n{cause:#?}").expect("memory");
        source = cause.source();
    }
    text
}

/// Checks that a printed text has no recognisable part of the key.
#[track_caller]
pub(crate) fn check_secret(text: &str) {
    for part in KEY.as_bytes().windows(6) {
        let part = std::str::from_utf8(part).expect("a key is ASCII");
        assert!(!text.contains(part), "{part:?} of the key is in {text}");
    }
}

/// What was traced, in memory.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// A subscriber that records everything.
    pub(crate) fn subscriber(&self) -> impl Subscriber + Send + Sync + use<> {
        // With a single subscriber, tracing asks only the thread that comes to a place first whether anybody listens.
        static ANOTHER: OnceLock<Dispatch> = OnceLock::new();
        ANOTHER.get_or_init(|| Dispatch::new(NoSubscriber::default()));
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(self.clone()).finish()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no poison").clone()).expect("traces are text")
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no poison").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

//! What can go wrong between a request and its result, and whose fault it is.

use std::error::Error;
use std::time::Duration;

use crate::{Task, ValidationError};

use super::download_error::DownloadError;
use super::refusal::Refusal;
use super::status::is_transient;
use super::transport_error::{LostAnswer, TransportError};
use super::unreadable::UnreadableAnswer;
use super::upload_error::UploadError;

mod display;

/// Why a call to the client failed.
///
/// [`kind`](Self::kind) says whose fault it is; the predicates answer the most common questions.
///
/// ```no_run
/// # async fn example(client: foxapi_models::Client, request: foxapi_models::VideoRequest) {
/// use foxapi_models::client::ErrorKind;
///
/// match client.run(&request).await {
///     Ok(task) => println!("{:?}", task.result_urls()),
///     Err(error) if error.is_insufficient_quota() => println!("buy credits"),
///     Err(error) => match error.kind() {
///         ErrorKind::InvalidRequest(violations) => println!("correct the request: {violations}"),
///         ErrorKind::UnknownWhetherReceived(_) => println!("check your credits before you submit again: {error}"),
///         ErrorKind::TaskFailed(task) => println!("the model failed: {:?}", task.error),
///         // In all other cases: you can still wait for a task that was paid for.
///         _ => println!("{error}; task: {:?}", error.task_id()),
///     },
/// }
/// # }
/// ```
pub struct ClientError(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Operation,
    task_id: Option<String>,
}

/// What the client was doing when it failed, which decides what may be retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// A request that costs credits when it is accepted.
    Submit,
    /// Something that costs nothing, and may be repeated any number of times.
    Ask,
    /// Waiting for a task that the same call submitted: repeating that call would mean paying again.
    WaitAfterSubmit,
}

/// Whose fault a failure is, and what is known about it.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller's: the request breaks documented rules. Nothing was sent.
    InvalidRequest(ValidationError),
    /// The caller's: this cannot be the ID of a task. Nothing was sent.
    InvalidTaskId,
    /// The connection's: it was never established (DNS, TCP or TLS), so the server saw nothing.
    NotSent(TransportError),
    /// The connection's, after at least a part of a submission was sent: the server may have accepted and charged it.
    ///
    /// This crate never sends it again. The API offers no list of tasks: compare the credits of the account before and
    /// after, or ask the support of the API, before you send it again yourself.
    UnknownWhetherReceived(LostAnswer),
    /// The connection's, after a request that costs nothing was sent; it can be repeated.
    NoAnswer(LostAnswer),
    /// The API's decision: it refused the request, and says why.
    Refused(Box<Refusal>),
    /// Usually a proxy's: the answer is not what the API documents.
    Unreadable(Box<UnreadableAnswer>),
    /// The model's: the task ended without a result, and its `error` says why.
    TaskFailed(Box<Task>),
    /// The task was cancelled.
    TaskCancelled(Box<Task>),
    /// The server's: the task is completed, but its results never appeared.
    NoResults(Box<Task>),
    /// The task took longer than the caller wanted to wait. It continues, and you can wait for it again.
    WaitTimedOut(WaitTimeout),
    /// The result could not be fetched or stored.
    Download(DownloadError),
    /// The caller's: the file to upload could not be read completely.
    Upload(UploadError),
    /// The caller's: the blocking client was used inside an async runtime, which it would block.
    InsideAsyncRuntime,
}

/// A wait that timed out.
///
/// Nothing is lost: call [`Client::wait`](super::Client::wait) with [`task_id`](Self::task_id) again, in this process or
/// another.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitTimeout {
    /// ID of the task.
    pub task_id: String,
    /// How long the client waited.
    pub waited: Duration,
    /// The last known state of the task.
    pub task: Option<Box<Task>>,
    /// Why later states could not be fetched, if that failed.
    pub last_error: Option<ClientError>,
}

impl WaitTimeout {
    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.last_error.as_ref().map(|error| error as _)
    }
}

impl ClientError {
    pub(crate) fn new(operation: Operation, kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, operation, task_id: None }))
    }

    /// An error of a call that failed before it sent anything.
    #[cfg(any(feature = "blocking", feature = "journal"))]
    pub(crate) fn before_sending(kind: ErrorKind) -> Self {
        Self::new(Operation::Ask, kind)
    }

    /// Adds the task that the error is about.
    pub(crate) fn about(mut self, task_id: &str) -> Self {
        self.0.task_id = Some(task_id.to_owned());
        self
    }

    /// Marks it as the error of a call that had already submitted.
    pub(crate) fn after_submit(mut self) -> Self {
        self.0.operation = Operation::WaitAfterSubmit;
        self
    }

    /// Whose fault it is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Whose fault it is, by value.
    pub fn into_kind(self) -> ErrorKind {
        self.0.kind
    }

    /// ID of the task that was asked for, or that was submitted before the failure. Wait for it, in this process or another.
    ///
    /// If the answer to a submission was not what the API documents, this is what looks like an ID in it.
    pub fn task_id(&self) -> Option<&str> {
        self.0.task_id.as_deref().or(match &self.0.kind {
            ErrorKind::WaitTimedOut(timeout) => Some(&timeout.task_id),
            _ => self.task().map(|task| task.id.as_str()),
        })
    }

    /// The last known state of the task.
    pub fn task(&self) -> Option<&Task> {
        match &self.0.kind {
            ErrorKind::TaskFailed(task) | ErrorKind::TaskCancelled(task) | ErrorKind::NoResults(task) => Some(task),
            ErrorKind::WaitTimedOut(timeout) => timeout.task.as_deref(),
            _ => None,
        }
    }

    /// What the API said when it refused the request.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.0.kind {
            ErrorKind::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// HTTP status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match &self.0.kind {
            ErrorKind::Refused(refusal) => Some(refusal.status),
            ErrorKind::Unreadable(answer) => Some(answer.status),
            ErrorKind::UnknownWhetherReceived(lost) | ErrorKind::NoAnswer(lost) => lost.status,
            ErrorKind::Download(error) => error.status(),
            _ => None,
        }
    }

    /// How long the server asks you to wait before the next attempt; [`Duration::MAX`] if it asks for a wait that cannot be
    /// read.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            ErrorKind::Refused(refusal) => refusal.retry_after,
            ErrorKind::Unreadable(answer) => answer.retry_after,
            ErrorKind::Download(error) => error.retry_after(),
            _ => None,
        }
    }

    /// Whether repeating the call may help and cannot pay for anything twice.
    ///
    /// The client itself retries by this rule, so an error for which this is `true` has exhausted the
    /// [`RetryPolicy`](super::RetryPolicy). A failed [`run`](super::Client::run) that had submitted is never retryable:
    /// wait for its [`task_id`](Self::task_id) instead.
    pub fn is_retryable(&self) -> bool {
        if self.is_insufficient_quota() {
            return false;
        }
        match (self.0.operation, &self.0.kind) {
            (Operation::WaitAfterSubmit, _) => false,
            (_, ErrorKind::NotSent(_) | ErrorKind::NoAnswer(_)) => true,
            (Operation::Submit, ErrorKind::Refused(refusal)) => refusal.is_for_now() && !self.has_new_task(),
            (Operation::Ask, ErrorKind::WaitTimedOut(_)) => true,
            (Operation::Ask, ErrorKind::Refused(refusal)) => is_transient(refusal.status),
            (Operation::Ask, ErrorKind::Unreadable(answer)) => answer.may_pass(),
            (Operation::Ask, ErrorKind::Download(error)) => error.is_transient(),
            _ => false,
        }
    }

    /// Whether a submission that failed may have been accepted, and charged, anyway.
    ///
    /// It was certainly not accepted only if the API refused it in the documented form, or if it was never sent. This is
    /// `false` for everything that costs nothing.
    pub fn may_have_been_accepted(&self) -> bool {
        match (self.0.operation, &self.0.kind) {
            (Operation::WaitAfterSubmit, _) => true,
            (Operation::Ask, _) => false,
            (Operation::Submit, ErrorKind::UnknownWhetherReceived(_) | ErrorKind::Unreadable(_)) => true,
            (Operation::Submit, ErrorKind::Refused(refusal)) => !refusal.is_certain() || self.has_new_task(),
            (Operation::Submit, _) => false,
        }
    }

    /// Whether something in the answer to a submission looks like the ID of a task.
    fn has_new_task(&self) -> bool {
        self.0.operation == Operation::Submit && self.0.task_id.is_some()
    }

    /// Whether there were too many requests for now.
    pub fn is_rate_limited(&self) -> bool {
        !self.is_insufficient_quota() && (self.is_of_type("rate_limit_error") || self.status() == Some(429))
    }

    /// Whether the account has no credits left.
    pub fn is_insufficient_quota(&self) -> bool {
        self.is_of_type("insufficient_quota") || self.is_answered_with(402)
    }

    /// Whether the key is missing, wrong or expired.
    pub fn is_authentication(&self) -> bool {
        self.is_of_type("authentication_error") || self.is_answered_with(401)
    }

    /// Whether there is no such task, or no longer.
    pub fn is_not_found(&self) -> bool {
        self.is_of_type("not_found") || self.is_answered_with(404)
    }

    /// Whether the request is at fault: it breaks a documented rule, or the API says so.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, ErrorKind::InvalidRequest(_) | ErrorKind::InvalidTaskId)
            || self.is_of_type("invalid_request_error")
            || (self.is_answered_with(422) && self.refusal().is_none_or(|refusal| refusal.error.type_.is_none()))
    }

    /// Whether the model is not available at the moment.
    pub fn is_service_unavailable(&self) -> bool {
        self.is_of_type("service_unavailable_error") || self.is_answered_with(503)
    }

    /// Whether something took too long: the connection, the answer or the task.
    pub fn is_timeout(&self) -> bool {
        match &self.0.kind {
            ErrorKind::NotSent(error) => error.is_timeout(),
            ErrorKind::UnknownWhetherReceived(lost) | ErrorKind::NoAnswer(lost) => lost.cause.is_timeout(),
            ErrorKind::WaitTimedOut(_) => true,
            ErrorKind::Download(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Whether the API, or a proxy in front of it, answered with this status, in any shape.
    fn is_answered_with(&self, status: u16) -> bool {
        matches!(self.0.kind, ErrorKind::Refused(_) | ErrorKind::Unreadable(_)) && self.status() == Some(status)
    }

    fn is_of_type(&self, type_: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.error.type_.as_deref() == Some(type_))
    }

    /// A word for traces, which must not contain texts from the server, as these might repeat a prompt.
    #[cfg(feature = "tracing")]
    pub(crate) fn label(&self) -> &'static str {
        match self.0.kind {
            ErrorKind::InvalidRequest(_) => "invalid request",
            ErrorKind::InvalidTaskId => "invalid task ID",
            ErrorKind::NotSent(_) => "not sent",
            ErrorKind::UnknownWhetherReceived(_) => "unknown whether received",
            ErrorKind::NoAnswer(_) => "no answer",
            ErrorKind::Refused(_) => "refused",
            ErrorKind::Unreadable(_) => "unreadable answer",
            ErrorKind::TaskFailed(_) => "task failed",
            ErrorKind::TaskCancelled(_) => "task cancelled",
            ErrorKind::NoResults(_) => "no results",
            ErrorKind::WaitTimedOut(_) => "wait timed out",
            ErrorKind::Download(_) => "download",
            ErrorKind::Upload(_) => "upload",
            ErrorKind::InsideAsyncRuntime => "inside async runtime",
        }
    }
}

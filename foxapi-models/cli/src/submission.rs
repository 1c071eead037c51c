//! The one thing that costs credits: sent once, and never left without hearing what became of it.

use foxapi_models::client::ClientError;
use foxapi_models::{Client, Request, Task};
use serde_json::Value;

use crate::catalogue::AnyRequest;
use crate::failure::Failure;
use crate::finish::Finish;
use crate::progress::Progress;
use crate::session;

/// A body that is about to be paid for.
pub(crate) struct Submission<'a> {
    pub(crate) body: &'a Value,
    /// Whether the documented rules hold, and the request is sent as the crate writes it.
    pub(crate) checked: bool,
}

impl Submission<'_> {
    /// Submits the body. Ctrl-C does not end this: the answer holds the id of what is paid for.
    pub(crate) async fn send(&self, client: &Client, finish: &Finish, progress: &Progress) -> Result<Task, Failure> {
        let work = self.submit(client);
        tokio::pin!(work);
        let mut interrupted = false;
        let answer = loop {
            tokio::select! {
                answer = &mut work => break answer,
                _ = tokio::signal::ctrl_c(), if !interrupted => {
                    interrupted = true;
                    progress.note("interrupted; waiting for the answer, which has the id of the task. Press Ctrl-C again to lose it");
                }
                _ = tokio::signal::ctrl_c(), if interrupted => {
                    return Err(Failure::interrupted("interrupted while submitting: nobody knows whether it was accepted"));
                }
            }
        };
        let task = answer.map_err(|error| {
            let failure = session::failure(&error);
            match error.task_id() {
                Some(id) => failure.help(format!("to go on: {}", finish.again(id))),
                None => failure,
            }
        })?;
        if interrupted { Err(finish.interrupted(&task.id)) } else { Ok(task) }
    }

    async fn submit(&self, client: &Client) -> Result<Task, ClientError> {
        match AnyRequest::from_value(self.body) {
            Ok(request) if self.checked => client.submit(&request).await,
            _ => client.submit_json(self.body).await,
        }
    }
}

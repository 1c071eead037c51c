//! Submits a request, the only thing that costs credits: recorded before it is sent, sent once, and never abandoned
//! before its outcome is known.

use foxapi_models::Client;
use foxapi_models::journal::Journal;
use serde_json::Value;

use crate::failure::Failure;
use crate::finish::Finish;
use crate::journal;
use crate::progress::Progress;

/// A body that is about to be paid for.
pub(crate) struct PendingSubmission<'a> {
    /// The identity of the work: the body, with hashes in place of addresses that change.
    pub(crate) work: &'a Value,
    pub(crate) body: &'a Value,
    /// Whether the body was checked, so that it is sent as a typed request.
    pub(crate) checked: bool,
}

impl PendingSubmission<'_> {
    /// Submits the body, and returns the ID of its task. Ctrl-C does not end this, since the answer contains the ID.
    pub(crate) async fn send(
        &self,
        journal: &Journal,
        client: &Client,
        finish: &Finish,
        progress: &Progress,
    ) -> Result<String, Failure> {
        let work = journal::submit_anew(journal, client, self.work, self.body, self.checked);
        tokio::pin!(work);
        let mut interrupted = false;
        let answer = loop {
            tokio::select! {
                answer = &mut work => break answer,
                () = progress.interrupted() => {
                    if interrupted {
                        let failure = Failure::interrupted("interrupted while submitting: it is not known whether the request was accepted");
                        return Err(failure.help("`foxapi tasks --unknown` lists it, and lets you record the outcome"));
                    }
                    interrupted = true;
                    progress.note("interrupted: waiting for the answer, which has the ID of the task; press Ctrl-C again to stop at once");
                }
            }
        };
        let id = answer.map(|submission| submission.task_id).map_err(|error| {
            let failure = journal::failure(&error);
            match error.task_id() {
                Some(id) => failure.help(format!("to continue: {}", finish.again(id))),
                None => failure,
            }
        })?;
        if interrupted { Err(finish.interrupted(&id)) } else { Ok(id) }
    }
}

//! Tools about tasks: submit, look and wait.

use std::time::Duration;

use foxapi_models::Request;
use foxapi_models::client::WaitOptions;
use foxapi_models::journal::Key;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{ProgressNotificationParam, RequestMetaObject};
use rmcp::{Peer, RoleServer, tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

use super::answer::{ToolResult, done, failed, refused, task, wrong};
use super::server::Server;
use crate::catalogue::AnyRequest;
use crate::{journal, session};

/// A request to pay for.
#[derive(Debug, Deserialize, JsonSchema)]
struct ToSubmit {
    /// The request: an object with `model` and the parameters of that model.
    body: Map<String, Value>,
    /// A name of yours for this piece of work, such as "scene 3, take 1": the same key is never paid for twice, however
    /// often this is called. Without one, every call is paid for.
    #[serde(default)]
    key: Option<String>,
}

/// A task.
#[derive(Debug, Deserialize, JsonSchema)]
struct OfTask {
    /// ID of the task, from submit_request.
    task_id: String,
}

/// A task to wait for.
#[derive(Debug, Deserialize, JsonSchema)]
struct ToWaitFor {
    /// ID of the task, from submit_request.
    task_id: String,
    /// How long to wait, 300 by default and at most 3600; the task continues after that, and you can wait for it again.
    #[serde(default)]
    timeout_seconds: Option<u64>,
}

#[tool_router(router = tasks, vis = "pub(super)")]
impl Server {
    #[tool(
        description = "Submit a request: THIS COSTS CREDITS. The request is checked first, and a wrong one comes back with \
                       every violation, unsent and uncharged. Answers at once with a task that takes from seconds to many \
                       minutes; wait_for_task waits for it. Give a key, and a repeated call does not pay again.",
        annotations(
            title = "Submit a request (costs credits)",
            read_only_hint = false,
            destructive_hint = true,
            idempotent_hint = false,
            open_world_hint = true
        )
    )]
    async fn submit_request(&self, Parameters(ToSubmit { body, key }): Parameters<ToSubmit>) -> ToolResult {
        let body = Value::Object(body);
        let request = match AnyRequest::from_value(&body) {
            Ok(request) => request,
            Err(violations) => return Ok(wrong(&violations)),
        };
        let (client, journal) = match (&self.client, &self.journal) {
            (Ok(client), Ok(journal)) => (client, journal),
            (Err(error), _) | (_, Err(error)) => return Ok(refused(error)),
        };
        let submitted = match key {
            Some(key) => journal.submit(client, &Key::new(key), &request).await,
            None => journal::submit_anew(journal, client, &body, &body, true).await,
        };
        Ok(match submitted {
            Ok(submission) => done(json!({
                "task_id": submission.task_id,
                "charged_now": submission.is_new,
                "next": "wait_for_task with this task_id",
            })),
            Err(error) => failed(&journal::failure(&error)),
        })
    }

    #[tool(
        description = "Look at a task: its state, its progress and its results. Costs nothing.",
        annotations(title = "Look at a task", read_only_hint = true, open_world_hint = true)
    )]
    async fn get_task(&self, Parameters(OfTask { task_id }): Parameters<OfTask>) -> ToolResult {
        let client = match &self.client {
            Ok(client) => client,
            Err(error) => return Ok(refused(error)),
        };
        Ok(match client.refresh(&task_id).await {
            Ok(found) => done(task(&found)),
            Err(error) => failed(&session::failure(&error)),
        })
    }

    #[tool(
        description = "Wait until a task is done, with progress notifications. Takes from seconds to many minutes. Costs \
                       nothing; when the time is up the task continues, and you can wait for it again.",
        annotations(title = "Wait for a task", read_only_hint = true, open_world_hint = true)
    )]
    async fn wait_for_task(
        &self,
        Parameters(ToWaitFor { task_id, timeout_seconds }): Parameters<ToWaitFor>,
        meta: RequestMetaObject,
        peer: Peer<RoleServer>,
    ) -> ToolResult {
        let client = match &self.client {
            Ok(client) => client,
            Err(error) => return Ok(refused(error)),
        };
        let (sender, mut states) = mpsc::unbounded_channel();
        let timeout = Duration::from_secs(timeout_seconds.unwrap_or(300).min(3600));
        let options = WaitOptions::default().timeout(timeout).on_progress(move |task| {
            // Nobody listens any longer once the wait is over.
            let _ = sender.send((task.progress, task.status.to_string()));
        });
        let waiting = client.wait_with(&task_id, &options);
        tokio::pin!(waiting);
        let token = meta.get_progress_token();
        let mut last = -1.0;
        let waited = loop {
            tokio::select! {
                waited = &mut waiting => break waited,
                Some((percent, status)) = states.recv() => {
                    // The protocol requires a growing number; percentages are small enough to be exact.
                    #[allow(clippy::cast_precision_loss, reason = "see above")]
                    let progress = percent.unwrap_or_default().clamp(0, 100) as f64;
                    if let Some(token) = token.clone().filter(|_| progress > last) {
                        last = progress;
                        let notification = ProgressNotificationParam::new(token, progress).with_total(100.0).with_message(status);
                        // An agent that does not listen still gets the result.
                        let _ = peer.notify_progress(notification).await;
                    }
                }
            }
        };
        Ok(match waited {
            Ok(found) => done(task(&found)),
            Err(error) if error.is_timeout() => done(json!({
                "done": false,
                "task": error.task(),
                "task_id": task_id,
                "next": "the task continues: call wait_for_task again; do not submit it again",
            })),
            Err(error) => failed(&session::failure(&error)),
        })
    }
}

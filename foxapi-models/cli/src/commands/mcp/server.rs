//! The tools, each a function.

use std::time::Duration;

use foxapi_models::client::{DownloadOptions, WaitOptions};
use foxapi_models::journal::{Journal, Key};
use foxapi_models::{Client, Model, Request};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResult, Implementation, ProgressNotificationParam, RequestMetaObject, ServerCapabilities, ServerConfig,
};
use rmcp::{Peer, RoleServer, ServerHandler, tool, tool_handler, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

use super::answer::{done, failed, refused, task, wrong};
use super::folder::Folder;
use super::instructions::INSTRUCTIONS;
use crate::catalogue::{self, AnyRequest};
use crate::filter::Filter;
use crate::{example, flags, journal, session, words};

/// What the tools work with. Without a key or a journal those that need one say why.
#[derive(Clone, Debug)]
pub(super) struct Server {
    client: Result<Client, String>,
    journal: Result<Journal, String>,
    folder: Folder,
}

/// What `list_models` looks for.
#[derive(Debug, Deserialize, JsonSchema)]
struct Wanted {
    /// Only models that take all of these, each a parameter ("generate_audio") or a parameter with a value ("resolution=4k").
    #[serde(default)]
    having: Vec<String>,
    /// Only models that make this kind of thing, such as "video".
    #[serde(default)]
    group: Option<String>,
}

/// A model.
#[derive(Debug, Deserialize, JsonSchema)]
struct OfModel {
    /// Id of the model, from list_models.
    model: String,
}

/// A request to check.
#[derive(Debug, Deserialize, JsonSchema)]
struct Body {
    /// The request: an object with `model` and the parameters of that model.
    body: Map<String, Value>,
}

/// A request to pay for.
#[derive(Debug, Deserialize, JsonSchema)]
struct Submission {
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
    /// Id of the task, from submit_request.
    task_id: String,
}

/// A task to wait for.
#[derive(Debug, Deserialize, JsonSchema)]
struct Wait {
    /// Id of the task, from submit_request.
    task_id: String,
    /// How long to wait, 300 by default and at most 3600; the task goes on after it, and can be waited for again.
    #[serde(default)]
    timeout_seconds: Option<u64>,
}

/// A result to store.
#[derive(Debug, Deserialize, JsonSchema)]
struct Download {
    /// Id of a task that is done.
    task_id: String,
    /// The file to make, as a path below the folder of this server, such as "lake.mp4".
    file: String,
    /// Which result, counted from 1.
    #[serde(default)]
    result: Option<usize>,
}

/// A file to upload.
#[derive(Debug, Deserialize, JsonSchema)]
struct Upload {
    /// The file, as a path below the folder of this server, such as "garden.jpg".
    file: String,
}

type Answer = Result<CallToolResult, rmcp::ErrorData>;

#[tool_router]
impl Server {
    pub(super) fn new(client: Result<Client, String>, journal: Result<Journal, String>, folder: Folder) -> Self {
        Self { client, journal, folder }
    }

    #[tool(
        description = "List the models: what each makes and which parameters it needs. Costs nothing.",
        annotations(title = "List models", read_only_hint = true, open_world_hint = false)
    )]
    async fn list_models(&self, Parameters(Wanted { having, group }): Parameters<Wanted>) -> Answer {
        let having: Vec<&str> = having.iter().map(String::as_str).collect();
        let found = match Filter::of(group.as_deref(), &having).models() {
            Ok(found) => found,
            Err(failure) => return Ok(failed(&failure)),
        };
        let models: Vec<Value> = found.into_iter().map(summary).collect();
        Ok(done(json!({"models": models})))
    }

    #[tool(
        description = "Describe a model: every parameter with its type, limits, options and default, the rules between \
                       them, and a valid body. Costs nothing.",
        annotations(title = "Describe a model", read_only_hint = true, open_world_hint = false)
    )]
    async fn describe_model(&self, Parameters(OfModel { model }): Parameters<OfModel>) -> Answer {
        Ok(match catalogue::find(&model) {
            Ok((model, _)) => done(json!({"model": model, "example": example::body(model)})),
            Err(failure) => failed(&failure),
        })
    }

    #[tool(
        description = "Check a request against the documented rules, without sending it: every violation with its path. \
                       Costs nothing.",
        annotations(title = "Check a request", read_only_hint = true, open_world_hint = false)
    )]
    async fn validate_request(&self, Parameters(Body { body }): Parameters<Body>) -> Answer {
        Ok(done(match AnyRequest::from_value(&body.into()) {
            Ok(request) => json!({"valid": true, "model": request.model(), "violations": []}),
            Err(violations) => json!({"valid": false, "violations": violations}),
        }))
    }

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
    async fn submit_request(&self, Parameters(Submission { body, key }): Parameters<Submission>) -> Answer {
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
    async fn get_task(&self, Parameters(OfTask { task_id }): Parameters<OfTask>) -> Answer {
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
        Parameters(Wait { task_id, timeout_seconds }): Parameters<Wait>,
        meta: RequestMetaObject,
        peer: Peer<RoleServer>,
    ) -> Answer {
        let client = match &self.client {
            Ok(client) => client,
            Err(error) => return Ok(refused(error)),
        };
        let (sender, mut states) = mpsc::unbounded_channel();
        let timeout = Duration::from_secs(timeout_seconds.unwrap_or(300).min(3600));
        let options = WaitOptions::default().timeout(timeout).on_progress(move |task| {
            // Nobody listens any more once the wait is over.
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
                    // The protocol wants a number that grows; percents are small enough to be exact.
                    #[allow(clippy::cast_precision_loss, reason = "see above")]
                    let progress = percent.unwrap_or_default().clamp(0, 100) as f64;
                    if let Some(token) = token.clone().filter(|_| progress > last) {
                        last = progress;
                        let notification = ProgressNotificationParam::new(token, progress).with_total(100.0).with_message(status);
                        // An agent that does not listen gets the result all the same.
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

    #[tool(
        description = "Store a result of a task in a new file below the folder of this server. Results are kept for 24 \
                       hours. Costs nothing.",
        annotations(
            title = "Store a result",
            read_only_hint = false,
            destructive_hint = false,
            idempotent_hint = false,
            open_world_hint = true
        )
    )]
    async fn download_result(&self, Parameters(Download { task_id, file, result }): Parameters<Download>) -> Answer {
        let client = match &self.client {
            Ok(client) => client,
            Err(error) => return Ok(refused(error)),
        };
        let path = match self.folder.new_file(&file) {
            Ok(path) => path,
            Err(error) => return Ok(refused(error)),
        };
        let Some(index) = result.unwrap_or(1).checked_sub(1) else {
            return Ok(refused("results are counted from 1"));
        };
        let stored = async {
            let task = client.task(&task_id).await?;
            client.download_with(&task, &path, &DownloadOptions::default().result(index)).await
        };
        Ok(match stored.await {
            Ok(bytes) => done(json!({"file": path, "bytes": bytes})),
            Err(error) => failed(&session::failure(&error)),
        })
    }

    #[tool(
        description = "Upload a file below the folder of this server; gives an address that requests take, for 72 hours. \
                       Costs nothing.",
        annotations(
            title = "Upload a file",
            read_only_hint = false,
            destructive_hint = false,
            idempotent_hint = true,
            open_world_hint = true
        )
    )]
    async fn upload_file(&self, Parameters(Upload { file }): Parameters<Upload>) -> Answer {
        let (client, journal) = match (&self.client, &self.journal) {
            (Ok(client), Ok(journal)) => (client, journal),
            (Err(error), _) | (_, Err(error)) => return Ok(refused(error)),
        };
        let path = match self.folder.existing(&file) {
            Ok(path) => path,
            Err(error) => return Ok(refused(error)),
        };
        Ok(match journal.upload(client, &path).await {
            Ok(uploaded) => done(json!({"url": uploaded.url, "file": path})),
            Err(error) => failed(&journal::failure(&error)),
        })
    }

    #[tool(
        description = "Show the credits of the account. Costs nothing.",
        annotations(title = "Show credits", read_only_hint = true, open_world_hint = true)
    )]
    async fn get_credits(&self) -> Answer {
        let client = match &self.client {
            Ok(client) => client,
            Err(error) => return Ok(refused(error)),
        };
        Ok(match client.credits().await {
            Ok(credits) => done(json!({"credits": credits.as_value()})),
            Err(error) => failed(&session::failure(&error)),
        })
    }
}

#[tool_handler]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("foxapi", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}

/// A model in a list.
fn summary(model: &Model) -> Value {
    let required = flags::parameters(model).filter(|parameter| parameter.required);
    let required: Vec<&str> = required.map(|parameter| parameter.name.as_str()).collect();
    json!({"model": model.id, "group": model.group, "makes": words::purpose(model), "required": required})
}

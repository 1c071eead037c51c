//! Tools about the account and its files: results, uploads, credits.

use foxapi_models::client::DownloadOptions;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::{tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::answer::{ToolResult, done, failed, refused};
use super::server::Server;
use crate::{journal, session};

/// A result to store.
#[derive(Debug, Deserialize, JsonSchema)]
struct Download {
    /// ID of a task that is done.
    task_id: String,
    /// The file to create, as a path below the folder of this server, such as "lake.mp4".
    file: String,
    /// Which result, counted from 1.
    #[serde(default)]
    result: Option<usize>,
}

/// A file to upload.
#[derive(Debug, Deserialize, JsonSchema)]
struct ToUpload {
    /// The file, as a path below the folder of this server, such as "garden.jpg".
    file: String,
}

#[tool_router(router = files, vis = "pub(super)")]
impl Server {
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
    async fn download_result(
        &self,
        Parameters(Download { task_id, file, result }): Parameters<Download>,
    ) -> ToolResult {
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
        description = "Upload a file below the folder of this server; returns a URL that requests accept, for 72 hours. \
                       Costs nothing.",
        annotations(
            title = "Upload a file",
            read_only_hint = false,
            destructive_hint = false,
            idempotent_hint = true,
            open_world_hint = true
        )
    )]
    async fn upload_file(&self, Parameters(ToUpload { file }): Parameters<ToUpload>) -> ToolResult {
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
    async fn get_credits(&self) -> ToolResult {
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

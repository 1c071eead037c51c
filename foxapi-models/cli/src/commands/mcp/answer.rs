//! The answers of tools: structured content for successes, and for failures that a model can fix.

use foxapi_models::{Task, ValidationError};
use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use crate::failure::Failure;

/// The result of a tool.
pub(super) type ToolResult = Result<CallToolResult, rmcp::ErrorData>;

/// A success.
pub(super) fn done(value: Value) -> CallToolResult {
    CallToolResult::structured(value)
}

/// A failure.
pub(super) fn failed(failure: &Failure) -> CallToolResult {
    CallToolResult::structured_error(json!({"error": failure.errors.join("\n"), "help": failure.help}))
}

/// A failure in one sentence.
pub(super) fn refused(error: impl Into<String>) -> CallToolResult {
    CallToolResult::structured_error(json!({"error": error.into()}))
}

/// The failure for an invalid request that was not sent, with every violation.
pub(super) fn wrong(violations: &ValidationError) -> CallToolResult {
    CallToolResult::structured_error(json!({
        "error": "the request breaks documented rules; nothing was sent, and nothing was charged",
        "violations": violations,
        "help": ["fix the body at each path and call again; describe_model shows what the model takes"],
    }))
}

/// A task, and whether there is anything to wait for.
pub(super) fn task(task: &Task) -> Value {
    json!({"task": task, "done": task.has_results(), "results": task.result_urls().len()})
}

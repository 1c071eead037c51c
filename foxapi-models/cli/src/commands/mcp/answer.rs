//! What tools answer: structured content, for success and for what a model can mend.

use foxapi_models::{Task, ValidationError};
use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use crate::failure::Failure;

/// What a tool gives back.
pub(super) type Answer = Result<CallToolResult, rmcp::ErrorData>;

/// It worked.
pub(super) fn done(value: Value) -> CallToolResult {
    CallToolResult::structured(value)
}

/// It did not, and why.
pub(super) fn failed(failure: &Failure) -> CallToolResult {
    CallToolResult::structured_error(json!({"error": failure.errors.join("\n"), "help": failure.help}))
}

/// It did not, in a sentence.
pub(super) fn refused(error: impl Into<String>) -> CallToolResult {
    CallToolResult::structured_error(json!({"error": error.into()}))
}

/// The request is wrong, and nothing was sent: every violation, so that the next one is right.
pub(super) fn wrong(violations: &ValidationError) -> CallToolResult {
    CallToolResult::structured_error(json!({
        "error": "the request breaks documented rules; nothing was sent, and nothing was charged",
        "violations": violations,
        "help": ["mend the body at each path and call again; describe_model shows what the model takes"],
    }))
}

/// A task, and whether there is anything to wait for.
pub(super) fn task(task: &Task) -> Value {
    json!({"task": task, "done": task.has_results(), "results": task.result_urls().len()})
}

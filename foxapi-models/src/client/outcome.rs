//! Determines the outcome of a task from everything in an answer, and why it failed.

use serde_json::Value;

use crate::{Task, TaskStatus};

use super::clean::line;
use super::refusal;

/// The outcome of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    UnderWay,
    Done,
    /// It is done, but its results are not there yet.
    Empty,
    Failed,
    Cancelled,
}

/// The meaning of the word for a status.
enum Word {
    UnderWay,
    Done,
    Failed,
    Cancelled,
    Unknown,
}

impl Outcome {
    /// An unknown word does not matter: a task with results is done, and one with an error has failed.
    pub(crate) fn of(task: &Task) -> Self {
        match word(&task.status) {
            Word::UnderWay => Self::UnderWay,
            Word::Failed => Self::Failed,
            Word::Cancelled => Self::Cancelled,
            Word::Done | Word::Unknown if task.has_results() => Self::Done,
            Word::Done | Word::Unknown if has_error(task) => Self::Failed,
            Word::Done => Self::Empty,
            Word::Unknown => Self::UnderWay,
        }
    }
}

fn word(status: &TaskStatus) -> Word {
    let text: String = status.as_str().chars().filter(char::is_ascii_alphabetic).collect();
    match text.to_ascii_lowercase().as_str() {
        "pending" | "processing" | "queued" | "queueing" | "inqueue" | "running" | "inprogress" | "submitted"
        | "waiting" | "created" | "starting" | "started" | "accepted" | "scheduled" | "preparing" | "generating"
        | "paused" => Word::UnderWay,
        "completed" | "complete" | "succeeded" | "succeed" | "success" | "successful" | "done" | "finished"
        | "ready" => Word::Done,
        "failed" | "failure" | "fail" | "error" | "errored" | "rejected" | "expired" | "timeout" | "timedout" => {
            Word::Failed
        }
        "cancelled" | "canceled" | "cancel" | "aborted" | "revoked" => Word::Cancelled,
        _ => Word::Unknown,
    }
}

fn has_error(task: &Task) -> bool {
    let kept =
        |name: &str| task.extra.get(name).is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)));
    task.error.as_ref().is_some_and(|error| {
        error.message.is_some() || error.code.is_some() || error.type_.is_some() || !error.extra.is_empty()
    }) || kept("error")
        || kept("fail_reason")
        || kept("failure_reason")
}

/// Why a task failed, on one line; `None` if it does not say.
pub(crate) fn reason(task: &Task) -> Option<String> {
    /// Parts of names of properties with a reason, the likeliest first.
    const NAMES: [&str; 6] = ["reason", "error", "message", "detail", "msg", "fail"];

    if let Some(error) = &task.error {
        if error.message.is_some() || error.code.is_some() || error.type_.is_some() {
            return Some(refusal::reason(error));
        }
        if let Some(said) = first_text(&Value::Object(error.extra.clone())) {
            return Some(said);
        }
    }
    let document = serde_json::to_value(task).unwrap_or_default();
    NAMES.iter().find_map(|name| under(&document, name))
}

/// The first text under a name that contains `part`.
fn under(value: &Value, part: &str) -> Option<String> {
    match value {
        Value::Object(properties) => {
            let here = properties.iter().filter(|(name, _)| name.to_ascii_lowercase().contains(part));
            here.clone()
                .find_map(|(_, value)| first_text(value))
                .or_else(|| properties.values().find_map(|value| under(value, part)))
        }
        Value::Array(items) => items.iter().find_map(|item| under(item, part)),
        _ => None,
    }
}

/// The first text in a value that is not empty.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(line(text)).filter(|line| !line.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().find_map(first_text),
        Value::Object(properties) => {
            let mut values: Vec<&Value> = properties.values().collect();
            values.sort_by_key(|value| !value.is_string());
            values.into_iter().find_map(first_text)
        }
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn task(mut body: Value) -> Task {
        body.as_object_mut().expect("an object").entry("id").or_insert(json!("t"));
        serde_json::from_value(body).expect("a task")
    }

    #[test]
    fn an_end_is_known_by_what_an_answer_holds() {
        let results = json!(["https://a.example/b.mp4"]);
        for (body, expected) in [
            (json!({"status": "completed", "results": results}), Outcome::Done),
            (json!({"status": "SUCCEEDED", "results": results}), Outcome::Done),
            (json!({"status": "all-good", "results": results}), Outcome::Done),
            (json!({"status": "completed"}), Outcome::Empty),
            (json!({"status": "completed", "error": {"message": "blocked"}}), Outcome::Failed),
            (json!({"status": "processing", "results": results}), Outcome::UnderWay),
            (json!({"status": "In Progress"}), Outcome::UnderWay),
            (json!({"status": "thinking"}), Outcome::UnderWay),
            (json!({"status": "broken", "error": "out of memory"}), Outcome::Failed),
            (json!({"status": "broken", "error": {"reason": "out of memory"}}), Outcome::Failed),
            (json!({"status": "thinking", "error": null}), Outcome::UnderWay),
            (json!({"status": "FAILURE"}), Outcome::Failed),
            (json!({"status": "canceled"}), Outcome::Cancelled),
        ] {
            assert_eq!(Outcome::of(&task(body.clone())), expected, "{body}");
        }
    }

    #[test]
    fn a_reason_is_found_wherever_it_is() {
        for body in [
            json!({"status": "failed", "error": {"message": "out of memory"}}),
            json!({"status": "failed", "error": "out of memory"}),
            json!({"status": "failed", "error": {"detail": "out of memory"}}),
            json!({"status": "failed", "error": [{"msg": "out of memory"}]}),
            json!({"status": "failed", "fail_reason": "out of memory"}),
            json!({"status": "failed", "message": "out of\n memory"}),
            json!({"status": "failed", "data": {"task": {"errorMessage": "out of memory"}}}),
            json!({"status": "failed", "task_info": {"reason": "out of memory"}}),
            json!({"status": "failed", "results": [{"error": "out of memory"}]}),
        ] {
            assert_eq!(reason(&task(body.clone())).as_deref(), Some("out of memory"), "{body}");
        }
        assert_eq!(reason(&task(json!({"status": "failed"}))), None);
    }
}

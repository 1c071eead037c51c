//! The ID of a task: finds it in an answer of any shape, and checks it before it becomes part of a path.

use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value;

/// The longest ID, in bytes.
const LONGEST: usize = 256;

/// How deep a document is searched, including texts in it that are documents themselves.
const DEEPEST: usize = 32;

/// How much of a text is searched.
const SEARCHED: usize = 64 * 1024;

/// What IDs look like in texts; the likeliest comes first. A test checks that all patterns are valid.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    const ID: &str = r"([A-Za-z0-9][A-Za-z0-9._~-]{0,127})";
    const BETWEEN: &str = r#"[\s"'\\:=>]{1,12}"#;

    let patterns = [
        format!(r"(?i)task[ _-]?id{BETWEEN}{ID}"),
        format!(r"(?i)/tasks?/{ID}"),
        format!(r#"(?i)[\s"'<{{,\\]id["'>\\]{{1,3}}{BETWEEN}{ID}"#),
        format!(r#"(?i)[\s"'<{{,\\]id>{ID}"#),
        r"(?i)\b(task[-_][A-Za-z0-9._~-]*[0-9][A-Za-z0-9._~-]*)".to_owned(),
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// The path segment for an ID; `None` if it would lead elsewhere. Everything that is not certainly a letter, a digit
/// or harmless is encoded, so that no parser drops or interprets it.
pub(crate) fn segment(id: &str) -> Option<String> {
    if matches!(id, "" | "." | "..") || id.len() > LONGEST * 4 {
        return None;
    }
    let mut segment = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => segment.push(char::from(byte)),
            _ => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(segment)
}

/// How likely it is that something is the ID of the new task; the first is the likeliest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Its name says so: `task_id`.
    Named,
    /// An `id` next to other properties of tasks, or where tasks are kept.
    OfTask,
    /// Any other `id`.
    Some,
    /// The ID of something like a task: `job_id`, `uuid`.
    OfKin,
    /// A text that looks like an ID: `task-1`, `…/tasks/1`.
    Looks,
    /// The only text there is.
    Only,
}

/// Whatever looks like the ID of a task in a document, except inside errors.
pub(crate) fn in_document(document: &Value) -> Option<String> {
    let mut best = None;
    search(document, "", 0, &mut best);
    best.map(|(_, _, id)| id)
}

type Best = Option<(Rank, usize, String)>;

fn offer(best: &mut Best, rank: Rank, depth: usize, id: String) {
    if best.as_ref().is_none_or(|(known, at, _)| (rank, depth) < (*known, *at)) {
        *best = Some((rank, depth, id));
    }
}

/// Searches a value that has this name.
fn search(value: &Value, name: &str, depth: usize, best: &mut Best) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Object(properties) => {
            let is_task =
                ["status", "state", "progress", "model", "task_info"].iter().any(|of| properties.contains_key(*of))
                    || matches!(simple(name).as_str(), "data" | "task" | "tasks" | "result" | "results" | "output")
                    || properties.get("object").and_then(Value::as_str).is_some_and(|kind| kind.contains("task"));
            for (name, value) in properties {
                let plain = simple(name);
                let rank = match plain.as_str() {
                    "taskid" | "task" => Rank::Named,
                    "id" if is_task => Rank::OfTask,
                    "id" => Rank::Some,
                    "jobid" | "job" | "generationid" | "predictionid" | "videoid" | "uuid" => Rank::OfKin,
                    _ => Rank::Only,
                };
                if let (Some(id), true) = (id_of(value), rank < Rank::Only) {
                    offer(best, rank, depth, id);
                }
                if let Some(id) = in_text(name).filter(|_| value.is_object()) {
                    offer(best, Rank::Looks, depth, id);
                }
                // An ID inside an error is that of the error, or of the task that a request was about.
                if !matches!(plain.as_str(), "error" | "errors" | "requestid") {
                    search(value, name, depth + 1, best);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| search(item, name, depth + 1, best)),
        Value::String(text) => {
            if let Some(inner) = document_in(text) {
                search(&inner, name, depth + 1, best);
            } else if let Some(id) = in_text(text) {
                offer(best, Rank::Looks, depth, id);
            } else if let (Some(id), true, "") = (id_of(value), depth < 2, name) {
                offer(best, Rank::Only, depth, id);
            }
        }
        Value::Number(_) if depth < 2 && name.is_empty() => {
            if let Some(id) = id_of(value) {
                offer(best, Rank::Only, depth, id);
            }
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// A name without case and punctuation: `taskId`, `task_id` and `Task-ID` are the same.
fn simple(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// A document inside a text.
fn document_in(text: &str) -> Option<Value> {
    let text = text.trim();
    (text.starts_with(['{', '[']) && text.len() <= SEARCHED).then(|| serde_json::from_str(text).ok()).flatten()
}

/// The value as an ID, if it may be one: a short text of one word, or an integer.
fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            let fits = !text.is_empty() && text.len() <= LONGEST && !text.contains(char::is_whitespace);
            fits.then(|| text.to_owned())
        }
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// Whatever looks like the ID of a task in a text, such as a page, a line or a truncated document.
pub(crate) fn in_text(text: &str) -> Option<String> {
    let end = (0..=SEARCHED.min(text.len())).rev().find(|end| text.is_char_boundary(*end))?;
    let text = text.get(..end)?;
    // Most texts have none.
    if !["task", "Task", "TASK", "id\"", "id'", "id>", "ID\"", "ID>"].iter().any(|hint| text.contains(hint)) {
        return None;
    }
    let found = PATTERNS.iter().find_map(|pattern| {
        let found = pattern.captures(text)?.get(1)?;
        Some(found.as_str().trim_end_matches(['.', '-', '_']).to_owned())
    });
    found.filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn an_id_is_one_segment_of_a_path() {
        for (id, expected) in [
            ("task-1", Some("task-1")),
            ("", None),
            (".", None),
            ("..", None),
            (".\t.", Some(".%09.")),
            ("a\tb\n", Some("a%09b%0A")),
            ("../../admin?x=1#y", Some("..%2F..%2Fadmin%3Fx%3D1%23y")),
            ("%2e%2e", Some("%252e%252e")),
            ("a\\b", Some("a%5Cb")),
            ("é", Some("%C3%A9")),
        ] {
            assert_eq!(segment(id).as_deref(), expected, "{id:?}");
        }
        assert_eq!(segment(&"x".repeat(2000)), None);
    }

    #[test]
    fn it_is_found_in_documents_of_any_shape() {
        let documents: Vec<Value> = vec![
            json!({"id": "task-1"}),
            json!({"id": "task-1", "status": 5, "user": {"id": "user-7"}}),
            json!({"task_id": "task-1", "id": "request-9"}),
            json!({"taskId": "task-1"}),
            json!({"task": "task-1"}),
            json!({"task": {"id": "task-1"}}),
            json!({"data": {"id": "task-1"}, "code": 0}),
            json!({"data": [{"task_id": "task-1"}]}),
            json!({"data": {"tasks": [{"uid": 1, "id": "task-1"}]}}),
            json!({"result": "{\"id\": \"task-1\"}"}),
            json!([{"id": "task-1"}]),
            json!(["task-1"]),
            json!("task-1"),
            json!({"location": "/v1/tasks/task-1"}),
            json!({"message": "accepted as task-1."}),
            json!({"task-1": {"status": "pending"}}),
            json!({"user": {"id": "user-7"}, "job_id": 3, "output": {"id": "task-1"}}),
            json!({"error": {"id": "error-3", "message": "no"}, "id": "task-1"}),
        ];
        for document in documents {
            assert_eq!(in_document(&document).as_deref(), Some("task-1"), "{document}");
        }
        assert_eq!(in_document(&json!({"id": 12})).as_deref(), Some("12"));
        assert_eq!(in_document(&json!({"job_id": "j-1"})).as_deref(), Some("j-1"));
    }

    #[test]
    fn where_there_is_none_none_is_found() {
        for document in [
            json!({}),
            json!({"error": {"message": "task-9 was not found", "type": "not_found", "id": "e"}}),
            json!({"request_id": "r-1"}),
            json!({"id": ""}),
            json!({"id": null, "ok": true}),
            json!({"message": "slow down"}),
            json!({"id": {"nested": 5.5}}),
        ] {
            assert_eq!(in_document(&document), None, "{document}");
        }
    }

    #[test]
    fn it_is_found_in_texts() {
        for text in [
            r#"{"created": 1, "id": "task-1", "stat"#,
            r#"{"task_id":"task-1""#,
            "<response><id>task-1</id></response>",
            "<html><p>Task ID: task-1</p></html>",
            "task_id=task-1&status=pending",
            "https://a.example/v1/tasks/task-1?x=1",
            "accepted task-1.",
            "{'id': 'task-1'}",
            r#"{\"id\":\"task-1\"}"#,
        ] {
            assert_eq!(in_text(text).as_deref(), Some("task-1"), "{text}");
        }
        for text in ["", "the task is accepted", "<div class=\"task-list\">", "error code: 1010", "idle", "{\"id\""] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(PATTERNS.len(), 5);
    }

    /// An answer is no longer than a megabyte; what takes a minute here would block a program.
    #[test]
    fn a_document_of_many_texts_is_searched_at_once() {
        let start = std::time::Instant::now();
        let texts = vec!["task id "; 100_000];
        assert_eq!(in_document(&json!({ "texts": texts })), None);
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }

    #[test]
    fn a_document_without_end_is_no_trouble() {
        let mut deep = json!({"id": "task-1"});
        for _ in 0..100 {
            deep = json!([deep]);
        }
        assert_eq!(in_document(&deep), None);
        in_text(&"task id ".repeat(1 << 20));
    }
}

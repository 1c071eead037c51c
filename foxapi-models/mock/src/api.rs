//! Imitates what the API does with a request.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::multipart;
use super::request::Seen;
use super::script::Script;

/// A submission that was accepted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Submission {
    /// ID of its task: `task-1`, `task-2`, …
    pub task_id: String,
    /// Path to which it was sent.
    pub path: String,
    /// The body that was sent.
    pub body: Value,
}

/// A file that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Upload {
    /// Name of the file.
    pub file_name: String,
    /// Its media type, according to the client.
    pub content_type: Option<String>,
    /// Its content; empty if the server was asked to fetch the file itself.
    pub bytes: Vec<u8>,
    /// The address from which the server was asked to fetch it.
    pub from: Option<String>,
    /// Whether the oldest uploads may be removed to make room, if the client said so.
    pub auto_cleanup: Option<bool>,
}

/// Checks the body of a submission.
#[derive(Clone)]
pub(crate) struct Check(pub(crate) Arc<CheckBody>);

type CheckBody = dyn Fn(&Value) -> Result<(), String> + Send + Sync;

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Check")
    }
}

/// The state of the server.
#[derive(Debug, Default)]
pub(crate) struct Api {
    pub(crate) url: String,
    pub(crate) key: Option<String>,
    pub(crate) paths: Vec<String>,
    pub(crate) check: Option<Check>,
    pub(crate) latency: Duration,
    pub(crate) script: Script,
    pub(crate) scripts: VecDeque<Script>,
    pub(crate) answers: Vec<(String, Answer)>,
    pub(crate) answers_once: VecDeque<(String, Answer)>,
    pub(crate) seen: Vec<Seen>,
    pub(crate) uploads: Vec<Upload>,
    tasks: Vec<Task>,
}

#[derive(Debug)]
struct Task {
    submission: Submission,
    script: Script,
    /// How often its state was fetched.
    questions: usize,
}

impl Api {
    pub(crate) fn submissions(&self) -> Vec<Submission> {
        self.tasks.iter().map(|task| task.submission.clone()).collect()
    }

    /// Records a request and answers it.
    pub(crate) fn answer(&mut self, seen: Seen) -> Answer {
        let line = seen.line();
        let fits = |(requests, _): &(String, Answer)| line.starts_with(requests.as_str());
        let scripted = match self.answers_once.iter().position(fits) {
            Some(index) => self.answers_once.remove(index),
            None => self.answers.iter().rev().find(|entry| fits(entry)).cloned(),
        };
        let answer = match scripted {
            Some((_, scripted)) => {
                if scripted.takes_effect {
                    drop(self.act(&seen)); // it is lost
                }
                scripted
            }
            None => self.act(&seen),
        };
        self.seen.push(seen);
        answer
    }

    /// Does what the API does.
    fn act(&mut self, seen: &Seen) -> Answer {
        let (path, _) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
        let authorization = seen.header("authorization");
        if let ("GET", Some(file)) = (seen.method.as_str(), path.strip_prefix("/files/")) {
            // A file only needs its address: the key must not be sent there.
            return match authorization {
                Some(_) => Answer::refusal(400, "invalid_request_error", "the key was sent to the server of a file"),
                None => self.file(file),
            };
        }
        let is_right = match (&self.key, authorization.and_then(|value| value.strip_prefix("Bearer "))) {
            (Some(key), Some(given)) => key == given,
            (None, Some(given)) => !given.is_empty(),
            (_, None) => false,
        };
        if !is_right {
            return Answer::refusal(401, "authentication_error", "the key is missing or wrong");
        }
        match (seen.method.as_str(), path) {
            ("POST", "/v1/files/upload/stream") => self.upload_form(seen),
            ("POST", "/v1/files/upload/url") => self.upload_url(&seen.json()),
            ("GET", "/v1/account/credits") => Answer::json(200, json!({"credits": 100})),
            ("GET", "/v1/models") => Answer::json(200, json!({"object": "list", "data": []})),
            ("POST", path) if path.ends_with("/generations") || self.paths.iter().any(|known| known == path) => {
                self.submit(path, seen.json())
            }
            ("GET", path) => match path.strip_prefix("/v1/tasks/") {
                Some(id) => self.task(id),
                None => not_found("there is nothing at this address"),
            },
            _ => not_found("there is nothing at this address"),
        }
    }

    fn submit(&mut self, path: &str, body: Value) -> Answer {
        if !body.is_object() {
            return Answer::refusal(400, "invalid_request_error", "the body is not a JSON object");
        }
        if let Some(Check(check)) = &self.check
            && let Err(message) = check(&body)
        {
            return Answer::refusal(422, "invalid_request_error", &message);
        }
        let task_id = format!("task-{}", self.tasks.len() + 1);
        let submission = Submission { task_id, path: path.to_owned(), body };
        let script = self.scripts.pop_front().unwrap_or_else(|| self.script.clone());
        let mut task = described(&submission);
        task.insert("status".to_owned(), "pending".into());
        task.insert("progress".to_owned(), 0.into());
        task.insert("task_info".to_owned(), json!({"can_cancel": true, "estimated_time": 1}));
        self.tasks.push(Task { submission, script, questions: 0 });
        Answer::json(200, Value::Object(task)).after(self.latency)
    }

    fn task(&mut self, id: &str) -> Answer {
        let url = &self.url;
        let Some(task) = self.tasks.iter_mut().find(|task| task.submission.task_id == id) else {
            return not_found("there is no such task");
        };
        let last = task.script.states.len().saturating_sub(1);
        let state = task.script.states.get(task.questions.min(last)).cloned().unwrap_or_default();
        task.questions += 1;
        let mut said = described(&task.submission);
        said.insert("usage".to_owned(), json!({"credits_reserved": 12.5, "user_group": "default"}));
        if state.get("status").is_some_and(|status| status == "completed") {
            let results = task.script.files.iter().enumerate();
            let results = results.map(|(index, _)| json!({"url": format!("{url}/files/{id}/{index}")}));
            said.insert("results".to_owned(), results.collect());
        }
        if let Value::Object(state) = state {
            said.extend(state);
        }
        Answer::json(200, Value::Object(said))
    }

    /// A result of a task (`task-1/0`), or an upload (`upload-1`).
    fn file(&self, name: &str) -> Answer {
        if let Some((id, index)) = name.split_once('/') {
            let task = self.tasks.iter().find(|task| task.submission.task_id == id);
            let index = index.parse::<usize>().ok();
            return match task.and_then(|task| task.script.files.get(index?)) {
                Some((content_type, bytes)) => Answer::new(200, content_type, bytes.clone()),
                None => not_found("there is no such file"),
            };
        }
        let number = name.strip_prefix("upload-").and_then(|number| number.parse::<usize>().ok());
        match number.and_then(|number| self.uploads.get(number.checked_sub(1)?)) {
            Some(upload) => {
                let content_type = upload.content_type.as_deref().unwrap_or("application/octet-stream");
                Answer::new(200, content_type, upload.bytes.clone())
            }
            None => not_found("there is no such file"),
        }
    }

    fn upload_form(&mut self, seen: &Seen) -> Answer {
        let Some(parts) = multipart::parts(seen.header("content-type").unwrap_or_default(), &seen.body) else {
            return Answer::refusal(400, "invalid_request_error", "the body is not a form");
        };
        let text = |name: &str| {
            let part = parts.iter().find(|part| part.name == name)?;
            Some(String::from_utf8_lossy(part.bytes).into_owned())
        };
        let Some(file) = parts.iter().find(|part| part.name == "file") else {
            return Answer::refusal(400, "invalid_request_error", "the form has no file");
        };
        self.keep(Upload {
            file_name: text("file_name").or_else(|| file.file_name.clone()).unwrap_or_else(|| "upload.bin".to_owned()),
            content_type: file.content_type.clone(),
            bytes: file.bytes.to_vec(),
            from: None,
            auto_cleanup: text("auto_cleanup").map(|text| text == "true"),
        })
    }

    fn upload_url(&mut self, body: &Value) -> Answer {
        let Some(url) = body.get("url").and_then(Value::as_str) else {
            return Answer::refusal(400, "invalid_request_error", "the body names no url");
        };
        let name = body.get("file_name").and_then(Value::as_str).or_else(|| url.rsplit('/').next()).unwrap_or_default();
        self.keep(Upload {
            file_name: name.to_owned(),
            content_type: None,
            bytes: Vec::new(),
            from: Some(url.to_owned()),
            auto_cleanup: body.get("auto_cleanup").and_then(Value::as_bool),
        })
    }

    fn keep(&mut self, upload: Upload) -> Answer {
        let id = format!("upload-{}", self.uploads.len() + 1);
        let answer = json!({
            "id": id, "filename": upload.file_name, "url": format!("{}/files/{id}", self.url),
            "size": upload.bytes.len(), "created": created(),
        });
        self.uploads.push(upload);
        Answer::json(200, answer)
    }
}

/// The members that every task has.
fn described(submission: &Submission) -> Map<String, Value> {
    // `/v1/videos/generations` makes a video.
    let kind = submission.path.split('/').nth(2).unwrap_or_default().trim_end_matches('s');
    let described = json!({
        "id": submission.task_id, "object": format!("{kind}.generation.task"), "type": kind,
        "model": submission.body.get("model"), "created": created(), "results": null, "error": null,
    });
    match described {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn created() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn not_found(message: &str) -> Answer {
    Answer::refusal(404, "not_found", message)
}

//! A server that behaves: checks bodies against spec/ with an independent validator, walks tasks through their
//! states, and serves their videos.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foxapi_models::{Request, VideoRequest};
use foxapi_tests::{spec_file, workspace};
use jsonschema::{Draft, Retrieve, Uri, Validator};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::KEY;
use super::server::answer;

/// What every task makes.
pub(crate) const VIDEO: &[u8] = b"not really a video, but its bytes are counted";

/// A fake of the API on this machine; gone when it is dropped.
pub(crate) struct Fake {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    url: String,
    validators: BTreeMap<&'static str, Validator>,
    tasks: Mutex<Vec<Work>>,
    /// How many questions a task takes before it is completed.
    questions: usize,
    /// How long the answer to a submission takes after it was accepted.
    latency: Duration,
}

/// What the server knows of a task.
struct Work {
    model: String,
    prompt: Value,
    questions: usize,
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Fake {
    /// Tasks are pending, processing and then completed.
    pub(crate) async fn start() -> Self {
        Self::with(2, Duration::ZERO).await
    }

    /// Tasks are completed when they are asked for; submissions are answered this long after they were accepted.
    pub(crate) async fn of_quick_tasks(latency: Duration) -> Self {
        Self::with(0, latency).await
    }

    async fn with(questions: usize, latency: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let url = format!("http://{address}");
        let shared = Arc::new(Shared { url, validators: validators(), tasks: Mutex::default(), questions, latency });
        let server = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&server)));
            }
        });
        Self { address, shared, accepting }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The prompts of all submissions that were accepted, and paid for.
    pub(crate) fn paid(&self) -> Vec<Value> {
        self.shared.tasks.lock().expect("no poison").iter().map(|work| work.prompt.clone()).collect()
    }
}

/// One validator per model, made of the spec files as they are written.
fn validators() -> BTreeMap<&'static str, Validator> {
    let mut validators = BTreeMap::new();
    for page in VideoRequest::pages() {
        for model in page.models {
            let schema = spec(&format!("{}.json", page.slug));
            let options = jsonschema::options().with_draft(Draft::Draft202012).with_retriever(SpecFolder);
            let validator = options.with_base_uri("https://spec.test/").build(&schema).expect("a schema");
            validators.insert(*model, validator);
        }
    }
    validators
}

/// A spec file without what names it: `$id` is no address, and `$schema` describes the dialect.
fn spec(file: &str) -> Value {
    let text = std::fs::read_to_string(spec_file(&workspace().join("spec"), file)).expect("a spec file");
    let mut spec: Value = serde_json::from_str(&text).expect("a spec file is JSON");
    if let Some(members) = spec.as_object_mut() {
        members.retain(|name, _| name != "$id" && name != "$schema");
    }
    spec
}

struct SpecFolder;

impl Retrieve for SpecFolder {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        Ok(spec(uri.as_str().trim_start_matches("https://spec.test/")))
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        while let Some((head, body, length)) = split(&bytes) {
            let response = shared.respond(&head, &body);
            if head.starts_with("post") {
                sleep(shared.latency).await;
            }
            bytes.drain(..length);
            if stream.write_all(&response).await.is_err() {
                return;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
}

/// The first request of what was read, and its length; nothing until it is whole.
fn split(bytes: &[u8]) -> Option<(String, Vec<u8>, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is ASCII").to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let length = end + length.unwrap_or(0);
    (bytes.len() >= length).then(|| (head, bytes[end..length].to_vec(), length))
}

impl Shared {
    fn respond(&self, head: &str, body: &[u8]) -> Vec<u8> {
        let authorized = head.contains(&format!("authorization: bearer {KEY}\r\n").to_ascii_lowercase());
        let line = head.split(" http/").next().unwrap_or_default();
        if line.starts_with("get /files/") {
            // The key of the API has no business there.
            return if head.contains("authorization") { refuse(400, "key_sent_to_cdn") } else { video() };
        }
        if !authorized {
            return refuse(401, "authentication_error");
        }
        match line {
            "post /v1/videos/generations" => self.submit(body),
            _ => match line.strip_prefix("get /v1/tasks/task-") {
                Some(rest) => self.task(rest),
                None => refuse(404, "not_found"),
            },
        }
    }

    fn submit(&self, body: &[u8]) -> Vec<u8> {
        let Ok(body) = serde_json::from_slice::<Value>(body) else { return refuse(400, "invalid_request_error") };
        let model = body["model"].as_str().unwrap_or_default();
        match self.validators.get(model) {
            Some(validator) if validator.is_valid(&body) => {}
            _ => return refuse(422, "invalid_request_error"),
        }
        let mut tasks = self.tasks.lock().expect("no poison");
        tasks.push(Work { model: model.to_owned(), prompt: body["prompt"].clone(), questions: 0 });
        let task = json!({
            "created": 1_757_165_031, "id": format!("task-{}", tasks.len()), "model": model,
            "object": "video.generation.task", "progress": 0, "status": "pending",
            "task_info": {"can_cancel": true, "estimated_time": 1}, "type": "video",
        });
        answer(200, "application/json", "", task.to_string())
    }

    /// Pending, processing, completed without results as long as `sync_upstream` is asked for, then with them.
    fn task(&self, rest: &str) -> Vec<u8> {
        let (number, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut tasks = self.tasks.lock().expect("no poison");
        let work = number.parse().ok().and_then(|number: usize| tasks.get_mut(number.checked_sub(1)?));
        let Some(work) = work else { return refuse(404, "not_found") };
        let left = self.questions.saturating_sub(work.questions);
        work.questions += 1;
        let (status, progress, results) = match (left, query) {
            (2, _) => ("pending", 0, Value::Null),
            (1, _) => ("processing", 50, Value::Null),
            _ if query.is_empty() || self.questions == 0 => {
                ("completed", 100, json!([{"url": format!("{}/files/task-{number}.mp4", self.url)}]))
            }
            _ => ("completed", 100, Value::Null),
        };
        let task = json!({
            "created": 1_757_165_031, "id": format!("task-{number}"), "model": work.model,
            "object": "video.generation.task", "progress": progress, "status": status, "results": results,
            "error": null, "type": "video", "usage": {"credits_reserved": 12.5, "user_group": "default"},
        });
        answer(200, "application/json", "", task.to_string())
    }
}

fn refuse(status: u16, type_: &str) -> Vec<u8> {
    let body = json!({"error": {"message": "refused by the fake", "type": type_}});
    answer(status, "application/json", "", body.to_string())
}

fn video() -> Vec<u8> {
    answer(200, "video/mp4", "", VIDEO)
}

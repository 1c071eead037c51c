//! From a request to a file, against a server that behaves: every model, many at once, and after a kill.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use foxapi_models::client::WaitOptions;
use foxapi_models::kling::KlingV3TextToVideo;
use foxapi_models::{Request, VideoRequest, models};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::fake::{Fake, VIDEO};
use super::{KEY, client, settings, word};

fn hurried() -> WaitOptions {
    WaitOptions::default().interval(Duration::from_millis(2)).max_interval(Duration::from_millis(10))
}

/// The smallest request for a model.
fn smallest(model: &str) -> VideoRequest {
    let mut body = json!({"model": model});
    let page = VideoRequest::pages().iter().find(|page| page.models.contains(&model)).expect("a page");
    for required in ["prompt", "image_url", "video_url"] {
        let value = if required == "prompt" { "a river" } else { "https://example.com/river" };
        if page.schema.to_value()["required"].as_array().is_some_and(|names| names.contains(&json!(required))) {
            body[required] = json!(value);
        }
    }
    VideoRequest::from_value(&body).expect("a valid request")
}

#[tokio::test]
async fn every_model_goes_from_request_to_file() {
    let fake = Fake::start().await;
    let client = client(&fake.url());
    let folder = TempDir::new().expect("a folder");
    let mut done = BTreeSet::new();
    for model in models() {
        let task = client.run_with(&smallest(&model.id), &hurried()).await.expect("results");
        assert_eq!(task.model.as_deref(), Some(model.id.as_str()));
        let path = folder.path().join(&model.id);
        assert_eq!(client.download(&task, &path).await.expect("a file"), VIDEO.len() as u64);
        assert_eq!(std::fs::read(&path).expect("the file"), VIDEO);
        done.insert(model.id.clone());
    }
    assert_eq!((done.len(), fake.paid().len()), (8, 8));
}

#[tokio::test]
async fn what_the_validator_refuses_is_refused_before_it_is_sent() {
    let fake = Fake::start().await;
    let client = client(&fake.url());
    let wrong = KlingV3TextToVideo::builder().prompt("a river").duration(7).build_unchecked();
    let error = client.submit(&wrong).await.expect_err("7 seconds are not allowed");
    assert_eq!(word(&error), "invalid request");
    let error = client.submit_unchecked(&wrong).await.expect_err("the server knows it too");
    assert_eq!(word(&error), "refused 422");
    let stranger = settings(&fake.url()).api_key("sk-0123456789").build().expect("a client");
    let error = stranger.submit(&smallest("kling-v3-text-to-video")).await.expect_err("a wrong key");
    assert!(error.is_authentication(), "{error}");
    let error = client.task("task-7").await.expect_err("no such task");
    assert!(error.is_not_found(), "{error}");
    assert_eq!(fake.paid().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_tasks_at_once_are_paid_once_each() {
    let fake = Fake::start().await;
    let client = settings(&fake.url()).request_timeout(Duration::from_secs(30)).build().expect("a client");
    let start = Instant::now();
    let mut running = JoinSet::new();
    for number in 0..200 {
        let client = client.clone();
        running.spawn(async move {
            let request = KlingV3TextToVideo::builder().prompt(format!("river {number}")).build().expect("valid");
            client.run_with(&request, &hurried()).await.expect("results").id
        });
    }
    let ids: BTreeSet<String> = running.join_all().await.into_iter().collect();
    let prompts: BTreeSet<String> = fake.paid().iter().map(Value::to_string).collect();
    assert_eq!((ids.len(), prompts.len(), fake.paid().len()), (200, 200, 200));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_id_is_all_that_another_process_needs() {
    let fake = Fake::start().await;
    let url = fake.url();
    let id = {
        let client = client(&url);
        let task = client.submit(&smallest("kling-v3-text-to-video")).await.expect("a task");
        let id = task.id.clone();
        let waiting = tokio::spawn(async move { client.wait(&task.id).await });
        sleep(Duration::from_millis(20)).await;
        waiting.abort();
        id
    };
    let task = client(&url).wait_with(&id, &hurried()).await.expect("results");
    assert!(task.has_results());
    assert_eq!(fake.paid().len(), 1);
}

/// The example `batch` as a user runs it, killed in the middle and started again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_batch_is_killed_and_goes_on_without_paying_twice() {
    let batch = example("batch");
    let fake = Fake::of_quick_tasks(Duration::from_millis(100)).await;
    let folder = TempDir::new().expect("a folder");
    let prompts: Vec<String> = (0..12).map(|number| format!("river {number}")).collect();
    std::fs::write(folder.path().join("prompts.txt"), prompts.join("\n")).expect("a file");

    let mut killed = start(&batch, &fake, folder.path());
    let patience = Instant::now() + Duration::from_secs(20);
    while fake.paid().len() < 6 && Instant::now() < patience {
        sleep(Duration::from_millis(5)).await;
    }
    killed.kill().expect("it runs");
    killed.wait().expect("it ends");
    // What was still in the socket arrives.
    sleep(Duration::from_millis(100)).await;
    let paid = fake.paid().len();
    assert!((6..12).contains(&paid), "it was killed in the middle: {paid}");

    // What was under way at the moment of the kill is left alone: nobody there knows whether it was accepted.
    let journal = folder.path().join("videos/journal.jsonl");
    let open = open_prompts(&journal);
    let paid = fake.paid();
    let status = finish(start(&batch, &fake, folder.path())).await;
    assert_eq!(status, open.is_empty(), "it fails as long as something is open");
    assert_eq!(fake.paid().len(), paid.len() + 12 - journaled(&journal, "submitted", &paid) - open.len());
    assert_eq!(open_prompts(&journal), open);

    // A person looks at the tasks of the account and says what became of it.
    let mut lines = String::new();
    for prompt in &open {
        let entry = match paid.iter().position(|paid| paid == prompt) {
            Some(index) => json!({"prompt": prompt, "event": "submitted", "task": format!("task-{}", index + 1)}),
            None => json!({"prompt": prompt, "event": "not submitted"}),
        };
        lines.push_str(&format!("{entry}\n"));
    }
    let text = std::fs::read_to_string(&journal).expect("a journal");
    std::fs::write(&journal, text + &lines).expect("a journal");
    assert!(finish(start(&batch, &fake, folder.path())).await, "now it ends well");

    let paid: BTreeSet<String> = fake.paid().iter().map(Value::to_string).collect();
    assert_eq!((paid.len(), fake.paid().len()), (12, 12), "everything is paid once");
    let videos = std::fs::read_dir(folder.path().join("videos")).expect("a folder");
    let videos =
        videos.filter(|entry| entry.as_ref().expect("an entry").path().extension().is_some_and(|it| it == "mp4"));
    assert_eq!(videos.count(), 12);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_generate_makes_a_file() {
    let generate = example("generate");
    let fake = Fake::of_quick_tasks(Duration::ZERO).await;
    let folder = TempDir::new().expect("a folder");
    let mut command = command(&generate, &fake, folder.path());
    let child = command.args(["a river in spring", "river.mp4"]).spawn().expect("an example");
    assert!(finish(child).await);
    assert_eq!(std::fs::read(folder.path().join("river.mp4")).expect("the file"), VIDEO);
    assert_eq!(fake.paid(), [json!("a river in spring")]);
}

fn entries(journal: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(journal).expect("a journal");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Prompts of which the journal says nothing but that they are submitted now.
fn open_prompts(journal: &Path) -> Vec<Value> {
    let mut open = Vec::new();
    for entry in entries(journal) {
        open.retain(|prompt| *prompt != entry["prompt"]);
        if entry["event"] == "submitting" {
            open.push(entry["prompt"].clone());
        }
    }
    open
}

/// How many of these prompts have such an event.
fn journaled(journal: &Path, event: &str, prompts: &[Value]) -> usize {
    let entries = entries(journal);
    entries.iter().filter(|entry| entry["event"] == event && prompts.contains(&entry["prompt"])).count()
}

/// Builds an example, where it is not built yet, and gives its path.
fn example(name: &str) -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--locked", "--package", "foxapi-models", "--features", "client", "--example", name])
        .args(["--message-format", "json"])
        .current_dir(foxapi_tests::workspace())
        .output()
        .expect("cargo");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let messages = String::from_utf8(built.stdout).expect("messages are text");
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executables = messages.filter(|message| message["target"]["name"] == name);
    let path = executables.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next();
    path.expect("an executable")
}

fn command(example: &Path, fake: &Fake, folder: &Path) -> Command {
    let mut command = Command::new(example);
    command.current_dir(folder).env("FOXAPI_API_KEY", KEY).env("FOXAPI_BASE_URL", fake.url());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn start(batch: &Path, fake: &Fake, folder: &Path) -> Child {
    command(batch, fake, folder).args(["prompts.txt", "videos"]).spawn().expect("an example")
}

/// Waits for the end; whether it was a good one.
async fn finish(mut child: Child) -> bool {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.success();
        }
        if Instant::now() > patience {
            child.kill().expect("it runs");
            panic!("the example does not end");
        }
        sleep(Duration::from_millis(20)).await;
    }
}

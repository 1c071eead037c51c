//! The blocking client: the same results without a runtime, and no panic inside one.

use std::time::Duration;

use foxapi_models::blocking::Client;
use foxapi_models::client::{ErrorKind, WaitOptions};
use tokio::runtime::Runtime;

use super::server::{Act, Server, answer, json, pending};
use super::{request, settings};

const DONE: &str = r#"{"id": "task-1", "status": "completed", "results": [{"url": "URL/video.mp4"}]}"#;

fn client(url: &str) -> Client {
    Client::from_async(settings(url).build().expect("a client")).expect("a blocking client")
}

#[test]
fn it_submits_waits_and_downloads() {
    let runtime = Runtime::new().expect("a runtime for the server");
    let files = runtime.block_on(Server::start(vec![Act::Send(answer(200, "video/mp4", "", "video"))]));
    let acts = vec![Act::Send(pending()), Act::Send(json(200, &DONE.replace("URL", &files.url())))];
    let server = runtime.block_on(Server::start(acts));
    let client = client(&server.url());

    let options = WaitOptions::default().interval(Duration::from_millis(1));
    let task = client.run_with(&request(), &options).expect("results");
    assert_eq!(server.posts(), 1);
    assert_eq!(client.task(&task.id).expect("a task"), task);
    assert_eq!(client.refresh(&task.id).expect("a task"), client.wait(&task.id).expect("a task"));

    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    assert_eq!(client.download(&task, &path).expect("a file"), 5);
    assert_eq!(std::fs::read(path).expect("the file"), b"video");
}

#[test]
fn many_threads_share_one() {
    let runtime = Runtime::new().expect("a runtime for the server");
    let server = runtime.block_on(Server::start(vec![Act::Send(pending())]));
    let client = client(&server.url());
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.submit(&request()).map(|task| task.id))
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic").expect("a task"), "task-1");
    }
    assert_eq!(server.posts(), 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_a_runtime_allows_to_block_it_works() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let client = client(&server.url());
    let other = client.clone();
    let task = tokio::task::spawn_blocking(move || other.submit(&request())).await.expect("no panic");
    assert_eq!(task.expect("a task").id, "task-1");
    let task = tokio::task::block_in_place(|| client.submit(&request()));
    assert_eq!(task.expect("a task").id, "task-1");
}

#[tokio::test]
async fn a_task_without_a_budget_is_no_panic_either() {
    let runtime = Runtime::new().expect("a runtime for the server");
    let server = runtime.spawn(Server::start(vec![Act::Send(pending())])).await.expect("a server");
    let client = client(&server.url());
    // Such a task cannot be detected; it is blocked, as its author intended.
    let task = tokio::task::unconstrained(async { client.submit(&request()) }).await;
    assert_eq!(task.expect("a task").id, "task-1");
    drop(client);
    runtime.shutdown_background();
}

#[test]
fn a_result_goes_to_any_writer() {
    let runtime = Runtime::new().expect("a runtime for the server");
    let files = runtime.block_on(Server::start(vec![Act::Send(answer(200, "video/mp4", "", "video"))]));
    let task = serde_json::from_str(&DONE.replace("URL", &files.url())).expect("a task");
    let mut video = Vec::new();
    let options = foxapi_models::client::DownloadOptions::default();
    assert_eq!(client(&files.url()).download_to(&task, &mut video, &options).expect("a file"), 5);
    assert_eq!(video, b"video");
}

#[tokio::test]
async fn inside_of_a_runtime_it_is_an_error_and_no_panic() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let client = client(&server.url());
    let error = client.submit(&request()).expect_err("it would block the runtime");
    assert!(matches!(error.kind(), ErrorKind::InsideAsyncRuntime), "{error:?}");
    assert!(!error.may_have_been_accepted());
    assert_eq!(server.connections(), 0);
    drop(client); // neither is this
}

//! Waiting: bounded, patient with faults, and always with the ID in hand.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use foxapi_models::client::{ErrorKind, RetryPolicy, WaitOptions};
use futures_core::Stream;

use super::server::{Act, Server, json, pending, refusal};
use super::{client, prints, request, settings, word};

const COMPLETED: &str = r#"{"id": "task-1", "status": "completed", "progress": 100, "results": null}"#;
const RESULTS: &str = r#"{"id": "task-1", "status": "completed", "results": [{"url": "https://cdn.example/a.mp4"}]}"#;

fn hurried() -> WaitOptions {
    let ms = Duration::from_millis;
    WaitOptions::default().interval(ms(5)).max_interval(ms(20)).timeout(Duration::from_secs(5))
}

fn send(body: &str) -> Act {
    Act::Send(json(200, body))
}

fn in_state(status: &str, more: &str) -> Act {
    send(&format!(r#"{{"id": "task-1", "status": "{status}"{more}}}"#))
}

#[tokio::test]
async fn a_task_is_followed_through_its_states_and_faults() {
    let acts = vec![
        in_state("pending", ""),
        Act::ResetAfterRequest,
        Act::Send(refusal(502, "bad_gateway", "")),
        Act::Send(refusal(429, "rate_limit_error", "Retry-After: 0\r\n")),
        send("<html>"),
        in_state("thinking", ""),
        in_state("processing", r#", "progress": 40"#),
        send(RESULTS),
    ];
    let server = Server::start(acts).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&seen);
    let options = hurried().on_progress(move |task| noted.lock().expect("no poison").push(task.status.to_string()));
    let task = client(&server.url()).wait_with("task-1", &options).await.expect("results");
    assert_eq!(task.result_urls(), ["https://cdn.example/a.mp4"]);
    assert_eq!(*seen.lock().expect("no poison"), ["pending", "thinking", "processing", "completed"]);
    assert_eq!(server.seen().len(), 8);
    assert!(server.seen().iter().all(|seen| seen.line() == "GET /v1/tasks/task-1?sync_upstream=true"));
}

#[tokio::test]
async fn completed_without_results_is_asked_for_again_without_sync_upstream() {
    let server = Server::start(vec![send(COMPLETED), send(COMPLETED), send(RESULTS)]).await;
    client(&server.url()).wait_with("task-1", &hurried()).await.expect("results");
    let lines: Vec<_> = server.seen().iter().map(|seen| seen.line().to_owned()).collect();
    assert_eq!(lines, ["GET /v1/tasks/task-1?sync_upstream=true", "GET /v1/tasks/task-1", "GET /v1/tasks/task-1"]);
}

#[tokio::test]
async fn completed_without_results_for_ever_is_an_error() {
    let server = Server::start(vec![send(COMPLETED)]).await;
    let error = client(&server.url()).wait_with("task-1", &hurried().max_empty(3)).await.expect_err("nothing there");
    assert_eq!((word(&error).as_str(), server.seen().len()), ("no results", 4));
    assert_eq!(error.task_id(), Some("task-1"));
    assert_eq!(error.task().and_then(|task| task.progress), Some(100));
}

#[tokio::test]
async fn results_of_the_older_shape_are_results() {
    let server =
        Server::start(vec![in_state("completed", r#", "output": {"url": "https://cdn.example/b.mp4"}"#)]).await;
    let task = client(&server.url()).wait_with("task-1", &hurried()).await.expect("results");
    assert_eq!(task.result_urls(), ["https://cdn.example/b.mp4"]);
}

#[tokio::test]
async fn failed_and_cancelled_end_the_wait_with_the_task() {
    let reason = r#", "error": {"code": "nsfw", "message": "not allowed", "type": "task_error"}"#;
    let server = Server::start(vec![in_state("failed", reason)]).await;
    let error = client(&server.url()).wait_with("task-1", &hurried()).await.expect_err("failed");
    assert_eq!(error.to_string(), "task task-1 failed: task_error: not allowed (code nsfw)");
    let code = error.task().and_then(|task| task.error.as_ref()?.code.clone());
    assert_eq!((word(&error).as_str(), code.as_deref()), ("task failed", Some("nsfw")));
    assert!(!error.is_retryable());

    let server = Server::start(vec![in_state("cancelled", "")]).await;
    let error = client(&server.url()).wait_with("task-1", &hurried()).await.expect_err("cancelled");
    assert_eq!((word(&error).as_str(), error.task_id()), ("task cancelled", Some("task-1")));
}

#[tokio::test]
async fn faults_that_do_not_pass_end_the_wait_at_once() {
    for status in [401, 404] {
        let server = Server::start(vec![Act::Send(refusal(status, "some_error", ""))]).await;
        let error = client(&server.url()).wait_with("task-1", &hurried()).await.expect_err("refused");
        assert_eq!((error.status(), error.task_id(), server.seen().len()), (Some(status), Some("task-1"), 1));
    }
}

#[tokio::test]
async fn too_many_faults_in_a_row_end_the_wait_with_the_last() {
    let server = Server::start(vec![in_state("pending", ""), Act::Send(refusal(500, "server_error", ""))]).await;
    let error = client(&server.url()).wait_with("task-1", &hurried().max_failures(5)).await.expect_err("faults");
    assert_eq!((word(&error).as_str(), server.seen().len()), ("refused 500", 7));
    assert_eq!(error.task_id(), Some("task-1"));
}

#[tokio::test]
async fn the_time_limit_holds_whatever_the_server_does() {
    let limit = Duration::from_millis(200);
    let acts = [
        Act::Silence,
        in_state("processing", ""),
        Act::Send(refusal(429, "rate_limit_error", "Retry-After: 3600\r\n")),
        Act::Drip(pending(), Duration::from_millis(20)),
    ];
    for act in acts {
        let server = Server::start(vec![act.clone()]).await;
        let client = client(&server.url());
        let start = Instant::now();
        let error = client.wait_with("task-1", &hurried().timeout(limit)).await.expect_err("time is over");
        let took = start.elapsed();
        assert_eq!(word(&error), "wait timed out", "{act:?}");
        assert!((limit..limit + Duration::from_millis(700)).contains(&took), "{act:?}: {took:?}");
        assert_eq!(error.task_id(), Some("task-1"));
        assert!(error.is_timeout() && error.is_retryable(), "to wait again is safe: {error}");
        assert!(error.to_string().contains("task-1"), "{error}");
    }
}

#[tokio::test]
async fn limits_without_end_are_no_trouble() {
    let server = Server::start(vec![in_state("pending", ""), send(RESULTS)]).await;
    let options = hurried().timeout(Duration::MAX).max_interval(Duration::MAX);
    client(&server.url()).wait_with("task-1", &options).await.expect("results");
}

#[tokio::test]
async fn questions_become_rarer() {
    let server = Server::start(vec![in_state("pending", "")]).await;
    let ms = Duration::from_millis;
    let options = WaitOptions::default().interval(ms(20)).max_interval(ms(100)).timeout(ms(400));
    client(&server.url()).wait_with("task-1", &options).await.expect_err("time is over");
    // 20, 30, 45, 67, 100, 100, …, each up to a quarter shorter.
    let asked = server.seen().len();
    assert!((4..=10).contains(&asked), "{asked} questions");
}

#[tokio::test]
async fn run_submits_once_and_keeps_the_id_whatever_comes_after() {
    let server = Server::start(vec![Act::Send(pending()), in_state("processing", ""), send(RESULTS)]).await;
    let task = client(&server.url()).run_with(&request(), &hurried()).await.expect("results");
    assert!(task.has_results());
    assert_eq!((server.posts(), server.seen().len()), (1, 3));

    let faults = [Act::Silence, Act::Send(refusal(401, "authentication_error", "")), Act::CloseAfterRequest];
    for fault in faults {
        let server = Server::start(vec![Act::Send(pending()), fault.clone()]).await;
        let options = hurried().max_failures(1).timeout(Duration::from_millis(800));
        let error = client(&server.url()).run_with(&request(), &options).await.expect_err("a fault");
        assert_eq!(error.task_id(), Some("task-1"), "{fault:?}");
        assert!(prints(&error).contains("task-1"), "{fault:?}");
        assert!(!error.is_retryable(), "to run it again is to pay again: {error}");
        assert!(error.may_have_been_accepted(), "it was accepted: {error}");
        assert_eq!(server.posts(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_time_out_of_the_wait_has_the_last_state_and_the_last_fault() {
    let server = Server::start(vec![in_state("processing", r#", "progress": 40"#), Act::CloseAfterRequest]).await;
    let options = hurried().timeout(Duration::from_millis(600)).max_failures(1000);
    let error = client(&server.url()).wait_with("task-1", &options).await.expect_err("time is over");
    let ErrorKind::WaitTimedOut(timeout) = error.kind() else { panic!("{error:?}") };
    assert_eq!(timeout.task.as_ref().and_then(|task| task.progress), Some(40));
    assert!(timeout.last_error.as_ref().is_some_and(|error| word(error) == "no answer"), "{timeout:?}");
}

#[tokio::test]
async fn the_task_of_another_id_is_not_taken() {
    let other = r#"{"id": "task-2", "status": "completed", "results": [{"url": "https://cdn.example/a.mp4"}]}"#;
    let server = Server::start(vec![send(other)]).await;
    let error = client(&server.url()).wait_with("task-1", &hurried()).await.expect_err("another task");
    assert_eq!((word(&error).as_str(), error.task_id()), ("unreadable 200", Some("task-1")));
    assert!(error.to_string().contains("is about another task"), "{error}");
}

#[tokio::test]
async fn an_end_is_known_by_what_an_answer_holds() {
    let done = r#", "results": ["https://cdn.example/a.mp4"]"#;
    for status in ["succeeded", "COMPLETED", "all good"] {
        let server = Server::start(vec![in_state(status, done)]).await;
        let task = client(&server.url()).wait_with("task-1", &hurried()).await.expect("results");
        assert_eq!(task.result_urls(), ["https://cdn.example/a.mp4"], "{status}");
    }
    for (status, more) in [
        ("FAILURE", r#", "fail_reason": "out of memory""#),
        ("broken", r#", "error": "out of memory""#),
        ("failed", r#", "data": {"error": {"detail": "out of\n memory"}}"#),
        ("completed", r#", "error": {"message": "out of memory"}"#),
    ] {
        let server = Server::start(vec![in_state(status, more)]).await;
        let error = client(&server.url()).wait_with("task-1", &hurried()).await.expect_err("it failed");
        assert_eq!(word(&error), "task failed", "{status}");
        assert!(error.to_string().contains("out of memory"), "{error}");
    }
}

#[tokio::test]
async fn a_wait_that_cannot_be_read_is_waited_for_as_long_as_any() {
    let acts = vec![Act::Send(refusal(429, "rate_limit_error", "Retry-After: soon\r\n")), send(RESULTS)];
    let server = Server::start(acts).await;
    let longest = Duration::from_secs(1);
    let retry = RetryPolicy::default().max_retry_after(longest);
    let client = settings(&server.url()).retry(retry).build().expect("a client");
    let start = Instant::now();
    client.wait_with("task-1", &hurried()).await.expect("results");
    assert!(start.elapsed() >= longest, "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_states_of_a_task_are_a_stream() {
    let acts = vec![in_state("pending", ""), Act::ResetAfterRequest, in_state("processing", ""), send(RESULTS)];
    let server = Server::start(acts).await;
    let mut states = client(&server.url()).watch_with("task-1", &hurried());
    let mut seen = Vec::new();
    while let Some(state) = std::future::poll_fn(|context| Pin::new(&mut states).poll_next(context)).await {
        seen.push(state.map(|task| task.status.to_string()).map_err(|error| word(&error)));
    }
    assert_eq!(seen, ["pending", "processing", "completed"].map(|status| Ok(status.to_owned())));

    let server = Server::start(vec![in_state("pending", ""), in_state("failed", "")]).await;
    let mut states = client(&server.url()).watch_with("task-1", &hurried());
    let mut next = async || std::future::poll_fn(|context| Pin::new(&mut states).poll_next(context)).await;
    assert!(next().await.is_some_and(|state| state.is_ok()));
    assert_eq!(next().await.and_then(Result::err).map(|error| word(&error)), Some("task failed".to_owned()));
    assert!(next().await.is_none() && next().await.is_none());
}

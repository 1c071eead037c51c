//! From a request to a file, against a correct server: every model, and many at once.

use std::collections::BTreeSet;
use std::time::Duration;

use foxapi_models::client::WaitOptions;
use foxapi_models::kling::KlingV3TextToVideo;
use foxapi_models::{AnyRequest, Request, models};
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::fake::{Fake, VIDEO};
use super::{client, settings, word};

fn hurried() -> WaitOptions {
    WaitOptions::default().interval(Duration::from_millis(2)).max_interval(Duration::from_millis(10))
}

/// The smallest request for a model.
fn smallest(model: &str) -> AnyRequest {
    let body = crate::bodies::pages::smallest().remove(model).expect("a body");
    AnyRequest::from_value(&body).expect("a valid request")
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
    assert_eq!((done.len(), fake.paid().len()), (models().count(), models().count()));
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
    // None of them gives up, however busy the machine is.
    let patient = Duration::from_secs(3600);
    let client = settings(&fake.url()).request_timeout(patient).connect_timeout(patient).build().expect("a client");
    let options = hurried().timeout(patient);
    let mut running = JoinSet::new();
    for number in 0..200 {
        let (client, options) = (client.clone(), options.clone());
        running.spawn(async move {
            let request = KlingV3TextToVideo::builder().prompt(format!("river {number}")).build().expect("valid");
            client.run_with(&request, &options).await.expect("results").id
        });
    }
    let ids: BTreeSet<String> = running.join_all().await.into_iter().collect();
    let prompts: BTreeSet<String> = fake.paid().iter().map(Value::to_string).collect();
    assert_eq!((ids.len(), prompts.len(), fake.paid().len()), (200, 200, 200));
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

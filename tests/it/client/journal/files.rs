//! Downloads that a journal knows are not done twice.

use foxapi_models::Task;
use foxapi_models::client::DownloadOptions;
use tempfile::TempDir;

use super::super::client;
use super::super::server::{Act, Server, answer, pending};
use super::{key, open};
use crate::client::request;

fn task(url: &str) -> Task {
    let results = serde_json::json!([{"url": format!("{url}/a.mp4")}, {"url": format!("{url}/b.mp4")}]);
    serde_json::from_value(serde_json::json!({"id": "task-1", "status": "completed", "results": results}))
        .expect("a task")
}

#[tokio::test]
async fn a_result_is_fetched_once_as_long_as_its_file_is_there() {
    let server = Server::start(vec![Act::Send(pending()), Act::Send(answer(200, "video/mp4", "", "video"))]).await;
    let folder = TempDir::new().expect("a folder");
    let (path, task, client) = (folder.path().join("a.mp4"), task(&server.url()), client(&server.url()));
    let gets = || server.seen().iter().filter(|seen| seen.line().starts_with("GET")).count();
    open(&folder).await.submit(&client, &key(), &request()).await.expect("a task");
    for _ in 0..2 {
        let journal = open(&folder).await;
        assert_eq!(journal.download(&client, &task, &path).await.expect("a file"), 5);
        assert_eq!(gets(), 1);
    }
    let second = DownloadOptions::default().result(1);
    let journal = open(&folder).await;
    journal.download_with(&client, &task, folder.path().join("b.mp4"), &second).await.expect("another file");
    let files = journal.entry(&key()).await.expect("a journal").expect("an entry").files;
    assert_eq!(files, [path.clone(), folder.path().join("b.mp4")]);
    assert_eq!(gets(), 2);

    std::fs::remove_file(&path).expect("a file");
    journal.download(&client, &task, &path).await.expect("it is fetched again");
    assert_eq!(gets(), 3);

    std::fs::write(&path, "something else").expect("a file");
    let error = journal.download(&client, &task, &path).await.expect_err("it is not the result");
    assert!(error.to_string().contains("is there already"), "{error}");
    assert_eq!(std::fs::read(&path).expect("the file"), b"something else");
}

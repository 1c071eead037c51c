//! Uploads and downloads in a journal are not repeated.

use foxapi_mock::Mock;
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
    assert!(error.to_string().contains("already exists"), "{error}");
    assert_eq!(std::fs::read(&path).expect("the file"), b"something else");
}

#[tokio::test]
async fn a_content_is_uploaded_once_per_address_of_the_api_while_it_is_kept() {
    let mock = Mock::start().expect("a port");
    let folder = TempDir::new().expect("a folder");
    let (first, copy) = (folder.path().join("a.jpg"), folder.path().join("b.jpg"));
    std::fs::write(&first, "a picture").expect("a file");
    std::fs::copy(&first, &copy).expect("a copy");
    let api = client(&mock.url());
    let mut urls = Vec::new();
    for path in [&first, &copy, &first] {
        urls.push(open(&folder).await.upload(&api, path).await.expect("an address").url);
    }
    assert!(urls.iter().all(|url| *url == urls[0]), "{urls:?}");
    assert_eq!(mock.uploads().len(), 1);

    std::fs::write(&copy, "another picture").expect("a file");
    let journal = open(&folder).await;
    assert_ne!(journal.upload(&api, &copy).await.expect("an address").url, urls[0]);
    let other = Mock::start().expect("a port");
    journal.upload(&client(&other.url()), &first).await.expect("an address");
    assert_eq!((mock.uploads().len(), other.uploads().len()), (2, 1));

    let error = journal.upload(&api, folder.path().join("missing")).await.expect_err("no file");
    assert!(error.to_string().contains("missing"), "{error}");
}

//! Downloads: complete under the final name, or not at all, and without sending the key.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foxapi_models::client::{DownloadError, DownloadOptions, ErrorKind, ForbiddenAddress};
use foxapi_models::{ClientError, Task};
use tempfile::TempDir;

use super::server::{Act, Server, answer};
use super::{KEY, check_secret, client, prints, settings};

fn task(urls: &[String]) -> Task {
    let results: Vec<_> = urls.iter().map(|url| serde_json::json!({"url": url})).collect();
    let task = serde_json::json!({"id": "task-1", "status": "completed", "results": results});
    serde_json::from_value(task).expect("a task")
}

fn video() -> Vec<u8> {
    (0..300_000_u32).map(|number| (number % 251) as u8).collect()
}

fn file() -> Vec<u8> {
    answer(200, "video/mp4", "", video())
}

fn fault(error: &ClientError) -> &DownloadError {
    check_secret(&prints(error));
    assert_eq!(error.task_id(), Some("task-1"));
    match error.kind() {
        ErrorKind::Download(error) => error,
        other => panic!("{other:?}"),
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn a_file_arrives_whole_without_the_key() {
    let server = Server::start(vec![Act::Send(file())]).await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&seen);
    let parts = folder.path().to_owned();
    let options = DownloadOptions::default().on_progress(move |received, total| {
        noted.lock().expect("no poison").push((received, total, names(&parts)));
    });
    let task = task(&[format!("{}/video.mp4?signature=s3cret", server.url())]);
    let length = client(&server.url()).download_with(&task, &path, &options).await.expect("a file");
    assert_eq!(length, 300_000);
    assert_eq!(std::fs::read(&path).expect("the file"), video());
    assert_eq!(names(folder.path()), ["video.mp4"], "nothing else is left");

    let seen = seen.lock().expect("no poison");
    assert_eq!(seen.last().map(|(received, total, _)| (*received, *total)), Some((300_000, Some(300_000))));
    for (_, _, names) in seen.iter() {
        assert!(names.len() == 1 && names[0].starts_with("video.mp4.") && names[0].ends_with(".part"), "{names:?}");
    }
    let request = &server.seen()[0];
    assert_eq!((request.line(), request.header("authorization")), ("GET /video.mp4?signature=s3cret", None));
    assert!(!request.head.contains(KEY));
    assert!(request.header("user-agent").is_some_and(|agent| agent.starts_with("foxapi-models/")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let server = Server::start(vec![Act::Send(file())]).await;
    let folder = TempDir::new().expect("a folder");
    let (ours, other) = (folder.path().join("video.mp4"), folder.path().join("other"));
    client(&server.url()).download(&task(&[server.url()]), &ours).await.expect("a file");
    std::fs::write(&other, "").expect("a file");
    let mode = |path: &Path| std::fs::metadata(path).expect("a file").permissions().mode();
    assert_eq!(mode(&ours), mode(&other));
}

#[tokio::test]
async fn a_file_that_is_there_is_kept_unless_told() {
    let server = Server::start(vec![Act::Send(file())]).await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    std::fs::write(&path, "mine").expect("a file");
    let (client, task) = (client(&server.url()), task(&[server.url()]));

    let error = client.download(&task, &path).await.expect_err("it is there");
    assert!(matches!(fault(&error), DownloadError::AlreadyExists(found) if *found == path));
    assert_eq!((std::fs::read(&path).expect("the file").as_slice(), server.connections()), (&b"mine"[..], 0));

    client.download_with(&task, &path, &DownloadOptions::default().overwrite(true)).await.expect("a file");
    assert_eq!(std::fs::read(&path).expect("the file"), video());
}

#[tokio::test]
async fn a_file_that_appears_meanwhile_is_kept_too() {
    let server = Server::start(vec![Act::Send(file())]).await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    let appears = path.clone();
    let options = DownloadOptions::default().on_progress(move |_, _| std::fs::write(&appears, "mine").expect("a file"));
    let error = client(&server.url()).download_with(&task(&[server.url()]), &path, &options).await.expect_err("there");
    assert!(matches!(fault(&error), DownloadError::AlreadyExists(_)));
    assert_eq!(std::fs::read(&path).expect("the file"), b"mine");
    assert_eq!(names(folder.path()), ["video.mp4"]);
}

#[tokio::test]
async fn half_a_file_is_no_file() {
    let half = || file()[..150_000].to_vec();
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n".to_vec();
    let acts = [
        Act::SendAndClose(half()),
        Act::SendAndReset(half()),
        Act::SendAndHang(half()),
        Act::Silence,
        Act::SendAndClose(chunked),
        Act::Send(answer(200, "video/mp4", "", "")),
        Act::Send(answer(200, "text/html", "", "<p>log in</p>")),
        Act::Send(answer(403, "application/xml", "", "<Error>expired</Error>")),
        Act::Send(answer(500, "text/plain", "", "oops")),
    ];
    for act in acts {
        let server = Server::start(vec![act.clone()]).await;
        let folder = TempDir::new().expect("a folder");
        let options = DownloadOptions::default().silence(Duration::from_millis(150));
        let path = folder.path().join("video.mp4");
        let result = client(&server.url()).download_with(&task(&[server.url()]), &path, &options).await;
        fault(&result.expect_err("no file"));
        assert_eq!(names(folder.path()), [""; 0], "{:?}", server.seen());
    }
}

#[tokio::test]
async fn a_fault_that_passes_is_not_seen() {
    let acts = vec![
        Act::SendAndClose(file()[..150_000].to_vec()),
        Act::Send(answer(503, "text/plain", "", "busy")),
        Act::Send(file()),
    ];
    let server = Server::start(acts).await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    client(&server.url()).download(&task(&[server.url()]), &path).await.expect("a file");
    assert_eq!(std::fs::read(&path).expect("the file"), video());
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_download_that_is_given_up_leaves_nothing() {
    let server = Server::start(vec![Act::SendAndHang(file()[..150_000].to_vec())]).await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    let (client, task) = (client(&server.url()), task(&[server.url()]));
    let given_up = tokio::time::timeout(Duration::from_millis(200), client.download(&task, &path)).await;
    assert!(given_up.is_err());
    assert_eq!(names(folder.path()), [""; 0]);
}

#[tokio::test]
async fn each_result_can_be_had_and_no_other() {
    let server = Server::start(vec![Act::Send(file())]).await;
    let folder = TempDir::new().expect("a folder");
    let (client, path) = (client(&server.url()), folder.path().join("video.mp4"));
    let two = task(&[format!("{}/a", server.url()), format!("{}/b", server.url())]);
    client.download_with(&two, &path, &DownloadOptions::default().result(1)).await.expect("a file");
    assert_eq!(server.seen()[0].line(), "GET /b");

    let options = DownloadOptions::default().result(2).overwrite(true);
    let error = client.download_with(&two, &path, &options).await.expect_err("there are two");
    assert!(matches!(fault(&error), DownloadError::NoSuchResult { results: 2, .. }));

    for strange in ["", "not a url", "file:///etc/passwd", "ftp://a.example/b"] {
        let target = folder.path().join("strange.mp4");
        let error = client.download(&task(&[strange.to_owned()]), target).await.expect_err("no address");
        assert!(matches!(fault(&error), DownloadError::InvalidUrl | DownloadError::NoSuchResult { results: 0, .. }));
    }
    let error = client.download(&two, folder.path().join("no/such/folder.mp4")).await.expect_err("no folder");
    assert!(matches!(fault(&error), DownloadError::Io(_)));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn redirects_of_the_file_are_followed_without_the_key() {
    let files = Server::start(vec![Act::Send(file())]).await;
    let extra = format!("Location: {}/real.mp4\r\n", files.url());
    let server = Server::start(vec![Act::Send(answer(302, "text/plain", &extra, ""))]).await;
    let folder = TempDir::new().expect("a folder");
    client(&server.url()).download(&task(&[server.url()]), folder.path().join("video.mp4")).await.expect("a file");
    assert_eq!((files.seen()[0].line(), files.seen()[0].header("authorization")), ("GET /real.mp4", None));
}

/// A client of an API on another machine.
fn remote() -> foxapi_models::client::ClientBuilder {
    settings("https://api.foxapi.cc")
}

#[tokio::test]
async fn an_address_that_must_not_be_asked_is_not() {
    let server = Server::start(vec![Act::Send(file())]).await;
    let port = server.url().rsplit(':').next().expect("a port").to_owned();
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    for (url, reason) in [
        (server.url(), ForbiddenAddress::ThisMachine),
        (format!("http://localhost:{port}/a"), ForbiddenAddress::ThisMachine),
        (format!("http://[::ffff:127.0.0.1]:{port}/a"), ForbiddenAddress::ThisMachine),
        (format!("http://2130706433:{port}/a"), ForbiddenAddress::ThisMachine),
        (format!("http://0.0.0.0:{port}/a"), ForbiddenAddress::NotPublic),
        ("http://192.168.0.1/a".to_owned(), ForbiddenAddress::NotPublic),
        ("http://169.254.169.254/latest/meta-data/".to_owned(), ForbiddenAddress::NotPublic),
        ("https://user:password@example.com/a".to_owned(), ForbiddenAddress::UserInformation),
    ] {
        let client = remote().build().expect("a client");
        let error = client.download(&task(std::slice::from_ref(&url)), &path).await.expect_err("forbidden");
        let DownloadError::Forbidden(found) = fault(&error) else { panic!("{url}: {error:?}") };
        assert_eq!(*found, reason, "{url}");
        assert!(!error.is_retryable() && !error.to_string().contains("password@"), "{error}");
    }
    assert_eq!(server.connections(), 0);

    let allowed = remote().allow_private_addresses(true).build().expect("a client");
    allowed.download(&task(&[format!("http://localhost:{port}/a")]), &path).await.expect("a file");
}

#[tokio::test]
async fn a_redirect_tells_no_other_host_where_it_comes_from() {
    let files = Server::start(vec![Act::Send(file())]).await;
    let extra = format!("Location: {}/real.mp4\r\n", files.url());
    let server = Server::start(vec![Act::Send(answer(302, "text/plain", &extra, ""))]).await;
    let folder = TempDir::new().expect("a folder");
    let url = format!("{}/video.mp4?signature=s3cret", server.url());
    client(&server.url()).download(&task(&[url]), folder.path().join("video.mp4")).await.expect("a file");
    assert_eq!(files.seen()[0].header("referer"), None);
    assert!(!files.seen()[0].head.contains("s3cret"));
}

#[tokio::test]
async fn a_result_goes_to_any_writer_whole_or_with_an_error() {
    let half = Act::SendAndClose(file()[..150_000].to_vec());
    let server = Server::start(vec![Act::Send(answer(503, "text/plain", "", "busy")), Act::Send(file()), half]).await;
    let (client, task) = (client(&server.url()), task(&[server.url()]));
    let mut video = Vec::new();
    let length = client.download_to(&task, &mut video, &DownloadOptions::default()).await.expect("a file");
    assert_eq!((length, video.as_slice()), (300_000, super::download::video().as_slice()));

    let mut part = Vec::new();
    let error = client.download_to(&task, &mut part, &DownloadOptions::default()).await.expect_err("half of it");
    assert!(matches!(fault(&error), DownloadError::Connection(_)), "{error}");
    assert_eq!(server.seen().len(), 3, "what a writer has taken is not sent again");
}

#[tokio::test]
async fn what_is_not_a_file_is_an_error_with_what_it_says() {
    let text = "WEBVTT\n\n00:01.000 --> 00:04.000\nHello";
    let server = Server::start(vec![Act::Send(answer(200, "text/vtt", "", text))]).await;
    let folder = TempDir::new().expect("a folder");
    let (client, task) = (client(&server.url()), task(&[server.url()]));
    let path = folder.path().join("words.vtt");
    let error = client.download(&task, &path).await.expect_err("text");
    assert!(error.to_string().contains("text/vtt") && error.to_string().contains("WEBVTT"), "{error}");
    assert_eq!(names(folder.path()), [""; 0]);

    client.download_with(&task, &path, &DownloadOptions::default().any_type(true)).await.expect("a file");
    let mut of_text = task.clone();
    of_text.type_ = Some(foxapi_models::OutputKind::Text);
    client.download(&of_text, folder.path().join("more.vtt")).await.expect("a file");
}

#[tokio::test]
async fn an_error_does_not_deny_what_a_task_holds() {
    let task = r#"{"id": "task-1", "status": "completed", "results": [{"text": "a poem"}], "note": "https://a.example/?s=s3cret"}"#;
    let task: Task = serde_json::from_str(task).expect("a task");
    let error = client("http://127.0.0.1:9").download(&task, "poem.txt").await.expect_err("no address");
    assert!(error.to_string().contains("a poem") && !error.to_string().contains("s3cret"), "{error}");
}

#[test]
fn what_stands_in_the_way_is_found_before_paying() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("there.mp4"), "mine").expect("a file");
    let options = DownloadOptions::default();
    assert!(options.check(path("new.mp4")).is_ok());
    assert!(matches!(options.check(path("there.mp4")), Err(DownloadError::AlreadyExists(_))));
    assert!(options.clone().overwrite(true).check(path("there.mp4")).is_ok());
    assert!(matches!(options.check(path("no/such/folder.mp4")), Err(DownloadError::Io(_))));
    assert!(matches!(options.check(""), Err(DownloadError::Io(_))));
    assert!(matches!(options.clone().overwrite(true).check(folder.path()), Err(DownloadError::Io(_))));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("no/such/file", path("link.mp4")).expect("a link");
        assert!(matches!(options.check(path("link.mp4")), Err(DownloadError::AlreadyExists(_))));
    }
    assert_eq!(std::fs::read(path("there.mp4")).expect("the file"), b"mine");
}

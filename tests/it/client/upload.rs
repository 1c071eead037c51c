//! Uploads: complete or not at all, retried if that is possible, and never unbounded.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use foxapi_mock::{Answer, Mock};
use foxapi_models::client::{UploadError, UploadOptions, Uploaded};
use foxapi_models::{ClientError, client::ErrorKind};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{RETRIES, check_secret, client, prints, settings, word};

const STREAM: &str = "POST /v1/files/upload/stream";

fn picture() -> Vec<u8> {
    (0..300_000_u32).map(|number| (number % 251) as u8).collect()
}

/// A file with the picture in it.
fn file(folder: &TempDir) -> std::path::PathBuf {
    let path = folder.path().join("garden \"1\".jpg");
    std::fs::write(&path, picture()).expect("a file");
    path
}

#[tokio::test]
async fn a_file_gets_an_address() {
    let mock = Mock::start().expect("a port");
    let folder = TempDir::new().expect("a folder");
    let progress = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&progress);
    let options =
        UploadOptions::default().on_progress(move |sent, total| noted.lock().expect("no poison").push((sent, total)));
    let uploaded = client(&mock.url()).upload_with(file(&folder), &options).await.expect("an address");
    assert_eq!((uploaded.size, uploaded.url), (Some(300_000), format!("{}/files/upload-1", mock.url())));
    let seen = mock.uploads();
    assert_eq!((seen[0].bytes == picture(), seen[0].content_type.as_deref()), (true, Some("image/jpeg")));
    assert_eq!(seen[0].auto_cleanup, None, "what is not set is not sent");
    let progress = progress.lock().expect("no poison");
    assert!(progress.len() > 2 && progress.is_sorted(), "{progress:?}");
    assert_eq!(progress.last(), Some(&(300_000, Some(300_000))));
    let request = &mock.seen()[0];
    assert!(request.header("user-agent").is_some_and(|agent| agent.starts_with("foxapi-models/")));
    assert!(request.header("content-length").is_some(), "proxies want to know");
}

#[tokio::test]
async fn bytes_readers_and_addresses_are_uploaded_under_a_name() {
    let mock = Mock::start().expect("a port");
    let client = client(&mock.url());
    let options = UploadOptions::default().file_name("other.png").auto_cleanup(false);
    client.upload_bytes("a.png", picture(), &UploadOptions::default()).await.expect("bytes");
    client.upload_reader("b.wav", std::io::Cursor::new(picture()), Some(300_000), &options).await.expect("a reader");
    client
        .upload_reader("c.mp4", std::io::Cursor::new(picture()), None, &UploadOptions::default())
        .await
        .expect("chunks");
    client.upload_bytes("empty", Vec::new(), &UploadOptions::default()).await.expect("nothing is something");
    client.upload_url("https://example.com/d.jpg", &options).await.expect("an address");
    let seen = mock.uploads();
    let names: Vec<_> = seen.iter().map(|upload| upload.file_name.as_str()).collect();
    assert_eq!(names, ["a.png", "other.png", "c.mp4", "empty", "other.png"]);
    assert!(seen[..3].iter().all(|upload| upload.bytes == picture()));
    assert_eq!((seen[1].auto_cleanup, seen[1].content_type.as_deref()), (Some(false), Some("image/png")));
    assert_eq!(mock.seen()[2].header("transfer-encoding"), Some("chunked"));
    assert_eq!((seen[4].from.as_deref(), seen[4].auto_cleanup), (Some("https://example.com/d.jpg"), Some(false)));
}

/// Rows: what the server does, what the caller gets, and how many uploads the server saw.
#[tokio::test]
async fn faults_that_may_pass_are_tried_again_and_others_are_not() {
    let all = RETRIES + 1;
    let table = [
        ("500", Answer::refusal(500, "server_error", "no"), "refused 500", all),
        ("429", Answer::refusal(429, "rate_limit_error", "no"), "refused 429", all),
        ("hung up", Answer::hang_up(), "no answer", all),
        ("lost after it was kept", Answer::hang_up().after_taking_effect(), "no answer", all),
        ("cut off", Answer::json(200, r#"{"url": "https://example.com/a"}"#).cut_after(5), "no answer 200", all),
        ("a page", Answer::new(200, "text/html", "<html>hello</html>"), "unreadable 200", all),
        ("502 of a proxy", Answer::new(502, "text/html", "<h1>Bad Gateway</h1>"), "unreadable 502", all),
        ("400", Answer::refusal(400, "invalid_request_error", "no"), "refused 400", 1),
        ("401", Answer::refusal(401, "authentication_error", "no"), "refused 401", 1),
        ("the storage is full", Answer::refusal(403, "forbidden", "storage full"), "refused 403", 1),
        ("too large", Answer::refusal(413, "file_too_large_error", "no"), "refused 413", 1),
        ("too large for a proxy", Answer::new(413, "text/html", "<h1>413</h1>"), "unreadable 413", 1),
        ("no address", Answer::json(200, r#"{"id": "file-1"}"#), "unreadable 200", 1),
        ("a list", Answer::json(200, "[]"), "unreadable 200", 1),
    ];
    for (name, answer, gets, asked) in table {
        let mock = Mock::start().expect("a port");
        mock.answer(STREAM, answer);
        let folder = TempDir::new().expect("a folder");
        let path = file(&folder);
        let blocking = {
            let client = settings(&mock.url()).build().expect("a client");
            let client = foxapi_models::blocking::Client::from_async(client).expect("a client");
            let path = path.clone();
            std::thread::spawn(move || client.upload(path)).join().expect("no panic")
        };
        let uploads = [client(&mock.url()).upload(&path).await, blocking];
        for error in uploads.map(|done: Result<Uploaded, ClientError>| done.expect_err(name)) {
            assert_eq!(word(&error), gets, "{name}: {error}");
            assert_eq!(error.is_file_too_large(), gets.ends_with("413"), "{name}");
            assert!(!error.may_have_been_accepted(), "an upload costs nothing: {name}");
            check_secret(&prints(&error));
        }
        assert_eq!(mock.seen().len(), 2 * asked, "{name}");
    }
}

#[tokio::test]
async fn a_fault_that_passes_leaves_the_file_whole() {
    let mock = Mock::start().expect("a port");
    mock.answer_once(STREAM, Answer::refusal(503, "service_unavailable_error", "no"));
    mock.answer_once(STREAM, Answer::json(200, json_in_data()));
    let folder = TempDir::new().expect("a folder");
    let uploaded = client(&mock.url()).upload(file(&folder)).await.expect("an address");
    assert_eq!(uploaded.url, "https://example.com/wrapped");
    assert!(mock.seen().iter().all(|seen| seen.body.len() > 300_000), "each time from its start");
}

fn json_in_data() -> &'static str {
    r#"{"data": {"url": "https://example.com/wrapped", "created": 1757165031}}"#
}

#[tokio::test]
async fn what_cannot_be_read_is_the_fault_of_the_file() {
    let mock = Mock::start().expect("a port");
    let client = client(&mock.url());
    let folder = TempDir::new().expect("a folder");
    let error = client.upload(folder.path().join("missing.jpg")).await.expect_err("no file");
    assert!(matches!(error.kind(), ErrorKind::Upload(UploadError::Io(_))), "{error:?}");
    let error = client.upload(folder.path()).await.expect_err("a folder");
    assert!(error.to_string().contains("is not a file"), "{error}");
    assert_eq!(mock.seen().len(), 0);

    // Readers that return less or more than they should, and one that fails.
    for (length, text) in [(300_001, "300000 bytes instead of 300001"), (299_999, "instead of 299999")] {
        let reader = std::io::Cursor::new(picture());
        let error = client.upload_reader("a", reader, Some(length), &UploadOptions::default()).await.expect_err(text);
        assert!(error.to_string().contains(text), "{error}");
    }
    let broken = tokio_test_reader();
    let error = client.upload_reader("a", broken, None, &UploadOptions::default()).await.expect_err("it breaks");
    assert!(error.to_string().contains("the disk is gone"), "{error}");
    assert_eq!(mock.uploads().len(), 0, "nothing of it counts as a file");
}

/// A reader that returns some bytes, then an error.
fn tokio_test_reader() -> impl tokio::io::AsyncRead + Send + Sync + 'static {
    struct Broken(bool);
    impl tokio::io::AsyncRead for Broken {
        fn poll_read(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            buffer: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            if self.0 {
                return std::task::Poll::Ready(Err(std::io::Error::other("the disk is gone")));
            }
            self.0 = true;
            buffer.put_slice(b"some");
            std::task::Poll::Ready(Ok(()))
        }
    }
    Broken(false)
}

#[tokio::test]
async fn silence_ends_an_upload_and_slowness_does_not() {
    let mock = Mock::start().expect("a port");
    mock.answer(STREAM, Answer::silence());
    let client = client(&mock.url());
    let options = UploadOptions::default().silence(Duration::from_millis(150));
    let start = Instant::now();
    let error = client.upload_reader("a", std::io::Cursor::new(picture()), None, &options).await.expect_err("silence");
    assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(3), "{error} after {:?}", start.elapsed());

    // Something moves all the time, and the whole upload takes longer than the allowed silence.
    let mock = Mock::start().expect("a port");
    let client = super::client(&mock.url());
    let (reader, mut writer) = tokio::io::simplex(1024);
    tokio::spawn(async move {
        for _ in 0..12 {
            writer.write_all(b"a piece").await.expect("a reader");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let reader = tokio::sync::Mutex::new(reader).into_inner().take(84);
    client.upload_reader("slow", reader, Some(84), &options).await.expect("it is slow, not silent");
    assert_eq!(mock.uploads()[0].bytes.len(), 84);
}

#[test]
fn a_blocking_reader_is_uploaded() {
    let mock = Mock::start().expect("a port");
    let client = settings(&mock.url()).build().expect("a client");
    let client = foxapi_models::blocking::Client::from_async(client).expect("a client");
    let options = UploadOptions::default();
    client.upload_reader("a.jpg", std::io::Cursor::new(picture()), Some(300_000), &options).expect("an address");
    client.upload_bytes("b.jpg", picture(), &options).expect("an address");
    client.upload_url("https://example.com/c.jpg", &options).expect("an address");
    assert!(client.credits().is_ok() && client.key_models().is_ok());
    assert!(mock.uploads()[..2].iter().all(|upload| upload.bytes == picture()));
}

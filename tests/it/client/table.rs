//! The table of faults: the effect of each on a submission, a question, an upload and a download, with either client.
//!
//! Every row says what the caller gets, how often the server was asked, and, of a submission, whether it may have been
//! accepted and which ID could be recovered. No row takes more memory than [`PEAK`].

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use allocation_counter::measure;
use foxapi_models::client::{DownloadError, DownloadOptions, ErrorKind, UploadOptions};
use foxapi_models::{Client, ClientError, Task, blocking};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::server::{Act, Server, answer, json, refusal};
use super::{AT_ONCE, KEY, RETRIES, check_secret, prints, request, settings, word};

/// The most memory in bytes that a call may use at any time, no matter what a server does.
const PEAK: u64 = 6_000_000;

/// All attempts, until the retries are used up.
const ALL: usize = RETRIES + 1;

/// The outcome of a submission.
struct Submission {
    gets: &'static str,
    posts: usize,
    /// Whether it may have been accepted.
    open: bool,
    id: Option<&'static str>,
}

/// The outcome of a question or a download, and how often it was sent.
type Question = (&'static str, usize);

struct Fault {
    name: &'static str,
    act: Act,
    submission: Submission,
    poll: Question,
    /// Like a question: both cost nothing, and are retried after the same faults.
    upload: Question,
    download: Question,
}

fn fault(
    name: &'static str,
    act: Act,
    (gets, posts, open, id): (&'static str, usize, bool, Option<&'static str>),
    poll: Question,
    download: Question,
) -> Fault {
    Fault { name, act, submission: Submission { gets, posts, open, id }, poll, upload: poll, download }
}

impl Fault {
    /// Sets an outcome of uploads that differs from that of questions.
    fn uploads(self, upload: Question) -> Self {
        Self { upload, ..self }
    }
}

/// A task whose end is missing.
const CUT: &[u8] = br#"HTTP/1.1 200 OK
Content-Type: application/json
Content-Length: 300

{"id": "task-1", "status": "pend"#;

#[rustfmt::skip]
fn table() -> Vec<Fault> {
    use Act::*;
    const T: Option<&str> = Some("task-1");
    const SENT: &str = "unknown whether received";
    let cut = || String::from_utf8_lossy(CUT).replace('\n', "\r\n").into_bytes();
    let html = |status| Send(answer(status, "text/html", "", "<html><h1>Some page</h1></html>"));
    let bomb = || Send(answer(200, "application/json", "Content-Encoding: gzip\r\n", gzip(&" ".repeat(50_000_000))));
    let located = |status, to: &str, body: &str| Send(answer(status, "application/json", &format!("Location: {to}\r\n"), body));
    let escaped = format!(r#"{{"error": {{"type": "authentication_error", "message": "bad key \u00{:02x}{}"}}}}"#, KEY.as_bytes()[0], &KEY[1..]);
    let objects = format!(r#"{{"id": "task-1", "status": "pending", "a": [{}1]}}"#, r#"{"a":1},"#.repeat(120_000));
    let of_task = r#"{"id": "task-1", "status": "pending"}"#;
    vec![
        //    what the server does                                                           a submission: gets, POSTs, open, ID       a question                   a download
        // The connection ends.
        fault("closed unread",                  CloseUnread,                                 (SENT, 0, true, None),                    ("no answer", ALL),          ("connection", ALL)),
        fault("reset during the request",       ResetDuringRequest,                          (SENT, 1, true, None),                    ("no answer", ALL),          ("connection", ALL)),
        fault("closed after the request",       CloseAfterRequest,                           (SENT, 1, true, None),                    ("no answer", ALL),          ("connection", ALL)),
        fault("reset after the request",        ResetAfterRequest,                           (SENT, 1, true, None),                    ("no answer", ALL),          ("connection", ALL)),
        fault("silence",                        Silence,                                     (SENT, 1, true, None),                    ("no answer", ALL),          ("connection", ALL)),
        fault("no HTTP",                        SendAndClose(b"SSH-2.0-OpenSSH\r\n".to_vec()), (SENT, 1, true, None),                  ("no answer", ALL),          ("connection", ALL)),
        fault("cut after the ID",               SendAndClose(cut()),                         ("unknown whether received 200", 1, true, T), ("no answer 200", ALL),  ("connection", ALL)),
        fault("reset after the ID",             SendAndReset(cut()),                         ("unknown whether received 200", 1, true, T), ("no answer 200", ALL),  ("connection", ALL)),
        fault("silence after the ID",           SendAndHang(cut()),                          ("unknown whether received 200", 1, true, T), ("no answer 200", ALL),  ("connection", ALL)).uploads(("no answer", ALL)),
        fault("slow drip",                      Drip(json(200, of_task), Duration::from_millis(40)), (SENT, 1, true, None),            ("no answer", ALL),          ("connection", ALL)),

        // Successes that are not.
        fault("100 MB",                         Flood(100_000_000),                          ("unreadable 200", 1, true, None),        ("unreadable 200", 1),       ("not a file", 1)),
        fault("50 MB of gzip",                  bomb(),                                      ("unreadable 200", 1, true, None),        ("unreadable 200", 1),       ("not a file", 1)),
        fault("a megabyte of objects",          Send(json(200, &objects)),                   ("unreadable 200", 1, true, T),           ("unreadable 200", 1),       ("not a file", 1)),
        fault("empty",                          Send(json(200, "")),                         ("unreadable 200", 1, true, None),        ("unreadable 200", ALL),     ("wrong length", ALL)),
        fault("a page",                         html(200),                                   ("unreadable 200", 1, true, None),        ("unreadable 200", ALL),     ("not a file", 1)),
        fault("not UTF-8",                      Send(answer(200, "application/json", "", b"{\"a\": \"\xff\xfe\"}")), ("unreadable 200", 1, true, None), ("unreadable 200", ALL), ("not a file", 1)),
        fault("nested without end",             Send(json(200, &"[".repeat(200_000))),       ("unreadable 200", 1, true, None),        ("unreadable 200", ALL),     ("not a file", 1)),
        fault("an error with status 200",       Send(refusal(200, "server_error", "")),      ("refused 200", 1, true, None),           ("refused 200", 1),          ("not a file", 1)),
        fault("an error as video/mp4",          Send(answer(200, "video/mp4", "", r#"{"error": "not ready"}"#)), ("unreadable 200", 1, true, None), ("unreadable 200", 1), ("not a file", 1)),
        fault("an ID in another shape",         Send(json(200, r#"{"code": 0, "data": {"task_id": "task-1"}}"#)), ("unreadable 200", 1, true, T), ("unreadable 200", 1), ("not a file", 1)),
        fault("an ID in a page",                Send(answer(200, "text/html", "", "<p>Task ID: <b>task-1</b></p>")), ("unreadable 200", 1, true, T), ("unreadable 200", ALL), ("not a file", 1)),
        fault("an ID that is a number",         Send(json(200, r#"{"id": 41, "status": "pending"}"#)), ("unreadable 200", 1, true, Some("41")), ("unreadable 200", 1), ("not a file", 1)),
        fault("the task of another ID",         Send(json(200, r#"{"id": "task-2", "status": "pending"}"#)), ("task", 1, false, Some("task-2")), ("unreadable 200", 1), ("not a file", 1)),

        // Redirects.
        fault("303 that carries the task",      located(303, "/v1/tasks/task-1", of_task),   ("unreadable 303", 1, true, T),           ("unreadable 303", 1),       ("connection", 11)),
        fault("307 to the same",                located(307, "/v1/videos/generations", ""),  ("unreadable 307", 1, true, None),        ("unreadable 307", 1),       ("connection", 11)),
        fault("302 to a private network",       located(302, "http://10.0.0.1/", ""),        ("unreadable 302", 1, true, None),        ("unreadable 302", 1),       ("forbidden", 1)),
        fault("302 to a link-local address",    located(302, "http://[::ffff:169.254.169.254]/", ""), ("unreadable 302", 1, true, None), ("unreadable 302", 1),     ("forbidden", 1)),
        fault("302 to another scheme",          located(302, "ftp://127.0.0.1/a", ""),       ("unreadable 302", 1, true, None),        ("unreadable 302", 1),       ("forbidden", 1)),
        fault("302 with a password",            located(302, "http://a:b@127.0.0.1/", ""),   ("unreadable 302", 1, true, None),        ("unreadable 302", 1),       ("forbidden", 1)),

        // Refused in the documented form.
        fault("400",                            Send(refusal(400, "invalid_request_error", "")), ("refused 400", 1, false, None),      ("refused 400", 1),          ("refused 400", 1)),
        fault("401 with the key, escaped",      Send(json(401, &escaped)),                   ("refused 401", 1, false, None),          ("refused 401", 1),          ("refused 401", 1)),
        fault("402",                            Send(refusal(402, "insufficient_quota", "")), ("refused 402", 1, false, None),         ("refused 402", 1),          ("refused 402", 1)),
        fault("404",                            Send(refusal(404, "not_found", "")),         ("refused 404", 1, false, None),          ("refused 404", 1),          ("refused 404", 1)),
        fault("422 with an ID of its own",      Send(json(422, r#"{"error": {"type": "a", "message": "b"}, "id": "task-1"}"#)), ("refused 422", 1, true, T), ("refused 422", 1), ("refused 422", 1)),
        fault("429",                            Send(refusal(429, "rate_limit_error", "")),  ("refused 429", ALL, false, None),        ("refused 429", ALL),        ("refused 429", ALL)),
        fault("429 for an hour and a bit",      Send(refusal(429, "rate_limit_error", "Retry-After: 3600.5\r\n")), ("refused 429", 1, false, None), ("refused 429", 1), ("refused 429", 1)),
        fault("429 for nobody knows how long",  Send(refusal(429, "rate_limit_error", "Retry-After: soon\r\n")), ("refused 429", 1, false, None), ("refused 429", 1), ("refused 429", 1)),
        fault("503",                            Send(refusal(503, "service_unavailable_error", "")), ("refused 503", ALL, false, None), ("refused 503", ALL),       ("refused 503", ALL)),
        fault("500",                            Send(refusal(500, "server_error", "")),      ("refused 500", 1, true, None),           ("refused 500", ALL),        ("refused 500", ALL)),

        // Refused by an intermediary, in an undocumented form.
        fault("403 of a proxy",                 Send(answer(403, "text/plain", "", "error code: 1010")), ("unreadable 403", 1, true, None), ("unreadable 403", 1), ("refused 403", 1)),
        fault("404 of a proxy",                 html(404),                                   ("unreadable 404", 1, true, None),        ("unreadable 404", 1),       ("refused 404", 1)),
        fault("413 of a proxy",                 html(413),                                   ("unreadable 413", 1, true, None),        ("unreadable 413", 1),       ("refused 413", 1)),
        fault("400 without a type",             Send(json(400, r#"{"error": {"message": "bad request"}}"#)), ("refused 400", 1, true, None), ("refused 400", 1),   ("refused 400", 1)),
        fault("409 that carries the task",      Send(json(409, of_task)),                    ("unreadable 409", 1, true, T),           ("unreadable 409", 1),       ("refused 409", 1)),
        fault("429 of a proxy",                 Send(answer(429, "text/plain", "", "slow down")), ("unreadable 429", 1, true, None),   ("unreadable 429", ALL),     ("refused 429", ALL)),
        fault("502 of a proxy",                 html(502),                                   ("unreadable 502", 1, true, None),        ("unreadable 502", ALL),     ("refused 502", ALL)),
        fault("504 that names the task",        Send(answer(504, "text/plain", "", "time-out for task_id=task-1")), ("unreadable 504", 1, true, T), ("unreadable 504", ALL), ("refused 504", ALL)),
    ]
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory")
}

/// An operation under a fault.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Submit,
    Poll,
    Upload,
    Download,
}

/// One row: a fault, an operation and a client.
struct Row {
    fault: Arc<Fault>,
    operation: Operation,
    is_blocking: bool,
    server: Server,
    client: Client,
}

#[test]
fn every_fault_gives_what_the_table_says() {
    let runtime = Runtime::new().expect("a runtime for the servers");
    let mut rows = VecDeque::new();
    for fault in table().into_iter().map(Arc::new) {
        for operation in [Operation::Submit, Operation::Poll, Operation::Upload, Operation::Download] {
            for is_blocking in [false, true] {
                let server = runtime.block_on(Server::start(vec![fault.act.clone()]));
                let client = settings(&server.url()).request_timeout(fault.act.patience()).build().expect("a client");
                rows.push_back(Row { fault: Arc::clone(&fault), operation, is_blocking, server, client });
            }
        }
    }
    assert!(rows.len() > 300, "{} rows", rows.len());
    let rows = Mutex::new(rows);
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 * AT_ONCE {
            scope.spawn(|| {
                while let Some(row) = { rows.lock().expect("no poison").pop_front() } {
                    let differs = check(&row);
                    wrong.lock().expect("no poison").extend(differs);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no poison");
    assert!(wrong.is_empty(), "{} differ from the table:\n{}", wrong.len(), wrong.join("\n"));
}

/// Runs a row, and returns any difference from it.
fn check(row: &Row) -> Option<String> {
    let Row { fault, operation, is_blocking, server, .. } = row;
    let mut result = None;
    let memory = measure(|| result = Some(perform(row)));
    let result = result.expect("a result");
    // A forbidden retry would have arrived by now.
    thread::sleep(Duration::from_millis(50));

    let asked = if let Act::CloseUnread = fault.act { server.connections() } else { server.seen().len() };
    let error = result.as_ref().err();
    if let Some(error) = error {
        check_secret(&prints(error));
        let text = error.to_string();
        assert!(text.chars().count() < 700 && !text.contains(['\n', '<', '\u{1b}']), "not one clean line: {text}");
        assert!(!(error.may_have_been_accepted() && error.is_retryable()), "may be paid twice: {text}");
    }
    let gets = match &result {
        Ok(done) => (*done).to_owned(),
        Err(error) => kind(error),
    };
    let id = match &result {
        Ok("task") => Some("task-2"),
        Ok(_) => None,
        Err(error) => error.task_id(),
    };
    let open = error.is_some_and(ClientError::may_have_been_accepted);
    let (actual, expected) = match operation {
        Operation::Submit => {
            let Submission { gets: wanted, posts, open: wanted_open, id: wanted_id } = fault.submission;
            if let (Some(error), Some(id)) = (error, wanted_id) {
                assert!(error.to_string().contains(id), "{}: the ID is not shown: {error}", fault.name);
            }
            (
                format!("{gets}, {} POSTs, open: {open}, ID: {id:?}", server.posts()),
                format!("{wanted}, {posts} POSTs, open: {wanted_open}, ID: {wanted_id:?}"),
            )
        }
        Operation::Poll | Operation::Upload | Operation::Download => {
            let ((wanted, questions), wanted_id) = match operation {
                Operation::Upload => (fault.upload, None),
                Operation::Poll => (fault.poll, Some("task-1")),
                _ => (fault.download, Some("task-1")),
            };
            (
                format!("{gets}, asked {asked} times, open: {open}, ID: {id:?}"),
                format!("{wanted}, asked {questions} times, open: false, ID: {wanted_id:?}"),
            )
        }
    };
    (actual != expected || memory.bytes_max > PEAK).then(|| {
        let flavour = if *is_blocking { "blocking" } else { "async" };
        format!(
            "{} | {operation:?} | {flavour}: {} bytes at most\n  is  {actual}\n  not {expected}\n  {result:?}",
            fault.name, memory.bytes_max
        )
    })
}

/// The kind of an error, with details for a download.
fn kind(error: &ClientError) -> String {
    let ErrorKind::Download(fault) = error.kind() else { return word(error) };
    match fault {
        DownloadError::Connection(_) => "connection".to_owned(),
        DownloadError::Refused { status, .. } => format!("refused {status}"),
        DownloadError::NotAFile { .. } => "not a file".to_owned(),
        DownloadError::WrongLength { .. } => "wrong length".to_owned(),
        DownloadError::Forbidden(_) => "forbidden".to_owned(),
        other => panic!("no word for {other:?}"),
    }
}

fn perform(row: &Row) -> Result<&'static str, ClientError> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("video.mp4");
    let task = serde_json::json!({"id": "task-1", "status": "completed", "results": [{"url": row.server.url()}]});
    let task: Task = serde_json::from_value(task).expect("a task");
    let patience = row.fault.act.patience();
    let download = DownloadOptions::default().silence(patience);
    let upload = UploadOptions::default().silence(patience);
    let picture = vec![b'x'; 20_000];
    let done = if row.is_blocking {
        let client = blocking::Client::from_async(row.client.clone()).expect("a client");
        match row.operation {
            Operation::Submit => client.submit(&request()).map(|_| "task"),
            Operation::Poll => client.task("task-1").map(|_| "task"),
            Operation::Upload => client.upload_bytes("a.jpg", picture, &upload).map(|_| "upload"),
            Operation::Download => client.download_with(&task, &path, &download).map(|_| "file"),
        }
    } else {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            match row.operation {
                Operation::Submit => row.client.submit(&request()).await.map(|_| "task"),
                Operation::Poll => row.client.task("task-1").await.map(|_| "task"),
                Operation::Upload => row.client.upload_bytes("a.jpg", picture, &upload).await.map(|_| "upload"),
                Operation::Download => row.client.download_with(&task, &path, &download).await.map(|_| "file"),
            }
        })
    };
    assert_eq!(path.exists(), done.as_ref().is_ok_and(|done| *done == "file"), "{}", row.fault.name);
    assert!(path.exists() || folder.path().read_dir().expect("a folder").next().is_none(), "{}", row.fault.name);
    done
}

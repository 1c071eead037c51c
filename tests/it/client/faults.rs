//! The specification of a submission under faults, as a table: what the caller gets, how many POSTs the server
//! saw, and how long it took at most.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use foxapi_models::{Client, ClientError};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tracing::instrument::WithSubscriber;

use super::server::{Act, PENDING, Server, answer, json, pending, refusal};
use super::{AT_ONCE, KEY, Log, RETRIES, check_secret, client, prints, request, settings, word};

/// One fault.
struct Row {
    name: &'static str,
    /// What the server does to the first request, the second, …, and to all that follow the last.
    acts: Vec<Act>,
    /// What the caller gets: `task`, or the word for the error and the status.
    gets: &'static str,
    /// How many POSTs, whole or in part, the server saw.
    posts: usize,
    /// The least and the most milliseconds that it takes.
    time: (u64, u64),
}

fn row(name: &'static str, acts: impl Into<Vec<Act>>, gets: &'static str, posts: usize) -> Row {
    Row { name, acts: acts.into(), gets, posts, time: (0, 4000) }
}

impl Row {
    fn takes(self, least: u64, most: u64) -> Self {
        Self { time: (least, most), ..self }
    }
}

/// All attempts at a request that is only refused for now: the first one and all retries.
const ALL: usize = RETRIES + 1;

#[rustfmt::skip]
fn table() -> Vec<Row> {
    use Act::*;
    let html = || answer(200, "text/html; charset=utf-8", "", "<html><head><title>Hello</title></head><body>A page</body></html>");
    let limited = |extra: &str| Send(refusal(429, "rate_limit_error", extra));
    let late = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    let truncated = || { let mut bytes = pending(); bytes.truncate(bytes.len() - 60); bytes };
    let head = || b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 300\r\n\r\n".to_vec();
    vec![
        // The connection ends: from the first byte on, nobody knows.
        row("closed unread",             [CloseUnread],                                  "unknown whether received", 0),
        row("reset during the request",  [ResetDuringRequest],                           "unknown whether received", 1),
        row("closed after the request",  [CloseAfterRequest],                            "unknown whether received", 1),
        row("reset after the request",   [ResetAfterRequest],                            "unknown whether received", 1),
        row("silence",                   [Silence],                                      "unknown whether received", 1).takes(800, 4000),
        row("half a status line",        [SendAndClose(b"HTTP/1.1 2".to_vec())],         "unknown whether received", 1),
        row("no HTTP at all",            [SendAndClose(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec())], "unknown whether received", 1),
        row("head, then silence",        [SendAndHang(head())],                          "unknown whether received 200", 1).takes(800, 4000),
        row("truncated body",            [SendAndClose(truncated())],                    "unknown whether received 200", 1),
        row("reset in the body",         [SendAndReset(truncated())],                    "unknown whether received 200", 1),
        row("slow drip",                 [Drip(pending(), Duration::from_millis(20))],   "unknown whether received", 1).takes(800, 4000),
        row("truncated refusal",         [SendAndClose({ let mut it = refusal(429, "rate_limit_error", ""); it.pop(); it })], "unknown whether received 429", 1),
        row("gzip in name only",         [Send(answer(200, "application/json", "Content-Encoding: gzip\r\n", "{}"))], "unknown whether received 200", 1),

        // An answer that is a task, no matter what else is strange about it.
        row("as documented",             [Send(pending())],                              "task", 1),
        row("created",                   [Send(json(201, PENDING))],                     "task", 1),
        row("wrong content type",        [Send(answer(200, "text/plain", "", PENDING))], "task", 1),
        row("gzip",                      [Send(answer(200, "application/json", "Content-Encoding: gzip\r\n", gzip(PENDING)))], "task", 1),
        row("closed after the answer",   [SendAndClose(pending())],                      "task", 1),
        row("unknown status",            [Send(json(200, r#"{"id": "t", "status": "queued"}"#))], "task", 1),
        row("unknown type and fields",   [Send(json(200, r#"{"id": "t", "status": "pending", "type": "hologram", "queue": {"place": 7}}"#))], "task", 1),
        row("progress of another type",  [Send(json(200, r#"{"id": "t", "status": "pending", "progress": "some"}"#))], "task", 1),

        // A success that cannot be read: something may have been accepted.
        row("HTML",                      [Send(html())],                                 "unreadable 200", 1),
        row("empty",                     [Send(json(200, ""))],                          "unreadable 200", 1),
        row("no content",                [Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())], "unreadable 204", 1),
        row("null",                      [Send(json(200, "null"))],                      "unreadable 200", 1),
        row("a list",                    [Send(json(200, "[]"))],                        "unreadable 200", 1),
        row("another shape",             [Send(json(200, r#"{"data": {"id": "task-1"}}"#))], "unreadable 200", 1),
        row("a task without status",     [Send(json(200, r#"{"id": "task-1"}"#))],       "unreadable 200", 1),
        row("nested too deeply",         [Send(json(200, &"[".repeat(100_000)))],        "unreadable 200", 1),
        row("no UTF-8",                  [Send(answer(200, "application/json", "", b"\xff\xfe\x00\x01"))], "unreadable 200", 1),
        row("100 MB",                    [Flood(100_000_000)],                           "unreadable 200", 1),
        row("20 MB of gzip",             [Send(answer(200, "application/json", "Content-Encoding: gzip\r\n", gzip(&" ".repeat(20_000_000))))], "unreadable 200", 1).takes(0, 6000),
        row("a refusal as a success",    [Send(refusal(200, "server_error", ""))],       "refused 200", 1),
        row("redirect to another host",  [Send(answer(302, "text/plain", "Location: http://127.0.0.2:9/v1\r\n", ""))], "unreadable 302", 1),
        row("redirect that keeps POST",  [Send(answer(307, "text/plain", "Location: /v1/videos/generations\r\n", ""))], "unreadable 307", 1),

        // Refused for good.
        row("400",                       [Send(refusal(400, "invalid_request_error", ""))],  "refused 400", 1),
        row("401",                       [Send(refusal(401, "authentication_error", ""))],   "refused 401", 1),
        row("402",                       [Send(refusal(402, "insufficient_quota", ""))],     "refused 402", 1),
        row("404",                       [Send(refusal(404, "not_found", ""))],              "refused 404", 1),
        row("422",                       [Send(refusal(422, "invalid_request_error", ""))],  "refused 422", 1),
        row("422 without channel",       [Send(refusal(422, "service_unavailable_error", ""))], "refused 422", 1),
        row("429 without credits",       [Send(refusal(429, "insufficient_quota", ""))],     "refused 429", 1),
        row("unknown status and type",   [Send(refusal(477, "new_error", ""))],              "refused 477", 1),
        row("403 of the proxy",          [Send(answer(403, "text/plain", "", "error code: 1010"))], "unreadable 403", 1),
        row("413 of the proxy",          [Send(answer(413, "text/html", "", "<html>too large</html>"))], "unreadable 413", 1),

        // Faults of servers, after which nobody knows.
        row("500",                       [Send(refusal(500, "server_error", ""))],           "refused 500", 1),
        row("500 then a task",           [Send(refusal(500, "server_error", "")), Send(pending())], "refused 500", 1),
        row("502 of the proxy",          [Send(answer(502, "text/html", "", "<h1>502 Bad Gateway</h1>"))], "unreadable 502", 1),
        row("503 of the proxy",          [Send(answer(503, "text/html", "", "<h1>busy</h1>"))], "unreadable 503", 1),
        row("503 without type",          [Send(json(503, r#"{"error": {"message": "busy"}}"#))], "refused 503", 1),
        row("504 of the proxy",          [Send(answer(504, "text/plain", "", "gateway time-out"))], "unreadable 504", 1),
        row("429 of the proxy",          [Send(answer(429, "text/plain", "Retry-After: 0\r\n", "slow down"))], "unreadable 429", 1),
        row("429 with an empty error",   [Send(json(429, r#"{"error": {}}"#))],              "refused 429", 1),

        // Refused for now, in the documented form: it was certainly not accepted.
        row("429",                       [limited("")],                                      "refused 429", ALL),
        row("503",                       [Send(refusal(503, "service_unavailable_error", ""))], "refused 503", ALL),
        row("429, then a task",          [limited(""), Send(pending())],                     "task", 2),
        row("503, 429, then a task",     [Send(refusal(503, "upstream", "")), limited(""), Send(pending())], "task", 3),
        row("429, then silence",         [limited(""), Silence],                             "unknown whether received", 2).takes(800, 4000),
        row("429, then 500",             [limited(""), Send(refusal(500, "server_error", ""))], "refused 500", 2),
        row("Retry-After in seconds",    [limited("Retry-After: 1\r\n"), Send(pending())],   "task", 2).takes(1000, 4000),
        row("Retry-After as a date",     [limited("Retry-After: {in 3 s}\r\n"), Send(pending())], "task", 2).takes(1000, 6000),
        row("Retry-After of the past",   [limited("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), Send(pending())], "task", 2).takes(0, 2500),
        row("Retry-After of an hour",    [limited("Retry-After: 3600\r\n"), Send(pending())], "refused 429", 1).takes(0, 2500),
        row("Retry-After as a late date",[limited(&format!("Retry-After: {late}\r\n")), Send(pending())], "refused 429", 1).takes(0, 2500),
        row("Retry-After beyond numbers",[limited("Retry-After: 99999999999999999999999\r\n"), Send(pending())], "refused 429", 1).takes(0, 2500),
        row("Retry-After below zero",    [limited("Retry-After: -5\r\n"), Send(pending())],  "refused 429", 1).takes(0, 2500),
        row("Retry-After in words",      [limited("Retry-After: soon\r\n"), Send(pending())], "refused 429", 1).takes(0, 2500),
    ]
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory");
    encoder.finish().expect("memory")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_gives_what_the_table_says() {
    // Servers and clients are made before the first row, since reading the certificates of the machine takes time.
    let mut rows = Vec::new();
    for row in table() {
        let server = Server::start(row.acts.clone()).await;
        let client = client(&server.url());
        rows.push((row, server, client));
    }
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let rows: Vec<_> = rows.into_iter().map(|row| tokio::spawn(check(row, Arc::clone(&places)))).collect();
    let mut wrong = Vec::new();
    for row in rows {
        wrong.extend(row.await.expect("a row that ends"));
    }
    assert!(wrong.is_empty(), "{} differ from the table:\n{}", wrong.len(), wrong.join("\n"));
}

/// Submits once, and returns any difference from the row.
async fn check((row, server, client): (Row, Server, Client), places: Arc<Semaphore>) -> Option<String> {
    let _place = places.acquire().await.expect("a place");
    let log = Log::default();
    let start = Instant::now();
    let result = client.submit(&request()).with_subscriber(log.subscriber()).await;
    let took = start.elapsed().as_millis();
    // A forbidden retry would have arrived by now.
    tokio::time::sleep(Duration::from_millis(100)).await;

    let gets = match &result {
        Ok(_) => "task".to_owned(),
        Err(error) => word(error),
    };
    check_secret(&log.text());
    assert!(log.text().contains("foxapi.submit"), "{}: nothing was traced", row.name);
    if let Err(error) = &result {
        check_secret(&prints(error));
        check_advice(error);
    }
    let (posts, connections) = (server.posts(), server.connections());
    let as_expected = gets == row.gets && posts == row.posts && connections <= row.posts.max(1);
    let in_time = (u128::from(row.time.0)..=u128::from(row.time.1)).contains(&took);
    (!as_expected || !in_time).then(|| {
        format!(
            "{}: {gets} instead of {}, {posts} POSTs instead of {}, {connections} connections, {took} ms of {:?}\n  {result:?}",
            row.name, row.gets, row.posts, row.time
        )
    })
}

/// Checks that the statements about an error are consistent.
fn check_advice(error: &ClientError) {
    let text = error.to_string();
    let open = error.may_have_been_accepted();
    assert_eq!(open, text.contains("may have been accepted"), "{text}");
    assert!(!(open && error.is_retryable()), "may be paid twice: {text}");
    assert!(text.chars().count() < 700 && !text.contains(['\n', '<', '\u{1b}']), "not one clean line: {text}");
    if word(error).starts_with("unknown") || word(error).starts_with("unreadable") {
        assert!(open, "{text}");
    }
}

#[tokio::test]
async fn a_connection_that_is_refused_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let client = client(&format!("http://{address}"));

    let error = client.submit(&request()).await.expect_err("nobody listens");
    assert_eq!(word(&error), "not sent");
    assert!(error.is_retryable() && !error.may_have_been_accepted());
    assert!(error.to_string().contains("onnection refused"), "{error}");

    // It only exists between two attempts.
    let late = tokio::spawn(async move {
        let settings = settings(&format!("http://{address}"));
        let patient =
            foxapi_models::client::RetryPolicy::default().max_retries(50).max_delay(Duration::from_millis(50));
        settings.retry(patient).build().expect("a client").submit(&request()).await
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let listener = TcpListener::bind(address).await.expect("the same port");
    let (stream, _) = listener.accept().await.expect("a connection");
    drop(stream);
    let error = late.await.expect("a result").expect_err("it was closed");
    assert_eq!(word(&error), "unknown whether received", "accepted by somebody: nobody knows");
}

#[tokio::test]
async fn names_that_do_not_resolve_and_tls_that_is_none_were_not_sent() {
    let server = Server::start(vec![Act::SendAndClose(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())]).await;
    let https = server.url().replace("http:", "https:");
    let error = client(&https).submit(&request()).await.expect_err("no TLS");
    assert_eq!(word(&error), "not sent", "{error}");
    assert_eq!(server.posts(), 0);

    let error = client("https://no-such-host.invalid").submit(&request()).await.expect_err("no host");
    assert_eq!(word(&error), "not sent", "{error}");
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_does_not_send_twice() {
    let server = Server::start(vec![Act::SendAndClose(pending()), Act::Send(pending())]).await;
    let client = client(&server.url());
    for submissions in 1..=3 {
        client.submit(&request()).await.expect("a task");
        assert_eq!(server.posts(), submissions);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_connection_that_dies_with_the_second_submission_leaves_it_open() {
    let server = Server::start(vec![Act::Send(pending()), Act::ResetAfterRequest, Act::Send(pending())]).await;
    let client = client(&server.url());
    client.submit(&request()).await.expect("a task");
    let error = client.submit(&request()).await.expect_err("it was reset");
    assert_eq!(word(&error), "unknown whether received");
    assert_eq!((server.posts(), server.connections()), (2, 1));
}

#[tokio::test]
async fn a_flood_is_read_to_a_bound() {
    let server = Server::start(vec![Act::Flood(100_000_000)]).await;
    let error = client(&server.url()).submit(&request()).await.expect_err("no task");
    assert!(error.to_string().contains("far too long"), "{error}");
    // The buffers of two sockets come on top of what is read.
    assert!(server.flooded() < 30_000_000, "{} bytes", server.flooded());
}

#[tokio::test]
async fn an_invalid_request_is_not_sent_but_on_demand() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let client = client(&server.url());
    let mut wrong = request();
    wrong.duration = Some(7);
    let error = client.submit(&wrong).await.expect_err("7 seconds are not allowed");
    assert_eq!((word(&error).as_str(), server.connections()), ("invalid request", 0));
    assert!(error.is_invalid_request() && !error.may_have_been_accepted() && !error.is_retryable());
    assert!(error.to_string().contains("/duration: is 7"), "{error}");

    client.submit_unchecked(&wrong).await.expect("a task");
    client.submit_json(&serde_json::json!({"model": "new", "prompt": "x"})).await.expect("a task");
    let seen = server.seen();
    assert_eq!(seen[0].body, br#"{"model":"kling-v3-text-to-video","prompt":"a secret prompt","duration":7}"#);
    let body: serde_json::Value = serde_json::from_slice(&seen[1].body).expect("JSON");
    assert_eq!(body, serde_json::json!({"model": "new", "prompt": "x"}));
}

#[tokio::test]
async fn the_request_is_as_documented() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let task = client(&server.url()).submit(&request()).await.expect("a task");
    assert_eq!((task.id.as_str(), task.status.as_str()), ("task-1", "pending"));
    let seen = &server.seen()[0];
    assert_eq!(seen.line(), "POST /v1/videos/generations");
    assert_eq!(seen.header("authorization"), Some(format!("Bearer {KEY}").as_str()));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("user-agent"), Some(concat!("foxapi-models/", env!("CARGO_PKG_VERSION"))));

    let below = settings(&format!("{}/gateway/", server.url())).user_agent("studio/1").build().expect("a client");
    below.submit(&request()).await.expect("a task");
    let seen = &server.seen()[1];
    assert_eq!(seen.line(), "POST /gateway/v1/videos/generations");
    assert_eq!(seen.header("user-agent"), Some("studio/1"));
}

#[tokio::test]
async fn a_refusal_says_who_and_why() {
    let body = r#"{"error": {"message": "no credits <left>", "type": "insufficient_quota", "code": "quota"}}"#;
    let extra = "X-Request-Id: req-7\r\nRetry-After: 120\r\n";
    let server = Server::start(vec![Act::Send(answer(402, "application/json", extra, body))]).await;
    let error = client(&server.url()).submit(&request()).await.expect_err("refused");
    assert_eq!(
        error.to_string(),
        "the API refused (HTTP 402): insufficient_quota: no credits <left> (code quota); try again in 120 s [request req-7]"
    );
    let refusal = error.refusal().expect("a refusal");
    assert_eq!((refusal.error.code.as_deref(), refusal.request_id.as_deref()), (Some("quota"), Some("req-7")));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    assert!(error.is_insufficient_quota() && !error.is_rate_limited() && !error.is_retryable());
}

#[tokio::test]
async fn the_id_in_an_answer_of_another_shape_is_not_lost() {
    let server = Server::start(vec![Act::Send(json(200, r#"{"data": {"id": "task-9"}, "code": 0}"#))]).await;
    let error = client(&server.url()).submit(&request()).await.expect_err("no task");
    assert_eq!(error.task_id(), Some("task-9"));
    assert!(error.to_string().contains("task-9"), "{error}");
}

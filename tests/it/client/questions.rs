//! The specification of a question under faults: it costs nothing, so it is retried after every temporary fault.

use std::sync::Arc;
use std::time::Duration;

use foxapi_models::{Client, ClientError};
use tokio::sync::Semaphore;

use super::server::{Act, PENDING, Server, answer, json, pending, refusal};
use super::{AT_ONCE, RETRIES, check_secret, client, prints, settings, word};

#[rustfmt::skip]
fn table() -> Vec<Row> {
    use Act::*;
    const ALL: usize = RETRIES + 1;
    let mut truncated = pending();
    truncated.truncate(truncated.len() - 60);
    vec![
        ("closed unread",            CloseUnread,                                         "no answer", ALL),
        ("reset during the request", ResetDuringRequest,                                  "no answer", ALL),
        ("closed after the request", CloseAfterRequest,                                   "no answer", ALL),
        ("silence",                  Silence,                                             "no answer", ALL),
        ("truncated body",           SendAndClose(truncated.clone()),                     "no answer 200", ALL),
        ("reset in the body",        SendAndReset(truncated),                             "no answer 200", ALL),
        ("slow drip",                Drip(pending(), Duration::from_millis(20)),          "no answer", ALL),
        ("HTML",                     Send(answer(200, "text/html", "", "<p>hello</p>")),  "unreadable 200", ALL),
        ("empty",                    Send(json(200, "")),                                 "unreadable 200", ALL),
        ("429",                      Send(refusal(429, "rate_limit_error", "")),          "refused 429", ALL),
        ("429 of the proxy",         Send(answer(429, "text/plain", "", "slow down")),    "unreadable 429", ALL),
        ("500",                      Send(refusal(500, "server_error", "")),              "refused 500", ALL),
        ("502 of the proxy",         Send(answer(502, "text/html", "", "<h1>502</h1>")),  "unreadable 502", ALL),
        ("503",                      Send(refusal(503, "upstream", "")),                  "refused 503", ALL),
        ("429 for an hour",          Send(refusal(429, "rate_limit_error", "Retry-After: 3600\r\n")), "refused 429", 1),
        ("another shape",            Send(json(200, r#"{"data": 5}"#)),                   "unreadable 200", 1),
        ("100 MB",                   Flood(100_000_000),                                  "unreadable 200", 1),
        ("redirect",                 Send(answer(302, "text/plain", "Location: http://127.0.0.2:9/\r\n", "")), "unreadable 302", 1),
        ("401",                      Send(refusal(401, "authentication_error", "")),      "refused 401", 1),
        ("402",                      Send(refusal(402, "insufficient_quota", "")),        "refused 402", 1),
        ("404",                      Send(refusal(404, "not_found", "")),                 "refused 404", 1),
        ("as documented",            Send(pending()),                                     "task", 1),
        ("wrong content type",       Send(answer(200, "text/html", "", PENDING)),         "task", 1),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_gives_what_the_table_says() {
    let mut rows = Vec::new();
    for row in table() {
        let server = Server::start(vec![row.1.clone()]).await;
        let client = settings(&server.url()).request_timeout(row.1.patience()).build().expect("a client");
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

/// One fault: what the server does to every question, what the caller gets, and how often the server was asked.
type Row = (&'static str, Act, &'static str, usize);

async fn check((row, server, client): (Row, Server, Client), places: Arc<Semaphore>) -> Option<String> {
    let (name, act, gets, questions) = row;
    let _place = places.acquire().await.expect("a place");
    let unread = matches!(act, Act::CloseUnread);
    let result = client.task("task-1").await;
    let got = match &result {
        Ok(_) => "task".to_owned(),
        Err(error) => {
            check_secret(&prints(error));
            assert_eq!(error.task_id(), Some("task-1"), "{name}");
            assert!(!error.may_have_been_accepted(), "{name}: a question costs nothing");
            word(error)
        }
    };
    let asked = if unread { server.connections() } else { server.seen().len() };
    (got != gets || asked != questions)
        .then(|| format!("{name}: {got} instead of {gets}, asked {asked} times instead of {questions}\n  {result:?}"))
}

#[tokio::test]
async fn a_fault_that_passes_is_not_seen() {
    let acts = vec![Act::CloseAfterRequest, Act::Send(refusal(500, "server_error", "")), Act::Send(pending())];
    let server = Server::start(acts).await;
    client(&server.url()).task("task-1").await.expect("a task");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn ids_cannot_lead_elsewhere() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let client = client(&server.url());
    for id in ["", ".", ".."] {
        let error = client.task(id).await.expect_err("no ID");
        assert_eq!(word(&error), "invalid task ID", "{id:?}");
    }
    assert_eq!(server.connections(), 0);
    for id in ["../../admin?x=1#y", ".\t.", "a\tb", "%2e%2e"] {
        let error = client.task(id).await.expect_err("the task of another ID");
        assert_eq!((word(&error).as_str(), error.task_id()), ("unreadable 200", Some(id)));
    }
    client.refresh("a b/c").await.expect_err("the task of another ID");
    let lines: Vec<_> = server.seen().iter().map(|seen| seen.line().to_owned()).collect();
    assert_eq!(
        lines,
        [
            "GET /v1/tasks/..%2F..%2Fadmin%3Fx%3D1%23y",
            "GET /v1/tasks/.%09.",
            "GET /v1/tasks/a%09b",
            "GET /v1/tasks/%252e%252e",
            "GET /v1/tasks/a%20b%2Fc?sync_upstream=true",
        ]
    );
}

#[tokio::test]
async fn an_id_drives_no_terminal() {
    let error = client("http://127.0.0.1:1").task("t\u{1b}]0;hello\u{7}").await.expect_err("nobody listens");
    assert!(error.to_string().ends_with(r"(task t\u{1b}]0;hello\u{7})"), "{error}");
}

#[tokio::test]
async fn predicates_ask_the_status_where_the_shape_is_unknown() {
    for (status, is) in [
        (401, ClientError::is_authentication as fn(&ClientError) -> bool),
        (402, ClientError::is_insufficient_quota),
        (404, ClientError::is_not_found),
        (422, ClientError::is_invalid_request),
        (429, ClientError::is_rate_limited),
        (503, ClientError::is_service_unavailable),
    ] {
        let server = Server::start(vec![Act::Send(answer(status, "text/html", "", "<p>no</p>"))]).await;
        let error = client(&server.url()).task("task-1").await.expect_err("a page");
        assert!(is(&error), "{error}");
    }
}

//! The key is in no output: neither in printed texts nor in traces, even if a server repeats it.

use foxapi_models::blocking;
use foxapi_models::client::{ApiKey, ClientBuilder, WaitOptions};
use tracing::instrument::WithSubscriber;

use super::server::{Act, Server, answer, json, pending, refusal};
use super::{KEY, Log, check_secret, client, prints, request, settings};

#[tokio::test]
async fn what_is_printed_of_public_things_has_no_key() {
    let client = client("http://127.0.0.1:9");
    let builder = settings("http://127.0.0.1:9");
    check_secret(&format!("{:?} {:#?} {builder:?} {builder:#?}", client, client));
    let builder = ClientBuilder::new().base_url("https://me:s3cret@api.example");
    assert!(!format!("{builder:?}").contains("s3cret"), "{builder:?}");
    let key = ApiKey::new(KEY);
    check_secret(&format!("{key} {key:?} {key:#?}"));
    std::thread::spawn(move || check_secret(&format!("{:?}", blocking::Client::from_async(client).expect("a client"))))
        .join()
        .expect("no key");
}

#[test]
fn errors_about_a_key_do_not_repeat_it() {
    for broken in [format!("{KEY} {KEY}"), format!("{KEY}\u{7f}"), format!("{KEY}ü")] {
        let error = ClientBuilder::new().api_key(broken).build().expect_err("no key");
        check_secret(&format!("{error} {error:?}"));
    }
    let error = ClientBuilder::new().api_key(KEY).base_url(format!("https://{KEY}@a.example")).build().expect_err("no");
    check_secret(&format!("{error} {error:?}"));
}

#[tokio::test]
async fn what_a_server_repeats_is_taken_out() {
    let echo =
        format!(r#"{{"error": {{"message": "wrong key {KEY}", "type": "{KEY}", "code": "{KEY}", "key": "{KEY}"}}}}"#);
    let headers = format!("X-Request-Id: {KEY}\r\nLocation: https://evil.example/?{KEY}\r\n");
    let acts = [
        Act::Send(answer(401, &format!("application/json; {KEY}"), &headers, &echo)),
        Act::Send(answer(429, "application/json", &headers, &echo)),
        Act::Send(answer(502, &format!("text/html; {KEY}"), &headers, format!("<p>Bearer {KEY}</p>"))),
        Act::Send(answer(302, "text/html", &headers, "")),
        Act::Send(json(200, &format!(r#"{{"id": ["{KEY}"], "status": "{KEY}"}}"#))),
        Act::Send(json(200, &format!(r#"{{"id": "{KEY}", "status": "failed", "error": {{"message": "{KEY}"}}}}"#))),
        Act::SendAndClose(format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{KEY}").into_bytes()),
        // Cut in the middle of the excerpt: no half of it is left either.
        Act::Send(answer(502, "text/plain", "", format!("{}{KEY}", "x".repeat(235)))),
    ];
    for act in acts {
        let server = Server::start(vec![act]).await;
        let client = client(&server.url());
        match client.submit(&request()).await {
            Ok(task) => check_secret(&format!("{task:?}")),
            Err(error) => check_secret(&prints(&error)),
        }
        let options = WaitOptions::default().timeout(std::time::Duration::from_millis(100));
        let error = client.wait_with("task-1", &options).await.expect_err("no results");
        check_secret(&prints(&error));
    }
}

#[tokio::test]
async fn traces_have_model_and_task_but_neither_key_nor_prompt() {
    let log = Log::default();
    let work = async {
        let error = format!(r#"{{"error": {{"message": "no: a secret prompt, {KEY}", "type": "server_error"}}}}"#);
        let done =
            r#"{"id": "task-1", "status": "completed", "results": [{"url": "https://cdn.example/?sig=s3cret"}]}"#;
        let acts = vec![
            Act::Send(refusal(429, "rate_limit_error", "")),
            Act::Send(pending()),
            Act::Send(json(200, done)),
            Act::Send(json(500, &error)),
        ];
        let server = Server::start(acts).await;
        let client = client(&server.url());
        let options = WaitOptions::default().interval(std::time::Duration::from_millis(1));
        client.run_with(&request(), &options).await.expect("results");
        client.submit(&request()).await.expect_err("500");
    };
    work.with_subscriber(log.subscriber()).await;

    let text = log.text();
    check_secret(&text);
    for secret in ["a secret prompt", "s3cret", "Bearer"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    for expected in ["foxapi.submit", "kling-v3-text-to-video", "trying again", "task-1", "status=429", "failed", "500"]
    {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

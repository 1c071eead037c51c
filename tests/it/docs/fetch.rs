//! `docs fetch` against a server on this machine.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use tempfile::TempDir;

use super::{Outcome, captures, docs};

/// A question as the server saw it: the path, and the header lines in lower case.
#[derive(Debug)]
struct Question {
    path: String,
    headers: Vec<String>,
}

/// Answers a number of requests, one connection each, and passes on what was asked.
fn server(questions: usize, answer: impl Fn(&Question) -> String + Send + 'static) -> (String, Receiver<Question>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().take(questions) {
            let Ok(mut stream) = stream else { break };
            stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
            let mut lines = BufReader::new(stream.try_clone().expect("the stream")).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
            let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
            let question = Question { path, headers: headers.map(|line| line.to_lowercase()).collect() };
            stream.write_all(answer(&question).as_bytes()).ok();
            sender.send(question).ok();
        }
    });
    (address, receiver)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn fetch(out: &Path, server: &str, slugs: &[&str]) -> Outcome {
    let mut arguments = vec!["fetch".as_ref(), "--out".as_ref(), out.as_os_str(), "--server".as_ref(), server.as_ref()];
    arguments.extend(slugs.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
    docs(arguments)
}

const VEO: &str = "/pages/en/api-manual/video-series/veo3.1/veo-3.1-image-to-video";

#[test]
fn a_page_is_fetched_once_and_then_only_when_it_changed() {
    let page = fs::read_to_string(captures("captures/veo-3.1-image-to-video.md")).expect("the capture");
    let (address, questions) = server(2, move |question| {
        let has = |header: &str| question.headers.iter().any(|line| line == header);
        if has("if-none-match: \"one\"") && has("if-modified-since: mon, 06 jul 2026 10:00:00 gmt") {
            answer("304 Not Modified", "", "")
        } else {
            let marks = "etag: \"one\"\r\nlast-modified: Mon, 06 Jul 2026 10:00:00 GMT\r\n";
            answer("200 OK", &format!("content-type: text/markdown\r\n{marks}"), &page)
        }
    });
    let out = TempDir::new().expect("a temporary folder");
    let first = fetch(out.path(), &address, &["veo-3.1-image-to-video"]);
    assert_eq!(first.code, Some(0), "{first:#?}");
    assert!(first.stdout.starts_with("fetched   "), "{first:#?}");
    let second = fetch(out.path(), &address, &["veo-3.1-image-to-video"]);
    assert_eq!(second.code, Some(0), "{second:#?}");
    assert!(second.stdout.starts_with("unchanged "), "{second:#?}");

    let asked: Vec<Question> = questions.iter().collect();
    assert_eq!(asked.len(), 2);
    for question in &asked {
        assert_eq!(question.path, format!("{VEO}.md"));
        assert!(question.headers.iter().any(|line| line.starts_with("user-agent: foxapi-models/")), "{question:?}");
    }
    let spec = super::specs();
    let checked = docs(["check".as_ref(), out.path().as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
    assert_eq!(checked.code, Some(0), "{checked:#?}");
}

#[test]
fn a_page_without_markdown_is_asked_for_as_it_is() {
    let page = fs::read_to_string(captures("captures/kling-v3-text-to-video.txt")).expect("the capture");
    let (address, questions) = server(2, move |question| match question.path.ends_with(".md") {
        true => answer("404 Not Found", "", ""),
        false => answer("200 OK", "content-type: text/plain\r\n", &page),
    });
    let out = TempDir::new().expect("a temporary folder");
    let outcome = fetch(out.path(), &address, &["kling-v3-text-to-video"]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let paths: Vec<String> = questions.iter().map(|question| question.path).collect();
    assert!(matches!(paths.as_slice(), [one, another] if *one == format!("{another}.md")), "{paths:?}");
}

#[test]
fn one_page_that_fails_does_not_keep_the_others_away() {
    let page = fs::read_to_string(captures("captures/veo-3.1-image-to-video.md")).expect("the capture");
    let (address, _questions) = server(6, move |question| {
        if question.path.contains("veo-3.1") {
            answer("200 OK", "content-type: text/markdown\r\n", &page)
        } else if question.path.contains("motion") {
            answer("200 OK", "content-type: text/html\r\n", "<!doctype html>")
        } else if question.path.contains("kling-v3") {
            answer("503 Service Unavailable", "", "")
        } else {
            answer("200 OK", "content-type: text/plain\r\n", "Not a page.")
        }
    });
    let out = TempDir::new().expect("a temporary folder");
    let slugs = [
        "kling-o3-image-to-video",
        "kling-o3-reference-to-video",
        "kling-v3-motion-control",
        "kling-v3-text-to-video",
        "veo-3.1-image-to-video",
    ];
    let outcome = fetch(out.path(), &address, &slugs);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(out.path().join("veo-3.1-image-to-video.md").exists());
    assert!(!out.path().join("kling-v3-text-to-video.md").exists());
    for said in ["503 Service Unavailable", "the server has no Markdown form of it", "no parameters were found"] {
        assert!(outcome.stderr.contains(said), "{said}: {outcome:#?}");
    }
    assert!(outcome.stderr.ends_with("error: 4 pages could not be fetched\n"), "{outcome:#?}");
}

#[test]
fn without_a_network_it_says_what_to_do() {
    let out = TempDir::new().expect("a temporary folder");
    // A port on which nobody listens: it was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let outcome = fetch(out.path(), &format!("http://127.0.0.1:{port}"), &[]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stderr.starts_with(&format!("error: cannot reach http://127.0.0.1:{port}/pages/")), "{outcome:#?}");
    assert!(outcome.stderr.contains("copy the pages from a browser"), "{outcome:#?}");
    assert_eq!(fetch(out.path(), "http://127.0.0.1", &["nothing"]).code, Some(1));
}

//! No output contains the key, or most of it, in any disguise in which a server may send it back.

use std::fmt::Write;

use foxapi_models::client::{RetryPolicy, WaitOptions};
use foxapi_models::{Client, Task};
use tempfile::TempDir;
use tracing::instrument::WithSubscriber;

use super::server::{Act, Server, answer, json};
use super::{KEY, Log, prints, request, settings};

/// A name and what the server sends.
type Disguise = (&'static str, String);

fn each(code: impl Fn(u8) -> String) -> String {
    KEY.bytes().map(code).collect()
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

/// Groups of bits as characters of an alphabet.
fn grouped(bytes: &[u8], bits: usize, alphabet: &str) -> String {
    let all: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let groups = (0..all.len()).step_by(bits).map(|at| &all[at..(at + bits).min(all.len())]);
    groups
        .map(|group| {
            let value = usize::from_str_radix(&format!("{group:0<bits$}"), 2).expect("bits");
            alphabet.chars().nth(value).expect("a character")
        })
        .collect()
}

const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn disguises() -> Vec<Disguise> {
    let pieces = |length: usize| KEY.as_bytes().chunks(length).map(|piece| String::from_utf8_lossy(piece).into_owned());
    let wide: Vec<u8> = KEY.bytes().flat_map(|byte| [byte, 0]).collect();
    let rot13 = |byte: u8| match byte {
        b'a'..=b'm' | b'A'..=b'M' => byte + 13,
        b'n'..=b'z' | b'N'..=b'Z' => byte - 13,
        _ => byte,
    };
    let shifted = |byte: u8, first: u32| {
        let at =
            if byte.is_ascii_lowercase() { 26 + u32::from(byte - b'a') } else { u32::from(byte.wrapping_sub(b'A')) };
        if byte.is_ascii_alphabetic() { char::from_u32(first + at).expect("a letter") } else { char::from(byte) }
    };
    vec![
        ("as it is", KEY.to_owned()),
        ("in quotes", format!("'{KEY}'")),
        ("as a header", format!("Authorization: Bearer {KEY}")),
        ("in an address", format!("https://a.example/?key={KEY}&x=1")),
        ("in upper case", KEY.to_uppercase()),
        ("in lower case", KEY.to_lowercase()),
        ("reversed", KEY.chars().rev().collect()),
        ("rot13", each(|byte| char::from(rot13(byte)).to_string())),
        ("its first letter escaped", format!("\\u0073{}", &KEY[1..])),
        ("escaped", each(|byte| format!("\\u{byte:04x}"))),
        ("escaped twice", each(|byte| format!("\\\\u{byte:04x}"))),
        (
            "every other letter escaped",
            KEY.bytes()
                .enumerate()
                .map(|(at, byte)| if at % 2 == 0 { format!("\\u{byte:04x}") } else { char::from(byte).to_string() })
                .collect(),
        ),
        ("as code points", joined(KEY.bytes().map(|byte| format!("U+{byte:04X}")), " ")),
        ("as C escapes", each(|byte| format!("\\x{byte:02x}"))),
        ("as octal escapes", each(|byte| format!("\\{byte:03o}"))),
        ("percent-encoded", each(|byte| format!("%{byte:02X}"))),
        ("percent-encoded in part", KEY.replace('-', "%2D").replace('9', "%39")),
        ("percent-encoded twice", each(|byte| format!("%25{byte:02x}"))),
        ("as entities", each(|byte| format!("&#{byte};"))),
        ("as hexadecimal entities", each(|byte| format!("&#x{byte:x};"))),
        ("as escaped entities", each(|byte| format!("&amp;#{byte};"))),
        ("quoted-printable", each(|byte| format!("={byte:02X}"))),
        ("base64", grouped(KEY.as_bytes(), 6, BASE64)),
        ("base64 of a header", grouped(format!("Bearer {KEY}").as_bytes(), 6, BASE64)),
        ("base64 of a sentence", grouped(format!("a key: {KEY}.").as_bytes(), 6, BASE64)),
        ("base64 for addresses", grouped(KEY.as_bytes(), 6, BASE64).replace('+', "-").replace('/', "_")),
        ("base64 of UTF-16", grouped(&wide, 6, BASE64)),
        ("base32", grouped(KEY.as_bytes(), 5, BASE32)),
        ("hexadecimal", each(|byte| format!("{byte:02x}"))),
        ("hexadecimal with colons", joined(KEY.bytes().map(|byte| format!("{byte:02X}")), ":")),
        ("as bytes of C", joined(KEY.bytes().map(|byte| format!("0x{byte:02x}")), ", ")),
        ("as numbers", joined(KEY.bytes().map(|byte| byte.to_string()), ", ")),
        ("in bits", joined(KEY.bytes().map(|byte| format!("{byte:08b}")), " ")),
        ("with spaces", joined(pieces(1), " ")),
        ("in groups of four", joined(pieces(4), " ")),
        ("with line breaks", joined(pieces(5), "\n")),
        ("with zero width spaces", joined(pieces(1), "\u{200b}")),
        ("with NUL between", joined(pieces(1), "\0")),
        ("with dots", joined(pieces(2), "...")),
        ("in pieces with numbers", joined(pieces(4).enumerate().map(|(at, piece)| format!("{at}: {piece}")), ", ")),
        ("in markup", joined(pieces(3), "</b><b>")),
        ("in full width", each(|byte| char::from_u32(u32::from(byte) + 0xfee0).expect("a letter").to_string())),
        ("in mathematical letters", each(|byte| shifted(byte, 0x1d400).to_string())),
        ("its first half", KEY[..KEY.len() / 2].to_owned()),
        ("its second half", KEY[KEY.len() / 2..].to_owned()),
        ("all but the ends", KEY[4..KEY.len() - 2].to_owned()),
        ("masked in the middle", format!("{}****{}", &KEY[..10], &KEY[KEY.len() - 8..])),
    ]
}

/// A text without backslashes, which are doubled when a text is printed for programmers.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect::<String>().to_lowercase()
}

/// Whether an output has half of a disguise, or eight characters of the key in a row.
fn leak(output: &str, disguise: &str) -> Option<String> {
    let output = bare(output);
    // The text around the key in a disguise is not secret.
    let disguise = if disguise.contains(KEY) { KEY } else { disguise };
    let pieces = [(KEY, 8), (disguise, (bare(disguise).chars().count() / 2).max(8))];
    pieces.into_iter().find_map(|(text, length)| {
        let characters: Vec<char> = bare(text).chars().collect();
        let windows = characters.windows(length.min(characters.len())).map(|window| window.iter().collect::<String>());
        windows.into_iter().find(|window| output.contains(window.as_str()))
    })
}

fn text(value: &str) -> String {
    serde_json::to_string(value).expect("JSON")
}

/// The answers that may contain a disguise.
fn answers(disguise: &str) -> Vec<(&'static str, Vec<u8>)> {
    // A disguise may be part of a document as it is, as an escape, or must be escaped so that it is read again.
    let raw = if disguise.contains(['"', '\n', '\0'])
        || disguise.contains("\\x")
        || disguise.contains("\\1")
        || disguise.contains("\\0")
    {
        text(disguise)
    } else {
        format!("\"{disguise}\"")
    };
    let said = text(&format!("bad key {disguise}"));
    let halves: Vec<String> = disguise
        .chars()
        .collect::<Vec<_>>()
        .chunks(disguise.chars().count().div_ceil(3))
        .map(|part| text(&part.iter().collect::<String>()))
        .collect();
    let header = disguise.replace(|c: char| !c.is_ascii_graphic() && c != ' ', "");
    let html = format!("<html><body><p>bad key <b>{disguise}</b></p></body></html>");
    vec![
        ("message", json(401, &format!(r#"{{"error": {{"type": "authentication_error", "message": {said}}}}}"#))),
        (
            "all fields",
            json(401, &format!(r#"{{"error": {{"type": {raw}, "message": {raw}, "code": {raw}, "x": {raw}}}}}"#)),
        ),
        ("header", answer(401, "text/plain", &format!("X-Request-Id: {header}\r\nLocation: /{header}\r\n"), "no")),
        ("plain text", answer(502, "text/plain", "", format!("bad key {disguise}"))),
        ("page", answer(502, "text/html", "", html)),
        ("another shape", json(400, &format!(r#"{{"detail": [{{"input": {raw}}}]}}"#))),
        ("pieces", json(400, &format!(r#"{{"parts": [{}]}}"#, halves.join(", ")))),
        ("cut", answer(502, "text/plain", "", format!("{}{disguise}", "x ".repeat(112)))),
        (
            "task",
            json(
                200,
                &format!(r#"{{"id": "task-1", "status": "failed", "error": {{"message": {said}}}, "seen": {raw}}}"#),
            ),
        ),
        (
            "task in pieces",
            json(200, &format!(r#"{{"id": "task-1", "status": "failed", "parts": [{}]}}"#, halves.join(", "))),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_output_has_the_key_in_any_disguise() {
    let disguises = disguises();
    assert!(disguises.len() > 40, "{}", disguises.len());
    // One client for all disguises; its server changes its answers.
    let mut leaks = String::new();
    for (name, disguise) in &disguises {
        for (place, bytes) in answers(disguise) {
            let server = Server::start(vec![Act::Send(bytes)]).await;
            let client = settings(&server.url()).retry(RetryPolicy::none()).build().expect("a client");
            let log = Log::default();
            let output = outputs(&client, &server).with_subscriber(log.subscriber()).await + &log.text();
            if let Some(part) = leak(&output, disguise) {
                let line = output.lines().find(|line| leak(line, disguise).is_some()).unwrap_or(&output);
                writeln!(leaks, "{name} in {place}: {part:?} is in {line}").expect("memory");
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks}");
}

/// All outputs of a client about the answers to a submission, a question and a download.
async fn outputs(client: &Client, server: &Server) -> String {
    let mut text = match client.submit(&request()).await {
        Ok(task) => format!("{task:?}"),
        Err(error) => prints(&error),
    };
    let options = WaitOptions::default().timeout(std::time::Duration::from_millis(500)).max_failures(0);
    if let Err(error) = client.wait_with("task-1", &options).await {
        text += &prints(&error);
    }
    let folder = TempDir::new().expect("a folder");
    let task = serde_json::json!({"id": "task-1", "status": "completed", "results": [{"url": server.url()}]});
    let task: Task = serde_json::from_value(task).expect("a task");
    if let Err(error) = client.download(&task, folder.path().join("video.mp4")).await {
        text += &prints(&error);
    }
    text
}

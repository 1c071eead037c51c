//! What the client costs per submission, beside plain reqwest that posts the same bytes to the same server.
//!
//! `cargo bench --package foxapi-tests --bench client` prints both and their ratio: the median of rounds that
//! take turns, so that a busy machine slows both.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that cannot go on fails")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use foxapi_models::client::{ClientBuilder, reqwest};
use foxapi_models::{Client, KlingV3TextToVideo, Request};

/// Submissions of one round.
const SUBMISSIONS: u32 = 500;

/// Rounds of each side.
const ROUNDS: usize = 15;

const KEY: &str = "sk-0123456789abcdef";

const TASK: &str = r#"{"created":1757165031,"id":"task-1","model":"kling-v3-text-to-video","object":"video.generation.task","progress":0,"status":"pending","task_info":{"can_cancel":true,"estimated_time":120},"type":"video"}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = serve();
    let client = ClientBuilder::new().api_key(KEY).base_url(&url).build().expect("a client");
    let plain = reqwest::Client::builder().no_proxy().build().expect("a client");
    let request = KlingV3TextToVideo::builder().prompt("a river in spring, at dawn").build().expect("valid");
    let address = format!("{url}/v1/videos/generations");

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(round_of_reqwest(&plain, &address, &request.to_json()).await);
        ours.push(round_of_client(&client, &request).await);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let micros = |duration: Duration| duration.as_secs_f64() * 1e6;
    println!("reqwest alone: {:8.1} µs per submission", micros(theirs));
    println!("this client:   {:8.1} µs per submission", micros(ours));
    println!("ratio:         {:8.3}", ours.as_secs_f64() / theirs.as_secs_f64());
}

async fn round_of_client(client: &Client, request: &KlingV3TextToVideo) -> Duration {
    let start = Instant::now();
    for _ in 0..SUBMISSIONS {
        let task = client.submit(request).await.expect("a task");
        assert_eq!(task.id, "task-1");
    }
    start.elapsed() / SUBMISSIONS
}

async fn round_of_reqwest(client: &reqwest::Client, address: &str, body: &str) -> Duration {
    let start = Instant::now();
    for _ in 0..SUBMISSIONS {
        let request = client.post(address).bearer_auth(KEY).header("content-type", "application/json");
        let answer = request.body(body.to_owned()).send().await.expect("an answer").bytes().await.expect("a body");
        assert_eq!(answer.len(), TASK.len());
    }
    start.elapsed() / SUBMISSIONS
}

fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort_unstable();
    durations[durations.len() / 2]
}

/// A server on a thread of its own that answers every POST with the same task.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let length = TASK.len();
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{TASK}");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let answer = answer.clone();
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                let mut buffer = [0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut buffer) {
                    bytes.extend_from_slice(&buffer[..read]);
                    // Bodies are flat objects: their brace is the last byte.
                    if bytes.ends_with(b"}") {
                        bytes.clear();
                        if stream.write_all(answer.as_bytes()).is_err() {
                            return;
                        }
                    }
                }
            });
        }
    });
    url
}

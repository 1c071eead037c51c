//! What the client costs per submission, compared with plain reqwest that posts the same bytes to the same server.
//!
//! `cargo bench --package foxapi-tests --bench client` prints both and the median of their ratios in rounds that
//! take turns, so that a busy machine slows both. The client also checks the request, writes it, and reads the task.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that cannot go on fails")]

use std::time::Instant;

use foxapi_models::client::{ClientBuilder, reqwest};
use foxapi_models::kling::KlingV3TextToVideo;
use foxapi_models::{Client, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Submissions of one round.
const SUBMISSIONS: u32 = 500;

/// Rounds of each side.
const ROUNDS: usize = 15;

const KEY: &str = "sk-0123456789abcdef";

const TASK: &str = r#"{"created":1757165031,"id":"task-1","model":"kling-v3-text-to-video","object":"video.generation.task","progress":0,"status":"pending","task_info":{"can_cancel":true,"estimated_time":120},"type":"video"}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url = serve().await;
    let client = ClientBuilder::new().api_key(KEY).base_url(&url).build().expect("a client");
    let plain = reqwest::Client::builder().no_proxy().build().expect("a client");
    let request = KlingV3TextToVideo::builder().prompt("a river in spring, at dawn").build().expect("valid");
    let address = format!("{url}/v1/videos/generations");

    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let reqwest = round_of_reqwest(&plain, &address, &request.to_json()).await;
        let client = round_of_client(&client, &request).await;
        ratios.push(client / reqwest);
        theirs.push(reqwest);
        ours.push(client);
    }
    println!("reqwest alone: {:6.1} µs per submission", median(theirs));
    println!("this client:   {:6.1} µs per submission", median(ours));
    println!("ratio:         {:6.2} (median of {ROUNDS} rounds)", median(ratios));
}

/// Microseconds per submission.
async fn round_of_client(client: &Client, request: &KlingV3TextToVideo) -> f64 {
    let start = Instant::now();
    for _ in 0..SUBMISSIONS {
        let task = client.submit(request).await.expect("a task");
        assert_eq!(task.id, "task-1");
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(SUBMISSIONS)
}

/// Microseconds per submission.
async fn round_of_reqwest(client: &reqwest::Client, address: &str, body: &str) -> f64 {
    let start = Instant::now();
    for _ in 0..SUBMISSIONS {
        let request = client.post(address).bearer_auth(KEY).header("content-type", "application/json");
        let answer = request.body(body.to_owned()).send().await.expect("an answer").bytes().await.expect("a body");
        assert_eq!(answer.len(), TASK.len());
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(SUBMISSIONS)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A server that answers every POST with the same task.
///
/// It runs on the thread of the clients: on another, a round would mostly measure how long threads take to wake.
async fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
    url
}

async fn answer(mut stream: TcpStream) {
    let length = TASK.len();
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{TASK}");
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        // Bodies are flat objects: their brace is the last byte.
        if buffer[read - 1] == b'}' && stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

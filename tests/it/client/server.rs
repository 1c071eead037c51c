//! A server at the level of sockets, which treats each request as a test wants and counts what it saw.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::REQUEST_TIMEOUT;

/// Longer than any client of the tests waits.
const FOREVER: Duration = Duration::from_secs(60);

/// What the server does to one request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Closes the connection unread.
    CloseUnread,
    /// Reads some bytes of the request and resets the connection.
    ResetDuringRequest,
    /// Reads the request and closes the connection.
    CloseAfterRequest,
    /// Reads the request and resets the connection.
    ResetAfterRequest,
    /// Reads the request and does not answer.
    Silence,
    /// Sends these bytes and keeps the connection; `{in 3 s}` in them becomes an HTTP date.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Sends these bytes and resets the connection.
    SendAndReset(Vec<u8>),
    /// Sends these bytes and nothing more.
    SendAndHang(Vec<u8>),
    /// Sends these bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Sends the head of an answer and this many bytes.
    Flood(usize),
}

impl Act {
    /// How long a client waits for it: half as long for an answer that never arrives whole, so that tests take less time.
    pub(crate) fn patience(&self) -> Duration {
        match self {
            Self::Silence | Self::SendAndHang(_) | Self::Drip(..) => REQUEST_TIMEOUT / 2,
            _ => REQUEST_TIMEOUT,
        }
    }
}

/// What the server saw of one request.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Method, path and headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    /// Such as `GET /v1/tasks/t`.
    pub(crate) fn line(&self) -> &str {
        self.head.split(" HTTP/").next().unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct State {
    connections: usize,
    seen: Vec<Seen>,
    /// Bytes that were written by an [`Act::Flood`].
    flooded: usize,
}

/// A server on this machine; gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    /// A server that does the first act to the first request, and the last to all that follow.
    pub(crate) async fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            let acts = Arc::new(acts);
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut state = shared.lock().expect("no poison");
                    state.connections += 1;
                    state.connections
                };
                // If nothing is read, only connections can be counted.
                if let Act::CloseUnread = act(&acts, number - 1) {
                    drop(stream);
                    continue;
                }
                tokio::spawn(serve(stream, Arc::clone(&acts), Arc::clone(&shared)));
            }
        });
        Self { address, state, accepting }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many POSTs arrived, also in part.
    pub(crate) fn posts(&self) -> usize {
        self.seen().iter().filter(|seen| seen.head.starts_with("POST")).count()
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.lock().expect("no poison").connections
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state.lock().expect("no poison").seen.clone()
    }

    pub(crate) fn flooded(&self) -> usize {
        self.state.lock().expect("no poison").flooded
    }
}

fn act(acts: &[Act], number: usize) -> Act {
    acts.get(number).or(acts.last()).cloned().expect("an act")
}

/// Serves one connection.
async fn serve(mut stream: TcpStream, acts: Arc<Vec<Act>>, state: Arc<Mutex<State>>) {
    while let Some((number, whole)) = receive(&mut stream, &acts, &state).await {
        if !whole || !perform(&mut stream, act(&acts, number), &state).await {
            return;
        }
    }
}

/// Reads a request and records it. Returns its number, and whether all of it was read.
async fn receive(stream: &mut TcpStream, acts: &[Act], state: &Mutex<State>) -> Option<(usize, bool)> {
    let mut buffer = vec![0; 4096];
    let mut bytes = Vec::new();
    let mut number = None;
    loop {
        let read = stream.read(&mut buffer).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let seen = Seen { head: head.to_owned(), body: body.as_bytes().to_vec() };
        let length = seen.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let whole = text.contains("\r\n\r\n") && seen.body.len() >= length;
        let index = {
            let state = &mut state.lock().expect("no poison").seen;
            let index = *number.get_or_insert(state.len());
            if index == state.len() {
                state.push(seen);
            } else {
                state[index] = seen;
            }
            index
        };
        if let Act::ResetDuringRequest = act(acts, index) {
            reset(stream);
            return Some((index, false));
        }
        if whole {
            return Some((index, true));
        }
    }
}

/// Performs an act, and returns whether the connection stays open.
async fn perform(stream: &mut TcpStream, act: Act, state: &Mutex<State>) -> bool {
    match act {
        Act::CloseUnread | Act::CloseAfterRequest | Act::ResetDuringRequest => false,
        Act::ResetAfterRequest => {
            reset(stream);
            false
        }
        Act::Silence => {
            sleep(FOREVER).await;
            false
        }
        Act::Send(bytes) => {
            let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3));
            let bytes = match String::from_utf8(bytes) {
                Ok(text) => text.replace("{in 3 s}", &date).into_bytes(),
                Err(error) => error.into_bytes(),
            };
            stream.write_all(&bytes).await.is_ok()
        }
        Act::SendAndClose(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            false
        }
        Act::SendAndReset(bytes) => {
            let _ = stream.write_all(&bytes).await;
            // The client should see the bytes before the reset.
            sleep(Duration::from_millis(50)).await;
            reset(stream);
            false
        }
        Act::SendAndHang(bytes) => {
            let _ = stream.write_all(&bytes).await;
            sleep(FOREVER).await;
            false
        }
        Act::Drip(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[byte]).await.is_err() {
                    return false;
                }
                sleep(pause).await;
            }
            true
        }
        Act::Flood(length) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
            let _ = stream.write_all(head.as_bytes()).await;
            let chunk = vec![b' '; 64 * 1024];
            let mut sent = 0;
            while sent < length && stream.write_all(&chunk).await.is_ok() {
                sent += chunk.len();
                state.lock().expect("no poison").flooded = sent;
            }
            false
        }
    }
}

/// Makes the connection end with a reset.
fn reset(stream: &TcpStream) {
    stream.set_zero_linger().expect("an option of every socket");
}

/// An answer as bytes.
pub(crate) fn answer(status: u16, content_type: &str, extra: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Some Reason\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{extra}\r\n"
    );
    [head.as_bytes(), body].concat()
}

pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, "application/json", "", body)
}

/// A refusal as documented.
pub(crate) fn refusal(status: u16, type_: &str, extra: &str) -> Vec<u8> {
    let body = format!(r#"{{"error": {{"message": "the message", "type": "{type_}"}}}}"#);
    answer(status, "application/json", extra, body)
}

/// A task that was just submitted.
pub(crate) fn pending() -> Vec<u8> {
    json(200, PENDING)
}

pub(crate) const PENDING: &str = r#"{"created": 1757165031, "id": "task-1", "model": "kling-v3-text-to-video",
    "object": "video.generation.task", "progress": 0, "status": "pending",
    "task_info": {"can_cancel": true, "estimated_time": 120}, "type": "video"}"#;

//! One connection: reads requests, sends answers or faults.

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use super::Shared;
use super::answer::{Answer, End};
use super::request;

/// Serves a connection in its own thread.
pub(crate) fn serve(stream: TcpStream, shared: &Arc<Shared>) {
    let Ok(to_end_it) = stream.try_clone() else { return };
    shared.open().push(to_end_it);
    let shared = Arc::clone(shared);
    // Without a thread the connection is closed, which the client notices.
    let _ = std::thread::Builder::new().name("foxapi-mock".to_owned()).spawn(move || {
        let peer = stream.peer_addr().ok();
        let _ = talk(&stream, &shared); // the client may go away: that is not a fault
        let _ = stream.shutdown(Shutdown::Both);
        shared.open().retain(|open| open.peer_addr().ok() != peer);
    });
}

fn talk(mut stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    let mut rest = Vec::new();
    while let Some(seen) = request::read(&mut stream, &mut rest)? {
        let answer = shared.api().answer(seen);
        std::thread::sleep(answer.delay);
        if !send(stream, &answer)? {
            break;
        }
    }
    Ok(())
}

/// Sends an answer, and returns whether the connection stays open.
fn send(mut stream: &TcpStream, answer: &Answer) -> io::Result<bool> {
    let body = match answer.end {
        End::HangUp => return Ok(false),
        End::Silence => {
            // Until the client closes its side, or the server ends.
            let _ = io::copy(&mut stream, &mut io::sink());
            return Ok(false);
        }
        End::CutAfter(bytes) => answer.body.get(..bytes).unwrap_or(&answer.body),
        End::Whole => &answer.body,
    };
    let mut head = format!("HTTP/1.1 {} Mock\r\nContent-Length: {}\r\n", answer.status, answer.body.len());
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // In one piece: a second one would wait until the client has acknowledged the first, for 40 ms.
    stream.write_all(&[head.as_bytes(), b"\r\n", body].concat())?;
    stream.flush()?;
    Ok(answer.end == End::Whole)
}

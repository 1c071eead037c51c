//! A request, as it was received.

use std::io::{self, Read};

use serde_json::Value;

/// The longest head, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// The longest body, in bytes.
const LONGEST_BODY: usize = 256 * 1024 * 1024;

/// More headers than any client sends.
const MOST_HEADERS: usize = 100;

/// A request that the server saw.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seen {
    /// Method, such as `GET`.
    pub method: String,
    /// Path with the query, such as `/v1/tasks/task-1?sync_upstream=true`.
    pub path: String,
    /// Names, as they were received, and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Seen {
    /// Returns method and path, such as `GET /v1/models`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Returns the value of a header. The case of its name does not matter.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the body as JSON; `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Reads the next request of a connection; `None` at its end. `rest` holds what was read beyond it.
pub(crate) fn read(stream: &mut impl Read, rest: &mut Vec<u8>) -> io::Result<Option<Seen>> {
    let (mut seen, length) = loop {
        if let Some(head) = head(rest)? {
            break head;
        }
        if rest.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if !more(stream, rest)? {
            return Ok(None);
        }
    };
    rest.drain(..length);
    let is_chunked =
        seen.header("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    let body = if is_chunked {
        chunks(stream, rest)?
    } else {
        let length = seen.header("content-length").and_then(|value| value.trim().parse().ok()).unwrap_or(0);
        take(stream, rest, length)?
    };
    let Some(body) = body else { return Ok(None) };
    seen.body = body;
    Ok(Some(seen))
}

/// The head at the start of what was read, and its length; `None` until it is whole.
fn head(bytes: &[u8]) -> io::Result<Option<(Seen, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let invalid = |_| io::Error::from(io::ErrorKind::InvalidData);
    let httparse::Status::Complete(length) = request.parse(bytes).map_err(invalid)? else { return Ok(None) };
    let headers = request.headers.iter();
    let headers = headers.map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()));
    let seen = Seen {
        method: request.method.unwrap_or_default().to_owned(),
        path: request.path.unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    Ok(Some((seen, length)))
}

/// The next bytes; `None` where the connection ends before.
fn take(stream: &mut impl Read, rest: &mut Vec<u8>, length: usize) -> io::Result<Option<Vec<u8>>> {
    if length > LONGEST_BODY {
        return Err(io::ErrorKind::InvalidData.into());
    }
    while rest.len() < length {
        if !more(stream, rest)? {
            return Ok(None);
        }
    }
    Ok(Some(rest.drain(..length).collect()))
}

/// A body in chunks.
fn chunks(stream: &mut impl Read, rest: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    loop {
        let (line, length) = loop {
            match httparse::parse_chunk_size(rest).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))? {
                httparse::Status::Complete(found) => break found,
                httparse::Status::Partial if !more(stream, rest)? => return Ok(None),
                httparse::Status::Partial => {}
            }
        };
        rest.drain(..line);
        let length = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(2); // and the end of the line
        let Some(chunk) = take(stream, rest, length)? else { return Ok(None) };
        body.extend_from_slice(chunk.get(..length - 2).unwrap_or_default());
        if length == 2 {
            return Ok(Some(body));
        }
        if body.len() > LONGEST_BODY {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

fn more(stream: &mut impl Read, rest: &mut Vec<u8>) -> io::Result<bool> {
    let mut buffer = [0; 16 * 1024];
    let read = stream.read(&mut buffer)?;
    rest.extend_from_slice(buffer.get(..read).unwrap_or_default());
    Ok(read > 0)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::read;

    #[test]
    fn requests_follow_each_other_on_one_connection() {
        let text = b"POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n\r\n\
            POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n1\r\nz\r\n0\r\n\r\nGET /d HTTP/1.1\r\n\r\n";
        let (mut stream, mut rest) = (&text[..], Vec::new());
        let mut next = || read(&mut stream, &mut rest).expect("HTTP").map(|seen| (seen.line(), seen.body));
        assert_eq!(next(), Some(("POST /a".to_owned(), b"abc".to_vec())));
        assert_eq!(next(), Some(("GET /b".to_owned(), Vec::new())));
        assert_eq!(next(), Some(("POST /c".to_owned(), b"xyz".to_vec())));
        assert_eq!(next(), Some(("GET /d".to_owned(), Vec::new())));
        assert_eq!(next(), None);
    }

    #[test]
    fn what_is_not_http_or_too_long_is_an_error() {
        for text in [&b"SSH-2.0\r\n\r\n"[..], b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"] {
            assert!(read(&mut &*text, &mut Vec::new()).is_err(), "{text:?}");
        }
        assert!(read(&mut &b"GET / HTTP/1.1\r\nX: y"[..], &mut Vec::new()).expect("an end").is_none());
    }
}

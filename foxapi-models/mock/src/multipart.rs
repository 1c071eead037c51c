//! The parts of a form (RFC 7578), as far as an upload needs them.

/// One part: its name, the name of its file, and its bytes.
pub(crate) struct Part<'a> {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: &'a [u8],
}

/// The parts of a body; `None` if it is not a form.
pub(crate) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let boundary = content_type.strip_prefix("multipart/form-data")?.split("boundary=").nth(1)?;
    let boundary = format!("--{}", boundary.split(';').next()?.trim().trim_matches('"'));
    let mut rest = after(body, boundary.as_bytes())?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let part = after(rest, b"\r\n")?;
        let end = find(part, format!("\r\n{boundary}").as_bytes())?;
        let (part, next) = part.split_at_checked(end)?;
        let end_of_head = find(part, b"\r\n\r\n")?;
        let (head, bytes) = part.split_at_checked(end_of_head)?;
        let head = String::from_utf8_lossy(head);
        let line = |wanted: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(':'));
            lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim().to_owned()).next()
        };
        let disposition = line("content-disposition")?;
        let parameter = |name: &str| {
            let (_, value) = disposition.split_once(&format!("; {name}=\""))?;
            Some(value.split('"').next()?.to_owned())
        };
        parts.push(Part {
            name: parameter("name")?,
            file_name: parameter("filename"),
            content_type: line("content-type"),
            bytes: bytes.get(4..)?,
        });
        rest = next.get(2 + boundary.len()..)?;
    }
    Some(parts)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn after<'a>(text: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    text.get(find(text, wanted)? + wanted.len()..)
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
mod tests {
    use super::parts;

    #[test]
    fn a_form_is_taken_apart() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"auto_cleanup\"\r\n\r\nfalse\r\n\
            --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\
            \r\n--x\r\n\r\n--b--\r\n";
        let parts = parts("multipart/form-data; boundary=b", body).expect("a form");
        assert_eq!((parts.len(), parts[0].name.as_str(), parts[0].bytes), (2, "auto_cleanup", &b"false"[..]));
        assert_eq!(
            (parts[1].file_name.as_deref(), parts[1].content_type.as_deref()),
            (Some("a.jpg"), Some("image/jpeg"))
        );
        assert_eq!(parts[1].bytes, b"\r\n--x\r\n");
    }

    #[test]
    fn what_is_no_form_is_none() {
        for (content_type, body) in
            [("application/json", "{}"), ("multipart/form-data; boundary=b", "--b\r\nx"), ("multipart/form-data", "")]
        {
            assert!(parts(content_type, body.as_bytes()).is_none(), "{content_type}: {body}");
        }
    }
}

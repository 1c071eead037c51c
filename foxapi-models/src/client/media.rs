//! Decides whether an answer is a file, by its type and its first bytes. Some servers answer 200 if there is no file.

/// How many bytes are looked at before anything is kept.
pub(crate) const HEAD: usize = 512;

/// The meaning of the header.
enum Declared {
    /// `video/…`, `audio/…`, `image/…`.
    Media,
    /// Nothing, or just bytes.
    Bytes,
    /// Something else: a page, a document.
    Other,
}

/// Whether an answer with this type and beginning is a file. `any` accepts everything, for results that are text.
pub(crate) fn is_file(content_type: &str, head: &[u8], any: bool) -> bool {
    if any || has_signature(head) {
        return true;
    }
    match declared(content_type) {
        Declared::Media => content_type.contains("svg") || !is_document(head),
        Declared::Bytes => !is_text(head),
        Declared::Other => false,
    }
}

fn declared(content_type: &str) -> Declared {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.split_once('/') {
        Some(("video" | "audio" | "image" | "model", _)) => Declared::Media,
        Some(("text", _) | ("application", "json" | "xml" | "xhtml+xml" | "problem+json")) => Declared::Other,
        Some(("application" | "binary", _)) | None => Declared::Bytes,
        Some(_) => Declared::Other,
    }
}

/// Whether bytes begin like a media file.
fn has_signature(head: &[u8]) -> bool {
    const SIGNATURES: &[&[u8]] = &[
        b"\x1a\x45\xdf\xa3",  // Matroska, WebM
        b"\x89PNG\r\n\x1a\n", // PNG
        b"\xff\xd8\xff",      // JPEG
        b"GIF8",              // GIF
        b"OggS",              // Ogg
        b"fLaC",              // FLAC
        b"ID3",               // MP3
        b"FLV\x01",           // Flash video
        b"\x00\x00\x01\xba",  // MPEG program stream
        b"\x00\x00\x01\xb3",  // MPEG video
        b"glTF",              // 3D model
    ];
    const BOXES: [&[u8]; 6] = [b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"];
    let at_four = head.get(4..8).unwrap_or_default();
    let is_riff = head.starts_with(b"RIFF") && matches!(head.get(8..12), Some(b"WEBP" | b"AVI " | b"WAVE"));
    SIGNATURES.iter().any(|signature| head.starts_with(signature)) || BOXES.contains(&at_four) || is_riff
}

/// Whether bytes begin like JSON, HTML or XML.
fn is_document(head: &[u8]) -> bool {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    matches!(start.first(), Some(b'{' | b'[' | b'<') | None) && is_text(head)
}

/// Whether bytes are text, which may be cut off in the middle of a character.
fn is_text(head: &[u8]) -> bool {
    let whole = match str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    whole && !head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31))
}

#[cfg(test)]
mod tests {
    use super::is_file;

    const MP4: &[u8] = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41";

    #[test]
    fn media_is_taken() {
        let heads: [&[u8]; 5] =
            [MP4, b"\x1a\x45\xdf\xa3\x01", b"\xff\xd8\xff\xe0", b"ID3\x04", b"RIFF\0\0\0\0WAVEfmt "];
        for head in heads {
            for content_type in ["video/mp4", "", "application/octet-stream", "text/plain"] {
                assert!(is_file(content_type, head, false), "{content_type}");
            }
        }
        assert!(is_file("video/mp4", b"no container that is known here", false));
        assert!(is_file("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", false));
        assert!(is_file("application/zip", b"PK\x03\x04\x14\0", false));
    }

    #[test]
    fn a_page_or_a_document_is_not() {
        let json = b"{\"error\": {\"message\": \"the file is being written\"}}";
        for content_type in ["application/json", "video/mp4", "", "binary/octet-stream", "text/plain"] {
            assert!(!is_file(content_type, json, false), "{content_type}");
            assert!(!is_file(content_type, b"\xef\xbb\xbf <html><p>log in</p>", false), "{content_type}");
            assert!(!is_file(content_type, b"<?xml version='1.0'?><Error>", false), "{content_type}");
        }
        assert!(!is_file("text/plain", b"not found", false));
        assert!(!is_file("", b"not found", false));
        assert!(!is_file("application/octet-stream", "nicht gefunden: für immer".as_bytes(), false));
    }

    #[test]
    fn anything_is_taken_on_demand() {
        assert!(is_file("application/json", b"{}", true));
    }
}

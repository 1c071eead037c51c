//! Checks whether a text is a URI (RFC 3986) or a web address, with a fast path for common addresses.

use fluent_uri::Uri;

use crate::words::{USUAL, append};

/// `format: uri`: an absolute URI.
pub fn is_uri(text: &str) -> bool {
    is_plain(text, "https") || Uri::parse(text).is_ok()
}

/// The only scheme whose URIs have no host: they contain the data itself.
const DATA: &str = "data";

/// `x-uri-schemes`: a URI with a host and one of the `schemes`, or, if they include `data`, a `data:` URI (RFC 2397).
#[inline]
pub fn is_url<S: AsRef<str>>(text: &str, schemes: &[S]) -> bool {
    schemes.iter().any(|scheme| is_plain(text, scheme.as_ref())) || is_any(text, schemes)
}

/// What [`is_url`] requires of a text, with an article; names are put between `quote`s.
pub fn describe<S: AsRef<str>>(schemes: &[S], quote: &str) -> String {
    let web: Vec<&str> = schemes.iter().map(S::as_ref).filter(|scheme| *scheme != DATA).collect();
    let mut text = String::with_capacity(USUAL);
    if !web.is_empty() {
        text.push_str("an absolute ");
        append(&mut text, web.iter(), "or", |text, scheme| text.extend([quote, scheme, quote]));
        text.push_str(" URL with a host");
    }
    if web.len() < schemes.len() {
        text.extend([if web.is_empty() { "a " } else { ", or a " }, quote, DATA, ":", quote, " URI"]);
    }
    text
}

/// Whether a text is a `data:` URI (RFC 2397): an optional media type with parameters, a comma and the data.
pub fn is_data_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let Some((media, _)) = rest.split_once(',') else { return false };
    let media = media.split(';').next().unwrap_or_default();
    let is_media_type = media.is_empty()
        || media.split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty());
    scheme.eq_ignore_ascii_case(DATA) && is_media_type && is_path(rest.as_bytes())
}

/// Whether a text is a common kind of URI: the scheme in lower case, a host name, a path and a query.
/// Others, with a port or a fragment, may be URIs as well.
fn is_plain(text: &str, scheme: &str) -> bool {
    let Some(rest) = text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")) else { return false };
    if scheme == DATA {
        return false;
    }
    let rest = rest.as_bytes();
    let host = rest.iter().take_while(|byte| is_name(**byte)).count();
    let (host, behind) = rest.split_at(host);
    !host.is_empty() && matches!(behind, [] | [b'/' | b'?', ..]) && is_path(behind)
}

/// Whether a byte is an unreserved character, as used in host names.
fn is_name(byte: u8) -> bool {
    const NAMES: [bool; 256] = table(false);
    NAMES.get(usize::from(byte)).is_some_and(|holds| *holds)
}

/// Whether bytes are a path, a query or both.
fn is_path(mut bytes: &[u8]) -> bool {
    while let Some(special) = bytes.iter().position(|byte| !stands_for_itself(*byte)) {
        bytes = match bytes.split_at(special).1 {
            [b'%', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => rest,
            _ => return false,
        };
    }
    true
}

/// Whether a byte may occur in a path or a query without being percent-encoded.
fn stands_for_itself(byte: u8) -> bool {
    const PATHS: [bool; 256] = table(true);
    PATHS.get(usize::from(byte)).is_some_and(|holds| *holds)
}

/// A lookup table instead of comparisons, since checking every byte takes most of the time.
#[expect(clippy::indexing_slicing, reason = "run by the compiler, which would refuse an index that is too large")]
const fn table(in_path: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    loop {
        let is_unreserved = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let is_of_path = matches!(byte, b'!' | b'$' | b'&'..=b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?');
        table[byte as usize] = is_unreserved || in_path && is_of_path;
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

/// [`is_url`] for any URI.
#[inline(never)]
fn is_any<S: AsRef<str>>(text: &str, schemes: &[S]) -> bool {
    if schemes.iter().any(|scheme| scheme.as_ref() == DATA) && is_data_uri(text) {
        return true;
    }
    Uri::parse(text).is_ok_and(|uri| {
        schemes.iter().map(S::as_ref).any(|scheme| scheme != DATA && uri.scheme().as_str().eq_ignore_ascii_case(scheme))
            && uri.authority().is_some_and(|authority| !authority.host().is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_has_a_scheme_of_the_list_and_a_host() {
        const WEB: &[&str] = &["http", "https"];
        for url in
            ["https://example.com/a.jpg", "HTTP://example.com", "https://user:pass@host:8080/?q#f", "http://[::1]/x"]
        {
            assert!(is_url(url, WEB), "{url}");
        }
        for text in [
            "",
            "x.jpg",
            "//example.com/x",
            "http:x.com",
            "http:///x",
            "https://user@/",
            "https://:80/",
            "ftp://example.com/x",
            "https://example.com/a b",
            "https://exa\u{301}mple.com",
        ] {
            assert!(!is_url(text, WEB), "{text}");
        }
        assert!(is_uri("urn:isbn:0451450523"));
        assert!(!is_uri("/relative"));
    }

    #[test]
    fn data_has_a_media_type_or_none_and_a_comma() {
        const MEDIA: &[&str] = &["http", "https", "data"];
        for uri in [
            "data:image/png;base64,iVBORw0KGgo=",
            "DATA:image/svg+xml;charset=utf-8,%3Csvg/%3E",
            "data:,x",
            "data:;base64,eA==",
            "data:a/b,",
            "https://example.com/a.jpg",
        ] {
            assert!(is_url(uri, MEDIA), "{uri}");
            assert!(is_uri(uri), "{uri}");
        }
        for text in [
            "data:",
            "data:image/png;base64",
            "data:base64,eA==",
            "data:image/,x",
            "data:/png,x",
            "data:image/png;base64,a b",
            "data:image/png;base64,a\n",
            "data:image/svg+xml,<svg/>",
            "data:a/b,x#y",
            "data:a/b,%4",
            "data://example.com/",
            "data://example.com/x",
            "iVBORw0KGgo=",
        ] {
            assert!(!is_url(text, MEDIA), "{text}");
        }
        assert!(!is_url("data:,x", &["https"]));
    }

    #[test]
    fn what_is_asked_is_said() {
        assert_eq!(describe(&["https"], ""), "an absolute https URL with a host");
        assert_eq!(
            describe(&["http", "https", "data"], "`"),
            "an absolute `http` or `https` URL with a host, or a `data:` URI",
        );
        assert_eq!(describe(&["data"], "`"), "a `data:` URI");
    }

    #[test]
    fn megabytes_of_data_are_looked_at_once() {
        const MEDIA: &[&str] = &["http", "https", "data"];
        let uri = format!("data:image/png;base64,{}", "iVBORw0K".repeat(5 << 17));
        let started = std::time::Instant::now();
        assert!(is_url(&uri, MEDIA));
        assert!(!is_url(&format!("{uri} "), MEDIA));
        // This takes ten milliseconds without optimisation; rescanning from each byte would take hours.
        assert!(started.elapsed().as_secs() < 5);
    }

    #[test]
    fn the_short_way_takes_no_more_than_the_long_one() {
        const WEB: &[&str] = &["http"];
        for byte in 0..=u8::MAX {
            for (before, after) in [("http://", "/x"), ("http://x/", ""), ("http://x/?", "y"), ("http://x", "")] {
                let text = format!("{before}{}{after}", char::from(byte));
                assert!(!is_plain(&text, "http") || is_any(&text, WEB), "{text}");
            }
        }
        for text in ["http://x", "http://x?", "http://x/%20", "http://a-b.c_d~1/e;f=g/!$&'()*+,@:?h=i&j=/?"] {
            assert!(is_plain(text, "http"), "{text}");
        }
        for text in
            ["http://", "http:///x", "http:/x", "https://x", "HTTP://x", "http://x/%2", "http://x#y", "http://x:80"]
        {
            assert!(!is_plain(text, "http"), "{text}");
        }
    }
}

//! A short, clean line of an answer that is not what it should be: proxies answer in HTML.

/// How much of an answer is looked at.
const LOOKED_AT: usize = 16 * 1024;

/// How many characters of it are shown.
const SHOWN: usize = 240;

/// Text without markup, control characters and runs of white space, cut where it gets long.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let start = body.get(..LOOKED_AT).unwrap_or(body);
    let text = String::from_utf8_lossy(start);
    if looks_like_markup(&text) { line(&without_markup(&text)) } else { line(&text) }
}

/// One line of what a server says in plain text.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::new();
    let mut characters = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if characters > 0 {
            out.push(' ');
            characters += 1;
        }
        for c in word.chars().filter(|c| !reorders(*c)) {
            if characters >= SHOWN {
                out.push('…');
                return out;
            }
            out.push(c);
            characters += 1;
        }
    }
    out
}

/// Characters that make a terminal show something else than what is there.
fn reorders(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

fn looks_like_markup(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<')
}

/// What is written between tags, without scripts, styles and comments.
fn without_markup(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        rest = after_tag(after);
    }
    out.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    entities.iter().fold(out, |text, (entity, character)| text.replace(entity, character))
}

/// What follows the tag whose `<` was just read.
fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    for (element, end) in [("script", "</script"), ("style", "</style")] {
        if tag.get(..element.len()).is_some_and(|name| name.eq_ignore_ascii_case(element)) {
            let lower = tag.to_ascii_lowercase();
            let after = lower.find(end).and_then(|at| tag.get(at + end.len()..)).unwrap_or_default();
            return after.split_once('>').map_or("", |(_, after)| after);
        }
    }
    tag.split_once('>').map_or("", |(_, after)| after)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_page_is_reduced_to_its_words() {
        let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>h1{color:red}</style>\
                    <script>alert(1)</script></head>\n<body><!-- nginx --><h1>502 &amp; more</h1></body></html>";
        assert_eq!(excerpt(page.as_bytes()), "502 Bad Gateway 502 & more");
    }

    #[test]
    fn plain_text_and_json_stay_as_they_are() {
        assert_eq!(excerpt(b"error code: 1010\n"), "error code: 1010");
        assert_eq!(excerpt(br#"{"a": "x < y > z"}"#), r#"{"a": "x < y > z"}"#);
    }

    #[test]
    fn nothing_in_it_can_drive_a_terminal() {
        assert_eq!(excerpt("a\u{1b}[31mred\u{7}\u{202e}evil\0".as_bytes()), "a [31mred evil");
        assert_eq!(excerpt(b"\xff\xfe\x00"), "");
    }

    #[test]
    fn it_is_short_whatever_comes() {
        assert_eq!(excerpt(&vec![b'x'; 1 << 20]).chars().count(), 241);
        assert_eq!(excerpt("é".repeat(1 << 16).as_bytes()).chars().count(), 241);
        for broken in ["<", "<!--", "<script", "<script>", "<style></style", "a<b", "<ſcript>"] {
            assert!(excerpt(broken.as_bytes()).chars().count() <= broken.len(), "{broken}");
        }
    }
}

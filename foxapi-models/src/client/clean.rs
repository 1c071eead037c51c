//! Cleans texts from outside so that they may be shown: one short line without markup, control characters or the
//! key. Nothing that a server says is printed in any other way.

use foxapi_schema::invisible;

use super::key::ApiKey;

/// How many bytes of a text are looked at.
const LOOKED_AT: usize = 16 * 1024;

/// How many characters of it are shown.
const SHOWN: usize = 240;

/// Replaces a text that would give the key away in pieces.
const WITHHELD: &str = "[withheld: it contains pieces of the API key]";

/// The start of a body, without markup if it is a page.
pub(crate) fn excerpt(body: &[u8], key: &ApiKey) -> String {
    let start = body.get(..LOOKED_AT).unwrap_or(body);
    // The key is removed first, so that it is not cut in two, and last, because each step may put it together.
    let text = key.hide(&String::from_utf8_lossy(start));
    let text = if looks_like_markup(&text) { without_markup(&text) } else { text };
    let shown = line(&without_queries(&key.hide(&text)));
    if key.is_scattered_in(&shown) { WITHHELD.to_owned() } else { shown }
}

/// One line of a text from which the key has already been removed.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::new();
    let mut characters = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut visible = word.chars().filter(|c| invisible::name(*c).is_none() && *c != '\u{fffd}').peekable();
        if characters > 0 && visible.peek().is_some() {
            out.push(' ');
            characters += 1;
        }
        for c in visible {
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

/// An ID as it may be shown: invisible characters are escaped, because two IDs must not look alike.
pub(crate) fn id(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(SHOWN) {
        match c {
            ' ' => out.push(' '),
            _ if c.is_whitespace() || invisible::name(c).is_some() => out.extend(c.escape_default()),
            _ => out.push(c),
        }
    }
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// A text without the queries of its web addresses, which may grant access to a file.
pub(crate) fn without_queries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        let end = after
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\'))
            .unwrap_or(after.len());
        let (address, others) = after.split_at_checked(end).unwrap_or((after, ""));
        out.extend([before, "://"]);
        match address.split_once('?') {
            Some((path, _)) => out.extend([path, "?…"]),
            None => out.push_str(address),
        }
        rest = others;
    }
    out.push_str(rest);
    out
}

fn looks_like_markup(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    start.starts_with('<')
}

/// The text between tags, without scripts, styles and comments.
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
    use super::{ApiKey, WITHHELD, line};

    fn excerpt(body: &[u8]) -> String {
        super::excerpt(body, &ApiKey::new("sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd"))
    }

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
    fn nothing_in_it_can_drive_a_terminal_or_hide() {
        assert_eq!(excerpt("a\u{1b}[31mred\u{7}\u{202e}evil\0".as_bytes()), "a [31mred evil");
        assert_eq!(excerpt(b"\xff\xfe\x00"), "");
        assert_eq!(line("t\u{9b}31m\u{200b}\u{e0041}\u{2066}x\u{feff} \u{2060} y"), "t 31mx y");
    }

    #[test]
    fn an_id_is_shown_as_it_is_and_drives_nothing() {
        assert_eq!(super::id("task-1 é"), "task-1 é");
        assert_eq!(super::id("t\u{1b}]0;hello\u{7}\t\u{200b}"), r"t\u{1b}]0;hello\u{7}\t\u{200b}");
        assert_eq!(super::id(&"x".repeat(1000)).chars().count(), 241);
    }

    #[test]
    fn what_an_address_grants_is_not_shown() {
        assert_eq!(
            excerpt(br#"{"url": "https://a.example/b.mp4?sig=s3cret&x=1", "next": "http://c.example/d?e"}"#),
            r#"{"url": "https://a.example/b.mp4?…", "next": "http://c.example/d?…"}"#,
        );
        assert_eq!(super::without_queries("what? https://a.example"), "what? https://a.example");
    }

    #[test]
    fn it_is_short_whatever_comes() {
        assert_eq!(excerpt(&vec![b'x'; 1 << 20]).chars().count(), 241);
        assert_eq!(excerpt("é".repeat(1 << 16).as_bytes()).chars().count(), 241);
        for broken in ["<", "<!--", "<script", "<script>", "<style></style", "a<b", "<ſcript>"] {
            assert!(excerpt(broken.as_bytes()).chars().count() <= broken.len(), "{broken}");
        }
    }

    #[test]
    fn the_key_is_in_no_step() {
        assert_eq!(excerpt(b"bad key sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd!"), "bad key [API key]!");
        assert_eq!(excerpt(b"<p>bad key sk-Zq7<b>Xw9Kj3Vb</b>5Nm1Tp8Rd</p>"), "bad key [API key]");
        assert_eq!(excerpt(b"1: sk-Zq 2: 7Xw9 3: Kj3V 4: b5Nm 5: 1Tp8 6: Rd"), WITHHELD);
        let cut = format!("{}sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd", "x ".repeat(118));
        assert!(excerpt(cut.as_bytes()).ends_with("x [API …"), "{}", excerpt(cut.as_bytes()));
    }
}

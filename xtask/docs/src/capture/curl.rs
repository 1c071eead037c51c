//! The requests that a page shows as calls of curl, each whole on one line or over several.

use serde_json::Value as Json;

use super::notes;
use crate::page::{At, Body};

/// Lines of a body: more than any has.
const MOST_LINES: usize = 300;

/// What a call of curl says.
#[derive(Debug, Default)]
pub(crate) struct Call {
    /// Where it begins.
    pub(crate) line: usize,
    pub(crate) method: Option<At<String>>,
    pub(crate) url: Option<At<String>>,
    pub(crate) body: Option<Body>,
    /// A body that is there and is no JSON: why.
    pub(crate) broken: Option<At<String>>,
    /// A body that is there and cannot be judged: why.
    pub(crate) skipped: Option<String>,
    /// The line after the call.
    pub(crate) end: usize,
}

/// Reads the calls of curl among lines that are counted from 1.
pub(crate) fn read(lines: &[&str]) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if is_call(line) {
            let call = one(lines, at);
            at = call.end.max(at + 2) - 1;
            calls.push(call);
        } else {
            at += 1;
        }
    }
    calls
}

fn is_call(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("$ ");
    line.starts_with("curl ") || line == "curl\\"
}

fn one(lines: &[&str], start: usize) -> Call {
    let mut call = Call { line: start + 1, end: start + 2, ..Call::default() };
    for (at, line) in lines.iter().enumerate().skip(start) {
        let number = at + 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        for pair in words.windows(2) {
            if let (["--request" | "-X", method], None) = (pair, &call.method) {
                call.method = Some(At::new(number, unquoted(method).to_owned()));
            }
        }
        let attached =
            words.iter().find_map(|word| word.strip_prefix("-X").or_else(|| word.strip_prefix("--request=")));
        if let (Some(method), None) = (attached.filter(|it| !it.is_empty()), &call.method) {
            call.method = Some(At::new(number, unquoted(method).to_owned()));
        }
        let url = words.iter().map(|word| unquoted(word)).find(|word| word.starts_with("http"));
        if let (Some(url), None) = (url, &call.url) {
            call.url = Some(At::new(number, url.to_owned()));
        }
        call.end = call.end.max(number + 1);
        if let Some(column) = data(line) {
            body(lines, at, column, &mut call);
            break;
        }
        if is_form(&words) {
            call.skipped = Some("its body is a form".to_owned());
        }
        if !line.trim_end().ends_with('\\') {
            break;
        }
    }
    call
}

fn is_form(words: &[&str]) -> bool {
    words.iter().any(|word| ["-F", "--form", "--data-urlencode"].contains(word))
}

/// Where the data begins on a line.
fn data(line: &str) -> Option<usize> {
    const OPTIONS: [&str; 7] = ["--data-raw", "--data-binary", "--data-ascii", "--data", "--json", "-d ", "-d'"];
    let is_word =
        |at: usize| line.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    let end = |at: usize, option: &str| at + option.trim_end_matches('\'').len();
    OPTIONS.iter().find_map(|option| {
        let at = line.find(option).filter(|at| is_word(*at))?;
        (!line.get(at..)?.starts_with("--data-urlencode")).then(|| end(at, option))
    })
}

fn body(lines: &[&str], at: usize, column: usize, call: &mut Call) {
    let first = lines.get(at).and_then(|line| line.get(column..)).unwrap_or_default();
    let rest = lines.get(at + 1..).unwrap_or_default();
    let rest = rest.get(..MOST_LINES).unwrap_or(rest);
    let text: String = std::iter::once(&first).chain(rest).flat_map(|line| [line, "\n"]).collect();
    let given = text.trim_start_matches([' ', '=', '$']);
    let Some(text) = shell_text(given) else {
        call.skipped = Some("its body is in a file, which the page does not show".to_owned());
        return;
    };
    let offset = text.len() - text.trim_start().len();
    let json = text.trim_start();
    let before = newlines(first_part(given, &text)) + newlines(text.get(..offset).unwrap_or_default());
    let number = at + 1 + before;
    if !json.starts_with(['{', '[']) {
        call.skipped = Some("its body is no JSON".to_owned());
        return;
    }
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Json>();
    match values.next() {
        Some(Ok(value)) => {
            let end = number + newlines(json.get(..values.byte_offset()).unwrap_or_default());
            call.end = end + 1;
            call.body = Some(Body { line: number, end, value });
        }
        Some(Err(error)) => {
            let line = number + error.line().saturating_sub(1);
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            call.broken = Some(At::new(line, reason.to_owned()));
            call.end = line + 1;
        }
        None => {}
    }
}

/// What the shell hands over: without quotes, or the lines of a document that follows; `None`: a file.
fn shell_text(given: &str) -> Option<String> {
    let unquoted = given.trim_start_matches(['\'', '"']);
    if let Some(document) = unquoted.strip_prefix("@-") {
        let (_, below) = document.split_once('\n')?;
        return document.split_once('\n').is_some_and(|(line, _)| line.contains("<<")).then(|| below.to_owned());
    }
    if unquoted.starts_with('@') {
        return None;
    }
    if let Some(inner) = given.strip_prefix('"').filter(|inner| inner.contains("\\\"")) {
        // Inside of quotes every quote has a stroke before it.
        let bytes: Vec<(usize, char)> = inner.char_indices().collect();
        let is_end = |pair: &[(usize, char)]| matches!(pair, [(_, before), (_, '"')] if *before != '\\');
        let end =
            bytes.windows(2).find(|pair| is_end(pair)).and_then(|pair| pair.get(1)).map_or(inner.len(), |(at, _)| *at);
        return Some(inner.get(..end).unwrap_or(inner).replace("\\\"", "\"").replace("\\\n", "\n"));
    }
    // A shell writes an apostrophe inside of apostrophes like this.
    Some(unquoted.replace(r"'\''", "'"))
}

/// What stands before the text that is handed over: the line of the document's mark, or quotes.
fn first_part<'a>(given: &'a str, text: &str) -> &'a str {
    let is_document = given.trim_start_matches(['\'', '"']).starts_with("@-");
    let end = if is_document { given.len().saturating_sub(text.len()) } else { 0 };
    given.get(..end).unwrap_or_default()
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

fn unquoted(word: &str) -> &str {
    notes::unquoted(word)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn first(lines: &[&str]) -> Call {
        read(lines).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn a_call_over_several_lines_is_read() {
        let text = "Title\ncurl --request POST \\\n  --url https://api.example.com/v1/x \\\n  --data '\n{\n  \"a\": \"it'\\''s\"\n}\n'\nnext";
        let lines: Vec<_> = text.lines().collect();
        let call = first(&lines);
        assert_eq!(call.method, Some(At::new(2, "POST".to_owned())));
        assert_eq!(call.url, Some(At::new(3, "https://api.example.com/v1/x".to_owned())));
        assert_eq!(call.body, Some(Body { line: 5, end: 7, value: json!({"a": "it's"}) }));
        assert_eq!(call.end, 8);
    }

    #[test]
    fn a_call_on_one_line_is_read() {
        let line = "curl -X POST \\ --url 'https://api.example.com/v1/x' \\ --data ' { \"a\": [1] } '";
        let call = first(&[line]);
        assert_eq!(call.url.map(|at| at.value), Some("https://api.example.com/v1/x".to_owned()));
        assert_eq!(call.body.map(|body| body.value), Some(json!({"a": [1]})));
    }

    #[test]
    fn bodies_are_read_in_every_way_that_a_shell_hands_them_over() {
        for text in [
            "curl -XPOST https://a.b/c -d '{\"a\": 1}'",
            "curl https://a.b/c --json '{\"a\": 1}'",
            "curl https://a.b/c --data-raw $'{\"a\": 1}'",
            "curl https://a.b/c -d \"{\\\"a\\\": 1}\"",
            "curl https://a.b/c \\\n  -d @- <<EOF\n{\"a\": 1}\nEOF",
            "curl https://a.b/c --data-binary @- << 'JSON'\n{\n\"a\": 1\n}\nJSON",
            "curl 'https://a.b/c' --data={\"a\":1}",
        ] {
            let lines: Vec<_> = text.lines().collect();
            let call = first(&lines);
            assert_eq!(call.body.map(|body| body.value), Some(json!({"a": 1})), "{text}");
        }
    }

    #[test]
    fn every_call_is_read_and_ends_where_it_ends() {
        let text =
            "curl https://a.b/c -d '{\"a\": 1}'\n{\n  \"model\": \"x\"\n}\ncurl https://a.b/d \\\n  -d '{\n\"a\": 2}'";
        let lines: Vec<_> = text.lines().collect();
        let ends: Vec<_> =
            read(&lines).iter().filter_map(|call| call.body.as_ref()).map(|it| (it.line, it.end)).collect();
        assert_eq!(ends, [(1, 1), (6, 7)]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let call = first(&["curl https://a.b/c \\", "  --data '{", "  \"a\": 1,", "}'"]);
        assert_eq!(call.broken.map(|at| at.line), Some(4));
        assert!(first(&["curl https://a.b/c -d @body.json"]).skipped.is_some_and(|it| it.contains("in a file")));
        assert!(first(&["curl https://a.b/c -F image=@a.png"]).skipped.is_some_and(|it| it.contains("a form")));
        assert!(first(&["curl https://a.b/c -d 'a=1'"]).skipped.is_some_and(|it| it.contains("no JSON")));
    }
}

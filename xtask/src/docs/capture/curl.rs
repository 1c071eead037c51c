//! The request that a page shows: a call of curl, whole on one line or over several.

use serde_json::Value as Json;

use crate::docs::page::At;

/// What a call of curl says.
#[derive(Debug, Default)]
pub(crate) struct Call {
    pub(crate) method: Option<At<String>>,
    pub(crate) url: Option<At<String>>,
    pub(crate) body: Option<At<Json>>,
    /// A body that is there and is no JSON: why.
    pub(crate) broken: Option<At<String>>,
    /// The line after the call.
    pub(crate) end: usize,
}

/// Reads the first call of curl among lines that are counted from 1.
pub(crate) fn read(lines: &[&str]) -> Option<Call> {
    let start = lines.iter().position(|line| line.trim_start().trim_start_matches("$ ").starts_with("curl "))?;
    let mut call = Call { end: start + 2, ..Call::default() };
    for (at, line) in lines.iter().enumerate().skip(start) {
        let number = at + 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        for pair in words.windows(2) {
            match pair {
                ["--request" | "-X", method] if call.method.is_none() => {
                    call.method = Some(At::new(number, unquoted(method).to_owned()));
                }
                _ => {}
            }
        }
        let urls = words.iter().map(|word| unquoted(word)).filter(|word| word.starts_with("http"));
        if let Some(url) = urls.into_iter().next().filter(|_| call.url.is_none()) {
            call.url = Some(At::new(number, url.to_owned()));
        }
        if let Some(column) = data(line) {
            body(lines, at, column, &mut call);
            break;
        }
        call.end = number + 1;
        if !line.trim_end().ends_with('\\') {
            break;
        }
    }
    Some(call)
}

/// Where the data begins on a line.
fn data(line: &str) -> Option<usize> {
    const OPTIONS: [&str; 5] = ["--data-raw", "--data-binary", "--data", "--json", "-d "];
    OPTIONS.iter().find_map(|option| line.find(option).map(|at| at + option.len()))
}

fn body(lines: &[&str], at: usize, column: usize, call: &mut Call) {
    let first = lines.get(at).and_then(|line| line.get(column..)).unwrap_or_default();
    let rest = lines.get(at + 1..).unwrap_or_default();
    let text: String = std::iter::once(&first).chain(rest).flat_map(|line| [line, "\n"]).collect();
    // A shell writes an apostrophe inside of apostrophes like this.
    let text = text.replace(r"'\''", "'");
    let Some(brace) = text.find('{') else { return };
    let number = at + 1 + newlines(text.get(..brace).unwrap_or_default());
    let json = text.get(brace..).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Json>();
    match values.next() {
        Some(Ok(body)) => {
            call.end = number + 1 + newlines(json.get(..values.byte_offset()).unwrap_or_default());
            call.body = Some(At::new(number, body));
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

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['\'', '"', '\\'])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_over_several_lines_is_read() {
        let text = "Title\ncurl --request POST \\\n  --url https://api.example.com/v1/x \\\n  --data '\n{\n  \"a\": \"it'\\''s\"\n}\n'\nnext";
        let lines: Vec<_> = text.lines().collect();
        let call = read(&lines).unwrap_or_default();
        assert_eq!(call.method, Some(At::new(2, "POST".to_owned())));
        assert_eq!(call.url, Some(At::new(3, "https://api.example.com/v1/x".to_owned())));
        assert_eq!(call.body, Some(At::new(5, json!({"a": "it's"}))));
        assert_eq!(call.end, 8);
    }

    #[test]
    fn a_call_on_one_line_is_read() {
        let line = "curl -X POST \\ --url 'https://api.example.com/v1/x' \\ --data ' { \"a\": [1] } '";
        let call = read(&[line]).unwrap_or_default();
        assert_eq!(call.url.map(|at| at.value), Some("https://api.example.com/v1/x".to_owned()));
        assert_eq!(call.body.map(|at| at.value), Some(json!({"a": [1]})));
    }

    #[test]
    fn a_body_that_is_no_json_is_named() {
        let call = read(&["curl https://a.b/c \\", "  --data '{", "  \"a\": 1,", "}'"]).unwrap_or_default();
        assert_eq!(call.broken.map(|at| at.line), Some(4));
    }
}

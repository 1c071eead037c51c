//! The requests that a page shows in programs: their bodies, as far as they read as JSON.

use serde_json::Value as Json;

use crate::{
    node,
    page::{At, Body},
};

/// What sends a request, and in which language.
const SENDERS: [(&str, &str); 16] = [
    ("requests.post(", "Python"),
    ("requests.request(", "Python"),
    ("httpx.post(", "Python"),
    ("aiohttp.ClientSession", "Python"),
    ("http.client.HTTPSConnection", "Python"),
    ("fetch(", "JavaScript"),
    ("axios.post(", "JavaScript"),
    ("axios(", "JavaScript"),
    ("axios.request(", "JavaScript"),
    ("http.NewRequest", "Go"),
    ("HttpRequest.newBuilder", "Java"),
    ("Unirest.post(", "Java"),
    ("OkHttpClient", "Java"),
    ("curl_setopt", "PHP"),
    ("Net::HTTP", "Ruby"),
    ("HttpClient(", "C#"),
];

/// What stands before a body, however it is spaced.
const MARKS: [&str; 9] =
    ["json=", "payload=", "data=", "body=", "json.dumps(", "JSON.stringify(", "body:", "data:", "strings.NewReader("];

/// Lines of a program before and after the place where it sends.
const NEAR: usize = 60;

/// A request in a program.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) line: usize,
    pub(crate) language: &'static str,
    pub(crate) url: Option<At<String>>,
    /// `None`: it does not read as JSON.
    pub(crate) body: Option<Body>,
}

/// Reads the requests in programs among lines that are counted from 1.
pub(crate) fn read(lines: &[&str]) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some((_, language)) = SENDERS.iter().find(|(word, _)| line.contains(word)) else { continue };
        let is_same = requests.last().is_some_and(|last| last.language == *language && at < last.line + NEAR / 2);
        // A program names its sender more than once.
        if is_same && requests.last().is_some_and(|last| last.body.is_some() || !line.contains("http")) {
            continue;
        }
        let start = from.max(at.saturating_sub(NEAR));
        let end = ends(lines, at);
        let near = lines.get(start..end).unwrap_or_default();
        let body = body(near, start);
        from = body.as_ref().map_or(at + 1, |body| body.end);
        requests.push(Request { line: at + 1, language, url: url(near, start), body });
    }
    requests
}

/// Where the program ends: at the end of its block, at another program, or far away.
fn ends(lines: &[&str], at: usize) -> usize {
    let below = lines.iter().enumerate().skip(at + 1).take(NEAR);
    let is_end = |line: &str| line.trim_start().starts_with("```") || line.trim_start().starts_with("curl ");
    below.into_iter().find(|(_, line)| is_end(line)).map_or((at + NEAR).min(lines.len()), |(end, _)| end)
}

fn url(lines: &[&str], first: usize) -> Option<At<String>> {
    lines.iter().enumerate().find_map(|(at, line)| {
        let start = ["\"https://", "'https://", "`https://"].iter().find_map(|mark| line.find(mark))? + 1;
        let url = line.get(start..)?.split(['"', '\'', '`']).next()?;
        // Addresses of pictures are parts of bodies.
        (!url.rsplit('/').next()?.contains('.')).then(|| At::new(first + at + 1, url.to_owned()))
    })
}

/// The first body that reads as JSON and names a model, or any other.
fn body(lines: &[&str], first: usize) -> Option<Body> {
    let text: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
    let mut found: Option<Body> = None;
    for (at, _) in text.match_indices('{') {
        let before = text.get(..at).unwrap_or_default();
        let spaced: String = before.chars().rev().take(40).filter(|it| !it.is_whitespace()).collect();
        let spaced: String = spaced.chars().rev().collect();
        if !MARKS
            .iter()
            .any(|mark| spaced.ends_with(mark) || spaced.trim_end_matches(['`', '\'', '"', '(']).ends_with(mark))
        {
            continue;
        }
        let Some((value, length)) = loose(text.get(at..).unwrap_or_default()) else { continue };
        let newlines = |text: &str| text.matches('\n').count();
        let line = first + 1 + newlines(before);
        let end = line + newlines(text.get(at..at + length).unwrap_or_default());
        let has_model = value.get("model").is_some();
        if has_model || found.is_none() && value.is_object() {
            found = Some(Body { line, end, value });
        }
        if has_model {
            break;
        }
    }
    found
}

/// An object as a program writes it, and its length: names without quotes, single quotes, `True`, commas at ends.
fn loose(text: &str) -> Option<(Json, usize)> {
    let length = balanced(text)?;
    let object = without_python(text.get(..length)?);
    let value = node::loose(&object)?.to_json();
    value.is_object().then_some((value, length))
}

/// The length of what stands between brackets, quotes minded.
fn balanced(text: &str) -> Option<usize> {
    const MOST_BYTES: usize = 20_000;
    const MOST_LEVELS: usize = 64;
    let (mut depth, mut quote, mut is_escaped) = (0_usize, None, false);
    for (at, letter) in text.char_indices().take_while(|(at, _)| *at < MOST_BYTES) {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if letter == '\\' => is_escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None => match letter {
                '"' | '\'' | '`' => quote = Some(letter),
                '{' | '[' if depth >= MOST_LEVELS => return None,
                '{' | '[' => depth += 1,
                '}' | ']' => {
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return Some(at + letter.len_utf8());
                    }
                }
                _ => {}
            },
        }
    }
    None
}

/// The words of Python for true, false and null, outside of texts.
fn without_python(text: &str) -> String {
    let mut written = String::new();
    let (mut quote, mut word) = (None, String::new());
    let flush = |word: &mut String, written: &mut String| {
        written.push_str(match word.as_str() {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            other => other,
        });
        word.clear();
    };
    let mut before = ' ';
    for letter in text.chars() {
        if quote.is_none() && letter.is_alphabetic() {
            word.push(letter);
            continue;
        }
        flush(&mut word, &mut written);
        match quote {
            Some(open) if letter == open && before != '\\' => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
        written.push(letter);
        before = letter;
    }
    flush(&mut word, &mut written);
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bodies(text: &str) -> Vec<Option<(usize, Json)>> {
        let lines: Vec<_> = text.lines().collect();
        read(&lines).into_iter().map(|it| it.body.map(|body| (body.line, body.value))).collect()
    }

    #[test]
    fn bodies_in_python_and_javascript_are_read() {
        let python = "import requests\n\nurl = \"https://a.b/c\"\npayload = {\n    \"model\": \"x\",\n    'on': True,\n    \"none\": None,\n}\nresponse = requests.post(url, json=payload)\n";
        assert_eq!(bodies(python), [Some((4, json!({"model": "x", "on": true, "none": null})))]);
        let script = "const options = {\n  method: 'POST',\n  body: JSON.stringify({model: 'x', list: [1, 2,]})\n};\nfetch('https://a.b/c', options)\n";
        assert_eq!(bodies(script), [Some((3, json!({"model": "x", "list": [1, 2]})))]);
        let inline = "response = requests.post(\n  \"https://a.b/c\",\n  json={\"model\": \"x\"},\n)";
        assert_eq!(bodies(inline), [Some((3, json!({"model": "x"})))]);
    }

    #[test]
    fn what_does_not_read_as_json_is_no_body() {
        assert_eq!(bodies("payload = {\"model\": MODEL}\nrequests.post(url, json=payload)"), [None]);
        assert_eq!(bodies("client := http.NewRequest(\"POST\", url, body)"), [None]);
        assert_eq!(bodies("Words about fetching"), []);
    }
}

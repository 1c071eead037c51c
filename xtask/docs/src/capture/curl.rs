//! The requests that a page shows as curl calls.

use foxapi_codegen::raw::reason;
use serde_json::Value as JsonValue;

use super::address::{host_of, path_of};
use crate::page::{At, Body, Capture};

/// The maximum number of lines of a call: more than any call has.
const MOST_LINES: usize = 300;

/// What a curl call says.
#[derive(Debug, Default)]
struct Call {
    /// Where it begins.
    line: usize,
    /// The line after it.
    end: usize,
    method: Option<At<String>>,
    url: Option<At<String>>,
    body: Option<Body>,
    /// Why a body that is present cannot be parsed as JSON.
    broken: Option<At<String>>,
    /// Why a body that is present cannot be checked.
    skipped: Option<&'static str>,
}

/// Adds the requests among the lines of a page.
pub(crate) fn take(lines: &[&str], page: &mut Capture) {
    let mut calls = calls(lines);
    // A page may query a task before it shows how to start one.
    calls.sort_by_key(|call| call.body.is_none());
    for call in calls {
        if !is_of_page(&call, page) {
            page.skipped.push(format!("the call on line {}: it is to another endpoint", call.line));
            continue;
        }
        let is_get = call.method.as_ref().is_some_and(|method| method.value == "GET");
        page.methods.extend(call.method.filter(|_| !is_get || call.body.is_some()));
        if let Some(url) = call.url {
            if page.host.is_none() {
                page.host = host_of(&url.value).map(|host| At::new(url.line, host));
            }
            page.paths.extend(path_of(&url.value).map(|path| At::new(url.line, path)));
        }
        if let Some(reason) = call.skipped {
            page.skipped.push(format!("the request on line {}: {reason}", call.line));
        }
        if let Some(broken) = call.broken {
            let message = format!("the body of the call is not JSON: {}", broken.value);
            page.unread.push(At::new(broken.line, message));
        }
        let body = call.body.filter(|body| page.bodies.iter().all(|known| known.value != body.value));
        page.bodies.extend(body);
    }
}

/// A request to another endpoint belongs to another page; one that names a model belongs to this one.
fn is_of_page(call: &Call, page: &Capture) -> bool {
    let path = call.url.as_ref().and_then(|url| path_of(&url.value));
    let is_known = |path: &String| page.paths.is_empty() || page.paths.iter().any(|at| at.value == *path);
    path.as_ref().is_none_or(is_known) || call.body.as_ref().is_some_and(|body| body.value.get("model").is_some())
}

/// Reads the curl calls among lines that are counted from 1.
fn calls(lines: &[&str]) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let line = line.trim_start().trim_start_matches("$ ");
        if line.starts_with("curl ") || line == "curl\\" {
            let call = call(lines, at - 1);
            at = call.end - 1;
            calls.push(call);
        }
    }
    calls
}

/// The call that begins on a line.
fn call(lines: &[&str], start: usize) -> Call {
    let below = lines.get(start..lines.len().min(start + MOST_LINES)).unwrap_or_default();
    let number = start + 1;
    let mut call = Call { line: number, ..Call::default() };
    let Some((words, used)) = words(below) else {
        call.end = number + below.len().max(1);
        call.skipped = Some("its quotes are not closed");
        return call;
    };
    call.end = number + used;
    let command = below.get(..used).unwrap_or_default();
    let line_of = |word: &str| number + command.iter().position(|line| line.contains(word)).unwrap_or(0);
    let mut words = words.iter().map(|word| word.trim_matches([' ', '\\']));
    while let Some(word) = words.next() {
        match word {
            "--request" | "-X" => {
                call.method = words.next().map(|method| At::new(line_of(word), method.to_owned()));
            }
            "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" | "-d" => {
                let given = words.next().unwrap_or_default();
                if given.starts_with('@') {
                    call.skipped = Some("its body is not on the line, but in a file or below the call");
                } else {
                    body(given.trim_start_matches('$'), line_of(word), &mut call);
                }
            }
            "--form" | "-F" | "--data-urlencode" => call.skipped = Some("its body is a form"),
            word if word.starts_with("http") => {
                call.url.get_or_insert(At::new(line_of(word), word.to_owned()));
            }
            _ => {}
        }
    }
    call
}

/// The words of a command, and how many lines it has: it continues within quotes and after a backslash.
fn words(lines: &[&str]) -> Option<(Vec<String>, usize)> {
    let mut command = String::new();
    lines.iter().enumerate().find_map(|(at, line)| {
        command.push_str(line.trim_end_matches('\r'));
        let words = (!line.ends_with('\\')).then(|| shlex::split(command.trim_start_matches([' ', '$'])));
        command.push('\n');
        Some((words??, at + 1))
    })
}

/// Reads what is passed as the body, which begins on a line.
fn body(text: &str, line: usize, call: &mut Call) {
    let json = text.trim_start();
    let line = line + text.get(..text.len() - json.len()).unwrap_or_default().matches('\n').count();
    if !json.starts_with(['{', '[']) {
        call.skipped = Some("its body is not JSON");
        return;
    }
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<JsonValue>();
    match values.next() {
        Some(Ok(value)) => {
            let end = line + json.get(..values.byte_offset()).unwrap_or_default().matches('\n').count();
            call.end = call.end.max(end + 1);
            call.body = Some(Body { line, end, value });
        }
        Some(Err(error)) => {
            call.broken = Some(At::new(line + error.line().saturating_sub(1), reason(&error)));
        }
        None => {}
    }
}

#[cfg(test)]
mod tests;

//! The requests that a page shows, in whatever language: which of them are judged, and what is said of the others.

use super::{curl, host_of, path_of, program};
use crate::page::{At, Body, Page};

/// Takes over the requests among the lines of a page.
pub(crate) fn take(lines: &[&str], page: &mut Page) {
    let mut calls = curl::read(lines);
    // A page may ask for a task before it shows how to begin one.
    calls.sort_by_key(|call| call.body.is_none());
    for call in calls {
        let method = call.method.as_ref().map(|it| it.value.as_str());
        if !is_of_page(call.url.as_ref(), call.body.as_ref(), page) {
            page.skipped.push(format!("the call on line {}: it is not to the endpoint of this page", call.line));
            continue;
        }
        if method != Some("GET") || call.body.is_some() {
            page.methods.extend(call.method);
        }
        address(call.url, page);
        if let Some(reason) = call.skipped {
            page.skipped.push(format!("the request on line {}: {reason}", call.line));
        }
        if let Some(broken) = call.broken {
            page.unread.push(At::new(broken.line, format!("the body of the call is no JSON: {}", broken.value)));
        }
        add(call.body, page);
    }
    for request in program::read(lines) {
        if !is_of_page(request.url.as_ref(), request.body.as_ref(), page) {
            continue;
        }
        if request.body.is_none() {
            let (line, language) = (request.line, request.language);
            page.skipped.push(format!("the request in {language} on line {line}: its body does not read as JSON"));
        }
        address(request.url, page);
        add(request.body, page);
    }
}

/// A request to another endpoint is another page's; one that names a model is of this one.
fn is_of_page(url: Option<&At<String>>, body: Option<&Body>, page: &Page) -> bool {
    let path = url.and_then(|url| path_of(&url.value));
    let is_known = |path: &String| page.paths.is_empty() || page.paths.iter().any(|it| it.value == *path);
    path.as_ref().is_none_or(is_known) || body.is_some_and(|body| body.value.get("model").is_some())
}

fn address(url: Option<At<String>>, page: &mut Page) {
    let Some(url) = url else { return };
    if page.host.is_none() {
        page.host = host_of(&url.value).map(|host| At::new(url.line, host));
    }
    page.paths.extend(path_of(&url.value).map(|path| At::new(url.line, path)));
}

/// Pages show one request in several languages: it is judged once for each that differs.
fn add(body: Option<Body>, page: &mut Page) {
    page.bodies.extend(body.filter(|body| page.bodies.iter().all(|it| it.value != body.value)));
}

//! An OpenAPI 3.x document, in JSON or YAML: whole, or what a page has of it.

use super::{Problem, blocks, host_of, path_of, schema};
use crate::page::{At, Page, Parameter, Shape};
use crate::tree::{self, Node, Unreadable};

/// Whether a text is an OpenAPI document in YAML.
pub(crate) fn is_yaml(text: &str) -> bool {
    let is_key =
        |line: &str| ["openapi:", "swagger:", "\"openapi\":", "'openapi':"].iter().any(|it| line.starts_with(it));
    text.lines().any(is_key) && !text.lines().any(|line| line.starts_with("```"))
}

pub(crate) fn read(text: &str) -> Result<Page, Problem> {
    let document = if text.trim_start().starts_with('{') { tree::json(text) } else { tree::yaml(text, 1) };
    let document = document.map_err(|error| unreadable(error, "OpenAPI document"))?;
    let mut page = Page::new(Shape::OpenApi, text);
    fill(&document, None, &mut page)?;
    Ok(page)
}

pub(crate) fn unreadable(error: Unreadable, what: &str) -> Problem {
    Problem::at(
        error.line,
        format!("the {what} cannot be read: {}", error.reason),
        "take the document whole, as JSON or YAML",
    )
}

/// An operation that takes a body.
struct Operation<'a> {
    method: String,
    path: &'a str,
    line: usize,
    node: &'a Node,
    /// The content that is JSON.
    media: &'a Node,
    schema: &'a Node,
}

/// Reads the request that a document describes. With several operations, `wanted` names the method and path.
pub(crate) fn fill(document: &Node, wanted: Option<(&str, &str)>, page: &mut Page) -> Result<(), Problem> {
    if document.get("swagger").is_some() {
        return Err(Problem::whole("this is a document of Swagger 2.0", "convert it to OpenAPI 3"));
    }
    let Some(paths) = document.get("paths").filter(|_| document.get("openapi").is_some()) else {
        return Err(Problem::whole(
            "this is not an OpenAPI document: it has no \"openapi\" with \"paths\"",
            "take the page's .md form, or the document that the page is made from",
        ));
    };
    let mut found = Vec::new();
    for path in paths.members() {
        for method in path.node.members() {
            found.extend(operation(document, &path.name, &method.name, &method.node, method.line));
        }
    }
    if let Some((method, path)) = wanted {
        let is_wanted = |it: &Operation<'_>| it.method.eq_ignore_ascii_case(method) && it.path == path;
        if found.iter().any(is_wanted) {
            found.retain(is_wanted);
        } else if let Some(first) = found.first() {
            let (other, there) = (&first.method, first.path);
            let message = format!("the block is headed {method} {path}, and describes {other} {there}");
            page.unread.push(At::new(first.line, message));
        }
    }
    let has_model = |it: &Operation<'_>| {
        schema::object(it.schema, document).is_ok_and(|it| it.children.iter().any(|child| child.name == "model"))
    };
    if found.len() > 1 && found.iter().any(has_model) {
        found.retain(has_model);
    }
    let operation = match found.as_slice() {
        [operation] => operation,
        [] => {
            return Err(Problem::whole(
                "the document has no operation that takes a JSON body",
                "a page describes a request; is the document cut off?",
            ));
        }
        [_, second, ..] => {
            return Err(Problem::at(
                second.line,
                format!("a second request body begins here: {} {}", second.method, second.path),
                "this is several pages in one document: check them one by one",
            ));
        }
    };
    // Since 3.1 an operation need have none; before, its absence shows that the rest is gone.
    let version = document.text("openapi").unwrap_or_default();
    let has_responses = operation.node.get("responses").is_some() || operation.node.get("response").is_some();
    if !has_responses && version.starts_with("3.1") {
        let (method, path) = (&operation.method, operation.path);
        page.skipped
            .push(format!("whether the document is whole: {method} {path} has no responses (line {})", operation.line));
    } else if !has_responses {
        return Err(Problem::at(
            operation.line,
            format!("{} {} has no responses: the document breaks off", operation.method, operation.path),
            "take the document whole",
        ));
    }
    take(document, operation, page)
}

fn operation<'a>(
    document: &'a Node,
    path: &'a str,
    method: &str,
    node: &'a Node,
    line: usize,
) -> Option<Operation<'a>> {
    if !["post", "put", "patch"].contains(&method) {
        return None;
    }
    let mut body = node.get("requestBody")?;
    if let Some(reference) = body.text("$ref") {
        body = document.target(reference)?;
    }
    let content = body.get("content")?;
    let is_json = |name: &str| name.contains("json");
    let media = &content.members().iter().find(|member| is_json(&member.name))?.node;
    let schema = media.get("schema")?;
    Some(Operation { method: method.to_uppercase(), path, line, node, media, schema })
}

fn take(document: &Node, operation: &Operation<'_>, page: &mut Page) -> Result<(), Problem> {
    request(schema::object(operation.schema, document)?, page);
    let described = operation.node.member("description").map(|it| (it.line, it.node.as_str().unwrap_or_default()));
    about(described, page);
    if page.parameters.is_empty() {
        return Err(Problem::at(
            operation.line,
            format!("the body of {} {} has no properties that can be read", operation.method, operation.path),
            "a reference of the document leads nowhere, or the body is one of several objects",
        ));
    }
    let lines: Vec<&str> = page.text.lines().collect();
    finish(&mut page.parameters, &lines);
    let server = operation.node.at(&["servers"]).or_else(|| document.at(&["servers"]));
    let url = server.and_then(|servers| servers.items().first()).and_then(|server| server.get("url"));
    let base = url.and_then(|url| url.as_str()).unwrap_or_default();
    if let (Some(url), Some(host)) = (url, host_of(base)) {
        page.host = Some(At::new(url.line, host));
    }
    let path = format!("{}{}", path_of(base).unwrap_or_default(), operation.path);
    page.methods.push(At::new(operation.line, operation.method.clone()));
    page.paths.push(At::new(operation.line, path));
    page.bodies.extend(schema::bodies(operation.media));
    if page.bodies.is_empty() {
        page.bodies.extend(schema::bodies(operation.schema));
    }
    beside(operation, page);
    let body = operation.node.get("requestBody").filter(|body| body.flag("required") == Some(false));
    if let Some(member) = body.and_then(|body| body.member("required")) {
        page.skipped.push(format!("line {}: the page says that a request needs no body", member.line));
    }
    Ok(())
}

/// Takes over what the schema says of the request.
fn request(whole: Parameter, page: &mut Page) {
    page.parameters = whole.children;
    page.keywords = whole.keywords;
    for described in &whole.descriptions {
        about(Some((described.line, &described.value)), page);
    }
}

/// Adds words about the request as a whole.
fn about(described: Option<(usize, &str)>, page: &mut Page) {
    let lines: Vec<&str> = page.text.lines().collect();
    let words = described.map(|(line, text)| blocks::of_description(text, line, &lines));
    page.words.extend(words.unwrap_or_default());
}

fn finish(parameters: &mut [Parameter], lines: &[&str]) {
    for parameter in parameters {
        let descriptions = parameter.descriptions.iter();
        parameter.words = descriptions.flat_map(|at| blocks::of_description(&at.value, at.line, lines)).collect();
        super::finish(parameter);
        finish(&mut parameter.children, lines);
        finish(parameter.item.as_deref_mut().map(std::slice::from_mut).unwrap_or_default(), lines);
    }
}

/// Names other forms of the body.
fn beside(operation: &Operation<'_>, page: &mut Page) {
    let content = operation.node.at(&["requestBody", "content"]).map(Node::members).unwrap_or_default();
    for other in content.iter().filter(|it| !it.name.contains("json")) {
        page.skipped.push(format!("the body as {} (line {}): specs are about JSON", other.name, other.line));
    }
}

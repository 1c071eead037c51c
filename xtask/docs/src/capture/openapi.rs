//! An OpenAPI 3.x document, in JSON or YAML: all of it, or the part on a page.

use foxapi_codegen::raw::{Member, Node};

use super::address::{host_of, path_of};
use super::{blocks, finish, schema, yaml};
use crate::page::{At, Block, Capture, CaptureFormat, Parameter};
use crate::problem::{Problem, SEVERAL_PAGES};

/// Whether a text is an OpenAPI document in YAML.
pub(crate) fn is_yaml(text: &str) -> bool {
    let is_key =
        |line: &str| ["openapi:", "swagger:", "\"openapi\":", "'openapi':"].iter().any(|it| line.starts_with(it));
    text.lines().any(is_key) && !text.lines().any(|line| line.starts_with("```"))
}

pub(crate) fn read(text: &str) -> Result<Capture, Problem> {
    let mut page = Capture::new(CaptureFormat::OpenApi, text);
    fill(&document(text, "OpenAPI document")?, None, &mut page)?;
    Ok(page)
}

/// Reads a document; `what` names it.
pub(crate) fn document(text: &str, what: &str) -> Result<Node, Problem> {
    let read = match text.trim_start().starts_with('{') {
        true => Node::parse(text).map_err(|fault| At::new(fault.at.line, fault.message)),
        false => yaml::read(text),
    };
    read.map_err(|At { line, value }| {
        Problem::at(line, format!("the {what} cannot be read: {value}"), "use the whole document, as JSON or YAML")
    })
}

/// An operation that takes a body.
struct Operation<'a> {
    /// `POST /videos/generations`
    name: String,
    method: String,
    path: &'a Member,
    line: usize,
    node: &'a Node,
    body: &'a Node,
    /// The content that is JSON.
    media: &'a Node,
    schema: &'a Node,
}

impl<'a> Operation<'a> {
    fn new(document: &'a Node, path: &'a Member, operation: &'a Member) -> Option<Self> {
        let Member { name, at, node } = operation;
        let is_sent = ["post", "put", "patch"].contains(&name.as_str());
        let body = node.get("requestBody").filter(|_| is_sent)?;
        let body = body.text("$ref").map_or(Some(body), |reference| document.target(reference))?;
        let media = &body.get("content")?.members().iter().find(|member| member.name.contains("json"))?.node;
        let (method, schema) = (name.to_uppercase(), media.get("schema")?);
        Some(Self { name: format!("{method} {}", path.name), method, path, line: at.line, node, body, media, schema })
    }
}

/// Reads the request that a document describes. With several operations, `wanted` names the method and path.
pub(crate) fn fill(document: &Node, wanted: Option<(&str, &str)>, page: &mut Capture) -> Result<(), Problem> {
    let Some(paths) = document.get("paths").filter(|_| document.get("openapi").is_some()) else {
        return Err(Problem::whole(
            "this is not an OpenAPI document: it has no \"openapi\" with \"paths\"",
            "use the page's Markdown, or the whole document",
        ));
    };
    let operations = paths.members().iter().flat_map(|path| path.node.members().iter().map(move |it| (path, it)));
    let mut found: Vec<Operation<'_>> =
        operations.filter_map(|(path, it)| Operation::new(document, path, it)).collect();
    if let Some((method, path)) = wanted {
        let wanted = format!("{} {path}", method.to_uppercase());
        if found.iter().any(|it| it.name == wanted) {
            found.retain(|it| it.name == wanted);
        } else if let Some(first) = found.first() {
            let message = format!("the block is headed {wanted} but describes {}", first.name);
            page.unread.push(At::new(first.line, message));
        }
    }
    let has_model = |it: &Operation<'_>| {
        schema::object(it.schema, document).is_ok_and(|it| it.children.iter().any(|child| child.name == "model"))
    };
    if found.len() > 1 && found.iter().any(has_model) {
        found.retain(has_model);
    }
    if let [_, second, ..] = found.as_slice() {
        return Err(Problem::at(
            second.line,
            format!("a second request body begins here: {}", second.name),
            SEVERAL_PAGES,
        ));
    }
    let Some(operation) = found.pop() else {
        return Err(Problem::whole(
            "the document has no operation that takes a JSON body",
            "a page describes a request; is the document cut off?",
        ));
    };
    // Since 3.1, an operation need not have any; before, their absence shows that the rest is missing.
    let Operation { name, line, .. } = &operation;
    let has_responses = operation.node.get("responses").is_some() || operation.node.get("response").is_some();
    match document.text("openapi") {
        _ if has_responses => {}
        Some(version) if version.starts_with("3.1") => {
            page.skipped.push(format!("whether the document is complete: {name} has no responses (line {line})"));
        }
        _ => {
            let message = format!("{name} has no responses: the document is cut off");
            return Err(Problem::at(*line, message, "use the whole document"));
        }
    }
    take(document, &operation, page)
}

fn take(document: &Node, operation: &Operation<'_>, page: &mut Capture) -> Result<(), Problem> {
    let mut request = schema::object(operation.schema, document)?;
    if request.children.is_empty() {
        return Err(Problem::at(
            operation.line,
            format!("the body of {} has no properties that can be read", operation.name),
            "a reference in the document leads nowhere, or the body is one of several objects",
        ));
    }
    schema::describe(operation.node, &mut request);
    let lines: Vec<&str> = page.text.lines().collect();
    request.words = std::mem::take(&mut page.request.words);
    request.words.extend(words(&request.descriptions, &lines));
    request.words.extend(in_address(document, operation, &lines)?);
    finish(&mut request.children, &lines);
    page.request = request;
    let server = operation.node.get("servers").or_else(|| document.get("servers"));
    let url = server.and_then(|servers| servers.items().first()).and_then(|server| server.get("url"));
    let base = url.and_then(Node::as_str).unwrap_or_default();
    page.host = url.and_then(|url| Some(At::new(url.at.line, host_of(base)?)));
    let path = format!("{}{}", path_of(base).unwrap_or_default(), operation.path.name);
    page.methods.push(At::new(operation.line, operation.method.clone()));
    page.paths.push(At::new(operation.line, path));
    page.bodies.extend(schema::bodies(operation.media));
    if page.bodies.is_empty() {
        page.bodies.extend(schema::bodies(operation.schema));
    }
    let content = operation.body.get("content").map(Node::members).unwrap_or_default();
    for other in content.iter().filter(|it| !it.name.contains("json")) {
        page.skipped.push(format!("the body as {} (line {}): specs describe JSON", other.name, other.at.line));
    }
    Ok(())
}

/// What an operation says about the parameters in its URL.
fn in_address(document: &Node, operation: &Operation<'_>, lines: &[&str]) -> Result<Vec<Block>, Problem> {
    let listed = [&operation.path.node, operation.node].into_iter().filter_map(|node| node.get("parameters"));
    let mut words = Vec::new();
    for listed in listed.flat_map(Node::items) {
        let node = listed.text("$ref").and_then(|reference| document.target(reference)).unwrap_or(listed);
        if !["path", "query"].contains(&node.text("in").unwrap_or_default()) {
            continue;
        }
        let schema = node.get("schema").map(|schema| schema::object(schema, document)).transpose()?;
        let (name, required) = (node.text("name").unwrap_or_default().to_owned(), node.flag("required") == Some(true));
        let mut parameter = Parameter { name, line: node.at.line, required, ..schema.unwrap_or_default() };
        schema::describe(node, &mut parameter);
        finish(std::slice::from_mut(&mut parameter), lines);
        words.extend(finish::in_address(parameter));
    }
    Ok(words)
}

fn words(descriptions: &[At<String>], lines: &[&str]) -> Vec<Block> {
    descriptions.iter().flat_map(|at| blocks::of_description(&at.value, at.line, lines)).collect()
}

fn finish(parameters: &mut [Parameter], lines: &[&str]) {
    for parameter in parameters {
        parameter.words = words(&parameter.descriptions, lines);
        finish::finish(parameter);
        finish(&mut parameter.children, lines);
        finish(parameter.item.as_deref_mut().map(std::slice::from_mut).unwrap_or_default(), lines);
    }
}

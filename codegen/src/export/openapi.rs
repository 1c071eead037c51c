//! The OpenAPI 3.1 document: the frame, filled with requests, answers and examples.

mod references;

use std::collections::BTreeSet;

use foxapi_schema::assertion::{Assertion, sentences};
use foxapi_schema::words::upper_first;

use super::Exports;
use super::definitions::{SharedSchemas, without_top};
use super::example;
use super::flat::FlatSchema;
use super::integers::wide;
use super::json::{Json, Object};
use super::plain::{code, constants, is_null, is_scalar, listed, paragraphs, rules, type_of, typed};
use super::words::{ADVANCED, alternatives};
use crate::Source;
use crate::check::{Bodies, SpecFile};
use crate::diagnostic::{Diagnostics, Report};
use crate::raw::{self, Node};
use references::{check_references, references};

/// The place of schemas in a document.
const SCHEMAS: &str = "#/components/schemas/";

/// The property that decides which request a body is.
const DISCRIMINATOR: &str = "model";

/// A page, as the document sees it.
struct RequestSchema<'a> {
    file: &'a SpecFile,
    /// The name of its schema.
    name: String,
    models: &'a [String],
    /// The HTTP method in lower case, and the path.
    endpoint: (String, &'a str),
}

/// Pages that are sent to one operation of the frame.
struct BodyUnion<'a> {
    /// The name of the schema that the operation's body refers to.
    name: String,
    pages: Vec<RequestSchema<'a>>,
}

pub(super) fn document(exports: &Exports, frame: &Source, version: &str) -> Result<String, Diagnostics> {
    let sources = [frame.clone()];
    let mut report = Report::new(&sources);
    let shared = SharedSchemas::new(exports);
    let mut text = String::new();
    if let Some(root) = raw::read(0, frame, &mut report) {
        let unions = unions(exports, &shared, &root, &mut report);
        check_references(&root, &shared, &unions, &mut report);
        if let Json::Object(mut document) = Json::from(&root) {
            fill(&mut document, exports, &shared, &unions, answers(&root));
            if let Some(info) = document.get_mut("info").and_then(Json::as_object_mut) {
                info.set("version", version);
            }
            text = Json::Object(document).to_file();
        } else {
            report.error(root.at, "the frame of the OpenAPI document is an object");
        }
    }
    report.into_diagnostics().map_or(Ok(text), Err)
}

/// Finds the operation of each page, and the name that the frame gives to its body.
fn unions<'a>(
    exports: &'a Exports,
    shared: &SharedSchemas<'_>,
    root: &Node,
    report: &mut Report<'_>,
) -> Vec<BodyUnion<'a>> {
    let mut unions: Vec<BodyUnion<'a>> = Vec::new();
    for (module, _, page) in exports.specs.requests() {
        let file = exports.files.specs.iter().find(|file| file.file_name == module.source);
        let (Some(file), Some(name)) = (file, shared.of_file(&module.source)) else { continue };
        let method = page.method.to_lowercase();
        let operation = root.get("paths").and_then(|paths| paths.get(&page.path)?.get(&method));
        let body = operation.and_then(body_schema).and_then(|schema| schema.get("$ref")?.as_str());
        match (operation, body.and_then(|body| body.strip_prefix(SCHEMAS))) {
            (None, _) => report.error_with_help(
                root.get("paths").map_or(root.at, |paths| paths.at),
                format!("no operation for {} {}, which {} is sent to", page.method, page.path, module.source),
                "describe it under \"paths\"",
            ),
            (Some(operation), None) => report.error_with_help(
                operation.at,
                format!("the body of {} {} does not refer to a schema", page.method, page.path),
                format!("refer to one in \"requestBody\": {{ \"$ref\": \"{SCHEMAS}…\" }}"),
            ),
            (Some(operation), Some(union)) => {
                check_answer(operation, file, page.response.as_deref(), shared, report);
                let page = RequestSchema {
                    file,
                    name: name.to_owned(),
                    models: &page.models,
                    endpoint: (method, page.path.as_str()),
                };
                match unions.iter_mut().find(|known| known.name == union) {
                    Some(known) => known.pages.push(page),
                    None => unions.push(BodyUnion { name: union.to_owned(), pages: vec![page] }),
                }
            }
        }
    }
    unions
}

/// Checks that the operation has the answer that the page names.
fn check_answer(
    operation: &Node,
    file: &SpecFile,
    response: Option<&str>,
    shared: &SharedSchemas<'_>,
    report: &mut Report<'_>,
) {
    let Some(name) = response.and_then(|response| shared.resolved(file, response)) else { return };
    let statuses = operation.get("responses").map_or(&[][..], Node::members);
    let successes = statuses.iter().filter(|status| status.name.starts_with('2')).map(|status| &status.node);
    if !successes.flat_map(references).any(|referred| referred == name) {
        report.error_with_help(
            operation.get("responses").map_or(operation.at, |responses| responses.at),
            format!("{} says that the answer is {name:?}, but no success status has it", file.file_name),
            format!("refer to {{ \"$ref\": \"{SCHEMAS}{name}\" }} where the operation succeeds"),
        );
    }
}

/// The schema of an operation's JSON body.
fn body_schema(operation: &Node) -> Option<&Node> {
    operation.get("requestBody")?.get("content")?.get("application/json")?.get("schema")
}

/// The names of the schemas that the frame refers to.
fn answers(root: &Node) -> BTreeSet<String> {
    references(root).map(str::to_owned).collect()
}

fn fill(
    document: &mut Object,
    exports: &Exports,
    shared: &SharedSchemas<'_>,
    unions: &[BodyUnion<'_>],
    answers: BTreeSet<String>,
) {
    let bodies = Bodies::new(&exports.files.specs);
    for page in unions.iter().flat_map(|union| &union.pages) {
        add_examples(document, page, &bodies);
    }
    let mut schemas = Object::new();
    for union in unions {
        match union.pages.as_slice() {
            // A choice of one is not a choice, and code generators stumble over it.
            [only] => redirect(document, &reference(&union.name), &reference(&only.name)),
            _ => schemas.set(&union.name, union_schema(union)),
        }
    }
    let wanted = unions.iter().flat_map(|union| &union.pages).map(|page| page.name.clone()).chain(answers);
    for (name, schema) in shared.reached(wanted, &reference, &adapted) {
        let mut schema = named(wide(schema));
        let apart = titled_values(&mut schema, |title| !schemas.contains(title) && !shared.contains(title));
        schemas.set(&name, schema);
        apart.into_iter().for_each(|(title, values)| schemas.set(&title, values));
    }
    let mut components = document.get("components").and_then(Json::as_object).cloned().unwrap_or_default();
    components.set_first("schemas", schemas);
    document.set("components", components);
}

/// Redirects all references from one schema to another.
fn redirect(members: &mut Object, from: &str, to: &str) {
    let mut due: Vec<&mut Json> = members.iter_mut().map(|(_, value)| value).collect();
    while let Some(value) = due.pop() {
        match value {
            Json::Array(items) => due.extend(items),
            Json::Object(members) => {
                if members.text("$ref") == Some(from) {
                    members.set("$ref", to);
                }
                due.extend(members.iter_mut().map(|(_, value)| value));
            }
            _ => {}
        }
    }
}

fn reference(name: &str) -> String {
    format!("{SCHEMAS}{name}")
}

/// The schema for one of several requests; the model decides which.
fn union_schema(union: &BodyUnion<'_>) -> Object {
    let branches: Vec<Object> =
        union.pages.iter().map(|page| Object::new().with("$ref", reference(&page.name))).collect();
    let mapping: Object = union
        .pages
        .iter()
        .flat_map(|page| page.models.iter().map(|model| (model.clone(), reference(&page.name).into())))
        .collect();
    Object::new()
        .with("title", union.name.as_str())
        .with("description", format!("A request for any documented model; `{DISCRIMINATOR}` decides which."))
        .with("oneOf", branches)
        .with("discriminator", Object::new().with("propertyName", DISCRIMINATOR).with("mapping", mapping))
}

/// Adds the examples of a page to the operation that takes it.
fn add_examples(document: &mut Object, page: &RequestSchema<'_>, bodies: &Bodies<'_>) {
    let (method, path) = &page.endpoint;
    let mut content = Some(&mut *document);
    for name in ["paths", path, method, "requestBody", "content", "application/json"] {
        content = content.and_then(|content| content.get_mut(name)?.as_object_mut());
    }
    let Some(content) = content else { return };
    let mut examples = content.get("examples").and_then(Json::as_object).cloned().unwrap_or_default();
    for (index, example) in example::examples(bodies, page.file).into_iter().enumerate() {
        let suffix = if index == 0 { "" } else { "-full" };
        let summary = format!("{}: {}", page.file.stem, example.summary);
        let example = Object::new().with("summary", summary).with("value", example.body);
        examples.set(&format!("{}{suffix}", page.file.stem), example);
    }
    if !examples.is_empty() {
        content.set("examples", examples);
    }
}

/// Prepares a schema for `components`: links to its page, and drops its endpoint, which the document has.
fn named(schema: Json) -> Json {
    let Json::Object(schema) = schema else { return schema };
    let docs = schema.text("x-docs").map(|docs| Object::new().with("url", docs));
    let mut schema = without_top(schema);
    if let Some(docs) = docs {
        schema.set("externalDocs", docs);
    }
    Json::Object(schema)
}

/// Moves titled lists of values out of an object's properties, which then refer to them: code generators make a
/// separate type of a schema with a name.
fn titled_values(schema: &mut Json, is_free: impl Fn(&str) -> bool) -> Vec<(String, Object)> {
    let mut apart: Vec<(String, Object)> = Vec::new();
    let Some(Json::Object(properties)) = schema.as_object_mut().and_then(|schema| schema.get_mut("properties")) else {
        return apart;
    };
    for (_, property) in properties.iter_mut() {
        let Some(whole) = property.as_object_mut().filter(|whole| whole.contains("enum")) else { continue };
        let Some(title) = whole.text("title").map(str::to_owned) else { continue };
        if !is_free(&title) || apart.iter().any(|(known, _)| *known == title) {
            continue;
        }
        let is_of_values = |name: &str| matches!(name, "title" | "type" | "enum" | "x-enum-varnames");
        let (mut values, rest): (Object, Object) = whole
            .iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .partition(|(name, _)| is_of_values(name));
        let description = rest.text("description").unwrap_or_default();
        let of_property = |last: &str| last.ends_with(ADVANCED) || last.starts_with("Default: ");
        let rest_of = description.rsplit_once("\n\n").filter(|(_, last)| of_property(last));
        let description = rest_of.map_or(description, |(description, _)| description);
        values.set("description", description);
        *whole = rest.with("$ref", reference(&title));
        apart.push((title, values));
    }
    apart
}

/// The rules of an object, written like `allOf`. Code generators make a type of each branch of an `allOf`, so the rules
/// have their own keyword.
const RULES: &str = "x-rules";

/// The value that the server uses for a property that is left out. Code generators send a `default`, or require it.
const DEFAULT: &str = "x-default";

/// The limits that only this dialect has a keyword for, as sentences: other tools pass over the keyword.
fn own_limits(schema: &Object) -> Vec<String> {
    let own = schema.iter().filter(|(name, _)| name.starts_with("x-"));
    let limits: Vec<Assertion> =
        own.filter_map(|(name, value)| Assertion::read(name, &value.to_value())?.ok()?).collect();
    sentences(&limits.iter().collect::<Vec<_>>())
}

/// A schema in a form that most OpenAPI tools understand, with everything that they do not support put into words.
fn adapted(mut schema: Object) -> Object {
    let is_open = schema.get("x-extensible") == Some(&Json::Boolean(true));
    let mut texts = vec![schema.text("description").unwrap_or_default().to_owned()];
    if let Some(constants) = constants(&schema) {
        let mut values = constants.values;
        let value_type = type_of(&values);
        let mut listed = Object::new();
        if let Some(name) = value_type.filter(|_| !schema.contains("type")) {
            let types = if constants.nullable { vec![name, "null"].into() } else { Json::from(name) };
            listed.set("type", types);
        }
        values.extend(constants.nullable.then_some(Json::Null));
        listed.set("enum", values);
        if let Some(titles) = constants.titles {
            listed.set("x-enum-varnames", titles);
        }
        texts.push(constants.meanings.join("\n"));
        schema.remove(constants.keyword);
        match value_type.filter(|_| is_open) {
            // A value that the document does not have is not an error.
            Some(name) => {
                texts.push("The server may add values.".to_owned());
                schema.set("anyOf", vec![listed, Object::new().with("type", name)]);
            }
            None => listed.iter().for_each(|(name, value)| schema.set(name, value.clone())),
        }
    }
    if let Some(words) = alternatives(&schema) {
        texts.push(format!("{}.", upper_first(&words)));
        let FlatSchema { types, nullable, .. } = FlatSchema::of(&schema);
        if is_scalar(&types) {
            let branches = schema.list("anyOf").iter().filter_map(Json::as_object).filter(|branch| !is_null(branch));
            let null = nullable.then(|| Object::new().with("type", "null"));
            let branches: Vec<Object> = branches.map(|branch| typed(branch, &types)).chain(null).collect();
            schema.remove("type");
            schema.set("anyOf", branches);
        }
    }
    if schema.text("type") == Some("array") && !schema.contains("items") {
        // Linters require it, even if a rule only tests whether there is a list.
        schema.set("items", Object::new());
    }
    texts.push(own_limits(&schema).join(" "));
    texts.push(listed("Rules:", &rules(&schema)));
    if let Some(rules) = schema.remove("allOf") {
        schema.set(RULES, rules);
    }
    let mut last = Vec::new();
    if let Some(default) = schema.remove("default") {
        last.extend((default != Json::Null).then(|| format!("Default: {}.", code(&default))));
        schema.set(DEFAULT, default);
    }
    if schema.get("x-advanced") == Some(&Json::Boolean(true)) {
        last.push(ADVANCED.to_owned());
    }
    texts.push(last.join(" "));
    let text = paragraphs(texts);
    if !text.is_empty() {
        schema.set_first("description", text);
    }
    schema
}

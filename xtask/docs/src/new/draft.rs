//! The spec of a page as far as the page states it.

mod keywords;
mod values;
pub(crate) mod words;

use std::cell::RefCell;

use serde_json::Value;

use super::{
    json::Json,
    names,
    rules::{self, Rule},
    shared::Library,
};
use crate::{
    capture::{host_of, notes},
    identify::site,
    page::{At, Keyword, Kind, Options, Page, Parameter},
};

/// A spec, and how many TODOs it has.
pub(crate) struct Draft {
    pub(crate) spec: Json,
    pub(crate) todos: usize,
    /// Keywords that are still to be put into the request, or into an object under `$defs`.
    pub(crate) stated: Vec<(Option<String>, Keyword)>,
}

/// Writes the spec of a page.
pub(crate) fn draft(page: &Page, slug: &str, docs: Option<&str>, library: &Library) -> Draft {
    let title = names::type_name(slug);
    let rules = rules::read(page);
    let mut writer = Writer {
        page,
        title: &title,
        library,
        rules: &rules,
        definitions: Vec::new(),
        names: RefCell::default(),
        stated: page.keywords.iter().filter(|it| !keywords::is_closed(it)).map(|it| (None, it.clone())).collect(),
        todos: 0,
    };
    let properties: Vec<(String, Json)> =
        page.parameters.iter().filter(keywords::is_sent).map(|it| (it.name.clone(), writer.parameter(it))).collect();

    let mut members: Vec<(String, Json)> = Vec::new();
    let mut add = |name: &str, value: Json| members.push((name.to_owned(), value));
    add("$schema", Json::text("../../dialect.schema.json"));
    add("$id", Json::text(slug));
    add("title", Json::text(if library.is_taken(&title) { format!("{title}Request") } else { title.clone() }));
    add("description", Json::text(format!("A request to {}.", listed(page))));
    let (address, is_known) = address(page, slug, docs, library);
    let mut comment = vec!["TODO: say what the request makes".to_owned()];
    if !is_known {
        comment.push("TODO: the capture does not give the address of its page, x-docs is a guess".to_owned());
    }
    for left_out in page.parameters.iter().filter(|it| !keywords::is_sent(it)) {
        comment.push(format!("TODO: `{}` is read-only on the page and left out here", left_out.name));
    }
    comment.extend(page.skipped.iter().map(|skipped| format!("TODO: not read from the page: {skipped}")));
    comment
        .extend(page.unread.iter().map(|unread| format!("TODO: line {} of the page: {}", unread.line, unread.value)));
    writer.todos += comment.len();
    add("$comment", Json::text(comment.join("; ")));
    add("x-docs", Json::text(address));
    add("x-endpoint", Json::text(endpoint(page)));
    add("x-source", Json::object([("kind", Json::text("page"))]));
    add("type", Json::text("object"));
    add("additionalProperties", Json::Value(false.into()));
    let required = page.parameters.iter().filter(keywords::is_sent).filter(|it| it.required || it.name == "model");
    add("required", Json::texts(required.map(|it| it.name.as_str())));
    add("properties", Json::Object(properties));
    if !rules.is_empty() {
        writer.todos += rules.len();
        add("allOf", Json::Array(rules.iter().map(to_confirm).collect()));
    }
    if !writer.definitions.is_empty() {
        add("$defs", Json::Object(std::mem::take(&mut writer.definitions)));
    }
    Draft { spec: Json::Object(members), todos: writer.todos, stated: writer.stated }
}

/// A rule with the words that it was read from: only a person can say whether it is all that they mean.
fn to_confirm(rule: &Rule) -> Json {
    let words: Vec<&str> = rule.words.iter().map(|at| notes::item(&at.value).unwrap_or(&at.value)).collect();
    with_comment(rule.schema.clone(), &format!("TODO: confirm; page: {}", words.join(" | ")))
}

/// The models as words.
fn listed(page: &Page) -> String {
    let models: Vec<String> = page.models.iter().map(|model| format!("`{}`", model.value)).collect();
    match models.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// The address of the page, and whether it is known; else it is made after that of the nearest page.
fn address(page: &Page, slug: &str, docs: Option<&str>, library: &Library) -> (String, bool) {
    if let Some(docs) = docs.or(page.address.as_ref().map(|address| address.value.as_str())) {
        return (docs.trim_end_matches(".md").to_owned(), true);
    }
    if let Some(address) = page.file.as_deref().and_then(|file| beside(file, library)) {
        return (address, false);
    }
    let host = page.host.as_ref().map(|host| host.value.as_str()).unwrap_or_default();
    let is_of_site = |address: &str| host.is_empty() || host_of(address).is_some_and(|it| site(&it) == site(host));
    let shared = |other: &str| other.bytes().zip(slug.bytes()).take_while(|(one, another)| one == another).count();
    let nearest = library.addresses().filter(|(_, address)| is_of_site(address)).max_by_key(|(other, _)| shared(other));
    match nearest {
        Some((other, address)) => {
            let folder = address.rsplit_once('/').map_or(address, |(folder, _)| folder);
            let family = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
            if family(other) == family(slug) {
                return (format!("{folder}/{slug}"), false);
            }
            let above = folder.rsplit_once('/').map_or(folder, |(above, _)| above);
            (format!("{above}/{}/{slug}", family(slug)), false)
        }
        None => {
            let host = host.strip_prefix("api.").unwrap_or(host);
            (format!("https://docs.{}/{slug}", if host.is_empty() { "example.com" } else { host }), false)
        }
    }
}

/// The address that a page of this file has, by those of the others: all lie below one folder.
fn beside(file: &str, library: &Library) -> Option<String> {
    let file = file.trim_start_matches('/').rsplit_once('.').map_or(file, |(stem, _)| stem);
    let shared = file.split('/').nth(1)?;
    library.addresses().find_map(|(_, address)| {
        let (before, _) = address.split_once(&format!("/{shared}/"))?;
        // What stands before is the language.
        let (site, _) = before.rsplit_once('/')?;
        Some(format!("{site}/{file}"))
    })
}

/// Where requests of the page are sent, as specs name it.
pub(crate) fn endpoint(page: &Page) -> String {
    let first = |said: &[At<String>], other: &str| said.first().map_or_else(|| other.to_owned(), |it| it.value.clone());
    format!("{} {}", first(&page.methods, "POST"), first(&page.paths, "/v1/videos/generations"))
}

/// What the endpoint makes.
fn made(page: &Page) -> &'static str {
    let path = page.paths.first().map_or("", |path| path.value.as_str());
    let makes = [("image", "image"), ("audio", "sound"), ("music", "music")];
    makes.iter().find(|(part, _)| path.contains(&format!("/{part}"))).map_or("video", |(_, word)| word)
}

fn is_listed(parameter: &Parameter, value: &Value) -> bool {
    matches!(&parameter.options, Options::Listed(values) if values.iter().any(|it| it.value == *value))
}

fn with_comment(schema: Json, comment: &str) -> Json {
    let Json::Object(mut members) = schema else { return schema };
    members.insert(1.min(members.len()), ("$comment".to_owned(), Json::text(comment)));
    Json::Object(members)
}

struct Writer<'a> {
    page: &'a Page,
    title: &'a str,
    library: &'a Library,
    rules: &'a [Rule],
    /// Types of objects in the parameters.
    definitions: Vec<(String, Json)>,
    /// Names of the enumerations so far.
    names: RefCell<Vec<String>>,
    /// Keywords of the objects in `definitions`, and of the request.
    stated: Vec<(Option<String>, Keyword)>,
    todos: usize,
}

/// A schema that is being written, and what is left to decide about it.
#[derive(Default)]
struct Schema {
    members: Vec<(String, Json)>,
    todos: Vec<String>,
    /// What the page says besides: material for the description.
    words: Vec<String>,
}

impl Schema {
    fn add(&mut self, name: &str, value: impl Into<Json>) {
        self.members.push((name.to_owned(), value.into()));
    }

    fn todo(&mut self, todo: impl Into<String>) {
        self.todos.push(todo.into());
    }
}

impl Writer<'_> {
    fn parameter(&mut self, parameter: &Parameter) -> Json {
        let mut schema = Schema::default();
        let known = self.library.description(parameter, &self.page.models).filter(|_| parameter.name != "model");
        let description = match (&known, parameter.name.as_str()) {
            (Some(known), _) => {
                schema.todo("the description is that of another page");
                known.clone()
            }
            (None, "model") => format!("Model that makes the {}.", made(self.page)),
            (None, name) => {
                schema.todo("describe it");
                words::placeholder(name)
            }
        };
        let marked = keywords::marked(parameter).unwrap_or_default();
        schema.add("description", Json::text(description + &marked));
        let kind = self.kind(parameter, &mut schema);
        if parameter.name == "model" {
            self.models(&mut schema);
        } else {
            self.value(parameter, &kind, &mut schema);
            self.limits(parameter, &kind, &mut schema);
            match parameter.kind {
                // Several types: what is said of each is left to decide with the type.
                Some(Kind::Other(_)) => keywords::leave(&parameter.keywords, &mut schema),
                _ if kind == Kind::Object => {}
                _ => keywords::carry(&parameter.keywords, &mut schema),
            }
        }
        self.default(parameter, &mut schema);
        if parameter.advanced.is_some() {
            schema.add("x-advanced", Value::Bool(true));
        }
        let examples = self.examples(parameter);
        if !examples.is_empty() {
            schema.add("examples", Json::Array(examples.into_iter().map(Json::from).collect()));
        }
        self.notes(parameter, &mut schema);
        self.todos += schema.todos.len();
        let todos = schema.todos.iter().map(|todo| format!("TODO: {todo}"));
        let words = schema.words.iter().map(|words| format!("page: {words}"));
        let comment: Vec<String> = todos.chain(words).collect();
        if !comment.is_empty() {
            // Before what it is about.
            schema.members.insert(0, ("$comment".to_owned(), Json::text(comment.join("; "))));
        }
        Json::Object(schema.members)
    }

    fn default(&self, parameter: &Parameter, schema: &mut Schema) {
        let first = self.page.models.first();
        match parameter.default.as_ref().or(parameter.marked.as_ref()) {
            Some(default) => {
                schema.add("default", default.value.clone());
                match (&parameter.default, &parameter.marked) {
                    (None, _) if !is_listed(parameter, &default.value) => {
                        schema.todo("the default is read off the words")
                    }
                    (Some(label), Some(words)) if label.value != words.value => {
                        schema.todo(format!("the words of the page name {} as the default", words.value));
                    }
                    _ => {}
                }
            }
            None if parameter.name == "model" => {
                match (first, self.page.models.len()) {
                    // A single model is its own default.
                    (Some(first), 1) => schema.add("default", Json::text(first.value.as_str())),
                    _ => schema.todo("the page gives no default model"),
                }
            }
            None => {}
        }
    }

    /// The examples that say a fact; sentences are worded anew.
    fn examples(&self, parameter: &Parameter) -> Vec<Value> {
        let says_fact = |value: &Value| match value {
            Value::String(text) => !text.contains(char::is_whitespace) && text.is_ascii(),
            _ => true,
        };
        let examples = parameter.examples.iter().map(|example| &example.value);
        let is_plain = parameter.name != "model" || self.page.models.len() > 1;
        examples.filter(|value| says_fact(value) && is_plain).cloned().collect()
    }
}

//! The spec of a page as far as the page states it.

use std::cell::RefCell;

use serde_json::Value;

use super::{
    json::Json,
    names,
    rules::{self, Rule},
    shared::Library,
};
use crate::docs::{
    capture::{advises_against, host_of, kind_of, notes, says_default},
    check::site,
    compare::text_of,
    page::{At, Kind, Limit, Options, Page, Parameter},
};

/// A spec, and how many TODOs it has.
pub(crate) struct Draft {
    pub(crate) spec: Json,
    pub(crate) todos: usize,
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
        todos: 0,
    };
    let properties: Vec<(String, Json)> =
        page.parameters.iter().map(|parameter| (parameter.name.clone(), writer.parameter(parameter))).collect();

    let mut members: Vec<(String, Json)> = Vec::new();
    let mut add = |name: &str, value: Json| members.push((name.to_owned(), value));
    add("$schema", Json::text("./dialect.schema.json"));
    add("$id", Json::text(slug));
    add("title", Json::text(if library.is_taken(&title) { format!("{title}Request") } else { title.clone() }));
    add("description", Json::text(format!("A request to {}.", listed(page))));
    let (address, is_known) = address(page, slug, docs, library);
    let mut comment = vec!["TODO: say what the request makes".to_owned()];
    if !is_known {
        comment.push("TODO: the capture does not give the address of its page, x-docs is a guess".to_owned());
    }
    writer.todos += comment.len();
    add("$comment", Json::text(comment.join("; ")));
    add("x-docs", Json::text(address));
    add("x-endpoint", endpoint(page, library));
    add("type", Json::text("object"));
    add("additionalProperties", Json::Value(false.into()));
    let required = page.parameters.iter().filter(|it| it.required || it.name == "model");
    add("required", Json::texts(required.map(|it| it.name.as_str())));
    add("properties", Json::Object(properties));
    if !rules.is_empty() {
        writer.todos += rules.len();
        add(
            "allOf",
            Json::Array(rules.iter().map(|rule| with_comment(rule.schema.clone(), "TODO: confirm")).collect()),
        );
    }
    if !writer.definitions.is_empty() {
        add("$defs", Json::Object(std::mem::take(&mut writer.definitions)));
    }
    Draft { spec: Json::Object(members), todos: writer.todos }
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

fn endpoint(page: &Page, library: &Library) -> Json {
    let first = |said: &[At<String>], other: &str| said.first().map_or_else(|| other.to_owned(), |it| it.value.clone());
    let path = first(&page.paths, "/v1/videos/generations");
    let mut members = vec![
        ("method".to_owned(), Json::text(first(&page.methods, "POST"))),
        ("path".to_owned(), Json::text(path.clone())),
    ];
    members.extend(library.response(&path).map(|file| ("response".to_owned(), Json::text(file))));
    Json::Object(members)
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
            (None, "model") => "Model that makes the video.".to_owned(),
            (None, name) => {
                schema.todo("describe it");
                placeholder(name)
            }
        };
        schema.add("description", Json::text(description));
        let kind = self.kind(parameter, &mut schema);
        if parameter.name == "model" {
            self.models(&mut schema);
        } else {
            self.value(parameter, &kind, &mut schema);
            self.limits(parameter, &kind, &mut schema);
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

    /// The type; where the page tells none, what its values or other pages suggest.
    fn kind(&self, parameter: &Parameter, schema: &mut Schema) -> Kind {
        match &parameter.kind {
            Some(Kind::Other(text)) => {
                schema.todo(format!("the page says the type is {text}"));
                let first = self.sample(parameter).and_then(|value| kind_of(&value));
                first.unwrap_or(Kind::String(None))
            }
            Some(Kind::Array(None)) => match self.sample(parameter).and_then(|value| kind_of(&value)) {
                Some(kind @ Kind::Array(Some(_))) => kind,
                _ => {
                    schema.todo("the page does not tell the type of the items");
                    Kind::Array(Some(Box::new(Kind::String(None))))
                }
            },
            Some(kind) => kind.clone(),
            None => {
                schema.todo("the page tells no type, and not whether it may be null");
                let sample = self.sample(parameter).and_then(|value| kind_of(&value));
                sample.or_else(|| self.library.kind(&parameter.name)).unwrap_or(Kind::String(None))
            }
        }
    }

    /// A value that the page shows for a parameter.
    fn sample(&self, parameter: &Parameter) -> Option<Value> {
        let listed = match &parameter.options {
            Options::Listed(values) => values.first(),
            _ => None,
        };
        let shown = parameter.examples.first().or(parameter.default.as_ref()).or(listed);
        let in_body = || self.page.bodies.iter().find_map(|body| body.value.get(&parameter.name));
        shown.map(|it| it.value.clone()).or_else(|| in_body().cloned())
    }

    fn models(&self, schema: &mut Schema) {
        let ids: Vec<String> = self.page.models.iter().map(|model| model.value.clone()).collect();
        let names = names::models(&ids);
        let values = ids
            .iter()
            .zip(names)
            .map(|(id, name)| Json::object([("const", Json::text(id.as_str())), ("title", Json::text(name))]));
        schema.add("oneOf", Json::Array(values.collect()));
        schema.todo("describe the models");
        let in_bodies = self.page.bodies.iter().filter_map(|body| body.value.get("model").and_then(Value::as_str));
        for other in in_bodies.filter(|model| ids.iter().all(|id| id != model)) {
            schema.todo(format!("the page's request has another model, {other}"));
        }
    }

    fn value(&mut self, parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
        match kind {
            Kind::Array(item) => {
                schema.add("type", type_of("array", parameter.nullable));
                let items = self.items(parameter, item.as_deref(), schema);
                schema.add("items", items);
            }
            Kind::Object => {
                let reference = self.object(parameter, schema);
                reference_or_null(reference, parameter.nullable, schema);
            }
            Kind::String(format) => self.string(parameter, format.as_deref(), schema),
            Kind::Integer | Kind::Number => {
                schema.add("type", type_of(&kind.to_string(), parameter.nullable));
                if let Options::Listed(values) = &parameter.options {
                    let mut values: Vec<Json> = values.iter().map(|value| Json::Value(value.value.clone())).collect();
                    if parameter.nullable {
                        values.push(Json::Value(Value::Null));
                    }
                    schema.add("enum", Json::Array(values));
                }
            }
            other => schema.add("type", type_of(&other.to_string(), parameter.nullable)),
        }
    }

    fn string(&self, parameter: &Parameter, format: Option<&str>, schema: &mut Schema) {
        let values = self.texts(parameter, schema);
        if !values.is_empty() {
            if let Some(reference) = self.library.enumeration(&values) {
                return reference_or_null(reference, parameter.nullable, schema);
            }
            let name = names::type_name(&parameter.name);
            let mut names = self.names.borrow_mut();
            let is_taken = self.library.is_taken(&name) || names.contains(&name);
            let name = if is_taken { format!("{}{name}", self.title) } else { name };
            names.push(name.clone());
            // Beside the description a title names the type.
            schema.members.insert(0, ("title".to_owned(), Json::text(name)));
            let mut branches: Vec<Json> = values.iter().map(|value| self.constant(value, &parameter.name)).collect();
            if parameter.nullable {
                branches.push(Json::object([("const", Json::Value(Value::Null))]));
            }
            schema.add("oneOf", Json::Array(branches));
            return;
        }
        match self.library.address().filter(|_| is_address(parameter, format)) {
            Some(reference) => reference_or_null(reference, parameter.nullable, schema),
            None => schema.add("type", type_of("string", parameter.nullable)),
        }
    }

    /// The values of a text parameter, also those that can only be guessed.
    fn texts(&self, parameter: &Parameter, schema: &mut Schema) -> Vec<String> {
        match &parameter.options {
            Options::Listed(values) => values.iter().map(|value| text_of(&value.value)).collect(),
            Options::None => {
                // `currently fixed to customize`, as on other pages.
                let only = self.library.has_one_value(parameter);
                let words = words(parameter);
                only.filter(|value| rules::has_word(&words, value)).into_iter().collect()
            }
            Options::Glued { text, .. } => {
                schema.todo(format!("its values run together on the page: {text}"));
                Vec::new()
            }
            Options::Rows(rows) => {
                let guessed: Vec<String> = rows.iter().filter_map(|row| leading_value(&row.value)).collect();
                let rows: Vec<&str> = rows.iter().map(|row| row.value.as_str()).collect();
                schema.todo(format!("its values are guessed from rows that run together: {}", rows.join(" | ")));
                guessed
            }
        }
    }

    /// A value of an enumeration: its name is the one that it has elsewhere, or one that follows from it.
    fn constant(&self, value: &str, parameter: &str) -> Json {
        let name = self.library.value(value).map_or_else(|| names::value(value, parameter), str::to_owned);
        Json::object([("const", Json::text(value)), ("title", Json::text(name))])
    }

    fn items(&mut self, parameter: &Parameter, item: Option<&Kind>, schema: &mut Schema) -> Json {
        match item {
            Some(Kind::Object) => {
                if parameter.children.is_empty()
                    && let Some((items, file)) = self.library.items(parameter)
                {
                    schema.todo(format!("the page does not show what is in it; taken from {file}"));
                    return items;
                }
                let reference = self.object(parameter, schema);
                Json::object([("$ref", Json::text(reference))])
            }
            Some(Kind::String(format)) => match self.library.address() {
                Some(reference) if is_address(parameter, format.as_deref()) => {
                    Json::object([("$ref", Json::text(reference))])
                }
                _ => {
                    let inner = Parameter { nullable: false, ..parameter.clone() };
                    let mut items = Schema::default();
                    self.string(&inner, None, &mut items);
                    if items.members.iter().any(|(name, _)| name == "oneOf") {
                        items.add("description", Json::text(format!("A value of `{}`.", parameter.name)));
                    }
                    Json::Object(items.members)
                }
            },
            Some(kind) => Json::object([("type", Json::text(kind.to_string()))]),
            None => Json::object([("type", Json::text("string"))]),
        }
    }

    /// Describes an object under `$defs`, and gives the reference to it.
    fn object(&mut self, parameter: &Parameter, schema: &mut Schema) -> String {
        let name = names::type_name(parameter.name.strip_suffix('s').unwrap_or(&parameter.name));
        let is_taken = |name: &str| self.library.is_taken(name) || self.definitions.iter().any(|(it, _)| it == name);
        let name = if is_taken(&name) { format!("{}{name}", self.title) } else { name };
        let mut children = parameter.children.clone();
        if children.is_empty() {
            children = self.sample(parameter).map(|value| of_value(&value)).unwrap_or_default();
            schema.todo(match children.is_empty() {
                true => "the page does not show what is in it: give its properties under \"$defs\"",
                false => "the page does not show what is in it: these are the properties of its example",
            });
        }
        let required: Vec<&str> = children.iter().filter(|it| it.required).map(|it| it.name.as_str()).collect();
        let mut members = vec![
            ("description".to_owned(), Json::text(format!("{}.", sentence(&parameter.name)))),
            ("type".to_owned(), Json::text("object")),
            ("additionalProperties".to_owned(), Json::Value(false.into())),
        ];
        if !required.is_empty() {
            members.push(("required".to_owned(), Json::texts(required)));
        }
        let properties = children.iter().map(|child| (child.name.clone(), self.parameter(child))).collect();
        members.push(("properties".to_owned(), Json::Object(properties)));
        self.definitions.push((name.clone(), Json::Object(members)));
        format!("#/$defs/{name}")
    }

    fn limits(&self, parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
        let mut limits: Vec<(Limit, Value)> =
            parameter.limits.iter().map(|at| (at.value.0, Value::Number(at.value.1.clone()))).collect();
        for (limit, value) in limits_in_words(parameter, kind) {
            if self.denies(parameter, limit, &value) {
                schema.todo(format!("the words speak of {} {value}, the page shows other values", limit.keyword()));
            } else if limits.iter().all(|(known, _)| *known != limit) {
                schema.todo(format!("{} is read off the words", limit.keyword()));
                limits.push((limit, value));
            }
        }
        let applies = |limit: Limit| match limit {
            Limit::MinLength | Limit::MaxLength => matches!(kind, Kind::String(_)),
            Limit::MinItems | Limit::MaxItems => matches!(kind, Kind::Array(_)),
            _ => matches!(kind, Kind::Integer | Kind::Number),
        };
        for (limit, value) in limits {
            if applies(limit) {
                schema.add(limit.keyword(), value);
            } else {
                schema.todo(format!("the page says {} {value}, which does not fit the type", limit.keyword()));
            }
        }
    }

    /// Whether a value that the page shows is beyond a bound.
    fn denies(&self, parameter: &Parameter, limit: Limit, bound: &Value) -> bool {
        let shown = parameter.examples.iter().chain(&parameter.default).map(|it| &it.value);
        let in_bodies = self.page.bodies.iter().filter_map(|body| body.value.get(&parameter.name));
        shown.chain(in_bodies).filter_map(Value::as_f64).zip(std::iter::repeat(bound.as_f64())).any(|(value, bound)| {
            match limit {
                Limit::Minimum => bound.is_some_and(|bound| value < bound),
                Limit::Maximum => bound.is_some_and(|bound| value > bound),
                _ => false,
            }
        })
    }

    fn default(&self, parameter: &Parameter, schema: &mut Schema) {
        let first = self.page.models.first();
        match &parameter.default {
            Some(default) => schema.add("default", default.value.clone()),
            None if parameter.name == "model" => {
                if let Some(first) = first {
                    schema.add("default", Json::text(first.value.as_str()));
                    schema.todo("the page gives no default model");
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

    /// Takes down the words that are not read yet: those that may hide a rule are to be decided.
    fn notes(&self, parameter: &Parameter, schema: &mut Schema) {
        let mut in_options = false;
        for line in &parameter.prose {
            let words = notes::plain(&line.value);
            let item = notes::item(&words);
            if let Some((_, rest)) =
                words.split_once([':', '：']).filter(|(label, _)| label.len() < 40 && item.is_none())
            {
                in_options = is_options_label(&words);
                if rest.trim().is_empty() || in_options && parameter.options != Options::None {
                    continue;
                }
            }
            let is_list_read = parameter.options != Options::None;
            let is_row = matches!(parameter.options, Options::Rows(_)) || notes::is_row(&line.value);
            if in_options && is_list_read && item.is_none() && is_row {
                continue;
            }
            let is_option = in_options && is_list_read && item.is_some() && !self.mentions(parameter, &words);
            if words.is_empty() || advises_against(&words) || is_option {
                continue;
            }
            let is_read = self.rules.iter().any(|rule| rule.words.contains(&words));
            let words = item.unwrap_or(&words).to_owned();
            let says_default = parameter.default.is_some() && says_default(&words) && words.chars().count() < 40;
            if is_read || says_limit(parameter, &words) || says_default {
                continue;
            }
            if self.may_be_rule(parameter, &words) {
                schema.todo(format!("the page says: {words}"));
            } else {
                schema.words.push(words);
            }
        }
    }

    /// Whether words have what rules have: numbers, other parameters, models, or words of obligation.
    fn may_be_rule(&self, parameter: &Parameter, words: &str) -> bool {
        const OBLIGATION: [&str; 30] = [
            "must",
            "only",
            "cannot",
            "can not",
            "can't",
            "not ",
            "required",
            "mutually",
            "exclusive",
            "at most",
            "at least",
            "maximum",
            "minimum",
            "up to",
            "limit",
            "if ",
            "when ",
            "unless",
            "depends",
            "exactly",
            "fixed",
            "必须",
            "仅",
            "只",
            "不能",
            "互斥",
            "最多",
            "至少",
            "不支持",
            "固定",
        ];
        let lowered = words.to_lowercase();
        let is_introduction =
            parameter.name == "model" && self.page.models.iter().any(|it| words.starts_with(&it.value));
        let obliges = OBLIGATION.iter().any(|word| lowered.contains(word));
        obliges || !is_introduction && (!notes::numbers(words).is_empty() || self.mentions(parameter, words))
    }

    /// Whether words name another parameter, or a model.
    fn mentions(&self, parameter: &Parameter, words: &str) -> bool {
        let others = self.page.parameters.iter().filter(|it| it.name != parameter.name).map(|it| it.name.as_str());
        let models = self.page.models.iter().map(|model| model.value.as_str());
        others.chain(models).any(|name| rules::has_word(words, name) && name.contains(['_', '-']))
    }
}

fn is_options_label(words: &str) -> bool {
    let line = [At::new(1, words.to_owned()), At::new(2, "• x".to_owned())];
    notes::read(&line, None).options != Options::None
}

/// Whether words say no more than the limits that are read.
fn says_limit(parameter: &Parameter, words: &str) -> bool {
    let numbers = notes::numbers(words);
    let [number] = numbers.as_slice() else { return false };
    let is_limit = |at: &At<(Limit, serde_json::Number)>| at.value.1.to_string() == *number;
    parameter.limits.iter().any(is_limit) && words.chars().count() < 40
}

/// `enable_audio` as words: `Enable audio`.
fn sentence(name: &str) -> String {
    let words = name.replace(['_', '-', '.'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// What a parameter is, by its name.
fn placeholder(name: &str) -> String {
    for (ending, words) in
        [("_urls", "Addresses of the"), ("_url", "Address of the"), ("_ids", "Ids of the"), ("_id", "Id of the")]
    {
        if let Some(rest) = name.strip_suffix(ending) {
            let plural = if ending.ends_with('s') { "s" } else { "" };
            return format!("{words} {}{plural}.", rest.replace('_', " "));
        }
    }
    format!("{}.", sentence(name))
}

fn words(parameter: &Parameter) -> String {
    let lines: Vec<&str> = parameter.prose.iter().map(|line| line.value.as_str()).collect();
    lines.join("\n")
}

fn type_of(name: &str, nullable: bool) -> Json {
    if nullable { Json::texts([name, "null"]) } else { Json::text(name) }
}

fn reference_or_null(reference: String, nullable: bool, schema: &mut Schema) {
    let reference = Json::object([("$ref", Json::text(reference))]);
    match (nullable, reference) {
        (false, Json::Object(mut members)) => schema.members.append(&mut members),
        (_, reference) => {
            let null = Json::object([("type", Json::text("null"))]);
            schema.add("anyOf", Json::Array(vec![reference, null]));
        }
    }
}

/// Whether a text is an address: the page says so, its examples are addresses, or its name is that of one.
fn is_address(parameter: &Parameter, format: Option<&str>) -> bool {
    let words = words(parameter).to_lowercase();
    if words.contains("base64") || words.contains("data:") {
        return false;
    }
    let first = parameter.examples.first().map(|example| match &example.value {
        Value::Array(items) => items.first().cloned().unwrap_or_default(),
        value => value.clone(),
    });
    match first {
        Some(Value::String(text)) => text.starts_with("http://") || text.starts_with("https://"),
        _ => {
            let name = parameter.name.to_lowercase();
            format.is_some_and(|it| it.contains("ur"))
                || ["_url", "_urls", "_uri"].iter().any(|end| name.ends_with(end))
                || name == "url"
        }
    }
}

/// Limits that only words state: `3-15` of a number, `Maximum 2500 characters`, `up to 5 images`.
fn limits_in_words(parameter: &Parameter, kind: &Kind) -> Vec<(Limit, Value)> {
    let number = |text: &str| text.parse().ok().map(Value::Number);
    let mut limits = Vec::new();
    let lines = parameter.prose.iter().map(|line| notes::plain(&line.value).to_lowercase());
    match kind {
        Kind::Integer | Kind::Number if parameter.options == Options::None => {
            let ranges: Vec<_> = lines.flat_map(|line| notes::ranges(&line)).collect();
            if let [(least, most)] = ranges.as_slice() {
                limits.extend(number(least).map(|it| (Limit::Minimum, it)));
                limits.extend(number(most).map(|it| (Limit::Maximum, it)));
            }
        }
        Kind::String(_) | Kind::Array(_) => {
            let (limit, units): (_, &[&str]) = match kind {
                Kind::String(_) => (Limit::MaxLength, &["character", "字符", "个字"]),
                // Whatever is counted.
                _ => (Limit::MaxItems, &[""]),
            };
            let most = ["maximum", "at most", "up to", "no more than", "最多", "最长", "最大", "不超过", "上限"];
            for line in lines {
                let numbers = notes::numbers(&line);
                let is_limit =
                    most.iter().any(|word| line.contains(word)) && units.iter().any(|unit| line.contains(unit));
                // Sizes and lengths are about what is in the list, not about the list.
                let is_other = limit == Limit::MaxItems
                    && ["mb", "px", "second", "秒", "kb", "fps", "像素", "each", "每", "characters", "字符"]
                        .iter()
                        .any(|unit| line.contains(unit));
                if let ([only], true, false) = (numbers.as_slice(), is_limit, is_other) {
                    limits.extend(number(only).map(|it| (limit, it)));
                }
            }
        }
        _ => {}
    }
    limits.dedup_by_key(|(limit, _)| *limit);
    limits
}

/// What a row of a table most likely begins with, where its cells run together: `text-to-videoText to video`.
fn leading_value(row: &str) -> Option<String> {
    let end = row.find(|it: char| !(it.is_ascii_lowercase() || it.is_ascii_digit() || "-_.:".contains(it)));
    let value = row.get(..end.unwrap_or(row.len()))?.trim_end_matches([':', '.', '-']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// The properties that an example of an object shows.
fn of_value(value: &Value) -> Vec<Parameter> {
    let object = match value {
        Value::Array(items) => items.first(),
        value => Some(value),
    };
    let members = object.and_then(Value::as_object).into_iter().flatten();
    let property = |(name, value): (&String, &Value)| Parameter {
        name: name.clone(),
        kind: kind_of(value),
        examples: vec![At::new(1, value.clone())],
        ..Parameter::default()
    };
    members.map(property).collect()
}

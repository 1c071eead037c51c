//! What the schema of a parameter says of its values: type, options, items, properties, limits.

use serde_json::{Number, Value};

use super::{
    Schema, Writer, keywords,
    words::{sentence, words},
};
use crate::{
    capture::{bounds, kind_of},
    compare::{FORMATS, text_of},
    new::{json::Json, names, rules},
    page::{At, Keyword, Kind, Limit, Options, Parameter},
};

impl Writer<'_> {
    /// The type; where the page tells none, what its values or other pages suggest.
    pub(super) fn kind(&self, parameter: &Parameter, schema: &mut Schema) -> Kind {
        match &parameter.kind {
            Some(Kind::Other(text)) => {
                schema.todo(format!("the page says the type is {text}"));
                let is_list =
                    text.contains("[]") || ["list", "array"].iter().any(|it| text.to_lowercase().starts_with(it));
                let other = if is_list { Kind::Array(Some(Box::new(Kind::String(None)))) } else { Kind::String(None) };
                let first = self.sample(parameter).and_then(|value| kind_of(&value));
                first.unwrap_or(other)
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
        let shown = parameter.examples.first().or(parameter.known_default()).or(listed);
        let in_body = || self.page.bodies.iter().find_map(|body| body.value.get(&parameter.name));
        shown.map(|it| it.value.clone()).or_else(|| in_body().cloned())
    }

    pub(super) fn models(&self, schema: &mut Schema) {
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

    pub(super) fn value(&mut self, parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
        match kind {
            Kind::Array(item) => {
                schema.add("type", type_of("array", parameter.nullable));
                let items = self.items(parameter, item.as_deref(), schema);
                let items = self.each(parameter, item.as_deref(), items, schema);
                schema.add("items", items);
            }
            Kind::Object if is_map(parameter) => {
                schema.add("type", type_of("object", parameter.nullable));
                keywords::carry(&parameter.keywords, schema);
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
        if let Some(reference) = self.library.address().filter(|_| is_address(parameter, format)) {
            return reference_or_null(reference, parameter.nullable, schema);
        }
        schema.add("type", type_of("string", parameter.nullable));
        match format {
            Some(format) if FORMATS.contains(&format) => schema.add("format", Json::text(format)),
            Some(format) => schema.todo(format!("the page says the format is {format}, which a spec cannot say")),
            None => {}
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
                    self.string(&inner, format.as_deref(), &mut items);
                    schema.todos.append(&mut items.todos);
                    if items.members.iter().any(|(name, _)| name == "oneOf") {
                        items.add("description", Json::text(format!("A value of `{}`.", parameter.name)));
                    }
                    Json::Object(items.members)
                }
            },
            Some(Kind::Array(inner)) => {
                let inner = self.items(parameter, inner.as_deref(), schema);
                Json::object([("type", Json::text("array")), ("items", inner)])
            }
            Some(Kind::Other(text)) => {
                schema.todo(format!("the page says the type of the items is {text}"));
                Json::object([("type", Json::text("string"))])
            }
            Some(kind) => Json::object([("type", Json::text(kind.to_string()))]),
            None => Json::object([("type", Json::text("string"))]),
        }
    }

    /// What the page says of each item beside its type.
    fn each(&self, parameter: &Parameter, kind: Option<&Kind>, items: Json, schema: &mut Schema) -> Json {
        let (Some(item), Json::Object(members)) = (parameter.item.as_deref(), items.clone()) else { return items };
        let mut inner = Schema { members, ..Schema::default() };
        let is_object = kind == Some(&Kind::Object);
        if let Some(kind) = kind.filter(|_| !is_object) {
            self.limits(item, kind, &mut inner);
            keywords::carry(&item.keywords, &mut inner);
        }
        if item.nullable {
            inner.todo("the page takes null as an item");
        }
        inner.todos.extend(
            item.prose
                .iter()
                .filter(|it| !it.value.is_empty())
                .map(|it| format!("the page says of each item: {}", it.value)),
        );
        schema.todos.append(&mut inner.todos);
        Json::Object(inner.members)
    }

    /// Describes an object under `$defs`, and gives the reference to it.
    fn object(&mut self, parameter: &Parameter, schema: &mut Schema) -> String {
        // Of several, one.
        let is_list = matches!(parameter.kind, Some(Kind::Array(_)));
        let one = parameter.name.strip_suffix('s').filter(|_| is_list).unwrap_or(&parameter.name);
        let name = names::type_name(one);
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
        children.retain(|it| {
            let is_sent = keywords::is_sent(&it);
            if !is_sent {
                schema.todo(format!("`{}` is read-only on the page and left out here", it.name));
            }
            is_sent
        });
        let own = if parameter.kind == Some(Kind::Object) { Some(parameter) } else { parameter.item.as_deref() };
        let said = own.into_iter().flat_map(|it| &it.keywords).filter(|it| !keywords::is_closed(it));
        self.stated.extend(said.map(|keyword| (Some(name.clone()), keyword.clone())));
        let required: Vec<&str> = children.iter().filter(|it| it.required).map(|it| it.name.as_str()).collect();
        let mut members = vec![
            ("description".to_owned(), Json::text(format!("{}.", sentence(one)))),
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

    pub(super) fn limits(&self, parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
        let mut limits: Vec<(Limit, Value)> =
            parameter.limits.iter().map(|at| (at.value.0, Value::Number(at.value.1.clone()))).collect();
        let said = match parameter.options {
            Options::None => bounds::read(&parameter.prose, kind, &self.page.names(&parameter.name)),
            _ => Vec::new(),
        };
        for At { line, value: (limit, number) } in &said {
            let keyword = limit.keyword();
            let is_one = said.iter().all(|other| other.value.0 != *limit || other.value.1 == *number);
            match limits.iter().find(|(known, _)| known == limit) {
                Some((_, known)) if known.as_f64() == number.as_f64() => {}
                Some(_) => schema.todo(format!("line {line} of the page says that {keyword} is {number}")),
                None if !is_one || self.denies(parameter, *limit, number) => {
                    schema
                        .todo(format!("line {line} of the page speaks of {keyword} {number}, and shows other values"));
                }
                None => {
                    schema.todo(format!("{keyword} is read off the words"));
                    limits.push((*limit, Value::Number(number.clone())));
                }
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
    fn denies(&self, parameter: &Parameter, limit: Limit, bound: &Number) -> bool {
        let in_bodies = self.page.bodies.iter();
        let in_bodies = in_bodies.filter_map(|body| Some(At::new(body.line, body.value.get(&parameter.name)?.clone())));
        let examples = parameter.examples.iter().cloned().chain(in_bodies).collect();
        let default = parameter.known_default().cloned();
        Parameter { examples, default, ..Parameter::default() }.shows_beyond(limit, bound)
    }
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

/// What a row of a table most likely begins with, where its cells run together: `text-to-videoText to video`.
fn leading_value(row: &str) -> Option<String> {
    let end = row.find(|it: char| !(it.is_ascii_lowercase() || it.is_ascii_digit() || "-_.:".contains(it)));
    let value = row.get(..end.unwrap_or(row.len()))?.trim_end_matches([':', '.', '-']);
    (!value.is_empty()).then(|| value.to_owned())
}

/// Whether an object takes any names: the page says what their values are, and names none.
fn is_map(parameter: &Parameter) -> bool {
    let says_values = |it: &Keyword| it.name == "additionalProperties" && it.value.is_object();
    parameter.children.is_empty() && parameter.keywords.iter().any(says_values)
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

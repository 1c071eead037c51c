//! What a draft says of the values of a parameter: options, items, properties.

use serde_json::Value;

use super::{
    keywords::{self, FORMATS},
    limits,
    marks::is_sent,
};
use crate::{
    capture::kind_of,
    draft::{Json, Schema, Writer, names, words},
    page::{At, Keyword, Kind, Options, Parameter, text_of},
};

pub(super) fn write(writer: &mut Writer<'_>, parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
    match kind {
        Kind::Array(item) => {
            schema.add("type", type_of("array", parameter.nullable));
            let items = items(writer, parameter, item.as_deref(), schema);
            let items = each(parameter, item.as_deref(), items, schema);
            schema.add("items", items);
        }
        Kind::Object if is_map(parameter) => {
            schema.add("type", type_of("object", parameter.nullable));
            keywords::carry(&parameter.keywords, schema);
        }
        // An object of which the page shows nothing takes anything.
        Kind::Object if shows_nothing(writer, parameter) => {
            schema.add("type", type_of("object", parameter.nullable));
            schema.add("additionalProperties", Value::Bool(true));
        }
        Kind::Object => {
            let reference = object(writer, parameter, schema);
            reference_or_null(reference, parameter.nullable, schema);
        }
        Kind::String(format) => string(writer, parameter, format.as_deref(), schema),
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

fn string(writer: &mut Writer<'_>, parameter: &Parameter, format: Option<&str>, schema: &mut Schema) {
    let values: Vec<String> = parameter.options.values().iter().map(|at| text_of(&at.value)).collect();
    if parameter.is_glued {
        schema.todo("its values run together on this copy: list them");
    }
    if !values.is_empty() {
        if let Some(reference) = writer.library.enumeration(&values) {
            return reference_or_null(reference, parameter.nullable, schema);
        }
        // Beside the description a title names the type.
        let name = writer.type_name(&parameter.name);
        schema.members.insert(0, ("title".to_owned(), Json::text(name)));
        let mut branches: Vec<Json> = values.iter().map(|value| constant(writer, value, &parameter.name)).collect();
        if parameter.nullable {
            branches.push(Json::object([("const", Json::Value(Value::Null))]));
        }
        return schema.add("oneOf", Json::Array(branches));
    }
    if let Some(reference) = writer.library.address().filter(|_| is_address(parameter, format)) {
        return reference_or_null(reference, parameter.nullable, schema);
    }
    schema.add("type", type_of("string", parameter.nullable));
    match format {
        Some(format) if FORMATS.contains(&format) => schema.add("format", Json::text(format)),
        Some(format) => schema.todo(format!("the page says the format is {format}, which a spec cannot say")),
        None => {}
    }
}

/// A value of an enumeration: its name is the one that it has elsewhere, or one that follows from it.
fn constant(writer: &Writer<'_>, value: &str, parameter: &str) -> Json {
    let name = writer.library.value(value).map_or_else(|| names::value(value, parameter), str::to_owned);
    Json::object([("const", Json::text(value)), ("title", Json::text(name))])
}

fn items(writer: &mut Writer<'_>, parameter: &Parameter, item: Option<&Kind>, schema: &mut Schema) -> Json {
    match item {
        Some(Kind::Object) if shows_nothing(writer, parameter) => {
            Json::object([("type", Json::text("object")), ("additionalProperties", Json::Value(true.into()))])
        }
        Some(Kind::Object) => {
            let reference = object(writer, parameter, schema);
            Json::object([("$ref", Json::text(reference))])
        }
        Some(Kind::String(format)) => match writer.library.address() {
            Some(reference) if is_address(parameter, format.as_deref()) => {
                Json::object([("$ref", Json::text(reference))])
            }
            _ => {
                let inner = Parameter { nullable: false, ..parameter.clone() };
                let mut items = Schema::default();
                string(writer, &inner, format.as_deref(), &mut items);
                schema.todos.append(&mut items.todos);
                if items.members.iter().any(|(name, _)| name == "oneOf") {
                    items.add("description", Json::text(format!("A value of `{}`.", parameter.name)));
                }
                Json::Object(items.members)
            }
        },
        Some(Kind::Array(inner)) => {
            let inner = items(writer, parameter, inner.as_deref(), schema);
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
fn each(parameter: &Parameter, kind: Option<&Kind>, items: Json, schema: &mut Schema) -> Json {
    let (Some(item), Json::Object(members)) = (parameter.item.as_deref(), items.clone()) else { return items };
    let mut inner = Schema { members, ..Schema::default() };
    let is_object = kind == Some(&Kind::Object);
    if let Some(kind) = kind.filter(|_| !is_object) {
        limits::write(item, kind, &mut inner);
        keywords::carry(&item.keywords, &mut inner);
    }
    if item.nullable {
        inner.todo("the page takes null as an item");
    }
    schema.todos.append(&mut inner.todos);
    Json::Object(inner.members)
}

/// Describes an object under `$defs`, and gives the reference to it.
fn object(writer: &mut Writer<'_>, parameter: &Parameter, schema: &mut Schema) -> String {
    // Of several, one.
    let is_list = matches!(parameter.kind, Some(Kind::Array(_)));
    let one = parameter.name.strip_suffix('s').filter(|_| is_list).unwrap_or(&parameter.name);
    let name = writer.type_name(one);
    let mut children = parameter.children.clone();
    if children.is_empty() {
        children = writer.page.sample(parameter).map(|value| of_value(&value)).unwrap_or_default();
        schema.todo("the page does not show what is in it: these are the properties of its example");
    }
    children.retain(|child| {
        if !is_sent(&child) {
            schema.todo(format!("`{}` is read-only on the page and left out here", child.name));
        }
        is_sent(&child)
    });
    let own = if parameter.kind == Some(Kind::Object) { Some(parameter) } else { parameter.item.as_deref() };
    let stated = own.into_iter().flat_map(|it| &it.keywords).filter(|it| !keywords::is_closed(it));
    writer.stated.extend(stated.map(|keyword| (Some(name.clone()), keyword.clone())));
    let required: Vec<&str> = children.iter().filter(|it| it.required).map(|it| it.name.as_str()).collect();
    let mut members = vec![
        ("description".to_owned(), Json::text(format!("{}.", words(one)))),
        ("type".to_owned(), Json::text("object")),
        ("additionalProperties".to_owned(), Json::Value(false.into())),
    ];
    if !required.is_empty() {
        members.push(("required".to_owned(), Json::texts(required)));
    }
    let properties = children.iter().map(|child| (child.name.clone(), super::write(writer, child))).collect();
    members.push(("properties".to_owned(), Json::Object(properties)));
    writer.definitions.push((name.clone(), Json::Object(members)));
    format!("#/$defs/{name}")
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
    let takes_data = |text: &str| text.contains("base64") || text.contains("data:");
    if parameter.words.iter().any(|block| takes_data(&block.text.to_lowercase())) {
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

/// Whether the page neither lists properties of an object nor shows any.
fn shows_nothing(writer: &Writer<'_>, parameter: &Parameter) -> bool {
    let shown = writer.page.sample(parameter).map(|value| of_value(&value)).unwrap_or_default();
    parameter.children.is_empty() && shown.is_empty()
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

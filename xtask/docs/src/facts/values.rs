//! What a draft says of the values of a parameter: options, items, properties.

use serde_json::Value;

use super::keywords::{self, ADDRESSES, FORMATS};
use super::limits;
use super::marks::is_sent;

use crate::draft::{Json, Object, Schema, Writer, names};
use crate::page::{At, Keyword, Kind, Parameter, text_of};

/// Writes the values of a parameter, or of an item.
pub(super) fn write(writer: &mut Writer<'_>, parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
    let mut is_defined = false;
    match kind {
        Kind::Array(item) => {
            schema.add("type", type_of(kind, parameter.nullable));
            let mut items = items(writer, parameter, item.as_deref());
            schema.todos.append(&mut items.todos);
            schema.add("items", items.members);
        }
        Kind::Object if !is_map(parameter) && !shows_nothing(writer, parameter) => {
            let reference = object(writer, parameter, schema);
            reference_or_null(reference, parameter.nullable, schema);
            is_defined = true;
        }
        Kind::Object => {
            schema.add("type", type_of(kind, parameter.nullable));
            // Of a map the page describes the values; an object of which it shows nothing takes anything.
            if !is_map(parameter) {
                schema.add("additionalProperties", true);
            }
        }
        Kind::String(format) => string(writer, parameter, format.as_deref(), schema),
        Kind::Other(text) => {
            schema.todo(format!("the page says the type of the items is {text}"));
            schema.add("type", "string");
        }
        Kind::Integer | Kind::Number | Kind::Boolean => {
            schema.add("type", type_of(kind, parameter.nullable));
            if *kind != Kind::Boolean && !parameter.options.is_empty() {
                let null = parameter.nullable.then_some(&Value::Null);
                let values = parameter.options.iter().map(|at| &at.value).chain(null).map(Json::of_value);
                schema.add("enum", values.collect::<Vec<_>>());
            }
        }
    }
    limits::write(parameter, kind, schema);
    // What is said of an object goes to its definition, where it has one.
    if !is_defined {
        keywords::write(&parameter.keywords, schema);
    }
}

fn string(writer: &mut Writer<'_>, parameter: &Parameter, format: Option<&str>, schema: &mut Schema) {
    let values: Vec<String> = parameter.options.iter().map(|at| text_of(&at.value)).collect();
    if parameter.is_glued {
        schema.todo("its values run together on this copy: list them");
    }
    if !values.is_empty() {
        if let Some(reference) = writer.library.enumeration(&values) {
            return reference_or_null(reference, parameter.nullable, schema);
        }
        // Beside the description a title names the type.
        schema.members.set_first("title", writer.type_name(&parameter.name));
        let mut branches: Vec<Object> = values.iter().map(|value| constant(writer, value, &parameter.name)).collect();
        if parameter.nullable {
            branches.push(Object::new().with("const", Json::Null));
        }
        return schema.add("oneOf", branches);
    }
    if let Some(reference) = writer.library.address().filter(|_| format.is_some_and(|it| ADDRESSES.contains(&it))) {
        return reference_or_null(reference, parameter.nullable, schema);
    }
    schema.add("type", type_of(&Kind::String(None), parameter.nullable));
    match format {
        Some(format) if FORMATS.contains(&format) => schema.add("format", format),
        Some(format) => schema.todo(format!("the page says the format is {format}, which a spec cannot say")),
        None => {}
    }
}

/// A value of an enumeration: its name is the one that it has elsewhere, or one that follows from it.
fn constant(writer: &Writer<'_>, value: &str, parameter: &str) -> Object {
    let name = writer.library.value(value).map_or_else(|| names::value(value, parameter), str::to_owned);
    Object::new().with("const", value).with("title", name)
}

/// The schema of each item of a list.
fn items(writer: &mut Writer<'_>, list: &Parameter, item: Option<&Kind>) -> Schema {
    let mut schema = Schema::default();
    let each = list.item.as_deref().cloned().unwrap_or_default();
    if each.nullable {
        schema.todo("the page takes null as an item");
    }
    // Of the list the page says what an item may be.
    let (options, children, examples) = (list.options.clone(), list.children.clone(), list.examples.clone());
    let words = list.words.clone();
    let several = list.name.strip_suffix('s').filter(|_| item == Some(&Kind::Object));
    let name = several.unwrap_or(&list.name).to_owned();
    let each = Parameter { name, nullable: false, options, children, examples, words, ..each };
    write(writer, &each, item.unwrap_or(&Kind::String(None)), &mut schema);
    if schema.members.contains("oneOf") {
        schema.add("description", format!("A value of `{}`.", list.name));
    }
    schema
}

/// Gives the reference to an object that is to be defined under `$defs`.
fn object(writer: &mut Writer<'_>, parameter: &Parameter, schema: &mut Schema) -> String {
    let mut object = parameter.clone();
    if object.children.is_empty() {
        object.children = writer.page.sample(parameter).map(|value| of_value(&value)).unwrap_or_default();
        schema.todo("the page does not show what is in it: these are the properties of its example");
    }
    let left_out = object.children.iter().filter(|child| !is_sent(child));
    left_out.for_each(|child| schema.todo(format!("`{}` is read-only on the page and left out here", child.name)));
    let name = writer.type_name(&parameter.name);
    let reference = format!("#/$defs/{name}");
    writer.undefined.push_back((name, object));
    reference
}

fn type_of(kind: &Kind, nullable: bool) -> Json {
    let name = if matches!(kind, Kind::Array(_)) { "array".to_owned() } else { kind.to_string() };
    if nullable { Json::from(vec![name, "null".to_owned()]) } else { Json::from(name) }
}

fn reference_or_null(reference: String, nullable: bool, schema: &mut Schema) {
    match nullable {
        false => schema.add("$ref", reference),
        true => schema.add("anyOf", vec![Object::new().with("$ref", reference), Object::new().with("type", "null")]),
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
    let object = value.as_array().map_or(Some(value), |items| items.first()).and_then(Value::as_object);
    let property = |(name, value): (&String, &Value)| Parameter {
        name: name.clone(),
        kind: Kind::of(value),
        examples: vec![At::new(1, value.clone())],
        ..Parameter::default()
    };
    object.into_iter().flatten().map(property).collect()
}

//! What a draft says about the values of a parameter: options, items, properties.

use serde_json::Value;

use super::keywords::{self, ADDRESSES, FORMATS};
use super::limits;

use crate::draft::{Json, Object, SchemaDraft, Writer, names};
use crate::page::{Parameter, ValueKind, text_of};

/// Writes the values of a parameter, or of an item.
pub(super) fn write(writer: &mut Writer<'_>, parameter: &Parameter, kind: &ValueKind, schema: &mut SchemaDraft) {
    match kind {
        ValueKind::Array(item) => {
            schema.add("type", type_of(kind, parameter.nullable));
            let mut items = items(writer, parameter, item.as_deref());
            schema.todos.append(&mut items.todos);
            schema.add("items", items.members);
        }
        ValueKind::Object if !parameter.children.is_empty() => {
            // What is said about the object goes into its definition.
            let name = writer.type_name(&parameter.name);
            reference_or_null(format!("#/$defs/{name}"), parameter.nullable, schema);
            writer.undefined.push_back((name, parameter.clone()));
            return limits::write(parameter, kind, schema);
        }
        ValueKind::Object => {
            schema.add("type", type_of(kind, parameter.nullable));
            if parameter.keywords.iter().all(|it| it.name != "additionalProperties") {
                schema.todo("the page does not show what is in it");
                schema.add("additionalProperties", true);
            }
        }
        ValueKind::String(format) => string(writer, parameter, format.as_deref(), schema),
        ValueKind::Other(text) => {
            schema.todo(format!("the page says that the type of the items is {text}"));
            schema.add("type", "string");
        }
        ValueKind::Integer | ValueKind::Number | ValueKind::Boolean => {
            schema.add("type", type_of(kind, parameter.nullable));
            if *kind != ValueKind::Boolean && !parameter.options.is_empty() {
                let null = parameter.nullable.then_some(&Value::Null);
                let values = parameter.options.iter().map(|at| &at.value).chain(null).map(Json::of_value);
                schema.add("enum", values.collect::<Vec<_>>());
            }
        }
    }
    limits::write(parameter, kind, schema);
    keywords::write(&parameter.keywords, schema);
}

fn string(writer: &mut Writer<'_>, parameter: &Parameter, format: Option<&str>, schema: &mut SchemaDraft) {
    let values: Vec<String> = parameter.options.iter().map(|at| text_of(&at.value)).collect();
    if !values.is_empty() {
        if let Some(reference) = writer.library.enumeration(&values) {
            return reference_or_null(reference, parameter.nullable, schema);
        }
        // Next to the description, a title names the type.
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
    schema.add("type", type_of(&ValueKind::String(None), parameter.nullable));
    match format {
        Some(format) if FORMATS.contains(&format) => schema.add("format", format),
        Some(format) => schema.todo(format!("the page says that the format is {format}, which a spec cannot express")),
        None => {}
    }
}

/// A value of an enumeration: its name is the one that it has elsewhere, or one derived from it.
fn constant(writer: &Writer<'_>, value: &str, parameter: &str) -> Object {
    let name = writer.library.value(value).map_or_else(|| names::value(value, parameter), str::to_owned);
    Object::new().with("const", value).with("title", name)
}

/// The schema of each item of a list.
fn items(writer: &mut Writer<'_>, list: &Parameter, item: Option<&ValueKind>) -> SchemaDraft {
    let mut schema = SchemaDraft::default();
    let each = list.item.as_deref().cloned().unwrap_or_default();
    if each.nullable {
        schema.todo("the page allows null as an item");
    }
    // The page says of the list what an item may be.
    let (options, children) = (list.options.clone(), list.children.clone());
    let several = list.name.strip_suffix('s').filter(|_| item == Some(&ValueKind::Object));
    let name = several.unwrap_or(&list.name).to_owned();
    let each = Parameter { name, nullable: false, options, children, ..each };
    write(writer, &each, item.unwrap_or(&ValueKind::String(None)), &mut schema);
    if schema.members.contains("oneOf") {
        schema.add("description", format!("A value of `{}`.", list.name));
    }
    schema
}

fn type_of(kind: &ValueKind, nullable: bool) -> Json {
    let name = if matches!(kind, ValueKind::Array(_)) { "array".to_owned() } else { kind.to_string() };
    if nullable { Json::from(vec![name, "null".to_owned()]) } else { Json::from(name) }
}

fn reference_or_null(reference: String, nullable: bool, schema: &mut SchemaDraft) {
    match nullable {
        false => schema.add("$ref", reference),
        true => schema.add("anyOf", vec![Object::new().with("$ref", reference), Object::new().with("type", "null")]),
    }
}

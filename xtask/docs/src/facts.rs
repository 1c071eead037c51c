//! The facts that pages state as fields and lists. Each has a file: how to compare it, and how to write it to a draft.

mod defaults;
mod endpoint;
mod examples;
mod items;
mod keywords;
mod kind;
mod limits;
mod marks;
mod models;
mod options;
mod properties;
mod required;
mod values;

use crate::comparison::Comparer;
use crate::draft::{Object, SchemaDraft, Writer, words};
use crate::page::{ITEMS, Parameter};

pub(crate) use endpoint::{differ as endpoint_differs, endpoint};
pub(crate) use keywords::differ as keywords_differ;
pub(crate) use marks::is_sent;
pub(crate) use models::differ as models_differ;

/// Compares the properties of an object, the request or a parameter: which ones exist, and all facts of each.
pub(crate) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, above: &str) {
    properties::differ(comparer, &of_page.children, &of_spec.children, above);
    for parameter in &of_page.children {
        if let Some(other) = of_spec.property(&parameter.name) {
            parameter_differs(comparer, parameter, other, &format!("{above}/{}", parameter.name));
        }
    }
}

fn parameter_differs(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    kind::differ(comparer, of_page, of_spec, pointer);
    required::differ(comparer, of_page, of_spec, pointer);
    defaults::differ(comparer, of_page, of_spec, pointer);
    options::differ(comparer, of_page, of_spec, pointer);
    value_differs(comparer, of_page, of_spec, pointer);
    examples::differ(comparer, of_page, of_spec, pointer);
    if let Some((item, other)) = items::differ(comparer, of_page, of_spec, pointer) {
        value_differs(comparer, &item, &other, &format!("{pointer}/{ITEMS}"));
    }
    if properties::are_shown(comparer, of_page, of_spec, pointer) {
        differ(comparer, of_page, of_spec, pointer);
    }
}

/// Compares what is said about a single value, of a parameter or an item.
fn value_differs(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    limits::differ(comparer, of_page, of_spec, pointer);
    marks::differ(comparer, of_page, of_spec, pointer);
    keywords::differ(comparer, of_page, of_spec, pointer);
}

/// Writes an object: the request, or one of its parameters.
pub(crate) fn write(writer: &mut Writer<'_>, object: &Parameter, schema: &mut SchemaDraft) {
    schema.add("type", "object");
    schema.add("additionalProperties", false);
    required::write(object, schema);
    let (sent, left_out): (Vec<&Parameter>, _) = object.children.iter().partition(is_sent);
    for Parameter { name, .. } in left_out {
        schema.todo(format!("`{name}` is read-only on the page and left out here"));
    }
    let properties = sent.into_iter().map(|it| (it.name.clone(), write_parameter(writer, it).into()));
    schema.add("properties", properties.collect::<Object>());
    keywords::write(&object.keywords, schema);
}

/// Writes a parameter, with a TODO for each sentence that the page has about it.
fn write_parameter(writer: &mut Writer<'_>, parameter: &Parameter) -> Object {
    let mut schema = SchemaDraft::default();
    marks::write(parameter, &mut schema);
    let kind = kind::write(writer, parameter, &mut schema);
    if parameter.name == "model" {
        models::write(writer, &mut schema);
    } else {
        values::write(writer, parameter, &kind, &mut schema);
    }
    defaults::write(writer, parameter, &mut schema);
    examples::write(writer, parameter, &mut schema);
    schema.quote(parameter);
    writer.finish(schema)
}

/// Writes the types of the objects that the parameters so far refer to, directly or indirectly.
pub(crate) fn write_definitions(writer: &mut Writer<'_>) -> Object {
    let mut definitions = Object::new();
    while let Some((name, object)) = writer.undefined.pop_front() {
        let mut schema = SchemaDraft::default();
        schema.add("description", format!("{}.", words(&object.name)));
        write(writer, &object, &mut schema);
        definitions.set(&name, writer.finish(schema));
    }
    definitions
}

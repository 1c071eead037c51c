//! The facts that pages state as fields and lists. Each has a file: how it differs, and how it is written into a draft.

mod defaults;
mod endpoint;
mod examples;
pub(crate) mod keywords;
mod kind;
mod limits;
mod marks;
mod models;
mod options;
mod properties;
mod required;
mod values;

use crate::comparison::Comparer;
use crate::draft::{Object, Schema, Writer};
use crate::page::{Kind, Parameter};

pub(crate) use endpoint::{differ as endpoint_differs, endpoint};
pub(crate) use keywords::keywords;
pub(crate) use marks::is_sent;
pub(crate) use models::differ as models_differ;
pub(crate) use properties::differ as properties_differ;

/// Compares every fact of a parameter that both sides have.
fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    kind::differ(comparer, of_page, of_spec, pointer);
    required::differ(comparer, of_page, of_spec, pointer);
    defaults::differ(comparer, of_page, of_spec, pointer);
    options::differ(comparer, of_page, of_spec, pointer);
    limits_and_keywords_differ(comparer, of_page, of_spec, pointer);
    examples::differ(comparer, of_page, of_spec, pointer);
    properties::differ_within(comparer, of_page, of_spec, pointer);
}

/// Compares what is said of a value by itself, that of a parameter or that of an item.
fn limits_and_keywords_differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    limits::differ(comparer, of_page, of_spec, pointer);
    marks::differ(comparer, of_page, of_spec, pointer);
    let about = format!("`{}`", of_page.name);
    match of_page.kind {
        // The types differ already: what is said of each cannot be compared.
        Some(Kind::Other(_)) if !of_page.keywords.is_empty() => {
            comparer.skip(format!("what the schema says of each type of {about}"));
        }
        _ => keywords(comparer, &of_page.keywords, &of_spec.keywords, pointer, &about),
    }
    keywords::lost(comparer, of_page, of_spec, pointer);
}

/// Writes a parameter of the object that `above` leads to, with a TODO for each sentence that the page says of it.
pub(crate) fn write(writer: &mut Writer<'_>, parameter: &Parameter, above: &str) -> Object {
    let at = format!("{above}/properties/{}", parameter.name);
    let mut schema = Schema::default();
    marks::write(parameter, &mut schema);
    let kind = kind::write(writer, parameter, &mut schema);
    if parameter.name == "model" {
        models::write(writer, &mut schema);
    } else {
        values::write(writer, parameter, &kind, &at, &mut schema);
    }
    defaults::write(writer, parameter, &mut schema);
    examples::write(writer, parameter, &mut schema);
    writer.finish(parameter, schema)
}

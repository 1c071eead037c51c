//! The default of a parameter.

use crate::comparison::Comparer;
use crate::draft::{Json, SchemaDraft, Writer};
use crate::finding::Topic;
use crate::page::Parameter;
use crate::spec::shown;

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    match (&of_page.default, &of_spec.default) {
        // A default that contradicts its own page is listed as a contradiction: a spec cannot have it.
        (Some(default), _) if of_page.refuses(&default.value).is_some() => {}
        (None, Some(_)) if pointer == "/model" && comparer.page.models.len() == 1 => {
            comparer.skip("the default of `model`: no field of the page gives it, and there is one model".to_owned());
        }
        (on_page, in_spec) => {
            let values = (on_page.clone(), in_spec.as_ref().map(|at| &at.value));
            comparer.value(Topic::Default, pointer, "default", of_page, values);
        }
    }
}

pub(super) fn write(writer: &Writer<'_>, parameter: &Parameter, schema: &mut SchemaDraft) {
    let models = &writer.page.models;
    match &parameter.default {
        Some(default) if parameter.refuses(&default.value).is_some() => {
            schema.todo(format!("the page's default {} is not one of its own values", shown(&default.value)));
        }
        Some(default) => schema.add("default", Json::of_value(&default.value)),
        None if parameter.name == "model" => match models.as_slice() {
            // A single model is its own default.
            [model] => schema.add("default", model.value.as_str()),
            _ => schema.todo("the page gives no default model"),
        },
        None => {}
    }
}

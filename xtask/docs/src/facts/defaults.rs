//! The default of a parameter.

use crate::{
    comparison::Comparer,
    draft::{Json, Schema, Writer},
    finding::Topic,
    page::{Parameter, is_same},
    spec::shown,
};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    match (&of_page.default, &of_spec.default) {
        // What contradicts its own page is listed as that: a spec cannot have it.
        (Some(default), _) if of_page.refuses(&default.value).is_some() => {}
        (Some(one), Some(other)) if !is_same(&one.value, &other.value) => {
            let (on_page, in_spec) = (shown(&one.value), shown(&other.value));
            let message = format!("the default is {on_page} on the page and {in_spec} in the spec");
            comparer.find(Topic::Default, pointer, "default", one.line, message);
        }
        (Some(one), None) => {
            let message = format!("the default is {} on the page, the spec has none", shown(&one.value));
            comparer.find(Topic::Default, pointer, "", one.line, message);
        }
        (None, Some(_)) if pointer == "/model" && comparer.page.models.len() == 1 => {
            comparer.skip("the default of `model`: no field of the page gives it, and there is one model".to_owned());
        }
        (None, Some(other)) => {
            let message = format!("no field of the page gives a default, the spec has {}", shown(&other.value));
            comparer.unstated(Topic::Default, pointer, "default", of_page, &[&other.value], message);
        }
        _ => {}
    }
}

pub(super) fn write(writer: &Writer<'_>, parameter: &Parameter, schema: &mut Schema) {
    let models = &writer.page.models;
    match &parameter.default {
        Some(default) if parameter.refuses(&default.value).is_some() => {
            schema.todo(format!("the page's default {} is not one of its own values", shown(&default.value)));
        }
        Some(default) => schema.add("default", default.value.clone()),
        None if parameter.name == "model" => match models.as_slice() {
            // A single model is its own default.
            [model] => schema.add("default", Json::text(model.value.as_str())),
            _ => schema.todo("the page gives no default model"),
        },
        None => {}
    }
}

//! The examples of a parameter.

use foxapi_schema::number::equal;
use serde_json::Value;

use crate::comparison::Comparer;
use crate::draft::{Json, Schema, Writer};
use crate::finding::Topic;
use crate::page::{At, Parameter};
use crate::spec::shown;

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    // Free text is worded anew in a spec; whether it is valid is judged all the same.
    let is_closed = !of_spec.options.is_empty() || of_spec.kind.as_ref().is_some_and(|kind| !kind.is_free());
    if !is_closed || of_spec.examples.is_empty() {
        return;
    }
    let is_in = |list: &[At<Value>], value: &Value| list.iter().any(|at| equal(&at.value, value));
    for example in of_page.examples.iter().filter(|it| of_page.refuses(&it.value).is_none()) {
        if !is_in(&of_spec.examples, &example.value) {
            let message = format!("the page has the example {}, the spec does not", shown(&example.value));
            comparer.find(Topic::Example, pointer, "examples", example.line, message);
        }
    }
    for example in of_spec.examples.iter().filter(|it| !is_in(&of_page.examples, &it.value)) {
        let line = of_page.examples.first().map_or(of_page.line, |example| example.line);
        let message = format!("the spec has the example {}, the page does not", shown(&example.value));
        comparer.find(Topic::Example, pointer, "examples", line, message);
    }
}

/// The examples that say a fact; sentences are worded anew.
pub(super) fn write(writer: &Writer<'_>, parameter: &Parameter, schema: &mut Schema) {
    let says_fact = |value: &Value| match value {
        Value::String(text) => !text.contains(char::is_whitespace) && text.is_ascii(),
        _ => true,
    };
    let is_plain = parameter.name != "model" || writer.page.models.len() > 1;
    let examples = parameter.examples.iter().map(|example| &example.value);
    let kept = examples.filter(|value| is_plain && says_fact(value) && parameter.refuses(value).is_none());
    let kept: Vec<Json> = kept.map(Json::of_value).collect();
    if !kept.is_empty() {
        schema.add("examples", kept);
    }
}

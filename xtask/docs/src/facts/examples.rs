//! The examples of a parameter.

use serde_json::Value;

use crate::comparison::Comparer;
use crate::draft::{Json, SchemaDraft, Writer};
use crate::finding::Topic;
use crate::page::Parameter;

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    // Free text is reworded in a spec; whether it is valid is checked all the same.
    let is_closed = !of_spec.options.is_empty() || of_spec.kind.as_ref().is_some_and(|kind| !kind.is_free());
    if !is_closed || of_spec.examples.is_empty() {
        return;
    }
    let on_page = of_page.examples.iter().filter(|it| of_page.refuses(&it.value).is_none());
    let on_page: Vec<_> = on_page.cloned().collect();
    let line = of_page.examples.first().map_or(of_page.line, |example| example.line);
    comparer.lists(Topic::Example, pointer, ("examples", "the example "), &on_page, &of_spec.examples, line);
}

/// The examples that state a fact; sentences are reworded.
pub(super) fn write(writer: &Writer<'_>, parameter: &Parameter, schema: &mut SchemaDraft) {
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

//! The models of a page.

use serde_json::Value;

use crate::comparison::Comparer;
use crate::draft::{Object, Schema, Writer, names};
use crate::finding::Topic;

pub(crate) fn differ(comparer: &mut Comparer<'_>) {
    let (page, spec) = (comparer.page, comparer.spec);
    for model in page.models.iter().filter(|model| !spec.models.contains(&model.value)) {
        let message = format!("the spec has no model {:?}", model.value);
        comparer.find(Topic::Model, "/model", "oneOf", model.line, message);
    }
    let line = page.parameter("model").map_or(1, |model| model.line);
    for model in spec.models.iter().filter(|model| page.models.iter().all(|other| other.value != **model)) {
        let message = format!("the page does not list the model {model:?} of the spec");
        comparer.find(Topic::Model, "/model", "oneOf", line, message);
    }
}

pub(super) fn write(writer: &Writer<'_>, schema: &mut Schema) {
    let ids: Vec<String> = writer.page.models.iter().map(|model| model.value.clone()).collect();
    let named = ids.iter().zip(names::models(&ids));
    let values = named.map(|(id, name)| Object::new().with("const", id.as_str()).with("title", name));
    schema.add("oneOf", values.collect::<Vec<_>>());
    schema.todo("describe the models");
    let in_bodies = writer.page.bodies.iter().filter_map(|body| body.value.get("model").and_then(Value::as_str));
    for other in in_bodies.filter(|model| ids.iter().all(|id| id != model)) {
        schema.todo(format!("the page's request has another model, {other}"));
    }
}

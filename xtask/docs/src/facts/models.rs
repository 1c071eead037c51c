//! The models of a page.

use crate::comparison::Comparer;
use crate::draft::{Object, SchemaDraft, Writer, names};
use crate::finding::Topic;
use crate::page::At;

pub(crate) fn differ(comparer: &mut Comparer<'_>) {
    let line = comparer.page.request.property("model").map_or(1, |model| model.line);
    let on_page: Vec<_> = comparer.page.models.iter().map(|at| At::new(at.line, at.value.as_str().into())).collect();
    let in_spec: Vec<_> = comparer.spec.models.iter().map(|id| At::new(line, id.as_str().into())).collect();
    comparer.lists(Topic::Model, "/model", ("oneOf", "the model "), &on_page, &in_spec, line);
}

pub(super) fn write(writer: &Writer<'_>, schema: &mut SchemaDraft) {
    let ids: Vec<String> = writer.page.models.iter().map(|model| model.value.clone()).collect();
    let named = ids.iter().zip(names::models(&ids));
    let values = named.map(|(id, name)| Object::new().with("const", id.as_str()).with("title", name));
    schema.add("oneOf", values.collect::<Vec<_>>());
    schema.todo("describe the models");
}

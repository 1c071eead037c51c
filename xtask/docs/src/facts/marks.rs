//! Marks next to a type that no spec can express: deprecated, read-only, write-only. Descriptions state them.

use crate::comparison::Comparer;
use crate::draft::{SchemaDraft, words};
use crate::finding::Topic;
use crate::page::{Mark, Parameter};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let description: Vec<String> = of_spec.descriptions.iter().map(|at| at.value.to_lowercase()).collect();
    let description = description.join(" ");
    for mark in Mark::ALL.iter().copied() {
        let is_said = description.contains(mark.word()) || description.contains(&mark.word().replace('-', " "));
        let at = of_page.marks.iter().find(|at| at.value == mark);
        match (at, is_said) {
            (Some(at), false) => {
                let message = format!("the page marks it as {}; the spec's description does not", mark.word());
                comparer.find(Topic::Mark, pointer, "description", at.line, message);
            }
            (None, true) => {
                let message =
                    format!("the spec's description says that it is {}; no field of the page does", mark.word());
                comparer.unstated(Topic::Mark, pointer, "description", of_page, &[], message);
            }
            _ => {}
        }
    }
}

/// Begins the schema with the parameter's name and marks.
pub(super) fn write(parameter: &Parameter, schema: &mut SchemaDraft) {
    let marks: Vec<&str> = parameter.marks.iter().map(|mark| mark.value.word()).collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" It is {}.", marks.join(" and ")) };
    schema.add("description", format!("{}.{marks}", words(&parameter.name)));
    schema.todo("describe it");
}

/// Whether a parameter is part of a request.
pub(crate) fn is_sent(parameter: &&Parameter) -> bool {
    !parameter.is_marked(Mark::ReadOnly)
}

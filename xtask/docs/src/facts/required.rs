//! Whether a request must have a parameter.

use super::marks::is_sent;
use crate::{comparison::Comparer, draft::SchemaDraft, finding::Topic, page::Parameter};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    if of_page.required != of_spec.required {
        let message = match of_page.required {
            true => "required on the page, optional in the spec",
            false => "optional on the page, required in the spec",
        };
        comparer.find(Topic::Required, pointer, "", of_page.line, message.to_owned());
    }
}

/// Lists the properties that an object must have.
pub(super) fn write(object: &Parameter, schema: &mut SchemaDraft) {
    let required = object.children.iter().filter(is_sent).filter(|it| it.required);
    let names: Vec<&str> = required.map(|it| it.name.as_str()).collect();
    if !names.is_empty() {
        schema.add("required", names);
    }
}

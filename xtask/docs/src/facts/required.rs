//! Whether a request must have a parameter. A draft lists it with its object.

use crate::{comparison::Comparer, finding::Topic, page::Parameter};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    if of_page.required != of_spec.required {
        let message = match of_page.required {
            true => "required on the page, optional in the spec",
            false => "optional on the page, required in the spec",
        };
        comparer.find(Topic::Required, pointer, "", of_page.line, message.to_owned());
    }
}

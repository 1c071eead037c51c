//! The method and path of the request.

use crate::comparison::Comparer;
use crate::finding::Topic;
use crate::page::{At, Capture};

pub(crate) fn differ(comparer: &mut Comparer<'_>) {
    let (page, spec) = (comparer.page, comparer.spec);
    for (of_page, of_spec, name) in [(&page.methods, &spec.method, "method"), (&page.paths, &spec.path, "path")] {
        for at in of_page.iter().filter(|at| at.value != *of_spec) {
            let message = format!("the {name} is {} on the page and {of_spec} in the spec", at.value);
            comparer.find(Topic::Endpoint, "", "x-endpoint", at.line, message);
        }
        if of_page.is_empty() {
            comparer.skip(format!("the {name} of the endpoint: the page does not show it"));
        }
    }
}

/// Where requests of the page are sent, as a spec names it.
pub(crate) fn endpoint(page: &Capture) -> String {
    let first =
        |found: &[At<String>], other: &str| found.first().map_or_else(|| other.to_owned(), |at| at.value.clone());
    format!("{} {}", first(&page.methods, "POST"), first(&page.paths, "/v1/videos/generations"))
}

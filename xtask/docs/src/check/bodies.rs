//! The requests and examples that a page shows, checked against its spec.

use serde_json::Map;

use crate::page::{At, Capture};
use crate::spec::{Spec, shown};

/// Reports what the spec refuses: the requests that a page shows, and each example by itself.
///
/// `say` receives the JSON Pointer, the line and a sentence.
pub(super) fn refused(page: &Capture, spec: &Spec, mut say: impl FnMut(&str, usize, String)) {
    for body in &page.bodies {
        for violation in spec.violations(&body.value) {
            let line = page.line_in(body, first(&violation.path));
            say(&violation.path, line, format!("the spec refuses the page's request: {}", violation.message));
        }
    }
    let known = page.request.children.iter().filter(|it| spec.request.property(&it.name).is_some());
    for (name, At { line, value }) in known.flat_map(|it| it.examples.iter().map(|example| (&it.name, example))) {
        let mut body = Map::from_iter([("model".to_owned(), spec.default_model().into())]);
        body.insert(name.clone(), value.clone());
        // Only what concerns the parameter itself: the rest of the request is not from the page.
        let violations = spec.violations(&body.into());
        for violation in violations.iter().filter(|violation| first(&violation.path) == name) {
            let value = shown(value);
            let message = format!("the spec refuses the page's example {value}: {}", violation.message);
            say(&violation.path, *line, message);
        }
    }
}

/// The parameter that a JSON Pointer points into.
fn first(pointer: &str) -> &str {
    pointer.split('/').nth(1).unwrap_or_default()
}

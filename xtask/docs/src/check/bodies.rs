//! The requests and examples that a page shows, judged by its spec.

use serde_json::{Map, Value as Json};

use crate::page::{At, Page};
use crate::spec::{Spec, shown};

/// Says what the spec refuses of what a page shows: its requests, and each example in a request with what is required.
///
/// `say` is told the JSON Pointer, the line and a sentence.
pub(super) fn refused(page: &Page, spec: &Spec, mut say: impl FnMut(&str, usize, String)) {
    for body in &page.bodies {
        for violation in spec.violations(&body.value) {
            let line = page.line_in(body, first(&violation.path));
            say(&violation.path, line, format!("the spec refuses the page's request: {}", violation.message));
        }
    }
    let examples: Vec<(&str, &At<Json>)> = page
        .parameters
        .iter()
        .filter(|parameter| spec.parameter(&parameter.name).is_some())
        .flat_map(|parameter| parameter.examples.iter().map(|example| (parameter.name.as_str(), example)))
        .collect();
    let base = base(page, spec, &examples);
    for (name, At { line, value }) in examples {
        let mut body = base.clone();
        body.insert(name.to_owned(), value.clone());
        // Only what concerns the parameter itself: the rest of the request is not the page's.
        let violations = spec.violations(&body.into());
        for violation in violations.iter().filter(|violation| first(&violation.path) == name) {
            let value = shown(value);
            let message = format!("the spec refuses the page's example {value}: {}", violation.message);
            say(&violation.path, *line, message);
        }
    }
}

/// The parameter that a JSON Pointer leads into.
fn first(pointer: &str) -> &str {
    pointer.split('/').nth(1).unwrap_or_default()
}

/// A request with what is required and nothing else, for an example to be judged in.
fn base(page: &Page, spec: &Spec, examples: &[(&str, &At<Json>)]) -> Map<String, Json> {
    let mut base = Map::new();
    base.insert("model".to_owned(), spec.default_model().into());
    for parameter in spec.parameters.iter().filter(|parameter| parameter.required && parameter.name != "model") {
        let in_body = page.bodies.iter().find_map(|body| body.value.get(&parameter.name));
        let on_page = examples.iter().find(|(name, _)| *name == parameter.name).map(|(_, example)| &example.value);
        let in_spec = parameter.examples.first().map(|example| &example.value);
        if let Some(value) = in_body.or(on_page).or(in_spec) {
            base.insert(parameter.name.clone(), value.clone());
        }
    }
    base
}

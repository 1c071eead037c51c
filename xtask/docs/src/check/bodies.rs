//! The requests and examples of a page, for the generated validators to judge.
//!
//! They are part of `foxapi-models`, which this library must not depend on: it has to build while generated code is
//! broken. So what is to be judged is handed out, and whoever can ask the validators brings their verdicts back.

use serde_json::{Map, Value as Json};

use crate::{
    finding::{Finding, Topic},
    page::{At, Body, Page},
    spec::{Spec, shown},
};

/// A request that the validators judge.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case {
    /// The request.
    pub body: Json,
    shown: Body,
    /// The parameter whose example it is; `None`: a request of the page.
    example: Option<(String, Json)>,
}

/// What a page shows that has to be valid: its requests, and each example in a request with what is required.
#[must_use]
pub fn cases(page: &Page, spec: &Spec) -> Vec<Case> {
    let bodies = page.bodies.iter();
    let mut cases: Vec<Case> =
        bodies.map(|body| Case { body: body.value.clone(), shown: body.clone(), example: None }).collect();
    let examples: Vec<(&str, &At<Json>)> = page
        .parameters
        .iter()
        .filter(|parameter| spec.parameter(&parameter.name).is_some())
        .flat_map(|parameter| parameter.examples.iter().map(|example| (parameter.name.as_str(), example)))
        .collect();
    let base = base(page, spec, &examples);
    for (name, example) in examples {
        let mut body = base.clone();
        body.insert(name.to_owned(), example.value.clone());
        let shown = Body { line: example.line, end: example.line, value: Json::Null };
        cases.push(Case { body: body.into(), shown, example: Some((name.to_owned(), example.value.clone())) });
    }
    cases
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

/// What a verdict says about a case: of an example, only what concerns its own parameter.
#[must_use]
pub fn refused(case: &Case, verdict: &Json, page: &Page, spec: &Spec) -> Vec<Finding> {
    let violations = verdict.get("violations").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let text = |violation: &Json, name: &str| violation.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for violation in violations {
        let (path, message) = (text(violation, "path"), text(violation, "message"));
        let name = path.split('/').nth(1).unwrap_or_default();
        let (line, message) = match &case.example {
            Some((parameter, _)) if parameter != name => continue,
            Some((_, value)) => {
                (case.shown.line, format!("the spec refuses the page's example {}: {message}", shown(value)))
            }
            None => (page.line_in(&case.shown, name), format!("the spec refuses the page's request: {message}")),
        };
        let place = spec.place(&format!("/{name}"), "");
        found.push(Finding { topic: Topic::Body, parameter: path, line, place, message, unstated: None });
    }
    found
}

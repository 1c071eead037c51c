//! The requests and examples of a page, for the generated validators to judge.
//!
//! They are part of `foxapi-models`, which this library must not depend on: it has to build while generated code is
//! broken. So what is to be judged is handed out, and whoever can ask the validators brings their verdicts back.

use serde_json::{Map, Value as Json};

use crate::{
    compare,
    finding::{Finding, Topic},
    page::{At, Page, Shape},
    spec::{Spec, shown},
};

/// A request that the validators judge.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case {
    /// The request.
    pub body: Json,
    line: usize,
    end: usize,
    /// The parameter whose example it is; `None`: a request of the page.
    example: Option<(String, Json)>,
}

/// What a page shows that has to be valid: its requests, and each example in a request with what is required.
#[must_use]
pub fn cases(page: &Page, spec: &Spec) -> Vec<Case> {
    let bodies = page.bodies.iter();
    let bodies = bodies.map(|body| Case { line: body.line, end: body.end, body: body.value.clone(), example: None });
    let mut cases: Vec<Case> = bodies.collect();
    let examples = examples(page, spec);
    let base = base(page, spec, &examples);
    for (name, example) in examples {
        let mut body = base.clone();
        body.insert(name.clone(), example.value.clone());
        let (line, example) = (example.line, example.value);
        cases.push(Case { line, end: line, body: body.into(), example: Some((name, example)) });
    }
    cases
}

/// The examples of the page, by the parameters that the spec has.
fn examples(page: &Page, spec: &Spec) -> Vec<(String, At<Json>)> {
    let mut found = Vec::new();
    if page.shape == Shape::Lossy {
        let places = compare::align(&page.blocks, &spec.parameters);
        for (block, place) in page.blocks.iter().zip(places) {
            let Some(parameter) = place.and_then(|place| spec.parameters.get(place)) else { continue };
            found.extend(block.examples.iter().map(|example| (parameter.name.clone(), example.clone())));
        }
    }
    for parameter in page.parameters.iter().filter(|it| spec.parameter(&it.name).is_some()) {
        found.extend(parameter.examples.iter().map(|example| (parameter.name.clone(), example.clone())));
    }
    found
}

/// A request with what is required and nothing else, for an example to be judged in.
fn base(page: &Page, spec: &Spec, examples: &[(String, At<Json>)]) -> Map<String, Json> {
    let mut base = Map::new();
    base.insert("model".to_owned(), spec.default_model().into());
    for parameter in spec.parameters.iter().filter(|it| it.required && it.name != "model") {
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
                (case.line, format!("the validators refuse the page's example {}: {message}", shown(value)))
            }
            None => {
                let line = line_of(page, case, name);
                (line, format!("the validators refuse the page's request: {message}"))
            }
        };
        let place = spec.place(&format!("/{name}"), "");
        found.push(Finding { topic: Topic::Body, parameter: path, line, place, message });
    }
    found
}

/// The line of a request that has a parameter, or the line where the request begins.
fn line_of(page: &Page, case: &Case, name: &str) -> usize {
    let key = format!("\"{name}\"");
    let is_key = |line: &str| {
        let line = line.trim_start();
        line.contains(&key) || line.starts_with(&format!("{name}:")) || line.starts_with(&format!("'{name}'"))
    };
    let lines = page.text.lines().enumerate().take(case.end).skip(case.line.saturating_sub(1));
    lines.into_iter().find(|(_, line)| is_key(line)).map_or(case.line, |(at, _)| at + 1)
}

//! The requests and examples of a page, judged by the generated validators.
//!
//! They are part of `foxapi-models`, which this program must not depend on: it has to build while generated code is
//! broken. So the example `validate` of that crate judges, one request per line.

use std::{
    env, fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use serde_json::{Map, Value as Json};

use super::{
    compare::{self, Comparison},
    finding::{Finding, Topic},
    page::{At, Page, Shape},
    spec::{Spec, shown},
};
use crate::error::Error;

/// Something that the validators judge.
struct Case {
    /// Which page it is of.
    page: usize,
    line: usize,
    end: usize,
    body: Json,
    /// The parameter whose example it is; `None`: a request of the page.
    example: Option<(String, Json)>,
}

/// Judges what the pages show, and adds what is refused to their findings.
pub(crate) fn judge<'a>(
    pages: impl Iterator<Item = (&'a Page, &'a Spec)>,
    comparisons: &mut [Comparison],
) -> Result<(), Error> {
    let pages: Vec<_> = pages.collect();
    let mut cases = Vec::new();
    for (at, (page, spec)) in pages.iter().enumerate() {
        if is_generated(spec) {
            cases.extend(self::cases(at, page, spec));
        } else if let Some(comparison) = comparisons.get_mut(at) {
            comparison.unchecked.push(
                "requests and examples: the generated code is not made from this spec; run `cargo xtask codegen`"
                    .to_owned(),
            );
        }
    }
    if cases.is_empty() {
        return Ok(());
    }
    let verdicts = verdicts(&cases)?;
    for (case, verdict) in cases.iter().zip(&verdicts) {
        let (Some((page, spec)), Some(comparison)) = (pages.get(case.page), comparisons.get_mut(case.page)) else {
            continue;
        };
        comparison.findings.extend(findings(case, verdict, page, spec));
        comparison.findings.sort_by_key(|finding| (finding.line, finding.topic));
    }
    Ok(())
}

/// Whether the validators that are built are those of this spec.
fn is_generated(spec: &Spec) -> bool {
    let file = workspace().join(format!("foxapi-models/src/generated/{}.json", spec.module));
    fs::read_to_string(file).is_ok_and(|text| text == spec.schema)
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

fn cases(page_at: usize, page: &Page, spec: &Spec) -> Vec<Case> {
    let bodies = page.bodies.iter();
    let bodies = bodies.map(|body| Case {
        page: page_at,
        line: body.line,
        end: body.end,
        body: body.value.clone(),
        example: None,
    });
    let mut cases: Vec<Case> = bodies.collect();
    let examples = examples(page, spec);
    let base = base(page, spec, &examples);
    for (name, example) in examples {
        let mut body = base.clone();
        body.insert(name.clone(), example.value.clone());
        let (line, example) = (example.line, example.value);
        cases.push(Case { page: page_at, line, end: line, body: body.into(), example: Some((name, example)) });
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

/// The verdict on each case.
fn verdicts(cases: &[Case]) -> Result<Vec<Json>, Error> {
    let failed = |reason: String| Error::Validators { reason };
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args(["run", "--quiet", "--package", "foxapi-models", "--example", "validate"])
        .current_dir(workspace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| failed(format!("cargo cannot be started: {cause}")))?;
    let input: String = cases.iter().map(|case| format!("{}\n", case.body)).collect();
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // A program that does not build reads nothing: what it says on standard error is what matters.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|cause| failed(cause.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let verdicts: Vec<Json> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if verdicts.len() != cases.len() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(failed(format!("they judged {} of {} requests\n{}", verdicts.len(), cases.len(), said.trim())));
    }
    Ok(verdicts)
}

/// What a verdict says about a case: of an example, only what concerns its own parameter.
fn findings(case: &Case, verdict: &Json, page: &Page, spec: &Spec) -> Vec<Finding> {
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

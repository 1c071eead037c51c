//! The generated validators, as a program: this one must not depend on them, so that it builds while they are broken.
//!
//! The example `validate` of `foxapi-models` judges one request per line.

use std::{
    env, fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use foxapi_docs::{Case, Finding, Page, Spec, cases};
use serde_json::Value as Json;

use crate::{error::Error, text::complain};

/// What the validators refuse of a page.
pub(super) struct Refused {
    /// `None`: they were not asked.
    findings: Option<Vec<Finding>>,
}

impl Refused {
    pub(super) fn findings(&self) -> &[Finding] {
        self.findings.as_deref().unwrap_or_default()
    }

    /// Why they were not asked.
    pub(super) fn unasked(&self) -> Option<String> {
        let why = "the generated code is not made from this spec; run `cargo xtask codegen`";
        self.findings.is_none().then(|| format!("requests and examples: {why}"))
    }
}

/// Has the validators judge what the pages show.
pub(super) fn refused(pages: &[(&Page, &Spec)]) -> Result<Vec<Refused>, Error> {
    let asked: Vec<Option<Vec<Case>>> =
        pages.iter().map(|(page, spec)| are_of(spec).then(|| cases(page, spec))).collect();
    let all: Vec<&Case> = asked.iter().flatten().flatten().collect();
    let mut verdicts = if all.is_empty() { Vec::new() } else { verdicts(&all)? }.into_iter();
    let judged = pages.iter().zip(&asked).map(|((page, spec), cases)| Refused {
        findings: cases.as_ref().map(|cases| {
            let of_case = |(case, verdict): (&Case, Json)| foxapi_docs::refused(case, &verdict, page, spec);
            cases.iter().zip(verdicts.by_ref()).flat_map(of_case).collect()
        }),
    });
    Ok(judged.collect())
}

/// Whether the validators that are built are those of this spec.
fn are_of(spec: &Spec) -> bool {
    let file = workspace().join(format!("foxapi-models/src/generated/{}.json", spec.module));
    fs::read_to_string(file).is_ok_and(|text| text == spec.schema)
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The verdict on each case.
fn verdicts(cases: &[&Case]) -> Result<Vec<Json>, Error> {
    let failed = |reason: String| Error::Validators { reason };
    let input: String = cases.iter().map(|case| format!("{}\n", case.body)).collect();
    let output = answer(input).map_err(|cause| failed(format!("cargo cannot be started: {cause}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let verdicts: Vec<Json> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if verdicts.len() != cases.len() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(failed(format!("they judged {} of {} requests\n{}", verdicts.len(), cases.len(), reason.trim())));
    }
    Ok(verdicts)
}

/// Runs the program, and says what is waited for if it takes long: it is built when it is first asked.
fn answer(input: String) -> std::io::Result<Output> {
    const PATIENCE: Duration = Duration::from_secs(3);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args(["run", "--quiet", "--package", "foxapi-models", "--example", "validate"])
        .current_dir(workspace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdin = child.stdin.take();
    let (done, waiting) = channel::<()>();
    thread::scope(|scope| {
        // A program that does not build reads nothing: what it says on standard error is what matters.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        scope.spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                complain("building the generated validators; the first time this takes a minute or two");
            }
        });
        let output = child.wait_with_output();
        done.send(()).ok();
        output
    })
}

//! The generated validators, as a program: this one must not depend on them, so that it builds while they are broken.
//!
//! The example `validate` of `foxapi-models` judges one request per line.

use std::{
    env, fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use foxapi_docs::{Case, Spec};
use serde_json::Value as Json;

use crate::error::Error;

/// Whether the validators that are built are those of this spec.
pub(crate) fn are_of(spec: &Spec) -> bool {
    let file = workspace().join(format!("foxapi-models/src/generated/{}.json", spec.module));
    fs::read_to_string(file).is_ok_and(|text| text == spec.schema)
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

pub(crate) fn verdicts(cases: &[&Case]) -> Result<Vec<Json>, Error> {
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

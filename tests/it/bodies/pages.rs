//! The bodies of each page as data: `tests/bodies/<page>.jsonl` has one a line, with the verdict and, of a body that is
//! refused, the paths that are blamed. They are written from the facts of the page, not from its spec.

use std::collections::BTreeSet;
use std::path::PathBuf;

use foxapi_models::{AudioRequest, DocumentRequest, ImageRequest, Request, VideoRequest};
use foxapi_tests::workspace;
use serde_json::Value;

use super::{excerpt, without_nulls};

/// A line of a file of bodies.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    body: Value,
    valid: bool,
    #[serde(default)]
    paths: BTreeSet<String>,
    #[serde(default)]
    why: String,
}

/// What was read: the page and what would be sent, or the paths of the violations.
type Verdict = Result<(&'static str, Value), BTreeSet<String>>;

type Reader = fn(&str) -> Verdict;

fn read<R: Request>(text: &str) -> Verdict {
    match R::from_json(text) {
        Ok(request) => Ok((request.page().slug, request.to_value())),
        Err(error) => Err(error.violations().iter().map(|violation| violation.path.clone()).collect()),
    }
}

/// The reader of the group that a page is in.
fn reader(page: &str) -> Option<Reader> {
    fn has<R: Request>(page: &str) -> bool {
        R::pages().iter().any(|known| known.slug == page)
    }
    let readers: [(bool, Reader); 4] = [
        (has::<VideoRequest>(page), read::<VideoRequest>),
        (has::<ImageRequest>(page), read::<ImageRequest>),
        (has::<AudioRequest>(page), read::<AudioRequest>),
        (has::<DocumentRequest>(page), read::<DocumentRequest>),
    ];
    readers.into_iter().find_map(|(found, reader)| found.then_some(reader))
}

/// What is wrong with a verdict, if anything.
fn fault(page: &str, case: &Case, verdict: Verdict) -> Option<String> {
    match verdict {
        Ok(_) if !case.valid => Some("accepted".to_owned()),
        Err(paths) if case.valid => Some(format!("refused for {paths:?}")),
        Err(paths) => (paths != case.paths).then(|| format!("refused for {paths:?}, not for {:?}", case.paths)),
        Ok((found, _)) if found != page => Some(format!("read as a request of {found}")),
        Ok((_, sent)) => (plain(sent.clone()) != plain(without_nulls(case.body.clone())))
            .then(|| format!("sent as {}", excerpt(&sent.to_string()))),
    }
}

/// The value with all numbers as floating-point ones, so that 1 and 1.0 are equal.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, plain(value))).collect(),
        other => other,
    }
}

fn files() -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(workspace().join("tests/bodies")).expect("the folder of bodies");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path)).collect()
}

#[test]
fn every_body_is_judged_as_its_page_says() {
    let mut faults = Vec::new();
    for (page, path) in files() {
        let reader = reader(&page).unwrap_or_else(|| panic!("no page is called {page}: remove its bodies"));
        let text = std::fs::read_to_string(&path).expect("a file of bodies");
        let (mut accepted, mut refused) = (0, 0);
        for (index, line) in text.lines().enumerate() {
            let case: Case =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), index + 1));
            if case.valid {
                accepted += 1
            } else {
                refused += 1
            }
            if let Some(fault) = fault(&page, &case, reader(&case.body.to_string())) {
                let body = case.body.to_string();
                faults.push(format!("{page}.jsonl:{}: {}: {fault}\n  {}", index + 1, case.why, excerpt(&body)));
            }
        }
        assert!(accepted > 0 && refused > 0, "{page} needs bodies that are accepted and bodies that are refused");
    }
    assert!(faults.is_empty(), "{} bodies are judged otherwise:\n{}", faults.len(), faults.join("\n"));
}

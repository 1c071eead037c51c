//! `tests/bodies/<page>.jsonl`: bodies of each page with the verdict that the page implies, one per line.
//!
//! They are written from the documentation and not from the specs, so that a slip in either shows in the other:
//! `{"body": {…}, "valid": true}` or `{"body": {…}, "valid": false, "paths": ["/prompt"]}`, with the JSON Pointers that are
//! to blame. `why` is for people.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use foxapi_models::{AnyRequest, Page, Request};
use foxapi_schema::{json::Duplicates, violations};
use foxapi_tests::workspace;
use serde_json::Value;

use super::{excerpt, without_nulls};

/// A line of a file.
pub(super) struct Case {
    /// File and line.
    place: String,
    pub(super) body: Value,
    pub(super) valid: bool,
    /// JSON Pointers that are to blame.
    paths: BTreeSet<String>,
}

impl Case {
    fn new(place: String, line: &str) -> Self {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
        let members = line.as_object().unwrap_or_else(|| panic!("{place}: a line holds an object"));
        let unknown = members.keys().find(|name| !["body", "valid", "paths", "why"].contains(&name.as_str()));
        assert_eq!(unknown, None, "{place}: what is this?");
        let valid = line["valid"].as_bool().unwrap_or_else(|| panic!("{place}: `valid` is true or false"));
        let paths =
            line.get("paths").map(|paths| paths.as_array().unwrap_or_else(|| panic!("{place}: a list of paths")));
        let paths: BTreeSet<String> =
            paths.into_iter().flatten().map(|path| path.as_str().expect("a path").to_owned()).collect();
        assert_eq!(valid, paths.is_empty(), "{place}: what is not valid has paths to blame, and nothing else");
        Self { place, body: line["body"].clone(), valid, paths }
    }

    /// How the crate's verdict differs from that of the page.
    fn problem(&self, page: &'static Page) -> Option<String> {
        let text = self.body.to_string();
        let fast = serde_json::from_value::<AnyRequest>(self.body.clone()).is_ok_and(|request| request.is_valid());
        if fast != self.valid {
            return Some(format!("`is_valid` says {fast}"));
        }
        let found: BTreeSet<String> = violations(&[page], &(&self.body).into(), Duplicates::default())
            .into_iter()
            .map(|violation| violation.path)
            .collect();
        if found != self.paths {
            return Some(format!("the collector blames {found:?}, and the page {:?}", self.paths));
        }
        match (AnyRequest::from_json(&text), AnyRequest::from_value(&self.body)) {
            (Ok(request), Ok(_)) if self.valid => self.not_kept(page, &request),
            (Err(error), Err(other)) if !self.valid => {
                let blamed: BTreeSet<String> =
                    error.violations().iter().map(|violation| violation.path.clone()).collect();
                (blamed != self.paths || error != other).then(|| format!("reading blames {blamed:?}"))
            }
            (read, _) => Some(format!("`from_json` says {:?}", read.map(|_| "right"))),
        }
    }

    /// Any difference after reading and writing.
    fn not_kept(&self, page: &'static Page, request: &AnyRequest) -> Option<String> {
        if !std::ptr::eq(request.page(), page) || self.body.get("model") != Some(&request.model().into()) {
            return Some(format!("it is read as a request of {}", request.page().slug));
        }
        let sent = request.to_value();
        if sent != without_nulls(self.body.clone()) {
            return Some(format!("what is sent is {sent}"));
        }
        (AnyRequest::from_value(&sent).as_ref() != Ok(request))
            .then(|| "what is sent is read as something else".to_owned())
    }
}

/// The bodies of a page.
pub(super) fn cases(slug: &str) -> Vec<Case> {
    let path = workspace().join(format!("tests/bodies/{slug}.jsonl"));
    let text = std::fs::read_to_string(path).unwrap_or_else(|_| panic!("tests/bodies/{slug}.jsonl is missing"));
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| Case::new(format!("tests/bodies/{slug}.jsonl:{}", index + 1), line)).collect()
}

/// The smallest valid body of each model.
pub(crate) fn smallest() -> BTreeMap<&'static str, Value> {
    static SMALLEST: LazyLock<BTreeMap<&str, Value>> = LazyLock::new(read_smallest);
    SMALLEST.clone()
}

fn read_smallest() -> BTreeMap<&'static str, Value> {
    let pages = AnyRequest::pages().iter();
    let models = pages.flat_map(|page| {
        let cases = cases(page.slug);
        page.models.iter().map(move |model| {
            let bodies = cases.iter().filter(|case| case.valid && case.body["model"] == **model).map(|case| &case.body);
            let smallest =
                bodies.min_by_key(|body| (body.as_object().map(serde_json::Map::len), body.to_string().len()));
            (*model, smallest.unwrap_or_else(|| panic!("{} has no valid body", *model)).clone())
        })
    });
    models.collect()
}

#[test]
fn every_body_is_judged_as_its_page_says() {
    let mut problems = Vec::new();
    for page in AnyRequest::pages() {
        let cases = cases(page.slug);
        for verdict in [true, false] {
            assert!(cases.iter().any(|case| case.valid == verdict), "{} has no body that is {verdict}", page.slug);
        }
        for case in cases {
            if let Some(problem) = case.problem(page) {
                problems.push(format!("{}: {problem}\n  {}", case.place, excerpt(&case.body.to_string())));
            }
        }
    }
    assert!(problems.is_empty(), "{} bodies:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn no_file_is_left_of_a_page_that_is_gone() {
    let files = std::fs::read_dir(workspace().join("tests/bodies")).expect("the bodies");
    let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    let found: BTreeSet<String> = names.collect();
    let wanted: BTreeSet<String> = AnyRequest::pages().iter().map(|page| format!("{}.jsonl", page.slug)).collect();
    assert_eq!(found, wanted);
}

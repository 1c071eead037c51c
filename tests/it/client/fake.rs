//! A correct server: the mock for users' tests, which checks bodies against spec/ with an independent validator.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foxapi_mock::{Mock, Script};
use foxapi_models::{AnyRequest, Page, Request};
use foxapi_tests::{spec_file, workspace};
use jsonschema::{Draft, Retrieve, Uri, Validator};
use serde_json::{Value, json};

use super::KEY;

/// The result of every task.
pub(crate) const VIDEO: &[u8] = b"not really a video, but its bytes are counted";

/// The mock, with strict checks.
pub(crate) struct Fake(Mock);

impl Fake {
    /// Tasks are pending, processing and then completed, without results as long as requests have `sync_upstream`.
    pub(crate) async fn start() -> Self {
        let states = [
            json!({"status": "pending", "progress": 0}),
            json!({"status": "processing", "progress": 50}),
            json!({"status": "completed", "progress": 100, "results": null}),
            json!({"status": "completed", "progress": 100}),
        ];
        Self::with(Script::of(states))
    }

    /// Tasks are completed when first fetched; submissions are answered this long after they were accepted.
    pub(crate) async fn of_quick_tasks(latency: Duration) -> Self {
        let fake = Self::with(Script::completed());
        fake.latency(latency);
        fake
    }

    fn with(script: Script) -> Self {
        let mock = Mock::start().expect("a port");
        mock.key(KEY);
        mock.script(script.file("video/mp4", VIDEO));
        mock.check(move |body| {
            let model = body["model"].as_str().unwrap_or_default();
            let page = AnyRequest::pages().iter().find(|page| page.models.contains(&model));
            let is_valid = page.is_some_and(|page| validator(page).is_valid(body));
            if is_valid { Ok(()) } else { Err("refused by the fake".to_owned()) }
        });
        Self(mock)
    }

    /// The prompts of all submissions that were accepted, and paid for.
    pub(crate) fn paid(&self) -> Vec<Value> {
        self.submissions().into_iter().map(|submission| submission.body["prompt"].clone()).collect()
    }
}

impl Deref for Fake {
    type Target = Mock;

    fn deref(&self) -> &Mock {
        &self.0
    }
}

/// The validator of a page, made from the spec files as written, when first needed.
fn validator(page: &'static Page) -> Arc<Validator> {
    static VALIDATORS: Mutex<BTreeMap<&str, Arc<Validator>>> = Mutex::new(BTreeMap::new());
    let mut validators = VALIDATORS.lock().expect("no panic before");
    let validator = validators.entry(page.slug).or_insert_with(|| {
        let schema = spec(&format!("{}.json", page.slug));
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_retriever(SpecFolder);
        Arc::new(options.with_base_uri("https://spec.test/").build(&schema).expect("a schema"))
    });
    Arc::clone(validator)
}

/// A spec file without `$id`, which is not an address, and `$schema`, which describes the dialect.
fn spec(file: &str) -> Value {
    let text = std::fs::read_to_string(spec_file(&workspace().join("spec"), file)).expect("a spec file");
    let mut spec: Value = serde_json::from_str(&text).expect("a spec file is JSON");
    if let Some(members) = spec.as_object_mut() {
        members.retain(|name, _| name != "$id" && name != "$schema");
    }
    spec
}

struct SpecFolder;

impl Retrieve for SpecFolder {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        Ok(spec(uri.as_str().trim_start_matches("https://spec.test/")))
    }
}

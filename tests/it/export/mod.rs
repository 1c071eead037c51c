//! Exports of the specs: each is valid in its format, and says the same as the specs.

mod command;
mod forms;
mod openapi;
mod schemas;
mod small;
mod table;
mod tools;

use std::cell::Cell;
use std::sync::{LazyLock, OnceLock};

use foxapi_codegen::export::{Exports, Provider};
use foxapi_tests::{sources, workspace};
use proptest::strategy::Strategy;
use serde_json::{Map, Value};

use crate::keywords::cases::Case;
use crate::oracle::bodies::Bodies;
use crate::oracle::choices::Choices;
use crate::oracle::runs;
use crate::oracle::specs::Specs;

/// Bodies per model.
const CASES: u32 = 1000;

/// A folder of spec files, and one page of it.
struct Page {
    specs: Specs,
    file: String,
    models: Vec<String>,
    exported: OnceLock<Exports>,
}

impl Page {
    /// The pages of the spec folder.
    fn real() -> &'static [Self] {
        static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| Page::of(&Specs::read(&workspace().join("spec"))));
        &PAGES
    }

    /// Pages that use every keyword of the dialect.
    fn with_every_keyword() -> &'static [Self] {
        static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
            let cases = workspace().join("tests/it/keywords");
            let common = Specs::read(&cases).only(&["keywords-common.json"]);
            let cases = Case::all(&cases.join("accepted")).into_iter().map(|case| {
                let mut specs = common.clone();
                specs.insert(case.file(), case.spec.clone());
                Page::of(&specs)
            });
            cases.flatten().collect()
        });
        &PAGES
    }

    fn of(specs: &Specs) -> Vec<Self> {
        let pages = specs.iter().filter(|(_, spec)| spec.get("x-endpoint").is_some());
        // With the files that it refers to, but no other page, as each is exported many times.
        let pages = pages.map(|(file, spec)| {
            let specs = specs.only(&[file, "common.json", "task.json", "keywords-common.json"]);
            Self { specs, file: file.to_owned(), models: models(spec), exported: OnceLock::new() }
        });
        pages.collect()
    }

    fn exported(&self) -> &Exports {
        self.exported.get_or_init(|| {
            Exports::read(&self.specs.sources()).unwrap_or_else(|problems| panic!("{}: {problems}", self.file))
        })
    }

    fn spec(&self) -> &Value {
        self.specs.get(&self.file).expect("the page")
    }

    fn slug(&self) -> &str {
        self.file.strip_suffix(".json").expect("a file of JSON")
    }

    /// Tries random bodies of all models; `test` says whether it counts as valid.
    #[track_caller]
    fn try_bodies(&self, cases: u32, test: impl Fn(&Value) -> Result<bool, String>) {
        let bodies = Bodies::new(&self.specs, &self.file);
        let (valid, all) = (Cell::new(0_u32), Cell::new(0_u32));
        for model in &self.models {
            runs::run(cases, &Choices::tapes(60).prop_map(|tape| bodies.make(model, &tape)), |body| {
                let Ok(body) = serde_json::from_str::<Value>(&body.text) else { return Ok(()) };
                all.set(all.get() + 1);
                valid.set(valid.get() + u32::from(test(&body)?));
                Ok(())
            });
        }
        // Bodies with only one verdict would prove nothing.
        assert!(
            valid.get() > 0 && valid.get() < all.get(),
            "{}: {} of {} are valid",
            self.file,
            valid.get(),
            all.get()
        );
    }
}

/// The values that a page gives to `model`.
fn models(spec: &Value) -> Vec<String> {
    let model = &spec["properties"]["model"];
    let listed = model["oneOf"].as_array().into_iter().flatten().map(|branch| &branch["const"]);
    let listed = listed.chain(model["enum"].as_array().into_iter().flatten()).chain(model.get("const"));
    listed.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The specs of the workspace, to export.
fn exported() -> &'static Exports {
    static EXPORTS: LazyLock<Exports> = LazyLock::new(|| {
        Exports::read(&sources(&workspace().join("spec")).expect("the spec folder")).expect("the specs are right")
    });
    &EXPORTS
}

/// The sentences of a page's rules.
fn sentences(spec: &Value) -> Vec<&str> {
    spec["allOf"].as_array().into_iter().flatten().filter_map(|rule| rule["description"].as_str()).collect()
}

/// Every object in a JSON value, with the JSON Pointer to it.
fn objects<'v>(value: &'v Value, at: &str, found: &mut Vec<(String, &'v Map<String, Value>)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            found.push((at.to_owned(), members));
            for (name, value) in members {
                objects(value, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

fn all_objects(value: &Value) -> Vec<(String, &Map<String, Value>)> {
    let mut found = Vec::new();
    objects(value, "", &mut found);
    found
}

#[test]
fn the_same_specs_give_the_same_bytes_in_any_order() {
    let all = |specs: &Exports| {
        let mut texts: Vec<_> = specs.schemas().into_iter().map(|file| file.text).collect();
        texts.extend(Provider::ALL.map(|provider| specs.tools(provider)));
        texts.extend([specs.table(), specs.openapi(&openapi::frame(), "1.0.0").expect("frame and specs fit")]);
        texts
    };
    let mut sources = sources(&workspace().join("spec")).expect("the spec folder");
    sources.reverse();
    let backwards = Exports::read(&sources).expect("the specs are right");
    assert_eq!(all(exported()), all(&backwards));
}

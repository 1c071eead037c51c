//! JSON Schemas: self-contained, valid, and consistent with the specs.

use std::collections::BTreeSet;

use foxapi_codegen::File;
use serde_json::Value;

use super::{Page, all_objects, exported};
use crate::oracle::judge::Judge;
use crate::oracle::specs::Specs;

fn parsed(file: &File) -> Value {
    serde_json::from_str(&file.text).expect("JSON")
}

#[test]
fn there_is_one_for_each_page_under_an_id_of_its_own() {
    let files = exported().schemas();
    let names: BTreeSet<_> = files.iter().map(|file| file.name.clone()).collect();
    let pages: BTreeSet<_> = Page::real().iter().map(|page| format!("{}.schema.json", page.slug())).collect();
    assert_eq!(names.len(), files.len());
    assert_eq!(names, pages);
    let ids: BTreeSet<_> = files.iter().map(|file| parsed(file)["$id"].as_str().expect("an ID").to_owned()).collect();
    assert_eq!(ids.len(), files.len());
    for id in ids {
        assert!(id.starts_with("urn:foxapi-models:"), "{id}");
    }
}

#[test]
fn each_is_valid_by_the_meta_schema_and_refers_to_nothing_outside() {
    for page in Page::real().iter().chain(Page::with_every_keyword()) {
        for file in page.exported().schemas() {
            let schema = parsed(&file);
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{}: {error}", file.name));
            for (at, object) in all_objects(&schema) {
                let Some(reference) = object.get("$ref").and_then(Value::as_str) else { continue };
                let target = reference.strip_prefix('#').and_then(|pointer| schema.pointer(pointer));
                assert!(target.is_some(), "{}: {at} refers to {reference}", file.name);
                assert!(
                    at.is_empty() || !object.contains_key("$id"),
                    "{at}: an ID would move what references start from"
                );
            }
        }
    }
}

/// A folder with only the export of a page.
fn folder(page: &Page) -> Specs {
    let files = page.exported().schemas();
    let file = files.iter().find(|file| file.name == format!("{}.schema.json", page.slug())).expect("the export");
    let mut folder = Specs::default();
    folder.insert("exported.json", parsed(file));
    folder
}

#[test]
fn a_body_is_valid_by_the_export_if_and_only_if_it_is_by_the_spec() {
    let few = |page| (page, super::CASES / 10);
    let pages = Page::real().iter().map(|page| (page, super::CASES));
    for (page, cases) in pages.chain(Page::with_every_keyword().iter().map(few)) {
        let export = folder(page);
        // Once with the keywords of the dialect, and once like a validator that does not know them.
        let judges = [Judge::new, Judge::standard]
            .map(|judge| (judge(&page.specs, &page.file), judge(&export, "exported.json")));
        page.try_bodies(cases, |body| {
            let verdicts =
                judges.each_ref().map(|(by_spec, by_export)| (by_spec.is_valid(body), by_export.is_valid(body)));
            let agree = verdicts.iter().all(|(by_spec, by_export)| by_spec == by_export);
            let [(valid, _), _] = verdicts;
            if agree { Ok(valid) } else { Err(format!("by the spec and the export, twice: {verdicts:?}")) }
        });
    }
}

#[test]
fn no_sentence_is_lost() {
    for page in Page::real() {
        let export = folder(page);
        let text = export.get("exported.json").expect("the export").to_string();
        for (at, object) in all_objects(page.spec()) {
            let Some(sentence) = object.get("description").filter(|sentence| sentence.is_string()) else { continue };
            assert!(text.contains(&sentence.to_string()), "{}: {at}", page.file);
        }
    }
}

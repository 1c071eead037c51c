//! A new model on a page gets everything that is open to all models, and nothing that is limited to others.

use std::collections::BTreeSet;

use foxapi_codegen::{Source, generate};
use foxapi_schema::json::Duplicates;
use foxapi_schema::{Endpoint, Facts, Outlines, Page, PageSource, models, violations};
use foxapi_tests::{sources, workspace};
use serde_json::{Value, json};

const ULTRA: &str = "veo-3.1-ultra-image-to-video";

/// The Veo page as it would be with one more model.
fn page() -> &'static Page {
    let mut specs = sources(&workspace().join("spec")).expect("the specs");
    let spec = specs.iter_mut().find(|spec| spec.path().contains("veo-3.1-image-to-video")).expect("the page");
    let mut page: Value = serde_json::from_slice(spec.bytes()).expect("it is JSON");
    let listed = page["properties"]["model"]["oneOf"].as_array_mut().expect("models");
    listed.push(json!({ "const": ULTRA, "title": "Ultra" }));
    let ids = listed.iter().map(|model| model["const"].as_str().expect("an ID").to_owned());
    let ids: Vec<&str> = ids.map(|id| &*id.leak()).collect();
    *spec = Source::new(spec.path().to_owned(), page.to_string());
    let output = generate(&specs).unwrap_or_else(|problems| panic!("{problems}"));
    let schema =
        output.files.iter().find(|file| file.name.ends_with("veo_3_1_image_to_video.json")).expect("its schema");
    let facts = Facts {
        slug: "veo",
        title: "Veo",
        docs: "",
        source: PageSource::Page,
        group: "video",
        family: "veo",
        endpoint: Endpoint::new("POST", "/"),
        models: ids.leak(),
        schema: schema.text.clone().leak(),
    };
    Box::leak(Box::new(Page::new(facts, &Outlines(&[]))))
}

fn body(more: Value) -> Value {
    let mut body = json!({ "model": ULTRA, "prompt": "rain", "image_url": "https://a.b/c" });
    body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    body
}

#[test]
fn it_takes_all_that_is_open_to_every_model() {
    let page = page();
    let of = |id: &str| models(page).into_iter().find(|model| model.id == id).expect("the model");
    let names = |id: &str| -> BTreeSet<String> { of(id).parameters.into_iter().map(|known| known.name).collect() };
    let restricted = ["enhance_prompt", "person_generation", "safety_tolerance"].map(str::to_owned);
    let missing: Vec<String> = names("veo-3.1-image-to-video").difference(&names(ULTRA)).cloned().collect();
    assert_eq!(missing, restricted);
    for parameter in of(ULTRA).parameters.iter().filter(|parameter| parameter.name != "model") {
        let options = parameter.options.iter().map(|option| &option.value);
        for value in options.chain(&parameter.examples).chain(&parameter.default) {
            let body = body(json!({ &parameter.name: value }));
            assert_eq!(violations(&[page], &(&body).into(), Duplicates::default()), [], "{body}");
        }
    }
}

#[test]
fn what_it_lacks_is_said_once_and_without_contradiction() {
    let page = page();
    for (name, value, subject, having) in [
        ("resolution", json!("4k"), "`4k` is", 2),
        ("safety_tolerance", json!(3), "is", 2),
        ("enhance_prompt", json!(false), "is", 1),
        ("person_generation", json!("allow_adult"), "is", 1),
    ] {
        let found = violations(&[page], &(&body(json!({ name: value }))).into(), Duplicates::default());
        let only =
            ["`veo-3.1-image-to-video`", "`veo-3.1-image-to-video` and `veo-3.1-fast-image-to-video`"][having - 1];
        let expected = format!("{subject} not available for `{ULTRA}`, only for {only}");
        let said: Vec<_> =
            found.iter().map(|it| (it.path.as_str(), it.keyword.as_str(), it.message.as_str())).collect();
        assert_eq!(said, [(format!("/{name}").as_str(), "x-models", expected.as_str())]);
    }
}

//! The reviews in the repository: which pages have one, and that it fits the specs.

use std::{collections::BTreeSet, fs};

use foxapi_tests::workspace;
use serde_json::Value;

/// Four of the first five pages were seen whole; the copy of the fifth has lost its names, so nobody has reviewed it.
#[test]
fn reviews_are_of_pages_and_hold_nothing_but_hashes_and_outcomes() {
    let folder = workspace().join("spec/reviewed");
    let names: BTreeSet<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    for page in
        ["kling-o3-image-to-video", "kling-v3-motion-control", "kling-v3-text-to-video", "veo-3.1-image-to-video"]
    {
        assert!(names.contains(&format!("{page}.json")), "{page}");
    }
    assert!(!names.contains("kling-o3-reference-to-video.json"));
    for name in names {
        let text = fs::read_to_string(folder.join(&name)).expect("the review");
        let root: Value = serde_json::from_str(&text).expect("JSON");
        for (language, parameters) in root.as_object().expect("languages") {
            assert!(["en", "zh"].contains(&language.as_str()), "{name}: {language}");
            for (parameter, sentences) in parameters.as_object().expect("parameters") {
                assert!(parameter == "request" || parameter.starts_with('/'), "{name}: {parameter}");
                for (hash, outcome) in sentences.as_object().expect("sentences") {
                    let is_hash = hash.len() == 16 && hash.chars().all(|it| it.is_ascii_hexdigit());
                    let is_outcome = outcome.as_str().is_some_and(|it| it.len() < 60 && !it.ends_with('.'));
                    assert!(is_hash && is_outcome, "{name}: {hash}: {outcome}");
                }
            }
        }
    }
}

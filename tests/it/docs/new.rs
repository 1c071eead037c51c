//! `docs new`: a spec that says what the page says, and that the generator takes.

use std::{fs, path::Path};

use foxapi_codegen::{check, generate};
use foxapi_tests::{sources, spec_file, spec_files, workspace};

use super::{captures, checked, docs, specs};

/// Begins a spec in a folder of specs.
fn begin(capture: &Path, spec: &Path, more: &[&str]) -> super::Outcome {
    let mut arguments = vec!["new".as_ref(), capture.as_os_str(), "--spec".as_ref(), spec.as_os_str()];
    arguments.extend(more.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
    docs(arguments)
}

#[test]
fn a_spec_that_was_begun_says_what_its_page_says_and_generates() {
    let pages = [
        ("captures/kling-v3-text-to-video.txt", "kling-v3-text-to-video"),
        ("captures/kling-o3-image-to-video.zh.txt", "kling-o3-image-to-video"),
        ("captures/kling-v3-motion-control.json", "kling-v3-motion-control"),
        ("captures/veo-3.1-image-to-video.md", "veo-3.1-image-to-video"),
        ("invented/lumen-2-shots.txt", "lumen-2-shots"),
        ("invented/lumen-2-shots.yaml", "lumen-2-shots"),
        ("invented/orbit-2-video.md", "orbit-2-video"),
    ];
    for (capture, slug) in pages {
        let (capture, spec) = (captures(capture), specs());
        let present = spec_files(spec.path()).expect("the specs");
        if let Some((_, path)) = present.iter().find(|(name, _)| name.ends_with(&format!("/{slug}.json"))) {
            fs::remove_file(path).expect("a file");
        }
        let outcome = begin(&capture, spec.path(), &[]);
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        assert!(outcome.stdout.ends_with("`cargo xtask codegen` takes it as it is\n"), "{outcome:#?}");
        generate(&sources(spec.path()).expect("the specs can be read")).expect("the specs are right");

        let (outcome, pages) = checked(&[capture], Some(spec.path()));
        assert_eq!(pages[0]["findings"], serde_json::json!([]), "{outcome:#?}");
    }
}

/// What hand and machine make of one page has the same facts: parameters, types, limits, rules.
#[test]
fn a_spec_that_was_begun_has_the_rules_that_the_words_state() {
    let spec = specs();
    fs::remove_file(spec_file(spec.path(), "kling-v3-text-to-video.json")).expect("the spec was there");
    begin(&captures("captures/kling-v3-text-to-video.txt"), spec.path(), &[]);
    let rules = |folder: &Path| -> Vec<serde_json::Value> {
        let text = fs::read_to_string(spec_file(folder, "kling-v3-text-to-video.json")).expect("the spec");
        let spec: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let mut rules = spec["allOf"].as_array().cloned().expect("rules");
        for rule in &mut rules {
            let members = rule.as_object_mut().expect("an object");
            members.retain(|name, _| name != "$comment" && name != "description");
        }
        rules
    };
    assert_eq!(rules(spec.path()), rules(&workspace().join("spec")));
}

/// Sentences about several parameters, in forms that are known, become rules; every other note with a fact is a TODO.
#[test]
fn what_words_say_is_filled_in_or_left_to_decide() {
    let spec = specs();
    let outcome = begin(&captures("invented/nova-1-mix.txt"), spec.path(), &[]);
    assert!(outcome.stdout.ends_with("`cargo xtask codegen` takes it as it is\n"), "{outcome:#?}");
    let text = fs::read_to_string(spec_file(spec.path(), "nova-1-mix.json")).expect("the spec");
    insta::assert_snapshot!("nova-1-mix", text);
    let (outcome, pages) = checked(&[captures("invented/nova-1-mix.txt")], Some(spec.path()));
    assert_eq!(pages[0]["findings"], serde_json::json!([]), "{outcome:#?}");
}

/// A sentence that denies a rule, or holds it to some cases, is left to a person with its words.
#[test]
fn sentences_that_say_more_than_a_rule_become_no_rule() {
    let capture = |folder: &Path, about: &str, words: &str| {
        let text = fs::read_to_string(captures("invented/nova-1-mix.txt")).expect("the capture");
        assert!(text.contains(about), "no {about:?}");
        let path = folder.join("nova-1-mix.txt");
        fs::write(&path, text.replacen(about, &format!("{about}\n\n说明:\n\n  • {words}"), 1)).expect("the capture");
        path
    };
    let rules = |about: &str, words: &str| {
        let spec = specs();
        let outcome = begin(&capture(spec.path(), about, words), spec.path(), &[]);
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        let text = fs::read_to_string(spec_file(spec.path(), "nova-1-mix.json")).expect("the spec");
        let spec: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        (spec["allOf"].as_array().cloned().expect("rules"), text)
    };
    let (few, _) = rules("参考视频", "See also prompt");
    let (more, text) = rules("参考视频", "Cannot be used together with prompt");
    assert_eq!(more.len(), few.len() + 1);
    assert!(text.contains("\"TODO: confirm; page: Cannot be used together with prompt\""), "{text}");
    for (about, words) in [
        ("参考视频", "Cannot be used together with prompt when size is 720p"),
        ("参考视频", "No longer mutually exclusive with prompt"),
        ("参考视频", "Mutually exclusive with prompt, one of them is required"),
        ("参考视频", "与 prompt 二选一必传"),
        ("参考视频", "sound must be true unless multi is true"),
        ("参考视频", "Not supported by nova-1-mix if multi is true"),
        ("清晰度，默认为 `720p`，可选 720p、1080p", "1080p is not available for nova-1-mix"),
        ("控制点", "The sum of all points must not exceed seed"),
        ("控制点", "The sum of all points must be less than or equal to seed"),
    ] {
        let (rules, text) = rules(about, words);
        assert_eq!(rules.len(), few.len(), "{words}");
        assert!(text.contains(&format!("TODO: the page says: {words}")), "{words}: {text}");
    }
}

#[test]
fn what_is_begun_from_a_page_can_be_read_in_a_snapshot() {
    let spec = specs();
    begin(&captures("invented/lumen-2-shots.txt"), spec.path(), &[]);
    let text = fs::read_to_string(spec_file(spec.path(), "lumen-2-shots.json")).expect("the spec");
    insta::assert_snapshot!("lumen-2-shots", text);
}

#[test]
fn a_spec_is_never_overwritten() {
    let spec = specs();
    let path = spec_file(spec.path(), "kling-v3-text-to-video.json");
    let before = fs::read(&path).expect("the spec");
    let outcome = begin(&captures("captures/kling-v3-text-to-video.txt"), spec.path(), &[]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("is there already, and is not overwritten"), "{outcome:#?}");
    assert_eq!(fs::read(&path).expect("the spec"), before);
}

#[test]
fn the_name_and_address_can_be_given() {
    let spec = specs();
    let address = "https://docs.foxapi.cc/pages/en/lumen/lumen-two";
    let outcome = begin(&captures("invented/lumen-2-shots.txt"), spec.path(), &["--docs", address]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let text = fs::read_to_string(spec_file(spec.path(), "lumen-two.json")).expect("named after its address");
    assert!(text.contains(&format!("\"x-docs\": \"{address}\"")), "{text}");
    let outcome = begin(&captures("invented/lumen-2-shots.txt"), spec.path(), &["--slug", "../up"]);
    assert!(outcome.stderr.contains("cannot be the name of a spec file"), "{outcome:#?}");
}

#[test]
fn what_must_be_decided_first_is_said() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let capture = folder.path().join("lumen-2-shots.txt");
    let text = fs::read_to_string(captures("invented/lumen-2-shots.txt")).expect("the capture");
    // An object of which nothing is shown.
    let start = text.find("camera.\u{200b}pan").expect("the properties");
    let end = text.find("layers\nLayer").expect("the next parameter");
    fs::write(&capture, format!("{}{}", &text[..start], &text[end..])).expect("the capture can be written");
    let spec = specs();
    let outcome = begin(&capture, spec.path(), &[]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let text = fs::read_to_string(spec_file(spec.path(), "lumen-2-shots.json")).expect("the spec");
    assert!(text.contains("TODO: the page does not show what is in it"), "{text}");
    let is_right = check(&sources(spec.path()).expect("the specs can be read")).is_ok();
    assert_eq!(is_right, !outcome.stdout.contains("before `cargo xtask codegen` takes it, decide:"), "{outcome:#?}");
}

#[test]
fn copies_that_cannot_become_a_spec_are_refused() {
    let spec = specs();
    let outcome = begin(&captures("captures/kling-o3-reference-to-video.txt"), spec.path(), &["--slug", "other"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("this copy has lost the names of the parameters"), "{outcome:#?}");
    assert!(outcome.stderr.ends_with("error: the capture cannot be read\n"), "{outcome:#?}");
    assert!(!spec_files(spec.path()).expect("the specs").keys().any(|name| name.ends_with("other.json")));
}

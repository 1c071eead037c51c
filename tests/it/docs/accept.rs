//! `docs accept`: what a person has seen is recorded, with what became of it, and without its words.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{Outcome, accept, captures, checked, docs, is_quiet, pages, specs};

const PAGE: &str = "kling-v3-text-to-video.txt";

/// Runs `docs accept` on a capture.
fn run(capture: &Path, spec: &Path, more: &[&str]) -> Outcome {
    let mut arguments = vec!["accept".as_ref(), capture.as_os_str()];
    arguments.extend(more.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
    arguments.extend(["--spec".as_ref(), spec.as_os_str()]);
    docs(arguments)
}

fn memory(spec: &Path) -> String {
    fs::read_to_string(spec.join("reviewed/kling-v3-text-to-video.json")).expect("the memory")
}

/// A capture with a change.
fn edited(folder: &Path, old: &str, new: &str) -> std::path::PathBuf {
    let text = fs::read_to_string(captures("captures").join(PAGE)).expect("the capture");
    assert!(text.contains(old), "no {old:?}");
    let path = folder.join(PAGE);
    fs::write(&path, text.replacen(old, new, 1)).expect("the capture can be written");
    path
}

#[test]
fn what_is_recorded_is_printed_and_stored_without_words() {
    let (spec, capture) = (specs(), captures("captures").join(PAGE));
    let outcome = run(&capture, spec.path(), &[]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let shown = capture.display();
    for line in [
        format!("{shown}:61: /prompt: \"What to show\" became nothing in the spec\n"),
        format!("{shown}:65: /prompt: \"At most 2500 characters\" became \"maxLength\": 2500\n"),
        "/voice_ids: \"generate_audio must be true when this parameter is given\" became the rule \"Voices need generated audio.\"\n".to_owned(),
    ] {
        assert!(outcome.stdout.contains(&line), "{line}{}", outcome.stdout);
    }
    let file = spec.path().join("reviewed/kling-v3-text-to-video.json");
    assert!(
        outcome.stdout.ends_with(&format!("{}: 25 sentences recorded, 0 forgotten\n", file.display())),
        "{outcome:#?}"
    );
    let text = memory(spec.path());
    assert!(!text.contains("show") && !text.contains("must"), "{text}");
    // In the order of the page, and the same again.
    let place = |name: &str| text.find(&format!("\"{name}\"")).expect("the parameter");
    assert!(place("request") < place("/model") && place("/prompt") < place("/voice_ids"), "{text}");
    let again = run(&capture, spec.path(), &[]);
    assert!(again.stdout.ends_with(": 0 sentences recorded, 0 forgotten\n"), "{again:#?}");
    assert_eq!(memory(spec.path()), text);
}

#[test]
fn one_parameter_or_one_sentence_can_be_accepted() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    accept(&pages(), spec.path());
    let path = edited(folder.path(), "Who speaks", "Who speaks, and how");
    let path = {
        let text = fs::read_to_string(&path).expect("the capture").replace("What to show", "What to see");
        fs::write(&path, text).expect("a file");
        path
    };
    let outcome = run(&path, spec.path(), &["voice_ids", "--as", "description"]);
    assert!(outcome.stdout.contains("\"Who speaks, and how\" became the description\n"), "{outcome:#?}");
    let (_, pages) = checked(std::slice::from_ref(&path), Some(spec.path()));
    let left: Vec<_> =
        pages[0]["sentences"].as_array().expect("a list").iter().map(|it| it["parameter"].as_str()).collect();
    assert_eq!(left, [Some("/prompt")]);
    let outcome = run(&path, spec.path(), &["/prompt", "--line", "61", "--as", "none"]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    run(&path, spec.path(), &["prompt"]);
    let (outcome, pages) = checked(&[path], Some(spec.path()));
    assert!(outcome.code == Some(0) && is_quiet(&pages[0]), "{:#}", pages[0]);
}

#[test]
fn nothing_is_accepted_while_the_structure_differs() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    let path = edited(folder.path(), "default:720p", "default:1080p");
    for more in [&[][..], &["resolution"]] {
        let outcome = run(&path, spec.path(), more);
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        assert!(outcome.stderr.contains("/resolution: the default is \"1080p\" on the page"), "{outcome:#?}");
    }
    assert!(!spec.path().join("reviewed").exists());
    assert_eq!(run(&path, spec.path(), &["prompt"]).code, Some(0), "the structure of another parameter is right");
}

#[test]
fn a_keyword_without_a_field_needs_a_sentence() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    accept(&pages(), spec.path());
    let path = edited(folder.path(), "Maximum 2 voices", "Two voices at most");
    let outcome = run(&path, spec.path(), &["voice_ids", "--as", "none"]);
    assert_eq!(outcome.code, Some(0), "the old sentence became maxItems: {outcome:#?}");
    let (_, pages) = checked(std::slice::from_ref(&path), Some(spec.path()));
    let message = pages[0]["findings"][0]["message"].as_str().unwrap_or_default();
    assert_eq!(message, "maxItems is 2 in the spec; no field of the page gives it");
    let refused = run(&path, spec.path(), &["voice_ids"]);
    assert!(refused.stderr.contains("accept that sentence with `--as maxItems`"), "{refused:#?}");
    let outcome = run(&path, spec.path(), &["voice_ids", "--line", "144", "--as", "maxItems"]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let (outcome, pages) = checked(&[path], Some(spec.path()));
    assert!(outcome.code == Some(0) && is_quiet(&pages[0]), "{:#}", pages[0]);
}

#[test]
fn a_contradiction_is_accepted_like_a_sentence() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    let path = edited(folder.path(), "default:16:9", "default:21:9");
    let (outcome, pages) = checked(std::slice::from_ref(&path), Some(spec.path()));
    assert_eq!(outcome.code, Some(1));
    let message = pages[0]["contradictions"][0]["message"].as_str().unwrap_or_default();
    assert_eq!(message, "the page contradicts itself: its default \"21:9\" is not one of its options");
    assert_eq!(pages[0]["findings"], serde_json::json!([]), "a spec cannot have such a default");
    let outcome = run(&path, spec.path(), &["aspect_ratio"]);
    let shown = path.display();
    let line = format!("{shown}:110: /aspect_ratio: accepted: {message}\n");
    assert!(outcome.stdout.contains(&line), "{outcome:#?}");
    assert!(outcome.stdout.contains(" sentences and 1 contradiction recorded, 0 forgotten\n"), "{outcome:#?}");
    accept(std::slice::from_ref(&path), spec.path());
    let (outcome, pages) = checked(&[path], Some(spec.path()));
    assert!(outcome.code == Some(0) && is_quiet(&pages[0]), "{:#}", pages[0]);
}

#[test]
fn what_is_not_there_is_refused() {
    let (spec, capture) = (specs(), captures("captures").join(PAGE));
    for (more, message) in [
        (&["nothing"][..], "the page has no sentence about `/nothing`"),
        (&["prompt", "--line", "1"], "the page has no sentence about `/prompt` on line 1"),
        (&["prompt", "--as", "maxItems"], "the spec has no \"maxItems\" there"),
        (&["prompt", "--as", "allOf/9"], "the spec has no \"allOf/9\" there"),
        (&["prompt", "--page", "../up"], "there is no spec named \"../up\""),
    ] {
        let outcome = run(&capture, spec.path(), more);
        assert!(outcome.code == Some(1) && outcome.stderr.contains(message), "{outcome:#?}");
    }
    assert!(!spec.path().join("reviewed").exists());
}

/// A rule that leaves the spec leaves the sentence behind it without an outcome.
#[test]
fn an_outcome_that_the_spec_lost_is_found() {
    let spec = specs();
    accept(&pages(), spec.path());
    let text = memory(spec.path()).replace("\"allOf/0\"", "\"allOf/7\"");
    fs::write(spec.path().join("reviewed/kling-v3-text-to-video.json"), text).expect("the memory");
    let (_, pages) = checked(&[captures("captures").join(PAGE)], Some(spec.path()));
    let found = &pages[0]["findings"][0];
    assert_eq!((found["topic"].as_str(), found["line"].as_u64()), (Some("review"), Some(145)), "{found:#}");
    fs::write(spec.path().join("reviewed/kling-v3-text-to-video.json"), "{").expect("the memory");
    let outcome = docs([
        "check".as_ref(),
        captures("captures").join(PAGE).as_os_str(),
        "--spec".as_ref(),
        spec.path().as_os_str(),
    ]);
    assert!(
        outcome.code == Some(1) && outcome.stderr.contains("kling-v3-text-to-video.json` cannot be read: line 1"),
        "{outcome:#?}"
    );
}

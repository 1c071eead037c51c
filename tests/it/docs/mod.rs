//! `cargo xtask docs` on captures written for these tests: pages of the present specs in every format that a capture
//! may have, and pages of model families that do not exist.

mod accept;
mod fetch;
mod garbage;
mod new;
mod reviewed;
mod seeded;

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use foxapi_tests::{SOME_FAMILIES, copy_specs, workspace};
use serde_json::Value;
use tempfile::TempDir;

/// What a command said and how it ended.
#[derive(Debug)]
struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `cargo xtask docs …`.
fn docs(arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> Outcome {
    let output = crate::commands().arg("docs").args(arguments).output().expect("the program can be started");
    Outcome {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("text"),
        stderr: String::from_utf8(output.stderr).expect("text"),
    }
}

/// A capture of this module, or a folder of them.
fn captures(name: &str) -> PathBuf {
    workspace().join("tests/it/docs").join(name)
}

/// A copy of the workspace's spec files, of the pages those of some families.
fn specs() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy_specs(folder.path(), &SOME_FAMILIES).expect("the files can be copied");
    folder
}

/// The pages that `docs check --json` reports.
fn checked(captures: &[PathBuf], spec: Option<&Path>) -> (Outcome, Vec<Value>) {
    let mut arguments = vec!["check".into(), "--json".into()];
    arguments.extend(captures.iter().map(|path| path.clone().into_os_string()));
    if let Some(spec) = spec {
        arguments.extend(["--spec".into(), spec.into()]);
    }
    let outcome = docs(arguments);
    let pages = serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}\n{outcome:#?}"));
    (outcome, pages)
}

/// Records every sentence of captures as reviewed.
fn accept(captures: &[PathBuf], spec: &Path) {
    for capture in captures {
        let outcome = docs(["accept".as_ref(), capture.as_os_str(), "--spec".as_ref(), spec.as_os_str()]);
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    }
}

/// The captures of pages that have specs, in the order in which a folder lists them.
fn pages() -> [PathBuf; 5] {
    [
        "kling-o3-image-to-video.zh.md",
        "kling-o3-image-to-video.zh.txt",
        "kling-v3-motion-control.json",
        "kling-v3-text-to-video.txt",
        "veo-3.1-image-to-video.md",
    ]
    .map(|name| captures("captures").join(name))
}

/// A page without anything that somebody has to look at.
fn is_quiet(page: &Value) -> bool {
    ["findings", "contradictions", "sentences"].iter().all(|list| page[list] == serde_json::json!([]))
}

#[test]
fn pages_that_say_what_their_specs_say_have_no_findings_in_any_shape() {
    let spec = specs();
    let (outcome, found) = checked(&pages(), Some(spec.path()));
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let formats: Vec<_> = found.iter().map(|page| (page["page"].as_str(), page["format"].as_str())).collect();
    assert_eq!(
        formats,
        [
            (Some("kling-o3-image-to-video"), Some("markdown")),
            (Some("kling-o3-image-to-video"), Some("text")),
            (Some("kling-v3-motion-control"), Some("openapi")),
            (Some("kling-v3-text-to-video"), Some("text")),
            (Some("veo-3.1-image-to-video"), Some("markdown")),
        ]
    );
    for page in found {
        assert!(is_quiet(&page) && page["never_reviewed"].as_u64() > Some(0), "{page:#}");
    }
}

/// A page that nobody has reviewed is one line, not an alarm for each of its sentences.
#[test]
fn a_page_that_was_never_reviewed_is_one_line() {
    let (spec, path) = (specs(), captures("captures/kling-v3-motion-control.json"));
    let check = |more: &[&str]| {
        let mut arguments = vec!["check".as_ref(), path.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()];
        arguments.extend(more.iter().map(OsStr::new));
        docs(arguments)
    };
    let shown = path.display();
    let outcome = check(&[]);
    let expected = format!(
        "{shown}: kling-v3-motion-control (openapi)\n\
         \x20 never reviewed in English: 5 sentences; `--all` lists them, `docs accept` records them\n\
         \x20 not checked: responses and headers: specs describe requests\n\
         \x20 no findings\n\n1 page, no findings\n"
    );
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), expected.as_str()), "{outcome:#?}");
    let all = check(&["--all"]);
    assert!(
        all.stdout.contains(&format!("{shown}:59: /character_orientation: says \"Which way to face\"\n")),
        "{all:#?}"
    );
}

#[test]
fn findings_are_lines_with_both_places() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    accept(&[captures("captures/kling-v3-motion-control.json")], spec.path());
    let path = folder.path().join("kling-v3-motion-control.json");
    let page = fs::read_to_string(captures("captures/kling-v3-motion-control.json")).expect("the capture");
    let page =
        page.replace("\"default\": \"std\"", "\"default\": \"pro\"").replace("Which way to face", "Where to look");
    let page = page.replace("\"default\": \"yes\"", "\"default\": \"maybe\"");
    fs::write(&path, page).expect("the capture can be written");
    let outcome = docs(["check".as_ref(), path.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let file = foxapi_tests::spec_file(spec.path(), "kling-v3-motion-control.json");
    let (path, file) = (path.display(), file.display());
    let expected = [
        format!("{path}:51: /mode: the default is \"pro\" on the page and \"std\" in the spec ({file}:"),
        format!(
            "{path}:67: /keep_original_sound: the page contradicts itself: its default \"maybe\" is not one of its options ({file}:"
        ),
        format!(
            "{path}:59: /character_orientation: changed sentence: \"Where to look\"; the old one became nothing in the spec\n"
        ),
    ];
    for line in expected {
        assert!(outcome.stdout.contains(&line), "{line}\n{}", outcome.stdout);
    }
    let totals = "1 finding, 1 contradiction, 1 sentence to review";
    assert!(outcome.stdout.ends_with(&format!("\n1 page, {totals}\n")), "{outcome:#?}");
    assert!(outcome.stderr.ends_with(&format!("error: {totals}\n")), "{outcome:#?}");
}

/// What a sentence had become is given in the words of the spec.
#[test]
fn a_sentence_that_is_gone_names_the_rule_behind_it() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    let capture = captures("captures/kling-v3-text-to-video.txt");
    accept(std::slice::from_ref(&capture), spec.path());
    let path = folder.path().join("kling-v3-text-to-video.txt");
    let text = fs::read_to_string(&capture).expect("the capture");
    let text = text.replace("  • generate_audio must be true when this parameter is given\n", "");
    fs::write(&path, text.replace("Maximum 2 voices", "Maximum 3 voices")).expect("a file");
    let outcome = docs(["check".as_ref(), path.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let gone = "/voice_ids: a sentence is gone; it became the rule \"Voices need generated audio.\" (";
    let changed = "/voice_ids: changed sentence: \"Maximum 3 voices\"; the old one became \"maxItems\": 2 (";
    assert!(outcome.stdout.contains(gone) && outcome.stdout.contains(changed), "{}", outcome.stdout);
}

#[test]
fn a_capture_of_another_name_is_known_by_its_models() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    let path = folder.path().join("page.txt");
    fs::copy(captures("captures/kling-v3-text-to-video.txt"), &path).expect("the capture can be copied");
    let (outcome, pages) = checked(&[path], Some(spec.path()));
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert_eq!(pages[0]["page"], "kling-v3-text-to-video");
}

//! Seeded edits of captures, as data: each change of what a page says is found at its line, and nothing else is; what
//! changes only markup, spacing or order stays quiet. All of it after the captures as they are were accepted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use super::{accept, captures, checked, docs, is_quiet, pages, specs};

/// A change of one thing on a page.
#[derive(Deserialize)]
struct Edit {
    capture: String,
    /// The list that has it: `findings`, `contradictions` or `sentences`.
    list: String,
    /// Its topic, or whether the sentence is new, changed or gone.
    what: String,
    parameter: String,
    old: String,
    new: String,
    /// It is expected where this stands first in the edited capture.
    at: String,
    /// Other parameters that the edit touches.
    #[serde(default)]
    also: Vec<String>,
}

/// A change that means nothing.
#[derive(Deserialize)]
struct Harmless {
    capture: String,
    old: String,
    new: String,
    everywhere: bool,
}

fn cases<T: for<'a> Deserialize<'a>>(name: &str) -> Vec<T> {
    let text = fs::read_to_string(captures("cases").join(name)).expect("the cases");
    serde_json::from_str(&text).expect("cases as the type has them")
}

/// The folder of a capture: pages that have specs, or invented ones.
fn folder_of(capture: &str) -> &'static str {
    if captures("captures").join(capture).exists() { "captures" } else { "invented" }
}

fn read(capture: &str) -> String {
    fs::read_to_string(captures(folder_of(capture)).join(capture)).expect("the capture")
}

/// A folder of specs in which every capture was reviewed as it is; of an invented page, the spec is begun first.
fn reviewed(invented: Option<&str>) -> TempDir {
    let spec = specs();
    match invented {
        None => accept(&pages(), spec.path()),
        Some(capture) => {
            let path = captures("invented").join(capture);
            let outcome = docs(["new".as_ref(), path.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
            assert_eq!(outcome.code, Some(0), "{outcome:#?}");
            accept(&[path], spec.path());
        }
    }
    spec
}

fn write(folder: &Path, number: usize, capture: &str, text: &str) -> PathBuf {
    let path = folder.join(number.to_string()).join(capture);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("the capture can be written");
    path
}

/// The line on which something stands first.
fn line_of(text: &str, at: &str) -> usize {
    let place = text.find(at).unwrap_or_else(|| panic!("there is no {at:?}"));
    text[..place].matches('\n').count() + 1
}

/// Everything that is listed of a page: the list, what it is, the parameter, the line.
fn listed(page: &Value) -> Vec<(String, String, String, u64)> {
    let mut found = Vec::new();
    for list in ["findings", "contradictions", "sentences"] {
        for entry in page[list].as_array().expect("a list") {
            let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            let what = if list == "sentences" { text("change") } else { text("topic") };
            found.push((list.to_owned(), what, text("parameter"), entry["line"].as_u64().expect("a line")));
        }
    }
    found
}

fn check_edits(edits: &[Edit], spec: &Path) {
    let folder = TempDir::new().expect("a temporary folder");
    let mut paths = Vec::new();
    let mut lines = Vec::new();
    for (number, edit) in edits.iter().enumerate() {
        let text = read(&edit.capture);
        assert!(text.contains(&edit.old), "{} has no {:?}", edit.capture, edit.old);
        let text = text.replacen(&edit.old, &edit.new, 1);
        lines.push(u64::try_from(line_of(&text, &edit.at)).expect("a number"));
        paths.push(write(folder.path(), number, &edit.capture, &text));
    }
    let (_, pages) = checked(&paths, Some(spec));
    let mut wrong = Vec::new();
    for ((edit, path), line) in edits.iter().zip(&paths).zip(lines) {
        let shown = path.display().to_string();
        let page = pages.iter().find(|page| page["capture"] == shown).expect("the page");
        let Edit { capture, list, what, parameter, old, new, also, .. } = edit;
        if page.get("error").is_some() {
            wrong.push(format!("{capture}: {old:?} to {new:?}: {page}"));
            continue;
        }
        let listed = listed(page);
        let is_found = listed.contains(&(list.clone(), what.clone(), parameter.clone(), line));
        let is_own = |it: &str| it == parameter || it.starts_with(&format!("{parameter}/"));
        let is_meant = |it: &str| is_own(it) || also.iter().any(|other| it == other);
        if !is_found || !listed.iter().all(|(_, _, about, _)| is_meant(about)) {
            wrong.push(format!("{capture}: {old:?} to {new:?}: {list} {what} {parameter} {line}, but {listed:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn edits_of_every_kind_are_found_and_nothing_else_is() {
    let edits: Vec<Edit> = cases("edits.json");
    assert!(edits.len() >= 150, "{}", edits.len());
    let (own, invented): (Vec<Edit>, Vec<Edit>) =
        edits.into_iter().partition(|edit| folder_of(&edit.capture) == "captures");
    check_edits(&own, reviewed(None).path());
    for capture in ["lumen-2-shots.txt", "lumen-2-shots.yaml", "orbit-2-video.md"] {
        let edits: Vec<Edit> = cases("edits.json");
        let edits: Vec<Edit> = edits.into_iter().filter(|edit| edit.capture == capture).collect();
        assert!(invented.iter().any(|edit| edit.capture == capture));
        check_edits(&edits, reviewed(Some(capture)).path());
    }
}

#[test]
fn edits_of_markup_spacing_and_order_stay_quiet() {
    let (spec, folder) = (reviewed(None), TempDir::new().expect("a temporary folder"));
    let edits: Vec<Harmless> = cases("harmless.json");
    assert!(edits.len() >= 40, "{}", edits.len());
    let mut paths = Vec::new();
    for (number, Harmless { capture, old, new, everywhere }) in edits.iter().enumerate() {
        let text = read(capture);
        assert!(text.contains(old), "{capture} has no {old:?}");
        let text = if *everywhere { text.replace(old, new) } else { text.replacen(old, new, 1) };
        paths.push(write(folder.path(), number, capture, &text));
    }
    let (outcome, pages) = checked(&paths, Some(spec.path()));
    assert_eq!(pages.len(), paths.len());
    let found: Vec<_> = pages.iter().filter(|page| !is_quiet(page)).collect();
    assert!(found.is_empty() && outcome.code == Some(0), "{found:#?}");
}

/// A page is reviewed once, whether a browser copied it or it is the page's Markdown.
#[test]
fn a_sentence_is_the_same_in_a_copy_and_in_markdown() {
    let forms =
        ["kling-o3-image-to-video.zh.md", "kling-o3-image-to-video.zh.txt"].map(|it| captures("captures").join(it));
    for (seen, other) in [(0, 1), (1, 0)] {
        let spec = specs();
        accept(&forms[seen..=seen], spec.path());
        let (outcome, pages) = checked(&forms[other..=other], Some(spec.path()));
        assert!(outcome.code == Some(0) && is_quiet(&pages[0]) && pages[0]["never_reviewed"] == 0, "{:#}", pages[0]);
    }
}

/// In both languages and in all shapes.
#[test]
fn what_was_accepted_is_quiet() {
    let spec = reviewed(None);
    let (outcome, pages) = checked(&pages(), Some(spec.path()));
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    for page in pages {
        assert!(is_quiet(&page) && page["never_reviewed"] == 0, "{page:#}");
    }
    for capture in ["lumen-2-shots.txt", "lumen-2-shots.yaml", "nova-1-mix.txt", "orbit-2-video.md"] {
        let spec = reviewed(Some(capture));
        let (outcome, pages) = checked(&[captures("invented").join(capture)], Some(spec.path()));
        assert!(outcome.code == Some(0) && is_quiet(&pages[0]), "{capture}: {:#}", pages[0]);
    }
}

/// A new topic of findings needs an edit that leads to it.
#[test]
fn every_kind_of_finding_has_an_edit() {
    let source = fs::read_to_string(foxapi_tests::workspace().join("xtask/docs/src/finding.rs")).expect("the source");
    let words = source.lines().filter_map(|line| line.trim().split_once(" = \"")?.1.strip_suffix("\","));
    let words: Vec<&str> = words.collect();
    assert!(words.contains(&"options"), "{words:?}");
    let edits: Vec<Edit> = cases("edits.json");
    // Another order is seeded below, and a review that fits no spec among the tests of `accept`.
    let missing: Vec<_> = words
        .into_iter()
        .filter(|word| !["order", "review"].contains(word) && edits.iter().all(|edit| edit.what != *word))
        .collect();
    assert_eq!(missing, [""; 0]);
    for change in ["new", "changed", "gone"] {
        assert!(edits.iter().any(|edit| edit.list == "sentences" && edit.what == change), "{change}");
    }
}

/// Captures with a parameter that stands elsewhere: which, and where what is moved begins, ends, and goes.
const MOVES: [(&str, &str, [&str; 3]); 4] = [
    ("kling-v3-text-to-video.txt", "/negative_prompt", ["negative_prompt\n", "aspect_ratio\n", "voice_ids\n"]),
    ("kling-o3-image-to-video.zh.txt", "/shot_type", ["shot_type\n", "multi_prompt\nobject", "image_url\nstring"]),
    ("veo-3.1-image-to-video.md", "/seed", ["        seed:\n", "````\n", "        duration:\n"]),
    (
        "kling-v3-motion-control.json",
        "/mode",
        ["          \"mode\": {\n", "          \"prompt\": {\n", "          \"image_url\": {\n"],
    ),
];

#[test]
fn a_parameter_that_stands_elsewhere_is_found() {
    let (spec, folder) = (reviewed(None), TempDir::new().expect("a temporary folder"));
    for (number, (capture, parameter, [start, end, before])) in MOVES.into_iter().enumerate() {
        let text = read(capture);
        let begin = text.find(start).expect("the beginning");
        let length = text[begin..].find(end).expect("the end");
        let (moved, rest) = (&text[begin..begin + length], [&text[..begin], &text[begin + length..]].concat());
        let text = rest.replacen(before, &format!("{moved}{before}"), 1);
        let path = write(folder.path(), number, capture, &text);
        let (_, pages) = checked(&[path], Some(spec.path()));
        let line = u64::try_from(line_of(&text, start)).expect("a number");
        let expected = ("findings".to_owned(), "order".to_owned(), parameter.to_owned(), line);
        assert_eq!(listed(&pages[0]), [expected], "{capture}");
    }
}

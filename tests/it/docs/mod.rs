//! `cargo xtask docs` on captures written for these tests: pages of the present specs in every shape that a capture
//! may have, and a page of a model family that does not exist.

mod edits;
mod fetch;
mod garbage;
mod new;
mod notes;

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use foxapi_tests::{copy_specs, workspace};
use serde_json::Value;
use tempfile::TempDir;

/// What a command said and how it ended.
#[derive(Debug)]
struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `cargo xtask docs …`, as the alias does.
fn docs(arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> Outcome {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--package", "xtask", "--", "docs"])
        .args(arguments)
        .current_dir(workspace())
        .output()
        .expect("cargo can be started");
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

/// A copy of the workspace's spec files.
fn specs() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    copy_specs(folder.path()).expect("the files can be copied");
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

#[test]
fn pages_that_say_what_their_specs_say_have_no_findings_in_any_shape() {
    let (outcome, pages) = checked(&[captures("captures")], None);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let found: Vec<_> = pages.iter().map(|page| (page["page"].as_str(), page["shape"].as_str())).collect();
    assert_eq!(
        found,
        [
            (Some("kling-o3-image-to-video"), Some("text")),
            (Some("kling-o3-reference-to-video"), Some("lossy")),
            (Some("kling-v3-motion-control"), Some("openapi")),
            (Some("kling-v3-text-to-video"), Some("text")),
            (Some("veo-3.1-image-to-video"), Some("markdown")),
        ]
    );
    for page in pages {
        assert_eq!(page["findings"], serde_json::json!([]), "{page:#}");
    }
}

#[test]
fn what_a_capture_does_not_show_is_said() {
    let (_, pages) = checked(&[captures("captures/kling-o3-reference-to-video.txt")], None);
    let notes = pages[0]["not_checked"].as_array().expect("notes");
    assert!(
        notes.iter().any(|note| note.as_str().is_some_and(|it| it.contains("this copy has lost them"))),
        "{notes:?}"
    );
    let (_, pages) = checked(&[captures("captures/kling-v3-text-to-video.txt")], None);
    let expected = serde_json::json!([
        "labels for maxItems of `voice_ids`: the words alone state them (line 144)",
        "the properties of `multi_prompt`: the page does not show them",
        "what line 81 says of `resolution`: 4k — largest (a tier of its own, whatever generate_audio says)",
        "the answer of the server, and headers: specs of requests do not describe them",
    ]);
    assert_eq!(pages[0]["not_checked"], expected);
}

#[test]
fn findings_are_lines_with_both_places() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("kling-v3-motion-control.json");
    let page = fs::read_to_string(captures("captures/kling-v3-motion-control.json")).expect("the capture");
    fs::write(&path, page.replace("\"default\": \"std\"", "\"default\": \"pro\"")).expect("the capture can be written");
    let outcome = docs(["check".as_ref(), path.as_os_str()]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let path = path.display();
    let expected = format!(
        "{path}: kling-v3-motion-control (OpenAPI)\n\
         {path}:51: /mode: the default is \"pro\" on the page and \"std\" in the spec (spec/video/kling/kling-v3-motion-control.json:39:7)\n\
         \x20 not checked: the answer of the server, and headers: specs of requests do not describe them\n\
         \n1 page, 1 finding\n"
    );
    assert_eq!(outcome.stdout, expected);
    assert_eq!(outcome.stderr, "error: 1 difference between pages and specs\n");
}

#[test]
fn a_capture_of_another_name_is_known_by_its_models() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("page.txt");
    fs::copy(captures("captures/kling-v3-text-to-video.txt"), &path).expect("the capture can be copied");
    let (outcome, pages) = checked(&[path], None);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert_eq!(pages[0]["page"], "kling-v3-text-to-video");
}

#[test]
fn other_words_are_no_findings() {
    let changes = [
        ("kling-v3-text-to-video.txt", "How sharp the picture is", "Size of the picture, in lines"),
        ("kling-v3-text-to-video.txt", "720p — small", "720p — for small screens"),
        ("kling-v3-text-to-video.txt", "At most 2500 characters", "No more than 2500 characters, please"),
        ("kling-v3-text-to-video.txt", "Maximum 2 voices", "Two voices at most"),
        ("kling-v3-text-to-video.txt", "Available values:\n\n  • 5 — short (default)\n  • 10 — long", "Options: 5, 10"),
        ("kling-v3-text-to-video.txt", "\"A paper boat drifts down a gutter\"", "\"A kite\""),
        ("kling-v3-text-to-video.txt", "0 <= x <= 100", "0 <= x <= 10"),
        ("kling-v3-text-to-video.txt", "progress\ninteger", "progress\nnumber"),
        ("kling-o3-image-to-video.zh.txt", "时长(秒),3-15", "视频长度,至少 3 秒,最多 15 秒"),
        ("kling-o3-image-to-video.zh.txt", "最长 2500 字符", "不超过 2500 个字符"),
        ("kling-o3-image-to-video.zh.txt", "非必须不要传这个参数。", "如无必要请不要使用。"),
        ("veo-3.1-image-to-video.md", "veo-3.1-fast-image-to-video: faster", "veo-3.1-fast-image-to-video: quick"),
        (
            "veo-3.1-image-to-video.md",
            "Do not pass this parameter unless necessary.",
            "Leave it out unless you need it.",
        ),
        ("kling-v3-motion-control.json", "as in the image (default)", "like the image (default)"),
    ];
    let folder = TempDir::new().expect("a temporary folder");
    let paths = changes.iter().enumerate().map(|(number, (capture, old, new))| {
        let text = fs::read_to_string(captures("captures").join(capture)).expect("the capture");
        assert!(text.contains(old), "{capture} has no {old:?}");
        let path = folder.path().join(number.to_string()).join(capture);
        fs::create_dir(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text.replace(old, new)).expect("the capture can be written");
        path
    });
    let (outcome, pages) = checked(&paths.collect::<Vec<_>>(), None);
    assert_eq!(pages.len(), changes.len());
    let found: Vec<_> = pages.iter().filter(|page| page["findings"] != serde_json::json!([])).collect();
    assert!(found.is_empty() && outcome.code == Some(0), "{found:#?}");
}

/// Browsers differ in what they copy; what the page says is the same.
#[test]
fn copies_of_other_browsers_are_no_findings() {
    type Change = fn(&str) -> String;
    let changes: [Change; 10] = [
        |text| text.replace('\n', "\r\n"),
        |text| text.replace("\n\n", "\n"),
        |text| text.replace('\n', "\n\n"),
        |text| text.replace("  • ", "- "),
        |text| text.replace(" — ", ": "),
        |text| text.replace("\nBody\n", "\n#### \u{200b}Body\n").replace("\nResponse\n", "\n#### \u{200b}Response\n"),
        |text| text.replace("\nrequired\n", "required\n").replace("\ndefault:", "default:"),
        |text| text.replace("\nstring", " string").replace("\ninteger", " integer"),
        |text| text.replace("Example:\n\n", "Example: "),
        |text| format!("Home\nSearch...\nBody\n{text}Suggest edits\nPowered by Mintlify\n"),
    ];
    let folder = TempDir::new().expect("a temporary folder");
    let mut paths = Vec::new();
    for capture in ["kling-v3-text-to-video.txt", "kling-o3-image-to-video.zh.txt"] {
        let text = fs::read_to_string(captures("captures").join(capture)).expect("the capture");
        for (number, change) in changes.iter().enumerate() {
            let path = folder.path().join(format!("{number}-{capture}"));
            fs::write(&path, change(&text)).expect("the capture can be written");
            paths.push(path);
        }
    }
    let (outcome, pages) = checked(&paths, None);
    assert_eq!(pages.len(), paths.len());
    let found: Vec<_> = pages.iter().filter(|page| page["findings"] != serde_json::json!([])).collect();
    assert!(found.is_empty() && outcome.code == Some(0), "{found:#?}\n{}", outcome.stderr);
}

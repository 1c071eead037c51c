//! `docs new`: a spec that says what the page says, and that the generator takes.

use std::{fs, path::Path};

use foxapi_codegen::{check, generate};
use foxapi_tests::{sources, spec_file, spec_files};

use super::{captures, checked, docs, specs};

/// Begins a spec in a folder of specs.
fn begin(capture: &Path, spec: &Path, more: &[&str]) -> super::Outcome {
    let mut arguments = vec!["new".as_ref(), capture.as_os_str(), "--spec".as_ref(), spec.as_os_str()];
    arguments.extend(more.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
    docs(arguments)
}

const ACCEPTED: &str = "`cargo xtask codegen` accepts it as is, `--check` once the TODOs are gone\n";

#[test]
fn a_spec_that_was_begun_says_what_its_page_says_and_generates() {
    let pages = [
        ("captures/kling-v3-text-to-video.txt", "kling-v3-text-to-video"),
        ("captures/kling-o3-image-to-video.zh.txt", "kling-o3-image-to-video"),
        ("captures/kling-o3-image-to-video.zh.md", "kling-o3-image-to-video"),
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
        assert!(outcome.stdout.ends_with(ACCEPTED), "{outcome:#?}");
        generate(&sources(spec.path()).expect("the specs can be read")).expect("the specs are right");

        let (outcome, pages) = checked(&[capture], Some(spec.path()));
        assert_eq!(pages[0]["findings"], serde_json::json!([]), "{outcome:#?}");
    }
}

/// No sentence becomes a fact, and none is lost: each is a TODO at its parameter.
#[test]
fn every_sentence_is_a_todo() {
    let spec = specs();
    let outcome = begin(&captures("invented/nova-1-mix.txt"), spec.path(), &[]);
    assert!(outcome.stdout.ends_with(ACCEPTED), "{outcome:#?}");
    let text = fs::read_to_string(spec_file(spec.path(), "nova-1-mix.json")).expect("the spec");
    insta::assert_snapshot!("nova-1-mix", text);
    let root: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for (parameter, sentence) in [
        ("prompt", "要看到什么，最多 800 个字符"),
        ("prompt", "prompt 与 image_urls 至少传一个"),
        ("image_urls", "要求: 1-4 张"),
        ("size", "清晰度，默认为 `720p`，可选 720p、1080p"),
        ("sound", "仅 1080p 可用"),
    ] {
        let comment = root["properties"][parameter]["$comment"].as_str().unwrap_or_default();
        let sentence = sentence.replace('`', "");
        assert!(comment.contains(&format!("TODO: the page says: {sentence}")), "{parameter}: {comment}");
    }
    assert!(root.get("allOf").is_none() && root["properties"]["image_urls"].get("maxItems").is_none(), "{text}");
}

/// A draft is not merged before a person has decided what it leaves open.
#[test]
fn codegen_refuses_a_spec_with_a_todo() {
    let (spec, out) = (specs(), tempfile::TempDir::new().expect("a temporary folder"));
    let check = |more: &[&str]| {
        let mut command = crate::commands();
        command.arg("codegen").args(more).arg("--spec").arg(spec.path()).arg("--out").arg(out.path());
        let output = command.output().expect("the program can be started");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    begin(&captures("invented/lumen-2-shots.txt"), spec.path(), &[]);
    assert_eq!(check(&[]).0, Some(0));
    let (code, message) = check(&["--check"]);
    assert_eq!(code, Some(1), "{message}");
    let place =
        format!("{}:6:3: TODO: say what the request makes", spec_file(spec.path(), "lumen-2-shots.json").display());
    assert!(message.starts_with(&place), "{message}");
    assert!(message.contains("TODOs left in the spec files"), "{message}");
}

/// Drafts that once said what their page does not.
#[test]
fn a_draft_states_nothing_that_the_page_does_not() {
    let spec = specs();
    let draft = |capture: &str, slug: &str| -> serde_json::Value {
        let address = format!("https://docs.foxapi.cc/{slug}");
        let outcome = begin(&captures("invented").join(capture), spec.path(), &["--slug", slug, "--docs", &address]);
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
        let text = fs::read_to_string(spec_file(spec.path(), &format!("{slug}.json"))).expect("the spec");
        serde_json::from_str(&text).expect("JSON")
    };
    // What limits in words apply to is not interpreted.
    let picture = draft("pictures.md", "picture-1");
    let images = &picture["properties"]["image_urls"];
    assert!(images.get("maxItems").is_none(), "{images:#}");
    let comment = images["$comment"].as_str().unwrap_or_default();
    for sentence in ["At most 14 pictures in a request", "No more than 4 of them show real people"] {
        assert!(comment.contains(&format!("TODO: the page says: {sentence}")), "{comment}");
    }
    let masks = &picture["properties"]["mask_urls"];
    assert!(
        masks["$comment"].as_str().is_some_and(|it| it.contains("TODO: the page says: Give one mask")),
        "{masks:#}"
    );
    // Values that a browser ran together are not values.
    let glued = &picture["properties"]["ratio"];
    assert!(glued.get("oneOf").is_none(), "{glued:#}");
    assert!(
        glued["$comment"].as_str().is_some_and(|it| it.contains("TODO: the page says: 2:13:21:116:9")),
        "{glued:#}"
    );
    // No description is another page's.
    for (name, parameter) in picture["properties"].as_object().expect("parameters") {
        let description = parameter["description"].as_str().unwrap_or_default();
        assert_eq!(description.to_lowercase().replace(' ', "_").trim_end_matches('.'), name);
    }
    check(&sources(spec.path()).expect("the specs can be read")).expect("the generator takes the draft");
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
    assert!(outcome.stderr.contains("already exists, and is not overwritten"), "{outcome:#?}");
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
}

/// Nothing is written outside the folder of its group.
#[test]
fn names_that_lead_elsewhere_are_refused() {
    let spec = specs();
    let before = spec_files(spec.path()).expect("the specs").len();
    for (more, message) in [
        (["--slug", "../up"], "cannot be the name of a spec file"),
        (["--slug", "x..y"], "cannot be the name of a spec file"),
        (["--slug", "a/b"], "cannot be the name of a spec file"),
        (["--slug", ""], "cannot be the name of a spec file"),
        (["--family", "../up"], "cannot be the name of a family"),
        (["--family", "/tmp"], "cannot be the name of a family"),
        (["--family", "veo3.1"], "cannot be the name of a family"),
    ] {
        let outcome = begin(&captures("invented/lumen-2-shots.txt"), spec.path(), &more);
        assert!(outcome.code == Some(1) && outcome.stderr.contains(message), "{more:?}: {outcome:#?}");
    }
    assert_eq!(spec_files(spec.path()).expect("the specs").len(), before);
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
    let is_right = check(&sources(spec.path()).expect("the specs can be read")).is_ok();
    assert_eq!(is_right, !outcome.stdout.contains("before `cargo xtask codegen` accepts it, decide:"), "{outcome:#?}");
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

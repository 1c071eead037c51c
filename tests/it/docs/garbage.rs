//! Files that are not a page, or not just one: each gets a clear error, and the other captures are still checked.

use std::fs;

use tempfile::TempDir;

use super::{captures, checked, docs, specs};

/// Checks one file, and gives what was said about it.
fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("the capture can be written");
    let outcome = docs(["check".as_ref(), path.as_os_str()]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stderr.ends_with("error: 1 capture cannot be checked\n"), "{outcome:#?}");
    outcome.stderr.replace(&path.display().to_string(), name)
}

fn capture(name: &str) -> String {
    fs::read_to_string(captures("captures").join(name)).expect("the capture")
}

/// The text up to a place, which is cut off with it.
fn cut<'a>(text: &'a str, at: &str) -> &'a str {
    text.split_once(at).expect("the place").0
}

#[test]
fn files_that_are_no_text_are_refused() {
    assert!(refused("a.txt", b"").starts_with("a.txt: the file is empty\n"));
    assert!(refused("a.txt", b" \r\n\xef\xbb\xbf\n").starts_with("a.txt: the file is empty\n"));
    assert!(refused("a.txt", b"\xff\xfeP\0O\0").starts_with("a.txt: the file is not UTF-8 text\n"));
    assert!(refused("a.png", b"PNG\0\0\0").starts_with("a.png: the file is not text"));
    assert!(refused("a.html", b"<!DOCTYPE html><html></html>").starts_with("a.html: the file is HTML\n"));
}

#[test]
fn texts_that_are_no_page_are_refused() {
    let no_page = "not the documentation page of a request";
    assert!(refused("a.txt", b"Dear reader,\nhow are you?\n").contains(no_page));
    assert!(refused("a.md", b"# Title\n\nWords.\n\n```yaml\nkey: value\n```\n").contains(no_page));
    assert!(refused("a.json", b"{\"a\": 1}").contains("not an OpenAPI document"));
    let no_body = "no operation that takes a JSON body";
    assert!(refused("a.json", b"{\"openapi\": \"3.1.0\", \"paths\": {}}").contains(no_body));
    assert!(refused("a.json", b"{\"swagger\": \"2.0\", \"paths\": {}}").contains("not an OpenAPI document"));
    let broken = refused("a.json", b"{\"openapi\": \"3.1.0\",,}");
    assert!(broken.starts_with("a.json:1: the OpenAPI document cannot be read"), "{broken}");
}

#[test]
fn a_page_of_another_site_is_refused() {
    for (name, line) in [("kling-v3-text-to-video.txt", 11), ("veo-3.1-image-to-video.md", 16)] {
        let other = capture(name).replace("api.foxapi.cc", "api.example.com");
        let said = refused(name, other.as_bytes());
        assert!(said.starts_with(&format!("{name}:{line}: this is a page about api.example.com")), "{said}");
    }
}

#[test]
fn a_page_without_a_spec_leads_to_the_command_that_begins_one() {
    let said = refused("lumen.txt", &fs::read(captures("invented/lumen-2-shots.txt")).expect("the capture"));
    let expected = "lumen.txt:31: no spec describes this page; it names lumen-2-shots, lumen-2-shots-turbo\n";
    assert!(said.starts_with(expected), "{said}");
    assert!(said.contains("cargo xtask docs new"), "{said}");
}

#[test]
fn a_page_under_the_name_of_another_is_refused() {
    let said = refused("veo-3.1-image-to-video.txt", capture("kling-v3-text-to-video.txt").as_bytes());
    let expected = "named after veo-3.1-image-to-video, but its models are those of kling-v3-text-to-video";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_page_that_breaks_off_is_refused() {
    let text = capture("kling-v3-text-to-video.txt");
    let said = refused("kling-v3-text-to-video.txt", cut(&text, "voice_ids\nstring[]").as_bytes());
    assert!(said.contains("the page is cut off: no response section follows after `duration`"), "{said}");
    let said = refused("kling-v3-text-to-video.txt", cut(&text, "\"duration\": 10").as_bytes());
    assert!(said.contains("no parameters were found"), "{said}");

    let markdown = capture("veo-3.1-image-to-video.md");
    let said = refused("veo-3.1-image-to-video.md", cut(&markdown, "        duration:").as_bytes());
    assert!(said.contains("the page ends inside its OpenAPI block"), "{said}");

    let json = capture("kling-v3-motion-control.json");
    let said = refused("kling-v3-motion-control.json", cut(&json, "\"mode\": {").as_bytes());
    assert!(said.contains("the OpenAPI document cannot be read: EOF"), "{said}");

    let yaml = fs::read_to_string(captures("invented/lumen-2-shots.yaml")).expect("the capture");
    let said = refused("lumen-2-shots.yaml", cut(&yaml, "      responses:").as_bytes());
    assert!(said.contains("no operation that takes a JSON body"), "{said}");
}

#[test]
fn two_pages_in_one_file_are_refused() {
    let (one, another) = (capture("kling-v3-text-to-video.txt"), capture("kling-o3-image-to-video.zh.txt"));
    let markdown = capture("veo-3.1-image-to-video.md");
    let doubled = [format!("{one}\n{another}"), format!("{another}\n{one}"), one.repeat(2), markdown.repeat(2)];
    for text in doubled {
        let said = refused("a.txt", text.as_bytes());
        assert!(said.contains("several pages in one file"), "{said}");
    }
    let json = capture("kling-v3-motion-control.json");
    let get = "\"get\": {";
    let post = "\"post\": { \"requestBody\": { \"content\": { \"application/json\": { \"schema\": \
                { \"$ref\": \"#/components/schemas/Request\" } } } },";
    assert!(json.contains(get));
    let said = refused("a.json", json.replace(get, post).as_bytes());
    assert!(said.contains("several pages in one file"), "{said}");
    assert!(refused("a.json", json.repeat(2).as_bytes()).contains("trailing characters"));
}

/// What is left of a page without its names cannot be compared by anybody.
#[test]
fn a_copy_that_lost_its_names_is_refused() {
    let lossy = capture("kling-o3-reference-to-video.txt");
    for text in [lossy.as_str(), cut(&lossy, "Seconds, 3-15")] {
        let said = refused("kling-o3-reference-to-video.txt", text.as_bytes());
        assert!(said.contains("this copy has lost the names of the parameters"), "{said}");
        assert!(said.contains("fetch the page's Markdown with `cargo xtask docs fetch`"), "{said}");
    }
}

/// Pipes and devices never end, and no page is large: they are refused at once.
#[test]
fn files_without_end_are_refused() {
    let folder = TempDir::new().expect("a temporary folder");
    let pipe = folder.path().join("pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let large = folder.path().join("large.md");
    fs::File::create(&large).and_then(|file| file.set_len(20 * 1024 * 1024 + 1)).expect("a file");
    let spec = specs();
    for (path, message) in [
        (pipe.as_path(), "this is not a file that could be a page"),
        (std::path::Path::new("/dev/zero"), "this is not a file that could be a page"),
        (large.as_path(), "the file is too large to be a page"),
    ] {
        for command in ["check", "new", "accept"] {
            let outcome = docs([command.as_ref(), path.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
            assert!(outcome.code == Some(1) && outcome.stderr.contains(message), "{command}: {outcome:#?}");
        }
    }
}

/// A small text that unfolds to a large one.
#[test]
fn documents_that_explode_are_refused() {
    let capture = capture("veo-3.1-image-to-video.md");
    let levels = |level: &dyn Fn(usize) -> String| (1..40).map(level).collect::<String>();
    let aliases = levels(&|it| format!("  l{it}: &l{it} [*l{}, *l{}]\n", it - 1, it - 1));
    let aliases = capture.replacen("components:\n", &format!("bomb:\n  l0: &l0 [1]\n{aliases}components:\n"), 1);
    let said = refused("veo-3.1-image-to-video.md", aliases.as_bytes());
    assert!(said.contains("the OpenAPI block cannot be read: alias expansion"), "{said}");
    let references = levels(&|it| {
        let below = format!("{{ $ref: '#/components/schemas/L{}' }}", it - 1);
        format!("    L{it}: {{ properties: {{ a: {below}, b: {below} }} }}\n")
    });
    let request = "      properties:\n        model:";
    let references = capture
        .replacen("  schemas:\n", &format!("  schemas:\n    L0: {{ type: object }}\n{references}"), 1)
        .replacen(request, "      properties:\n        deep: { $ref: '#/components/schemas/L39' }\n        model:", 1);
    let said = refused("veo-3.1-image-to-video.md", references.as_bytes());
    assert!(said.contains("the references of this schema expand to too many schemas"), "{said}");
}

/// A spec that the generator refuses affects only its own page.
#[test]
fn a_broken_spec_does_not_hide_the_others() {
    let spec = specs();
    fs::write(foxapi_tests::spec_file(spec.path(), "veo-3.1-image-to-video.json"), "{ \"x-endpoint\": 1 }")
        .expect("a file");
    fs::write(spec.path().join("half.json"), "{").expect("a file");
    let captures = ["kling-v3-text-to-video.txt", "veo-3.1-image-to-video.md"].map(|it| captures("captures").join(it));
    let (outcome, pages) = checked(&captures, Some(spec.path()));
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert_eq!(pages[0]["findings"], serde_json::json!([]), "{pages:#?}");
    assert_eq!(pages[1]["capture"].as_str(), captures[1].to_str());
    let message = pages[1]["error"]["message"].as_str().unwrap_or_default();
    assert!(
        message.starts_with("the spec of veo-3.1-image-to-video has problems") && message.contains(".json:1:"),
        "{message}"
    );
    let capture = super::captures("invented/lumen-2-shots.txt");
    let outcome = docs(["new".as_ref(), capture.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    assert!(foxapi_tests::spec_file(spec.path(), "lumen-2-shots.json").exists());
}

#[test]
fn one_bad_capture_does_not_hide_the_findings_of_others() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("a.txt"), "").expect("a file");
    let text = capture("kling-v3-text-to-video.txt").replace("default:720p", "default:4k");
    fs::write(folder.path().join("kling-v3-text-to-video.txt"), text).expect("a file");
    let spec = specs();
    let outcome = docs(["check".as_ref(), folder.path().as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.stdout.contains("the default is \"4k\" on the page and \"720p\" in the spec"), "{outcome:#?}");
    let last = "error: 1 finding; 1 capture cannot be checked\n";
    assert!(outcome.stderr.ends_with(last), "{outcome:#?}");
}

/// In a folder of captures, too, what is not a file is reported, and the others are checked.
#[test]
fn a_folder_may_hold_what_is_no_file() {
    let (spec, folder) = (specs(), TempDir::new().expect("a temporary folder"));
    let capture = super::captures("captures/kling-v3-text-to-video.txt");
    fs::copy(capture, folder.path().join("kling-v3-text-to-video.txt")).expect("the capture can be copied");
    let (pipe, link) = (folder.path().join("pipe.md"), folder.path().join("link.md"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    std::os::unix::fs::symlink("nowhere", &link).expect("a link");
    let (outcome, pages) = checked(&[folder.path().to_owned()], Some(spec.path()));
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert_eq!(pages[0]["page"], "kling-v3-text-to-video");
    for (path, message) in [(pipe, "this is not a file that could be a page"), (link, "cannot be read: ")] {
        assert!(outcome.stderr.contains(&format!("{}: {message}", path.display())), "{outcome:#?}");
    }
    assert!(outcome.stderr.ends_with("error: 2 captures cannot be checked\n"), "{outcome:#?}");
}

/// More than any page has would take long to compare.
#[test]
fn pages_without_end_are_refused() {
    let parameters: String = (0..2_000).map(|at| format!("a{at}\nstring\n\n")).collect();
    let said = refused("kling-v3-text-to-video.txt", format!("Body\n{parameters}Response\n").as_bytes());
    assert!(said.contains(":3002: there are too many parameters for a page"), "{said}");
    let properties: Vec<String> = (0..6_000).map(|at| format!("\"a{at}\": {{}}")).collect();
    let text = capture("kling-v3-motion-control.json");
    let text = text.replacen("\"mode\": {", &format!("{}, \"mode\": {{", properties.join(", ")), 1);
    let said = refused("kling-v3-motion-control.json", text.as_bytes());
    assert!(said.contains("expand to too many schemas"), "{said}");
}

#[test]
fn a_capture_that_is_not_there_does_not_hide_the_others() {
    let folder = TempDir::new().expect("a temporary folder");
    let there = super::captures("captures/kling-v3-motion-control.json");
    let text = super::captures("captures/kling-v3-text-to-video.txt");
    let spec = specs();
    let (outcome, pages) = checked(&[there, folder.path().join("none.txt"), text], Some(spec.path()));
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let shown: Vec<_> = pages.iter().map(|page| page["page"].as_str()).collect();
    assert_eq!(shown, [Some("kling-v3-motion-control"), Some("kling-v3-text-to-video"), None]);
    let message = pages[2]["error"]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("cannot be read: "), "{message}");
    assert!(outcome.stderr.contains("none.txt: cannot be read: "), "{outcome:#?}");
}

/// OpenAPI requires responses only before 3.1: there, a document without them has lost its end.
#[test]
fn a_document_of_openapi_3_1_needs_no_responses() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("kling-v3-motion-control.json");
    let whole = capture("kling-v3-motion-control.json");
    let text = whole.replace("\"responses\": { \"200\": { \"description\": \"A task\" } }\n", "\"summary\": \"A\"\n");
    assert_ne!(text, whole);
    fs::write(&path, &text).expect("a file");
    let (outcome, _) = checked(std::slice::from_ref(&path), None);
    assert!(outcome.stderr.contains("has no responses: the document is cut off"), "{outcome:#?}");
    fs::write(&path, text.replace("3.0.3", "3.1.0")).expect("a file");
    let spec = specs();
    let (outcome, pages) = checked(&[path], Some(spec.path()));
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let notes = pages[0]["not_checked"].to_string();
    assert!(notes.contains("whether the document is complete: POST /videos/generations has no responses"), "{notes}");
}

#[test]
fn programs_are_told_as_well() {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("kling-v3-text-to-video.txt");
    let text = capture("kling-v3-text-to-video.txt");
    fs::write(&path, cut(&text, "Response\n")).expect("a file");
    let (outcome, pages) = checked(&[path], None);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert_eq!(pages[0]["error"]["line"], 161, "{pages:#?}");
    assert!(
        pages[0]["error"]["message"].as_str().is_some_and(|it| it.starts_with("the page is cut off")),
        "{pages:#?}"
    );
}

#[test]
fn a_wrong_command_line_says_so() {
    assert_eq!(docs(["check"]).code, Some(2));
    let outcome = docs(["check", "--page", "nothing", "README.md"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("there is no spec named \"nothing\""), "{outcome:#?}");
    let outcome = docs(["check", "not/there.txt"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.starts_with("not/there.txt: cannot be read: "), "{outcome:#?}");
}

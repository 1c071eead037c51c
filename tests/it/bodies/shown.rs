//! The bodies in the documentation of requests are valid.

use foxapi_models::{AnyRequest, Request};
use foxapi_tests::workspace;

/// The text between two markers.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split_once(start)?.1.split_once(end).map(|(inside, _)| inside)
}

#[test]
fn every_request_shows_a_body_that_is_valid_for_it() {
    let generated = workspace().join("foxapi-models/src/generated");
    let mut wrong = Vec::new();
    for page in AnyRequest::pages() {
        let name = format!("{}.rs", page.slug.replace(['-', '.'], "_"));
        let path = walk(&generated).into_iter().find(|path| path.ends_with(&name)).unwrap_or_else(|| panic!("{name}"));
        let text = std::fs::read_to_string(path).expect("a module");
        let shown = between(&text, "/// ```json\n", "/// ```\n").unwrap_or_default();
        let body: String = shown.lines().map(|line| line.trim_start_matches("///")).collect();
        match AnyRequest::from_json(&body) {
            Ok(request) if request.page().slug == page.slug => {}
            Ok(request) => wrong.push(format!("{}: a body of {}", page.slug, request.page().slug)),
            Err(error) => wrong.push(format!("{}: {error}: {body}", page.slug)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All files in a folder and below it.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

use super::*;

#[test]
fn a_page_is_named_by_its_file() {
    let cases = [
        ("a/kling-v3.txt", "kling-v3"),
        ("veo-3.1.zh.txt", "veo-3.1"),
        ("zh-sora-2.md", "sora-2"),
        ("sora-2.openapi.json", "sora-2"),
        ("veo-3.1", "veo-3.1"),
    ];
    for (file, slug) in cases {
        assert_eq!(slug_of(Path::new(file)), slug);
    }
}

#[test]
fn documentation_and_api_are_of_one_site() {
    assert_eq!(site("docs.example.com"), site("api.example.com"));
    assert_ne!(site("docs.example.com"), site("docs.example.org"));
}

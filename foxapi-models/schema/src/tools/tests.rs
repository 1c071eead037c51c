use super::*;

fn schema(text: &str) -> Object {
    Json::parse(text).ok().as_ref().and_then(Json::as_object).cloned().unwrap_or_default()
}

fn page(description: &str, rules: usize, more: &str) -> Object {
    let rules: Vec<String> = (0..rules).map(|at| format!(r#"{{"description": "The rule number {at}."}}"#)).collect();
    schema(&format!(
        r#"{{"description": "{description}", "type": "object", "required": ["model"], "additionalProperties": false,
            "properties": {{"model": {{"description": "Model.", "oneOf": [{{"const": "one"}}, {{"const": "two"}}]}}{more}}},
            "allOf": [{}]}}"#,
        rules.join(", ")
    ))
}

#[test]
fn names_have_letters_that_every_provider_takes() {
    for (slug, expected) in
        [("kling-v3-text-to-video", "kling_v3_text_to_video"), ("veo-3.1", "veo_3_1"), ("3d-model", "make_3d_model")]
    {
        assert_eq!(name(slug), expected);
    }
    assert_eq!(name(&"long-".repeat(20)).len(), 64);
}

#[test]
fn a_description_without_room_for_rules_sends_them_to_the_model() {
    let page = page(&"It makes something. ".repeat(60), 30, "");
    for provider in Provider::ALL {
        let ToolDefinition { tool, notes } = definition(provider, "page", "https://docs.example.com/page", &page);
        let text = Json::Object(tool.clone()).to_line();
        assert!(text.contains("The rule number 29."), "{}: nothing is lost", provider.name());
        let inner = ["function", "toolSpec"].iter().find_map(|name| tool.get(name)?.as_object());
        let function = inner.unwrap_or(&tool);
        let description = function.text("description").unwrap_or_default();
        match provider.longest_description() {
            Some(most) => {
                assert!(description.chars().count() <= most && !notes.is_empty(), "{description}");
                assert!(description.contains("something.\n\nThe description of `model`"), "{description}");
            }
            None => assert!(description.contains("- The rule number 29.") && notes.is_empty(), "{notes:?}"),
        }
    }
}

#[test]
fn what_strict_mode_has_not_is_not_strict_and_noted() {
    let deep = (0..11).fold(r#"{"type": "string"}"#.to_owned(), |inner, _| {
        format!(r#"{{"type": "object", "additionalProperties": false, "properties": {{"in": {inner}}}}}"#)
    });
    let values: Vec<String> = (0..1001).map(|value| format!(r#""{value}""#)).collect();
    let long: Vec<String> = (0..251).map(|value| format!(r#""{value:060}""#)).collect();
    for (more, reason) in [
        (r#", "free": {"type": "object", "additionalProperties": true}"#.to_owned(), "properties of any name"),
        (r#", "any": {"description": "Anything."}"#.to_owned(), "of any type"),
        (format!(r#", "deep": {deep}"#), "12 levels"),
        (format!(r#", "many": {{"enum": [{}]}}"#, values.join(",")), "values in lists"),
        (format!(r#", "long": {{"enum": [{}]}}"#, long.join(",")), "a list of 251 values"),
    ] {
        let ToolDefinition { tool, notes } =
            definition(Provider::OpenAi, "page", "https://x", &page("Page.", 0, &more));
        assert_eq!(tool.get("strict"), Some(&Json::Boolean(false)), "{reason}");
        assert!(notes.iter().any(|note| note.starts_with("page: not strict: ") && note.contains(reason)), "{notes:?}");
    }
    let ToolDefinition { tool, notes } = definition(Provider::OpenAi, "page", "https://x", &page("Page.", 2, ""));
    assert_eq!((tool.get("strict"), notes.len()), (Some(&Json::Boolean(true)), 0));
}

#[test]
fn properties_that_a_provider_cannot_name_are_left_out_and_noted() {
    let page = page("Page.", 0, r#", "a b": {"type": "string"}, "c.d": {"type": "string"}"#);
    for (provider, left_out) in [(Provider::Anthropic, vec!["a b"]), (Provider::Gemini, vec!["a b", "c.d"])] {
        let ToolDefinition { tool, notes } = definition(provider, "page", "https://x", &page);
        assert_eq!(notes.len(), left_out.len(), "{notes:?}");
        for name in left_out {
            assert!(!Json::Object(tool.clone()).to_line().contains(&format!("\"{name}\"")), "{name}");
        }
    }
}

#[test]
fn a_request_has_so_many_tools() {
    assert_eq!(too_many(Provider::OpenAi, 128), None);
    assert!(too_many(Provider::OpenAi, 129).is_some_and(|reason| reason.contains("129")));
    assert_eq!(too_many(Provider::Mcp, 1000), None);
}

#[test]
fn some_models_of_a_page_have_what_they_take_alone() {
    let page = page(
        "Page.",
        0,
        r#", "own": {"type": "string", "x-models": ["one"]}, "other": {"type": "string", "x-models": ["two"]},
            "size": {"oneOf": [{"const": "s"}, {"const": "l", "x-models": ["two"]}]}"#,
    );
    let one = Json::Object(narrow(&page, &["one"])).to_line();
    for (text, is_there) in [
        (r#""const": "one""#, true),
        (r#""const": "two""#, false),
        (r#""own""#, true),
        (r#""other""#, false),
        (r#""const": "l""#, false),
        ("x-models", false),
    ] {
        assert_eq!(one.contains(text), is_there, "{text}: {one}");
    }
    let both = Json::Object(narrow(&page, &["one", "two"])).to_line();
    assert!(both.contains(r#""x-models": ["one"]"#) && both.contains(r#""const": "l""#), "{both}");
}

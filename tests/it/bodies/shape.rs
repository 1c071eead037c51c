//! Rules for the bodies of all pages: JSON syntax, the model, unknown and repeated keys, and messages.

use foxapi_models::{AnyRequest, Keyword, Request};
use serde_json::{Value, json};

use super::{
    BAD_URLS, Fault, GOOD_URLS, URL, check_fail, check_fail_text, check_ok, check_ok_text, read, refused, refuses,
    with, without,
};

/// Private text in a body, which must never come back.
const PRIVATE: &str = "Quixotic umbrella";

fn text_to_video() -> Value {
    json!({ "model": "kling-v3-text-to-video", "prompt": "rain falls into a pond" })
}

/// The smallest body of a model.
fn smallest(model: &str) -> Value {
    super::pages::smallest().remove(model).expect("a documented model")
}

/// The only violation of a body.
#[track_caller]
fn only_fault(name: &str, body: &Value) -> Fault {
    let mut faults = refused(name, &body.to_string());
    assert_eq!(faults.len(), 1, "{name}: {faults:#?}");
    faults.remove(0)
}

/// Checks that the message of the only violation contains each of the parts.
#[track_caller]
fn says(name: &str, body: &Value, parts: &[&str]) {
    let fault = only_fault(name, body);
    for part in parts {
        assert!(fault.message.contains(part), "{name}: no {part:?} in {fault:?}");
    }
}

#[test]
fn text_that_is_not_json() {
    let syntax = &[("", "syntax")];
    check_fail_text("nothing", "", syntax);
    check_fail_text("blank", " \n", syntax);
    check_fail_text("a bare word", "hello", syntax);
    check_fail_text("an object left open", r#"{"model": "kling-v3-text-to-video", "prompt": "rain""#, syntax);
    check_fail_text("text left open", r#"{"model": "kling-v3-text-to-video", "prompt": "rain}"#, syntax);
    check_fail_text("a comma at the end", r#"{"model": "kling-v3-text-to-video", "prompt": "rain",}"#, syntax);
    check_fail_text("a comma forgotten", r#"{"model": "kling-v3-text-to-video" "prompt": "rain"}"#, syntax);
    check_fail_text("single quotes", "{'model': 'kling-v3-text-to-video', 'prompt': 'rain'}", syntax);
    check_fail_text("a key without quotes", r#"{model: "kling-v3-text-to-video", "prompt": "rain"}"#, syntax);
    check_fail_text("a comment", r#"{"model": "kling-v3-text-to-video", "prompt": "rain" /* wet */}"#, syntax);
    check_fail_text("no number", r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "duration": NaN}"#, syntax);
    check_fail_text(
        "a zero in front",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "duration": 05}"#,
        syntax,
    );
    check_fail_text(
        "a line break in text",
        "{\"model\": \"kling-v3-text-to-video\", \"prompt\": \"rain\nsnow\"}",
        syntax,
    );
    check_fail_text("text after the end", &format!("{} x", text_to_video()), syntax);
    check_fail_text("two bodies", &format!("{0}\n{0}", text_to_video()), syntax);
}

#[test]
fn json_that_is_no_object() {
    for text in ["null", "true", "5", "1.5", "[]", "\"kling-v3-text-to-video\""] {
        check_fail_text(text, text, &[("", "type")]);
    }
    check_fail("a body in a list", json!([text_to_video()]), &[("", "type")]);
}

#[test]
fn whitespace_and_order_mean_nothing() {
    check_ok_text(
        "spread out, model last",
        "\r\n\t { \"duration\" : 10 ,\n \"prompt\" : \"rain\" , \"model\" : \"kling-v3-text-to-video\" } \n",
    );
    check_ok_text("packed", r#"{"model":"kling-v3-text-to-video","prompt":"rain"}"#);
    check_ok_text(
        "keys and values with escapes",
        r#"{"mod\u0065l":"kling\u002dv3-text-to-video","prompt":"\u6cb3 \ud83e\udd8a"}"#,
    );
}

#[test]
fn every_model_of_the_pages_is_known() {
    for (model, body) in super::pages::smallest() {
        check_ok(model, body);
    }
}

#[test]
fn model_is_required() {
    check_fail_text("an empty object", "{}", &[("/model", "required")]);
    for (model, body) in super::pages::smallest() {
        let name = format!("{model}, model left out");
        // Nothing else is reported: without a model there is no page to judge by.
        check_fail(&name, without(body, "/model"), &[("/model", "required")]);
    }
}

#[test]
fn model_is_text() {
    for (model, body) in super::pages::smallest() {
        let others =
            [Value::Null, json!(5), json!(3.1), json!(true), json!([]), json!([model]), json!({ "id": model })];
        refuses(&body, "/model", "type", others);
    }
}

#[test]
fn unknown_models_are_refused() {
    for model in [
        "",
        " ",
        "kling",
        "fox-9",
        "kling-v3-text-to-scent",
        "KLING-V3-TEXT-TO-VIDEO",
        "Kling V3 Text-to-Video",
        "kling-v3-text-to-video ",
        "kling_v3_text_to_video",
        "kling-v2.6-motion-control",
        "veo-3-1-image-to-video",
        "veo-3.1-text-to-scent",
    ] {
        check_fail(model, with(text_to_video(), "/model", json!(model)), &[("/model", "enum")]);
    }
}

#[test]
fn a_model_close_to_a_known_one_is_suggested() {
    for (written, meant) in [
        ("kling-v3-text-to-vidoe", "kling-v3-text-to-video"),
        ("kling-o3-imge-to-video", "kling-o3-image-to-video"),
        ("kling-o3-refrence-to-video", "kling-o3-reference-to-video"),
        ("kling-v2.6-motion-control", "kling-v2-6-motion-control"),
        ("kling-v3-motion-contol", "kling-v3-motion-control"),
        ("veo-3.1-lite-image-to-vide", "veo-3.1-lite-image-to-video"),
        ("veo-3.1-fast-image-to-vido", "veo-3.1-fast-image-to-video"),
    ] {
        says(written, &with(text_to_video(), "/model", json!(written)), &[meant, " documented models;"]);
    }
}

#[test]
fn an_unknown_key_is_refused_whatever_its_value() {
    let smallest = super::pages::smallest();
    for value in [json!(1), json!("text"), json!(true), json!([]), json!({ "prompt": 5 }), Value::Null] {
        for (model, body) in &smallest {
            check_fail(
                model,
                with(body.clone(), "/no_such_key", value.clone()),
                &[("/no_such_key", "additionalProperties")],
            );
        }
    }
}

#[test]
fn keys_are_known_by_their_exact_spelling() {
    for key in ["Duration", "DURATION", "duration ", "durations", "aspectRatio", "aspect-ratio", "_", "model_"] {
        refuses(&text_to_video(), &format!("/{key}"), "additionalProperties", [5]);
    }
}

#[test]
fn a_key_close_to_a_known_one_is_suggested() {
    for (written, meant) in [
        ("resolutoin", "resolution"),
        ("generat_audio", "generate_audio"),
        ("negative_promt", "negative_prompt"),
        ("aspectRatio", "aspect_ratio"),
        ("duratoin", "duration"),
        ("voice_id", "voice_ids"),
        ("mutli_prompt", "multi_prompt"),
    ] {
        says(written, &with(text_to_video(), &format!("/{written}"), json!("720p")), &["did you mean", meant]);
    }
}

#[test]
fn a_nested_key_close_to_a_known_one_is_suggested() {
    let segments = with(text_to_video(), "/multi_prompt", json!([{ "prompt": "a", "duration": 5, "duratoin": 5 }]));
    says("in a segment", &segments, &["did you mean", "duration"]);

    let element = json!({
        "frontal_image_url": "https://example.com/front.jpg",
        "reference_image_urls": [],
        "vidoe_url": "https://example.com/turn.mp4"
    });
    let elements = json!({ "model": "kling-o3-reference-to-video", "elements": [element] });
    says("in an element", &elements, &["did you mean", "video_url"]);
}

#[test]
fn a_key_close_to_none_gets_no_suggestion() {
    let fault = only_fault("far from all", &with(text_to_video(), "/xylophone", json!(1)));
    assert!(!fault.message.to_lowercase().contains("did you mean"), "{fault:?}");
}

#[test]
fn keys_are_escaped_in_paths() {
    for (key, path) in [
        ("", "/"),
        ("a/b", "/a~1b"),
        ("m~n", "/m~0n"),
        ("~1", "/~01"),
        ("/", "/~1"),
        ("a b", "/a b"),
        ("0", "/0"),
        ("河", "/河"),
        ("\"", "/\""),
        ("prompt/0", "/prompt~10"),
    ] {
        let mut body = text_to_video();
        body[key] = json!(1);
        check_fail(key, body, &[(path, "additionalProperties")]);
    }
    let nested = json!([{ "prompt": "a", "duration": 5, "x/y": 1 }]);
    check_fail(
        "in a segment",
        with(text_to_video(), "/multi_prompt", nested),
        &[("/multi_prompt/0/x~1y", "additionalProperties")],
    );
}

#[test]
fn a_repeated_key_is_refused() {
    check_fail_text(
        "two values",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "prompt": "snow"}"#,
        &[("/prompt", "duplicate-key")],
    );
    check_fail_text(
        "the same value twice",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "duration": 5, "duration": 5}"#,
        &[("/duration", "duplicate-key")],
    );
    check_fail_text(
        "the model",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "model": "kling-v3-text-to-video"}"#,
        &[("/model", "duplicate-key")],
    );
    check_fail_text(
        "next to an unknown model",
        r#"{"model": "kling-v3-text-to-video", "prompt": {"a": 1, "a": 2}, "model": "fox-9"}"#,
        &[("/model", "enum"), ("/model", "duplicate-key"), ("/prompt/a", "duplicate-key")],
    );
    check_fail_text(
        "without a model",
        r#"{"prompt": "rain", "prompt": "snow"}"#,
        &[("/model", "required"), ("/prompt", "duplicate-key")],
    );
    check_fail_text(
        "null next to a value",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "voice_ids": null, "voice_ids": null}"#,
        &[("/voice_ids", "duplicate-key")],
    );
    check_fail_text(
        "spelt with an escape",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "\u0070rompt": "rain"}"#,
        &[("/prompt", "duplicate-key")],
    );
    check_fail_text(
        "two keys",
        r#"{"model": "kling-v3-text-to-video", "prompt": "rain", "duration": 5, "prompt": "rain", "duration": 5}"#,
        &[("/prompt", "duplicate-key"), ("/duration", "duplicate-key")],
    );
}

#[test]
fn a_repeated_nested_key_is_refused() {
    check_fail_text(
        "in the second segment",
        r#"{"model": "kling-o3-image-to-video", "image_url": "https://example.com/a.jpg",
            "multi_prompt": [{"prompt": "a", "duration": 2}, {"prompt": "b", "duration": 3, "prompt": "b"}]}"#,
        &[("/multi_prompt/1/prompt", "duplicate-key")],
    );
    check_fail_text(
        "in an element",
        r#"{"model": "kling-o3-reference-to-video", "elements": [{
            "frontal_image_url": "https://example.com/a.jpg", "reference_image_urls": [], "reference_image_urls": []}]}"#,
        &[("/elements/0/reference_image_urls", "duplicate-key")],
    );
}

#[test]
fn a_repeated_key_hides_no_other_fault() {
    check_fail_text(
        "top level and nested, next to faults of values",
        r#"{"model": "kling-o3-image-to-video", "image_url": "a.jpg", "duration": 5, "duration": 5, "camera": 1,
            "resolution": "480p", "multi_prompt": [{"prompt": "a", "prompt": "a", "duration": 5}, {"duration": 0}]}"#,
        &[
            ("/image_url", URL),
            ("/duration", "duplicate-key"),
            ("/camera", "additionalProperties"),
            ("/resolution", "enum"),
            ("/multi_prompt/0/prompt", "duplicate-key"),
            ("/multi_prompt/1/prompt", "required"),
            ("/multi_prompt/1/duration", "minimum"),
        ],
    );
}

#[test]
fn the_same_key_in_different_objects_is_no_repetition() {
    check_ok_text(
        "prompt and duration at three places",
        r#"{"model": "kling-v3-text-to-video", "prompt": "a", "duration": 10,
            "multi_prompt": [{"prompt": "a", "duration": 5}, {"prompt": "a", "duration": 5}]}"#,
    );
}

#[test]
fn unknown_keys_are_told_at_every_depth() {
    check_fail(
        "in the body, in each element and in each segment",
        json!({
            "model": "kling-o3-reference-to-video",
            "elements": [
                { "frontal_image_url": "https://example.com/a.jpg", "reference_image_urls": [], "x": 1, "y": 2 },
                { "frontal_image_url": "https://example.com/b.jpg", "reference_image_urls": [], "x": 1 }
            ],
            "multi_prompt": [{ "prompt": "a", "duration": 1, "x": 1 }, { "prompt": "b", "duration": 1, "y": 1 }],
            "x": 1,
            "y": { "x": 1 }
        }),
        &[
            ("/elements/0/x", "additionalProperties"),
            ("/elements/0/y", "additionalProperties"),
            ("/elements/1/x", "additionalProperties"),
            ("/multi_prompt/0/x", "additionalProperties"),
            ("/multi_prompt/1/y", "additionalProperties"),
            ("/x", "additionalProperties"),
            ("/y", "additionalProperties"),
        ],
    );
}

#[test]
fn the_tenth_item_has_its_own_path() {
    let mut segments = vec![json!({ "prompt": "a", "duration": 1 }); 12];
    segments[9] = json!({ "prompt": 9, "duration": 1 });
    segments[11] = json!({ "prompt": "a", "duration": "1" });
    let body = with(smallest("kling-o3-image-to-video"), "/multi_prompt", json!(segments));
    check_fail(
        "indices of two digits",
        body,
        &[("/multi_prompt/9/prompt", "type"), ("/multi_prompt/11/duration", "type")],
    );
}

#[test]
fn limits_and_findings_are_in_the_message() {
    let image = smallest("kling-o3-image-to-video");
    says("too long", &with(image.clone(), "/prompt", json!("河".repeat(2501))), &["2500", "2501"]);
    says("too much", &with(image.clone(), "/duration", json!(16)), &["15", "16"]);
    says("too little", &with(image.clone(), "/duration", json!(2)), &["3", "2"]);
    says("no option", &with(image, "/resolution", json!("480p")), &["720p", "1080p", "4k", "480p"]);
    says("no option among numbers", &with(text_to_video(), "/duration", json!(7)), &["5", "10", "7"]);
    let voices = with(text_to_video(), "/generate_audio", json!(true));
    says("too many", &with(voices, "/voice_ids", json!(["a", "b", "c"])), &["2", "3"]);
    let sum = json!([{ "prompt": "a", "duration": 3 }, { "prompt": "b", "duration": 4 }]);
    says("no sum", &with(text_to_video(), "/multi_prompt", sum), &["7", "5"]);
}

#[test]
fn models_that_have_a_parameter_are_in_the_message() {
    let lite = smallest("veo-3.1-lite-image-to-video");
    let fast = smallest("veo-3.1-fast-image-to-video");
    let both = &["veo-3.1-image-to-video", "veo-3.1-fast-image-to-video"];
    says("for two models", &with(lite.clone(), "/safety_tolerance", json!(3)), both);
    says("for one model", &with(lite, "/enhance_prompt", json!(true)), &["veo-3.1-image-to-video"]);
    says("for one model", &with(fast, "/person_generation", json!("allow_adult")), &["veo-3.1-image-to-video"]);
}

#[test]
fn addresses_are_absolute_and_of_the_web() {
    let body = smallest("kling-o3-image-to-video");
    for (name, url) in GOOD_URLS {
        check_ok(name, with(body.clone(), "/image_url", json!(url)));
    }
    for (name, url) in BAD_URLS {
        check_fail(name, with(body.clone(), "/image_url", json!(url)), &[("/image_url", URL)]);
    }
}

/// Text is limited by code points, not by bytes or perceived characters.
#[test]
fn lengths_are_counted_in_code_points() {
    let body = text_to_video();
    let (family, accented) = ("👩\u{200d}👧", "e\u{301}");
    for text in ["x".repeat(2500), "🦊".repeat(2500), accented.repeat(1250), format!("{}x", family.repeat(833))] {
        check_ok("at the limit", with(body.clone(), "/prompt", json!(text)));
        check_fail("over it", with(body.clone(), "/prompt", json!(format!("{text}z"))), &[("/prompt", "maxLength")]);
    }
}

#[test]
fn free_text_is_never_echoed() {
    let long = format!("{PRIVATE} {}", "x".repeat(2500));
    let image = smallest("kling-o3-image-to-video");
    let segment = json!({ "prompt": PRIVATE, "duration": 5 });
    let bodies = [
        ("too long", with(image.clone(), "/prompt", json!(long))),
        ("too long, of another page", with(text_to_video(), "/prompt", json!(long))),
        ("next to segments", with(with(image.clone(), "/prompt", json!(PRIVATE)), "/multi_prompt", json!([segment]))),
        ("in a list", with(text_to_video(), "/prompt", json!([PRIVATE]))),
        ("in an object", with(text_to_video(), "/prompt", json!({ "text": PRIVATE }))),
        ("negative, in a list", with(text_to_video(), "/negative_prompt", json!([PRIVATE]))),
        ("in a segment that has no duration", with(image.clone(), "/multi_prompt", json!([{ "prompt": PRIVATE }]))),
        ("in place of a segment", with(image.clone(), "/multi_prompt", json!([PRIVATE]))),
        ("in place of the segments", with(image.clone(), "/multi_prompt", json!(PRIVATE))),
        (
            "of segments with another sum",
            with(with(image.clone(), "/duration", json!(6)), "/multi_prompt", json!([segment])),
        ),
        ("under a misspelt key", with(image, "/promt", json!(PRIVATE))),
        ("without a model", json!({ "prompt": PRIVATE })),
        ("with an unknown model", json!({ "model": "kling", "prompt": PRIVATE })),
        ("next to another fault", json!({ "model": "veo-3.1-image-to-video", "prompt": PRIVATE, "seed": 1.5 })),
        ("as the whole body", json!(PRIVATE)),
        ("in a list as the whole body", json!([PRIVATE])),
    ];
    for (name, body) in bodies {
        never_echoed(name, &body.to_string());
    }
    never_echoed("before a fault of syntax", &format!(r#"{{"prompt": "{PRIVATE}", }}"#));
    never_echoed("left open", &format!(r#"{{"prompt": "{PRIVATE}"#));
    never_echoed("without quotes", PRIVATE);
    never_echoed(
        "twice",
        &format!(r#"{{"model": "kling-v3-text-to-video", "prompt": "{PRIVATE}", "prompt": "{PRIVATE}"}}"#),
    );
}

#[track_caller]
fn never_echoed(name: &str, text: &str) {
    for fault in refused(name, text) {
        let shown = format!("{fault:?}");
        for word in PRIVATE.split(' ') {
            assert!(!shown.contains(word), "{name}: {shown}");
        }
    }
}

#[test]
fn deep_nesting_is_refused_without_a_crash() {
    for depth in [64, 127, 128, 1_000, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            refused("as the body", &nested);
            let inside = format!(r#"{{"model": "kling-v3-text-to-video", "prompt": "rain", "camera": {nested}}}"#);
            refused("in an unknown parameter", &inside);
            refused("in a known one", &inside.replace("camera", "multi_prompt"));
        }
    }
}

/// Where anything may stand, a value is refused like its text.
#[test]
fn a_deep_value_and_its_text_are_refused_alike() {
    let nested = |levels| (0..levels).fold(json!(1), |inner, _| Value::Array(vec![inner]));
    let body = |levels| {
        let parameters = [("x".to_owned(), nested(levels))].into_iter().collect();
        with(smallest("suno-v4"), "/model_params", Value::Object(parameters))
    };
    assert!(AnyRequest::from_value(&body(100)).is_ok());
    let deep = body(200);
    let error = AnyRequest::from_value(&deep).expect_err("too deep");
    assert_eq!((error.violations().len(), error.violations()[0].keyword), (1, Keyword::Syntax), "{error}");
    assert_eq!(AnyRequest::from_json(&deep.to_string()), Err(error.clone()));
    // Its own text would take more stack than a thread has.
    assert_eq!(AnyRequest::from_value(&body(5_000)), Err(error));
}

#[test]
fn a_number_beyond_its_field_is_told_by_its_path() {
    let body = with(smallest("suno-v4"), "/duration", json!(u64::MAX));
    let Fault { path, message, .. } = only_fault("a number beyond its field", &body);
    assert_eq!((path.as_str(), message.as_str()), ("/duration", "is 18446744073709551615, which is out of range"));
}

#[test]
fn numbers_of_any_size_are_refused_without_a_crash() {
    for number in
        ["1e400", "-1e400", "1e-400", "123456789012345678901234567890", "-9223372036854775809", "0.1e1", "5e0"]
    {
        let body = format!(r#"{{"model": "kling-v3-text-to-video", "prompt": "rain", "duration": {number}}}"#);
        refused(number, &body);
        let segment = format!(r#"{{"prompt": "a", "duration": {number}}}"#);
        refused(number, &format!(r#"{{"model": "kling-o3-reference-to-video", "multi_prompt": [{segment}]}}"#));
    }
}

#[test]
fn a_number_with_a_fraction_is_no_integer() {
    for number in ["5.0", "5e0", "50e-1", "5.5", "-5.0"] {
        let body = format!(r#"{{"model": "kling-v3-text-to-video", "prompt": "rain", "duration": {number}}}"#);
        check_fail_text(number, &body, &[("/duration", "type")]);
    }
}

#[test]
fn reading_twice_tells_the_same_in_the_same_order() {
    let text =
        json!({ "model": "veo-3.1-lite-image-to-video", "x": 1, "y": 2, "seed": "a", "duration": 4, "image_url": "" });
    let report = || format!("{:?}", refused("several faults", &text.to_string()));
    assert_eq!(report(), report());
}

#[test]
fn a_large_body_is_read() {
    let mut segments = vec![json!({ "prompt": "a", "duration": 1 }); 5_000];
    let body = |segments: &[Value]| with(smallest("kling-o3-image-to-video"), "/multi_prompt", json!(segments));
    assert!(read(&body(&segments).to_string()).is_ok());
    segments[4_999] = json!({});
    check_fail(
        "the last of many",
        body(&segments),
        &[("/multi_prompt/4999/prompt", "required"), ("/multi_prompt/4999/duration", "required")],
    );
}

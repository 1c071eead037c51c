//! The page kling-o3-image-to-video.

use serde_json::{Value, json};

use super::{
    Null, Type, URL, accepts, check_fail, check_ok, has_max_length, has_prompt_segments, has_type, is_free_text,
    is_url, knows_only, refuses, requires, with,
};

const PARAMETERS: &str = "model image_url prompt resolution generate_audio end_image_url duration
    shot_type multi_prompt";

fn base() -> Value {
    json!({ "model": "kling-o3-image-to-video", "image_url": "https://example.com/first.jpg" })
}

fn with_segments(durations: &[u64]) -> Value {
    let segments = durations.iter().map(|duration| json!({ "prompt": "a cut", "duration": duration })).collect();
    with(base(), "/multi_prompt", segments)
}

#[test]
fn model_and_image_are_enough() {
    check_ok("the two required parameters", base());
    requires(&base(), "/image_url");
    requires(&base(), "/model");
}

#[test]
fn every_parameter_at_once() {
    let shared = json!({
        "model": "kling-o3-image-to-video",
        "image_url": "https://example.com/first.jpg",
        "resolution": "4k",
        "generate_audio": true,
        "end_image_url": "https://example.com/last.jpg",
        "duration": 15,
        "shot_type": "customize"
    });
    check_ok("all of the page with a prompt", with(shared.clone(), "/prompt", json!("leaves sway")));
    check_ok(
        "all of the page with segments",
        with(
            shared,
            "/multi_prompt",
            json!([{ "prompt": "leaves sway", "duration": 7 }, { "prompt": "they fall", "duration": 8 }]),
        ),
    );
}

#[test]
fn every_null_the_page_allows() {
    check_ok(
        "null in all nullable parameters",
        json!({
            "model": "kling-o3-image-to-video",
            "image_url": "https://example.com/first.jpg",
            "prompt": null,
            "end_image_url": null,
            "duration": null,
            "shot_type": null,
            "multi_prompt": null
        }),
    );
}

#[test]
fn image_url_is_a_url() {
    has_type(&base(), "/image_url", Type::Text, Null::Refused);
    is_url(&base(), "/image_url");
}

#[test]
fn prompt_has_at_most_2500_code_points() {
    has_type(&base(), "/prompt", Type::Text, Null::Accepted);
    is_free_text(&base(), "/prompt");
    has_max_length(&base(), "/prompt", 2500);
}

#[test]
fn resolution_is_one_of_three() {
    has_type(&base(), "/resolution", Type::Text, Null::Refused);
    accepts(&base(), "/resolution", ["720p", "1080p", "4k"]);
    refuses(&base(), "/resolution", "enum", ["", "480p", "8k", "720P", "4K"]);
}

#[test]
fn generate_audio_is_true_or_false() {
    has_type(&base(), "/generate_audio", Type::Boolean, Null::Refused);
    accepts(&base(), "/generate_audio", [true, false]);
}

#[test]
fn end_image_url_is_a_url() {
    has_type(&base(), "/end_image_url", Type::Text, Null::Accepted);
    is_url(&base(), "/end_image_url");
    check_ok("both frames alike", with(base(), "/end_image_url", json!("https://example.com/first.jpg")));
}

#[test]
fn duration_is_3_to_15() {
    has_type(&base(), "/duration", Type::Integer, Null::Accepted);
    accepts(&base(), "/duration", 3..=15);
    refuses(&base(), "/duration", "minimum", [2, 1, 0, -1, -5_000_000_000_i64]);
    refuses(&base(), "/duration", "maximum", [16, 30, 4_294_967_301_u64]);
}

#[test]
fn shot_type_is_customize() {
    has_type(&base(), "/shot_type", Type::Text, Null::Accepted);
    accepts(&base(), "/shot_type", ["customize"]);
    refuses(&base(), "/shot_type", "enum", ["", "Customize", "intelligence", "customise"]);
}

#[test]
fn multi_prompt_is_a_list_of_segments() {
    has_type(&base(), "/multi_prompt", Type::Array, Null::Accepted);
    has_prompt_segments(&base());
    refuses(&with_segments(&[5]), "/multi_prompt/0/duration", "minimum", [0, -1]);
}

#[test]
fn prompt_excludes_multi_prompt() {
    check_ok("prompt alone", with(base(), "/prompt", json!("leaves sway")));
    check_ok("segments alone", with_segments(&[5]));
    check_ok("neither", base());
    let both = with(with_segments(&[5]), "/prompt", json!("leaves sway"));
    check_fail("both", both.clone(), &[("/multi_prompt", "not")]);
    check_fail("an empty prompt is a prompt", with(both.clone(), "/prompt", json!("")), &[("/multi_prompt", "not")]);
    check_fail("no segment is still a list", with(both, "/multi_prompt", json!([])), &[("/multi_prompt", "not")]);
}

#[test]
fn null_excludes_nothing() {
    check_ok("null prompt beside segments", with(with_segments(&[5]), "/prompt", Value::Null));
    let prompted = with(base(), "/prompt", json!("leaves sway"));
    check_ok("null segments beside a prompt", with(prompted.clone(), "/multi_prompt", Value::Null));
    check_ok("null beside null", with(with(prompted, "/prompt", Value::Null), "/multi_prompt", Value::Null));
}

#[test]
fn segments_add_up_to_the_duration() {
    let lasting = |seconds: u64, durations| with(with_segments(durations), "/duration", json!(seconds));
    let unequal = &[("/multi_prompt", "x-sum-equals")];

    check_ok("one segment of the shortest video", lasting(3, &[3]));
    check_ok("1 + 2", lasting(3, &[1, 2]));
    check_ok("7 + 8", lasting(15, &[7, 8]));
    check_ok("fifteen of 1", lasting(15, &[1; 15]));
    check_fail("one second short", lasting(5, &[2, 2]), unequal);
    check_fail("one second more", lasting(5, &[3, 3]), unequal);
    check_fail("nothing adds up to 3", lasting(3, &[]), unequal);
    check_fail("wraps at 32 bits", lasting(5, &[4_294_967_295, 6]), unequal);
}

#[test]
fn without_a_duration_the_sum_is_free() {
    check_ok("5, which the page shows", with_segments(&[5]));
    check_ok("less than any video", with_segments(&[1]));
    check_ok("more than any video", with_segments(&[15, 15]));
    check_ok("no segment", with_segments(&[]));
    check_ok("null duration", with(with_segments(&[4, 5]), "/duration", Value::Null));
}

#[test]
fn both_rules_about_segments_are_told() {
    let body = with(with(with_segments(&[2, 2]), "/duration", json!(5)), "/prompt", json!("leaves sway"));
    check_fail("exclusion and sum", body, &[("/multi_prompt", "not"), ("/multi_prompt", "x-sum-equals")]);
}

#[test]
fn parameters_of_other_pages_are_unknown() {
    knows_only(&base(), PARAMETERS);
}

#[test]
fn all_faults_are_told_at_once() {
    check_fail(
        "one fault in every parameter",
        json!({
            "model": "kling-o3-image-to-video",
            "image_url": "first.jpg",
            "prompt": "🦊".repeat(2501),
            "resolution": "480p",
            "generate_audio": null,
            "end_image_url": "ftp://example.com/last.jpg",
            "duration": 16,
            "shot_type": "intelligence",
            "multi_prompt": {},
            "seed": 1
        }),
        &[
            ("/image_url", URL),
            ("/prompt", "maxLength"),
            ("/resolution", "enum"),
            ("/generate_audio", "type"),
            ("/end_image_url", URL),
            ("/duration", "maximum"),
            ("/shot_type", "enum"),
            ("/multi_prompt", "type"),
            ("/seed", "additionalProperties"),
        ],
    );
    check_fail(
        "faults of nested values and of rules",
        json!({
            "model": "kling-o3-image-to-video",
            "prompt": "leaves sway",
            "duration": 2,
            "multi_prompt": [{ "prompt": null, "duration": 4 }, 5, { "prompt": "b", "duration": 0, "x": 1 }]
        }),
        &[
            ("/image_url", "required"),
            ("/duration", "minimum"),
            // There is no sum of segments of which one is none.
            ("/multi_prompt", "not"),
            ("/multi_prompt/0/prompt", "type"),
            ("/multi_prompt/1", "type"),
            ("/multi_prompt/2/duration", "minimum"),
            ("/multi_prompt/2/x", "additionalProperties"),
        ],
    );
}

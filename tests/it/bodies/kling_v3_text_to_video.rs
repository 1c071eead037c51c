//! The page kling-v3-text-to-video.

use serde_json::{Value, json};

use super::{
    Null, Type, accepts, check_fail, check_ok, has_max_length, has_prompt_segments, has_type, is_free_text, knows_only,
    refuses, requires, with, without,
};

const PARAMETERS: &str = "model prompt resolution generate_audio negative_prompt aspect_ratio duration
    voice_ids multi_prompt";

fn base() -> Value {
    json!({ "model": "kling-v3-text-to-video", "prompt": "rain falls into a pond" })
}

/// Audio is on, so that a fault of `voice_ids` stands alone.
fn with_voices(voices: Value) -> Value {
    with(with(base(), "/generate_audio", json!(true)), "/voice_ids", voices)
}

fn segments(durations: &[u64]) -> Value {
    durations.iter().map(|duration| json!({ "prompt": "a cut", "duration": duration })).collect()
}

fn with_segments(durations: &[u64]) -> Value {
    with(base(), "/multi_prompt", segments(durations))
}

#[test]
fn model_and_prompt_are_enough() {
    check_ok("the two required parameters", base());
    requires(&base(), "/prompt");
    requires(&base(), "/model");
}

#[test]
fn every_parameter_at_once() {
    check_ok(
        "all of the page",
        json!({
            "model": "kling-v3-text-to-video",
            "prompt": "<<<voice_1>>> greets <<<voice_2>>>",
            "resolution": "4k",
            "generate_audio": true,
            "negative_prompt": "noise",
            "aspect_ratio": "1:1",
            "duration": 10,
            "voice_ids": ["voice_1", "voice_2"],
            "multi_prompt": [{ "prompt": "a greeting", "duration": 4 }, { "prompt": "an answer", "duration": 6 }]
        }),
    );
}

#[test]
fn prompt_has_at_most_2500_code_points() {
    has_type(&base(), "/prompt", Type::Text, Null::Refused);
    is_free_text(&base(), "/prompt");
    has_max_length(&base(), "/prompt", 2500);
}

#[test]
fn resolution_is_one_of_three() {
    has_type(&base(), "/resolution", Type::Text, Null::Refused);
    accepts(&base(), "/resolution", ["720p", "1080p", "4k"]);
    refuses(&base(), "/resolution", "enum", ["", "480p", "2160p", "720", "1080P", "4K", " 720p"]);
}

#[test]
fn generate_audio_is_true_or_false() {
    has_type(&base(), "/generate_audio", Type::Boolean, Null::Refused);
    accepts(&base(), "/generate_audio", [true, false]);
}

#[test]
fn negative_prompt_is_free_text() {
    has_type(&base(), "/negative_prompt", Type::Text, Null::Refused);
    is_free_text(&base(), "/negative_prompt");
    accepts(&base(), "/negative_prompt", ["噪".repeat(2501)]);
}

#[test]
fn aspect_ratio_is_one_of_three() {
    has_type(&base(), "/aspect_ratio", Type::Text, Null::Refused);
    accepts(&base(), "/aspect_ratio", ["16:9", "9:16", "1:1"]);
    refuses(&base(), "/aspect_ratio", "enum", ["", "4:3", "16x9", "16:10", "landscape"]);
}

#[test]
fn duration_is_5_or_10() {
    has_type(&base(), "/duration", Type::Integer, Null::Refused);
    accepts(&base(), "/duration", [5, 10]);
    let others = [0, 1, 4, 6, 7, 9, 11, 15, 4_294_967_301_u64];
    refuses(&base(), "/duration", "enum", others);
    refuses(&base(), "/duration", "enum", [-5]);
}

#[test]
fn voice_ids_are_at_most_two() {
    has_type(&with_voices(json!([])), "/voice_ids", Type::Array, Null::Accepted);
    accepts(
        &with_voices(json!([])),
        "/voice_ids",
        [json!([]), json!(["v"]), json!(["v", "w"]), json!(["v", "v"]), json!([""]), json!(["声音"])],
    );
    refuses(&with_voices(json!([])), "/voice_ids", "maxItems", [json!(["u", "v", "w"]), json!(["u", "v", "w", "x"])]);
}

#[test]
fn every_voice_id_is_text() {
    has_type(&with_voices(json!(["v"])), "/voice_ids/0", Type::Text, Null::Refused);
    has_type(&with_voices(json!(["v", "w"])), "/voice_ids/1", Type::Text, Null::Refused);
    check_fail(
        "each faulty item is told",
        with_voices(json!([1, null])),
        &[("/voice_ids/0", "type"), ("/voice_ids/1", "type")],
    );
}

#[test]
fn voice_ids_need_generated_audio() {
    let voices = json!(["voice_123456"]);
    check_ok("with audio", with_voices(voices.clone()));
    check_fail("audio not set", with(base(), "/voice_ids", voices.clone()), &[("/generate_audio", "required")]);
    check_fail(
        "audio off",
        with(with_voices(voices), "/generate_audio", json!(false)),
        &[("/generate_audio", "const")],
    );
    // An empty list is still the use of the parameter.
    check_fail("no voice, audio not set", with(base(), "/voice_ids", json!([])), &[("/generate_audio", "required")]);
    check_fail(
        "no voice, audio off",
        with(with_voices(json!([])), "/generate_audio", json!(false)),
        &[("/generate_audio", "const")],
    );
}

#[test]
fn null_voice_ids_need_no_audio() {
    check_ok("audio not set", with(base(), "/voice_ids", Value::Null));
    check_ok("audio off", with(with_voices(Value::Null), "/generate_audio", json!(false)));
    check_ok("audio on", with_voices(Value::Null));
}

#[test]
fn multi_prompt_is_a_list_of_segments() {
    has_type(&base(), "/multi_prompt", Type::Array, Null::Accepted);
    has_prompt_segments(&base());
}

#[test]
fn multi_prompt_stands_beside_the_prompt() {
    check_ok("both", with_segments(&[5]));
    check_fail("prompt stays required", without(with_segments(&[5]), "/prompt"), &[("/prompt", "required")]);
    check_ok("an empty prompt is a prompt", with(with_segments(&[5]), "/prompt", json!("")));
}

#[test]
fn segments_add_up_to_the_duration() {
    let long = |durations| with(with_segments(durations), "/duration", json!(10));
    let short = |durations| with(with_segments(durations), "/duration", json!(5));
    let unequal = &[("/multi_prompt", "x-sum-equals")];

    check_ok("one segment of 5", short(&[5]));
    check_ok("1 + 4", short(&[1, 4]));
    check_ok("five of 1", short(&[1; 5]));
    check_ok("one segment of 10", long(&[10]));
    check_ok("3 + 3 + 4", long(&[3, 3, 4]));
    check_fail("one second short of 5", short(&[4]), unequal);
    check_fail("one second more than 5", short(&[3, 3]), unequal);
    check_fail("10 where 5 is set", short(&[5, 5]), unequal);
    check_fail("one second short of 10", long(&[5, 4]), unequal);
    check_fail("one second more than 10", long(&[5, 6]), unequal);
    check_fail("5 where 10 is set", long(&[5]), unequal);
    check_fail("nothing adds up to 10", long(&[]), unequal);
}

#[test]
fn segments_add_up_to_the_default_duration() {
    let unequal = &[("/multi_prompt", "x-sum-equals")];
    check_ok("one segment of 5", with_segments(&[5]));
    check_ok("2 + 3", with_segments(&[2, 3]));
    check_fail("one second short", with_segments(&[2, 2]), unequal);
    check_fail("one second more", with_segments(&[3, 3]), unequal);
    check_fail("the other documented duration", with_segments(&[10]), unequal);
    check_fail("nothing adds up to 5", with_segments(&[]), unequal);
}

#[test]
fn the_sum_of_segments_does_not_wrap() {
    // Adds up to 5 in 32 bits.
    check_fail("wraps at 32 bits", with_segments(&[4_294_967_295, 6]), &[("/multi_prompt", "x-sum-equals")]);
}

#[test]
fn the_sum_is_told_beside_other_faults() {
    check_fail(
        "sum and a fault of a segment's property",
        with(with_segments(&[4, 4]), "/multi_prompt/1/camera", json!("slow")),
        &[("/multi_prompt", "x-sum-equals"), ("/multi_prompt/1/camera", "additionalProperties")],
    );
    check_fail(
        "sum and voices",
        with(with_segments(&[4]), "/voice_ids", json!(["v"])),
        &[("/multi_prompt", "x-sum-equals"), ("/generate_audio", "required")],
    );
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
            "model": "kling-v3-text-to-video",
            "prompt": "河".repeat(2501),
            "resolution": "480p",
            "generate_audio": "on",
            "negative_prompt": null,
            "aspect_ratio": "4:3",
            "duration": 5.0,
            "voice_ids": null,
            "multi_prompt": "two shots",
            "camera": "slow"
        }),
        &[
            ("/prompt", "maxLength"),
            ("/resolution", "enum"),
            ("/generate_audio", "type"),
            ("/negative_prompt", "type"),
            ("/aspect_ratio", "enum"),
            ("/duration", "type"),
            ("/multi_prompt", "type"),
            ("/camera", "additionalProperties"),
        ],
    );
    check_fail(
        "faults of nested values and of rules",
        json!({
            "model": "kling-v3-text-to-video",
            "generate_audio": false,
            "duration": 10,
            "voice_ids": ["u", "v", "w"],
            "multi_prompt": [{ "prompt": 1, "duration": 8 }, { "duration": 0 }, { "prompt": "c", "duration": 1, "x": 1 }]
        }),
        &[
            ("/prompt", "required"),
            ("/voice_ids", "maxItems"),
            ("/generate_audio", "const"),
            ("/multi_prompt/0/prompt", "type"),
            ("/multi_prompt/1/prompt", "required"),
            ("/multi_prompt/1/duration", "minimum"),
            ("/multi_prompt/2/x", "additionalProperties"),
            ("/multi_prompt", "x-sum-equals"),
        ],
    );
}

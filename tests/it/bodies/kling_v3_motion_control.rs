//! The page kling-v3-motion-control, with the models of versions 3 and 2.6.

use serde_json::{Value, json};

use super::{
    Null, Type, URL, accepts, check_fail, check_ok, has_type, is_free_text, is_url, knows_only, refuses, requires,
    with, without,
};

const PARAMETERS: &str = "model image_url video_url mode prompt character_orientation keep_original_sound";

const MODELS: [&str; 2] = ["kling-v3-motion-control", "kling-v2-6-motion-control"];

fn base() -> Value {
    json!({
        "model": "kling-v3-motion-control",
        "image_url": "https://example.com/person.jpg",
        "video_url": "https://example.com/dance.mp4"
    })
}

#[test]
fn model_image_and_video_are_enough() {
    check_ok("the three required parameters", base());
    requires(&base(), "/image_url");
    requires(&base(), "/video_url");
    requires(&base(), "/model");
    check_fail(
        "both materials are missed at once",
        without(without(base(), "/image_url"), "/video_url"),
        &[("/image_url", "required"), ("/video_url", "required")],
    );
}

#[test]
fn both_models_take_every_parameter() {
    for model in MODELS {
        check_ok(model, with(base(), "/model", json!(model)));
        check_ok(
            &format!("all of the page with {model}"),
            json!({
                "model": model,
                "image_url": "https://example.com/person.jpg",
                "video_url": "https://example.com/dance.mp4",
                "mode": "pro",
                "prompt": "she keeps to the beat",
                "character_orientation": "video",
                "keep_original_sound": "no"
            }),
        );
    }
}

#[test]
fn both_models_refuse_alike() {
    for model in MODELS {
        let body = with(base(), "/model", json!(model));
        check_fail(model, with(body.clone(), "/mode", json!("max")), &[("/mode", "enum")]);
        check_fail(model, with(body.clone(), "/duration", json!(5)), &[("/duration", "additionalProperties")]);
        check_fail(model, without(body, "/video_url"), &[("/video_url", "required")]);
    }
}

#[test]
fn image_url_is_a_url() {
    has_type(&base(), "/image_url", Type::Text, Null::Refused);
    is_url(&base(), "/image_url");
}

#[test]
fn video_url_is_a_url() {
    has_type(&base(), "/video_url", Type::Text, Null::Refused);
    is_url(&base(), "/video_url");
}

#[test]
fn file_formats_are_not_read_from_the_url() {
    accepts(&base(), "/image_url", ["https://example.com/person.webp", "https://example.com/person"]);
    accepts(&base(), "/video_url", ["https://example.com/dance.webm", "https://example.com/?v=1"]);
}

#[test]
fn mode_is_std_or_pro() {
    has_type(&base(), "/mode", Type::Text, Null::Refused);
    accepts(&base(), "/mode", ["std", "pro"]);
    refuses(&base(), "/mode", "enum", ["", "Std", "PRO", "standard", "pro "]);
}

#[test]
fn prompt_is_free_text() {
    has_type(&base(), "/prompt", Type::Text, Null::Refused);
    is_free_text(&base(), "/prompt");
    accepts(&base(), "/prompt", ["舞".repeat(2500), "🦊".repeat(2501), "x".repeat(10_000)]);
}

#[test]
fn character_orientation_is_image_or_video() {
    has_type(&base(), "/character_orientation", Type::Text, Null::Refused);
    accepts(&base(), "/character_orientation", ["image", "video"]);
    refuses(&base(), "/character_orientation", "enum", ["", "Image", "VIDEO", "portrait"]);
}

#[test]
fn keep_original_sound_is_yes_or_no() {
    // Booleans, which the word invites, are among the refused types.
    has_type(&base(), "/keep_original_sound", Type::Text, Null::Refused);
    accepts(&base(), "/keep_original_sound", ["yes", "no"]);
    refuses(&base(), "/keep_original_sound", "enum", ["", "Yes", "true", "false", "on"]);
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
            "model": "kling-v2-6-motion-control",
            "image_url": "person.jpg",
            "video_url": null,
            "mode": "max",
            "prompt": null,
            "character_orientation": "front",
            "keep_original_sound": true,
            "duration": 10
        }),
        &[
            ("/image_url", URL),
            ("/video_url", "type"),
            ("/mode", "enum"),
            ("/prompt", "type"),
            ("/character_orientation", "enum"),
            ("/keep_original_sound", "type"),
            ("/duration", "additionalProperties"),
        ],
    );
    check_fail(
        "missing beside faulty",
        json!({ "model": "kling-v3-motion-control", "mode": 1, "prompt": [], "keep_original_sound": "maybe" }),
        &[
            ("/image_url", "required"),
            ("/video_url", "required"),
            ("/mode", "type"),
            ("/prompt", "type"),
            ("/keep_original_sound", "enum"),
        ],
    );
}

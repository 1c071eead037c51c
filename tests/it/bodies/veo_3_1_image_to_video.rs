//! The page veo-3.1-image-to-video, with the standard, fast and lite models.

use serde_json::{Value, json};

use super::{
    Null, Type, URL, accepts, check_fail, check_ok, has_type, is_free_text, is_url, knows_only, refuses, requires, with,
};

const PARAMETERS: &str = "model prompt image_url aspect_ratio duration resolution generate_audio auto_fix
    safety_tolerance enhance_prompt person_generation negative_prompt seed";

const STANDARD: &str = "veo-3.1-image-to-video";
const FAST: &str = "veo-3.1-fast-image-to-video";
const LITE: &str = "veo-3.1-lite-image-to-video";
const MODELS: [&str; 3] = [STANDARD, FAST, LITE];

fn of(model: &str) -> Value {
    json!({ "model": model, "prompt": "petals drift", "image_url": "https://example.com/photo.jpg" })
}

/// The standard model, which takes everything on the page.
fn base() -> Value {
    of(STANDARD)
}

#[test]
fn model_prompt_and_image_are_enough() {
    for model in MODELS {
        check_ok(model, of(model));
        requires(&of(model), "/prompt");
        requires(&of(model), "/image_url");
    }
    requires(&base(), "/model");
}

#[test]
fn every_parameter_at_once() {
    let shared = json!({
        "prompt": "petals drift",
        "image_url": "https://example.com/photo.jpg",
        "aspect_ratio": "9:16",
        "duration": 8,
        "resolution": "1080p",
        "generate_audio": true,
        "auto_fix": false,
        "negative_prompt": "noise",
        "seed": 42
    });
    let lite = with(shared, "/model", json!(LITE));
    check_ok("all that lite takes", lite.clone());
    let fast = with(with(lite, "/model", json!(FAST)), "/safety_tolerance", json!(3));
    check_ok("all that fast takes", fast.clone());
    let standard = with(with(fast, "/model", json!(STANDARD)), "/enhance_prompt", json!(true));
    check_ok("all that standard takes", with(standard, "/person_generation", json!("allow_adult")));
}

#[test]
fn every_null_the_page_allows() {
    for model in MODELS {
        let mut body = of(model);
        for name in ["auto_fix", "safety_tolerance", "enhance_prompt", "person_generation", "negative_prompt", "seed"] {
            body[name] = Value::Null;
        }
        check_ok(model, body);
    }
}

#[test]
fn prompt_is_free_text() {
    has_type(&base(), "/prompt", Type::Text, Null::Refused);
    is_free_text(&base(), "/prompt");
    accepts(&base(), "/prompt", ["花".repeat(2500), "🌸".repeat(2501), "x".repeat(10_000)]);
}

#[test]
fn image_url_is_a_url() {
    has_type(&base(), "/image_url", Type::Text, Null::Refused);
    is_url(&base(), "/image_url");
}

#[test]
fn aspect_ratio_is_landscape_or_portrait() {
    has_type(&base(), "/aspect_ratio", Type::Text, Null::Refused);
    for model in MODELS {
        accepts(&of(model), "/aspect_ratio", ["16:9", "9:16"]);
        // The square ratio of the Kling pages does not exist here.
        refuses(&of(model), "/aspect_ratio", "enum", ["1:1", "", "4:3", "9x16"]);
    }
}

#[test]
fn duration_is_4_6_or_8() {
    has_type(&base(), "/duration", Type::Integer, Null::Refused);
    for model in [STANDARD, FAST] {
        accepts(&of(model), "/duration", [4, 6, 8]);
    }
    let others = [0, 1, 2, 3, 5, 7, 9, 10, 4_294_967_304_u64];
    refuses(&base(), "/duration", "enum", others);
    refuses(&base(), "/duration", "enum", [-4]);
    refuses(&with(of(LITE), "/resolution", json!("720p")), "/duration", "enum", [3, 5, 7, 9]);
}

#[test]
fn resolution_is_one_of_three() {
    has_type(&base(), "/resolution", Type::Text, Null::Refused);
    for model in [STANDARD, FAST] {
        accepts(&of(model), "/resolution", ["720p", "1080p", "4k"]);
    }
    for model in MODELS {
        refuses(&of(model), "/resolution", "enum", ["", "480p", "8k", "1080P", "4K"]);
    }
}

#[test]
fn standard_and_fast_combine_resolution_and_duration_freely() {
    for model in [STANDARD, FAST] {
        for resolution in ["720p", "1080p", "4k"] {
            accepts(&with(of(model), "/resolution", json!(resolution)), "/duration", [4, 6, 8]);
        }
    }
}

#[test]
fn lite_has_no_4k() {
    accepts(&of(LITE), "/resolution", ["720p", "1080p"]);
    refuses(&of(LITE), "/resolution", "x-models", ["4k"]);
    for duration in [4, 6, 8] {
        let name = format!("4k for {duration} seconds");
        let body = with(with(of(LITE), "/resolution", json!("4k")), "/duration", json!(duration));
        check_fail(&name, body, &[("/resolution", "x-models")]);
    }
}

#[test]
fn lite_at_1080p_takes_8_seconds() {
    let full_hd = with(of(LITE), "/resolution", json!("1080p"));
    check_ok("8 is the default", full_hd.clone());
    accepts(&full_hd, "/duration", [8]);
    refuses(&full_hd, "/duration", "const", [4, 6]);
}

#[test]
fn lite_at_its_default_resolution_takes_8_seconds() {
    accepts(&of(LITE), "/duration", [8]);
    refuses(&of(LITE), "/duration", "const", [4, 6]);
}

#[test]
fn lite_at_720p_takes_every_duration() {
    let hd = with(of(LITE), "/resolution", json!("720p"));
    check_ok("no duration", hd.clone());
    accepts(&hd, "/duration", [4, 6, 8]);
}

#[test]
fn generate_audio_is_true_or_false() {
    has_type(&base(), "/generate_audio", Type::Boolean, Null::Refused);
    for model in MODELS {
        accepts(&of(model), "/generate_audio", [true, false]);
    }
}

#[test]
fn auto_fix_is_true_or_false() {
    has_type(&base(), "/auto_fix", Type::Boolean, Null::Accepted);
    for model in MODELS {
        accepts(&of(model), "/auto_fix", [true, false]);
    }
}

#[test]
fn safety_tolerance_is_1_to_6() {
    has_type(&base(), "/safety_tolerance", Type::Integer, Null::Accepted);
    for model in [STANDARD, FAST] {
        accepts(&of(model), "/safety_tolerance", 1..=6);
        refuses(&of(model), "/safety_tolerance", "minimum", [0, -1]);
        refuses(&of(model), "/safety_tolerance", "maximum", [7, 60, 4_294_967_297_u64]);
    }
}

#[test]
fn safety_tolerance_is_not_for_lite() {
    refuses(&of(LITE), "/safety_tolerance", "x-models", [1, 3, 6]);
    accepts(&of(LITE), "/safety_tolerance", [Value::Null]);
}

#[test]
fn enhance_prompt_is_true_or_false() {
    has_type(&base(), "/enhance_prompt", Type::Boolean, Null::Accepted);
    accepts(&base(), "/enhance_prompt", [true, false]);
}

#[test]
fn enhance_prompt_is_for_standard_only() {
    for model in [FAST, LITE] {
        refuses(&of(model), "/enhance_prompt", "x-models", [true, false]);
        accepts(&of(model), "/enhance_prompt", [Value::Null]);
    }
}

#[test]
fn person_generation_is_one_of_two() {
    has_type(&base(), "/person_generation", Type::Text, Null::Accepted);
    accepts(&base(), "/person_generation", ["dont_allow", "allow_adult"]);
    refuses(&base(), "/person_generation", "enum", ["", "allow_all", "ALLOW_ADULT", "dont_allow / allow_adult"]);
}

#[test]
fn person_generation_is_for_standard_only() {
    for model in [FAST, LITE] {
        refuses(&of(model), "/person_generation", "x-models", ["dont_allow", "allow_adult"]);
        accepts(&of(model), "/person_generation", [Value::Null]);
    }
}

#[test]
fn negative_prompt_is_free_text() {
    has_type(&base(), "/negative_prompt", Type::Text, Null::Accepted);
    is_free_text(&base(), "/negative_prompt");
    for model in MODELS {
        accepts(&of(model), "/negative_prompt", [json!("noise"), json!("噪".repeat(2501))]);
    }
}

#[test]
fn seed_is_any_integer() {
    has_type(&base(), "/seed", Type::Integer, Null::Accepted);
    for model in MODELS {
        accepts(&of(model), "/seed", [0, 42, -1, 2_147_483_648, 4_294_967_296, i64::MAX, i64::MIN]);
    }
}

#[test]
fn parameters_of_other_pages_are_unknown() {
    for model in MODELS {
        knows_only(&of(model), PARAMETERS);
    }
}

#[test]
fn all_faults_are_told_at_once() {
    check_fail(
        "one fault in every parameter",
        json!({
            "model": "veo-3.1-image-to-video",
            "prompt": null,
            "image_url": "photo.jpg",
            "aspect_ratio": "1:1",
            "duration": 5,
            "resolution": "8k",
            "generate_audio": "yes",
            "auto_fix": 1,
            "safety_tolerance": 7,
            "enhance_prompt": "no",
            "person_generation": "allow_all",
            "negative_prompt": ["noise"],
            "seed": 42.0,
            "video_url": "https://example.com/a.mp4"
        }),
        &[
            ("/prompt", "type"),
            ("/image_url", URL),
            ("/aspect_ratio", "enum"),
            ("/duration", "enum"),
            ("/resolution", "enum"),
            ("/generate_audio", "type"),
            ("/auto_fix", "type"),
            ("/safety_tolerance", "maximum"),
            ("/enhance_prompt", "type"),
            ("/person_generation", "enum"),
            ("/negative_prompt", "type"),
            ("/seed", "type"),
            ("/video_url", "additionalProperties"),
        ],
    );
    check_fail(
        "every difference of lite",
        json!({
            "model": "veo-3.1-lite-image-to-video",
            "image_url": "https://example.com/photo.jpg",
            "duration": 6,
            "safety_tolerance": 3,
            "enhance_prompt": false,
            "person_generation": "dont_allow"
        }),
        &[
            ("/prompt", "required"),
            ("/duration", "const"),
            ("/safety_tolerance", "x-models"),
            ("/enhance_prompt", "x-models"),
            ("/person_generation", "x-models"),
        ],
    );
    check_fail(
        "every difference of fast",
        with(with(of(FAST), "/enhance_prompt", json!(true)), "/person_generation", json!("allow_adult")),
        &[("/enhance_prompt", "x-models"), ("/person_generation", "x-models")],
    );
}

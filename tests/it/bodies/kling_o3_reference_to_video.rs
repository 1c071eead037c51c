//! The page kling-o3-reference-to-video.

use serde_json::{Value, json};

use super::{
    Null, Type, URL, accepts, check_fail, check_ok, has_max_length, has_prompt_segments, has_type, is_free_text,
    is_url, knows_only, refuses, requires, with, without,
};

const PARAMETERS: &str = "model prompt resolution generate_audio start_image_url end_image_url image_urls
    elements aspect_ratio duration shot_type multi_prompt";

fn base() -> Value {
    json!({ "model": "kling-o3-reference-to-video" })
}

/// A subject given by pictures.
fn picture_element() -> Value {
    json!({
        "frontal_image_url": "https://example.com/front.jpg",
        "reference_image_urls": ["https://example.com/side.jpg"]
    })
}

/// A subject given by a video. The pages do not say that it does without pictures, so it has them too.
fn video_element() -> Value {
    with(picture_element(), "/video_url", json!("https://example.com/turn.mp4"))
}

fn image_urls(count: usize) -> Value {
    (0..count).map(|number| json!(format!("https://example.com/{number}.jpg"))).collect()
}

/// A body with so many video elements, picture elements and images.
fn with_materials(videos: usize, pictures: usize, images: usize) -> Value {
    let elements = std::iter::repeat_n(picture_element(), pictures).chain(std::iter::repeat_n(video_element(), videos));
    with(with(base(), "/elements", elements.collect()), "/image_urls", image_urls(images))
}

fn with_segments(durations: &[u64]) -> Value {
    let segments = durations.iter().map(|duration| json!({ "prompt": "a cut", "duration": duration })).collect();
    with(base(), "/multi_prompt", segments)
}

#[test]
fn model_is_enough() {
    check_ok("the one required parameter", base());
    requires(&base(), "/model");
}

#[test]
fn every_parameter_at_once() {
    let shared = json!({
        "model": "kling-o3-reference-to-video",
        "resolution": "1080p",
        "generate_audio": false,
        "start_image_url": "https://example.com/first.jpg",
        "end_image_url": "https://example.com/last.jpg",
        "image_urls": ["https://example.com/coast.jpg"],
        "elements": [picture_element(), video_element()],
        "aspect_ratio": "9:16",
        "duration": 3,
        "shot_type": "customize"
    });
    check_ok("all of the page with a prompt", with(shared.clone(), "/prompt", json!("@Element1 walks along @Image1")));
    check_ok(
        "all of the page with segments",
        with(
            shared,
            "/multi_prompt",
            json!([{ "prompt": "@Element1 walks", "duration": 1 }, { "prompt": "fog", "duration": 2 }]),
        ),
    );
}

#[test]
fn every_null_the_page_allows() {
    check_ok(
        "null in all nullable parameters",
        json!({
            "model": "kling-o3-reference-to-video",
            "prompt": null,
            "start_image_url": null,
            "end_image_url": null,
            "image_urls": null,
            "elements": null,
            "aspect_ratio": null,
            "duration": null,
            "shot_type": null,
            "multi_prompt": null
        }),
    );
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
    refuses(&base(), "/resolution", "enum", ["", "480p", "1080", "1080P", "4K"]);
}

#[test]
fn generate_audio_is_true_or_false() {
    has_type(&base(), "/generate_audio", Type::Boolean, Null::Refused);
    accepts(&base(), "/generate_audio", [true, false]);
}

#[test]
fn start_image_url_is_a_url() {
    has_type(&base(), "/start_image_url", Type::Text, Null::Accepted);
    is_url(&base(), "/start_image_url");
}

#[test]
fn end_image_url_is_a_url() {
    has_type(&base(), "/end_image_url", Type::Text, Null::Accepted);
    is_url(&base(), "/end_image_url");
    check_ok("no first frame is needed", with(base(), "/end_image_url", json!("https://example.com/last.jpg")));
}

#[test]
fn image_urls_are_urls() {
    let body = with(base(), "/image_urls", image_urls(2));
    has_type(&base(), "/image_urls", Type::Array, Null::Accepted);
    accepts(&base(), "/image_urls", [json!([]), image_urls(1), image_urls(4), image_urls(5), image_urls(20)]);
    has_type(&body, "/image_urls/0", Type::Text, Null::Refused);
    is_url(&body, "/image_urls/0");
    is_url(&body, "/image_urls/1");
    check_fail(
        "each faulty item is told",
        with(base(), "/image_urls", json!(["", "https://example.com/a.jpg", null, "ftp://example.com/b.jpg"])),
        &[("/image_urls/0", URL), ("/image_urls/2", "type"), ("/image_urls/3", URL)],
    );
}

#[test]
fn elements_are_objects() {
    let body = with(base(), "/elements", json!([picture_element()]));
    has_type(&base(), "/elements", Type::Array, Null::Accepted);
    accepts(&base(), "/elements", [json!([]), json!([picture_element()]), json!([video_element(), picture_element()])]);
    let others = [json!("https://example.com/front.jpg"), json!(1), json!(true), json!([]), json!(1.5), Value::Null];
    refuses(&body, "/elements/0", "type", others.clone());
    refuses(&body, "/elements/1", "type", others);
}

#[test]
fn elements_have_no_other_properties() {
    let body = with(base(), "/elements", json!([picture_element(), video_element()]));
    for name in ["name", "image_url", "video", "reference_video_url", "voice_id", "Frontal_image_url"] {
        for index in [0, 1] {
            let pointer = format!("/elements/{index}/{name}");
            refuses(&body, &pointer, "additionalProperties", [json!("https://example.com/a"), Value::Null]);
        }
    }
}

#[test]
fn frontal_image_url_is_a_url() {
    let body = with(base(), "/elements", json!([picture_element()]));
    has_type(&body, "/elements/0/frontal_image_url", Type::Text, Null::Refused);
    is_url(&body, "/elements/0/frontal_image_url");
}

#[test]
fn reference_image_urls_are_urls() {
    let body = with(base(), "/elements", json!([picture_element()]));
    has_type(&body, "/elements/0/reference_image_urls", Type::Array, Null::Refused);
    accepts(&body, "/elements/0/reference_image_urls", [json!([]), image_urls(1), image_urls(9)]);
    has_type(&body, "/elements/0/reference_image_urls/0", Type::Text, Null::Refused);
    is_url(&body, "/elements/0/reference_image_urls/0");
    is_url(&body, "/elements/0/reference_image_urls/1");
}

#[test]
fn video_url_of_an_element_is_a_url() {
    let body = with(base(), "/elements", json!([video_element()]));
    has_type(&body, "/elements/0/video_url", Type::Text, Null::Refused);
    is_url(&body, "/elements/0/video_url");
}

#[test]
fn video_elements_limit_elements_and_images_to_4() {
    let too_many = &[("/elements", "x-combined-max-items")];

    check_ok("one video", with_materials(1, 0, 0));
    check_ok("one video and 3 images", with_materials(1, 0, 3));
    check_ok("two videos and 2 images", with_materials(2, 0, 2));
    check_ok("one video, 3 pictures", with_materials(1, 3, 0));
    check_ok("one video, one picture, 2 images", with_materials(1, 1, 2));
    check_ok("4 videos", with_materials(4, 0, 0));

    check_fail("one video and 4 images", with_materials(1, 0, 4), too_many);
    check_fail("one video, one picture, 3 images", with_materials(1, 1, 3), too_many);
    check_fail("one video, 4 pictures", with_materials(1, 4, 0), too_many);
    check_fail("5 videos", with_materials(5, 0, 0), too_many);
    check_fail("one video and 20 images", with_materials(1, 0, 20), too_many);
}

#[test]
fn the_combined_limit_needs_no_image_urls() {
    let too_many = &[("/elements", "x-combined-max-items")];
    check_ok("4 videos, images absent", without(with_materials(4, 0, 0), "/image_urls"));
    check_ok("4 videos, images null", with(with_materials(4, 0, 0), "/image_urls", Value::Null));
    check_fail("5 videos, images absent", without(with_materials(5, 0, 0), "/image_urls"), too_many);
    check_fail("5 videos, images null", with(with_materials(5, 0, 0), "/image_urls", Value::Null), too_many);
}

#[test]
fn a_video_element_counts_wherever_it_stands() {
    let too_many = &[("/elements", "x-combined-max-items")];
    for position in 0..5 {
        let mut elements = vec![picture_element(); 5];
        elements[position] = video_element();
        check_fail(&format!("the video at {position}"), with(base(), "/elements", json!(elements)), too_many);
    }
}

#[test]
fn without_a_video_element_nothing_limits_the_count() {
    check_ok("5 pictures", with_materials(0, 5, 0));
    check_ok("5 images", with_materials(0, 0, 5));
    check_ok("one picture and 4 images", with_materials(0, 1, 4));
    check_ok("5 pictures and 5 images", with_materials(0, 5, 5));
    check_ok("5 images, elements null", with(with_materials(0, 0, 5), "/elements", Value::Null));
}

#[test]
fn pictures_of_an_element_are_not_counted() {
    let mut element = video_element();
    element["reference_image_urls"] = image_urls(9);
    check_ok("one video with many pictures", with(base(), "/elements", json!([element])));
}

#[test]
fn frames_are_not_counted() {
    let framed = with(with_materials(1, 0, 3), "/start_image_url", json!("https://example.com/first.jpg"));
    check_ok("4 materials and two frames", with(framed, "/end_image_url", json!("https://example.com/last.jpg")));
}

#[test]
fn aspect_ratio_is_one_of_three() {
    has_type(&base(), "/aspect_ratio", Type::Text, Null::Accepted);
    accepts(&base(), "/aspect_ratio", ["16:9", "9:16", "1:1"]);
    refuses(&base(), "/aspect_ratio", "enum", ["", "4:3", "16/9", "auto"]);
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
    check_ok("prompt alone", with(base(), "/prompt", json!("@Image1 at dawn")));
    check_ok("segments alone", with_segments(&[5]));
    check_ok("neither", base());
    let both = with(with_segments(&[5]), "/prompt", json!("@Image1 at dawn"));
    check_fail("both", both.clone(), &[("/multi_prompt", "not")]);
    check_fail("an empty prompt is a prompt", with(both.clone(), "/prompt", json!("")), &[("/multi_prompt", "not")]);
    check_fail("no segment is still a list", with(both, "/multi_prompt", json!([])), &[("/multi_prompt", "not")]);
}

#[test]
fn null_excludes_nothing() {
    check_ok("null prompt beside segments", with(with_segments(&[5]), "/prompt", Value::Null));
    let prompted = with(base(), "/prompt", json!("@Image1 at dawn"));
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
fn rules_about_different_parameters_are_told_together() {
    let body = with(with(with_materials(1, 0, 4), "/duration", json!(5)), "/prompt", json!("@Image1 at dawn"));
    check_fail(
        "exclusion, sum and combined count",
        with(body, "/multi_prompt", json!([{ "prompt": "a cut", "duration": 4 }])),
        &[("/multi_prompt", "not"), ("/multi_prompt", "x-sum-equals"), ("/elements", "x-combined-max-items")],
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
            "model": "kling-o3-reference-to-video",
            "prompt": "河".repeat(2501),
            "resolution": null,
            "generate_audio": 1,
            "start_image_url": "",
            "end_image_url": "data:image/png;base64,iVBORw0KGgo=",
            "image_urls": "https://example.com/coast.jpg",
            "elements": { "frontal_image_url": "https://example.com/front.jpg" },
            "aspect_ratio": "21:9",
            "duration": 2,
            "shot_type": 1,
            "multi_prompt": 5,
            "image_url": "https://example.com/first.jpg"
        }),
        &[
            ("/prompt", "maxLength"),
            ("/resolution", "type"),
            ("/generate_audio", "type"),
            ("/start_image_url", URL),
            ("/end_image_url", URL),
            ("/image_urls", "type"),
            ("/elements", "type"),
            ("/aspect_ratio", "enum"),
            ("/duration", "minimum"),
            ("/shot_type", "type"),
            ("/multi_prompt", "type"),
            ("/image_url", "additionalProperties"),
        ],
    );
    check_fail(
        "faults at every depth",
        json!({
            "model": "kling-o3-reference-to-video",
            "image_urls": ["https://example.com/a.jpg", 2, "b.jpg"],
            "elements": [
                { "frontal_image_url": "front.jpg", "reference_image_urls": ["https://example.com/side.jpg", "side.jpg", null] },
                { "frontal_image_url": "https://example.com/front.jpg", "reference_image_urls": "side.jpg", "name": "fox" },
                null
            ],
            "multi_prompt": [{ "prompt": "a" }, { "duration": 1.0, "prompt": "b" }, []]
        }),
        &[
            ("/image_urls/1", "type"),
            ("/image_urls/2", URL),
            ("/elements/0/frontal_image_url", URL),
            ("/elements/0/reference_image_urls/1", URL),
            ("/elements/0/reference_image_urls/2", "type"),
            ("/elements/1/reference_image_urls", "type"),
            ("/elements/1/name", "additionalProperties"),
            ("/elements/2", "type"),
            ("/multi_prompt/0/duration", "required"),
            ("/multi_prompt/1/duration", "type"),
            ("/multi_prompt/2", "type"),
        ],
    );
}

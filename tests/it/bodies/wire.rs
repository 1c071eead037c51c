//! What is sent: the parameters that were set and no others, in the order of the page.

use foxapi_models::avatar::CreatifyAurora;
use foxapi_models::kling::{KlingO3ImageToVideo, KlingO3ReferenceToVideo, KlingV3MotionControl, KlingV3TextToVideo};
use foxapi_models::patina::PatinaMaterial;
use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::video_tools::TopazUpscaleVideo;
use foxapi_models::{AspectRatio, PromptSegment, Request, Resolution, ValidationError, VideoRequest};

/// Checks that the text that is sent would also be accepted, and sent again, byte for byte.
#[track_caller]
fn check_sent(request: &impl Request, text: &str) {
    assert_eq!(request.to_json(), text);
    match VideoRequest::from_json(text) {
        Ok(read) => assert_eq!(read.to_json(), text, "read and sent again"),
        Err(error) => panic!("sent and refused: {error}"),
    }
}

/// A body written in another order is sent in the order of the page.
#[track_caller]
fn check_reordered(scrambled: &str, text: &str) {
    match VideoRequest::from_json(scrambled) {
        Ok(request) => check_sent(&request, text),
        Err(error) => panic!("refused: {error}"),
    }
}

fn segment(prompt: &str, duration: u32) -> PromptSegment {
    PromptSegment::builder().duration(duration).prompt(prompt).build()
}

#[test]
fn only_what_is_required_is_sent() -> Result<(), ValidationError> {
    check_sent(
        &KlingO3ImageToVideo::builder().image_url("https://example.com/a.jpg").build()?,
        r#"{"model":"kling-o3-image-to-video","image_url":"https://example.com/a.jpg"}"#,
    );
    check_sent(&KlingO3ReferenceToVideo::builder().build()?, r#"{"model":"kling-o3-reference-to-video"}"#);
    check_sent(
        &KlingV3MotionControl::builder()
            .video_url("https://example.com/a.mp4")
            .image_url("https://example.com/a.jpg")
            .build()?,
        r#"{"model":"kling-v3-motion-control","image_url":"https://example.com/a.jpg","video_url":"https://example.com/a.mp4"}"#,
    );
    check_sent(
        &KlingV3TextToVideo::builder().prompt("rain").build()?,
        r#"{"model":"kling-v3-text-to-video","prompt":"rain"}"#,
    );
    check_sent(
        &Veo31ImageToVideo::builder().image_url("https://example.com/a.jpg").prompt("rain").build()?,
        r#"{"model":"veo-3.1-image-to-video","prompt":"rain","image_url":"https://example.com/a.jpg"}"#,
    );
    Ok(())
}

#[test]
fn none_is_not_sent() -> Result<(), ValidationError> {
    let resolution: Option<Resolution> = None;
    let generate_audio: Option<bool> = None;
    check_sent(
        &KlingV3TextToVideo::builder().resolution(resolution).prompt("rain").generate_audio(generate_audio).build()?,
        r#"{"model":"kling-v3-text-to-video","prompt":"rain"}"#,
    );
    Ok(())
}

#[test]
fn a_value_in_an_option_is_sent() -> Result<(), ValidationError> {
    check_sent(
        &KlingV3TextToVideo::builder()
            .generate_audio(Some(false))
            .resolution(Some(Resolution::Uhd4k))
            .prompt("rain")
            .build()?,
        r#"{"model":"kling-v3-text-to-video","prompt":"rain","resolution":"4k","generate_audio":false}"#,
    );
    Ok(())
}

#[test]
fn a_value_equal_to_the_default_is_sent() -> Result<(), ValidationError> {
    check_sent(
        &KlingV3TextToVideo::builder()
            .negative_prompt(String::new())
            .duration(5)
            .aspect_ratio(AspectRatio::Landscape)
            .generate_audio(false)
            .resolution(Resolution::P720)
            .prompt("rain")
            .build()?,
        concat!(
            r#"{"model":"kling-v3-text-to-video","prompt":"rain","resolution":"720p","generate_audio":false,"#,
            r#""negative_prompt":"","aspect_ratio":"16:9","duration":5}"#,
        ),
    );
    Ok(())
}

#[test]
fn text_to_video_is_sent_in_the_order_of_its_page() -> Result<(), ValidationError> {
    check_sent(
        &KlingV3TextToVideo::builder()
            .multi_prompt(vec![segment("rain", 4), segment("snow", 6)])
            .voice_ids(vec!["voice_2".to_owned(), "voice_1".to_owned()])
            .duration(10)
            .aspect_ratio(AspectRatio::Portrait)
            .generate_audio(true)
            .prompt("weather")
            .negative_prompt("noise".to_owned())
            .resolution(Resolution::P1080)
            .build()?,
        concat!(
            r#"{"model":"kling-v3-text-to-video","prompt":"weather","resolution":"1080p","generate_audio":true,"#,
            r#""negative_prompt":"noise","aspect_ratio":"9:16","duration":10,"voice_ids":["voice_2","voice_1"],"#,
            r#""multi_prompt":[{"prompt":"rain","duration":4},{"prompt":"snow","duration":6}]}"#,
        ),
    );
    Ok(())
}

#[test]
fn image_to_video_is_sent_in_the_order_of_its_page() -> Result<(), ValidationError> {
    check_sent(
        &KlingO3ImageToVideo::builder()
            .duration(15)
            .end_image_url("https://example.com/b.jpg".to_owned())
            .generate_audio(true)
            .resolution(Resolution::Uhd4k)
            .prompt("leaves sway".to_owned())
            .image_url("https://example.com/a.jpg")
            .build()?,
        concat!(
            r#"{"model":"kling-o3-image-to-video","image_url":"https://example.com/a.jpg","prompt":"leaves sway","#,
            r#""resolution":"4k","generate_audio":true,"end_image_url":"https://example.com/b.jpg","duration":15}"#,
        ),
    );
    Ok(())
}

#[test]
fn reference_to_video_is_sent_in_the_order_of_its_page() -> Result<(), ValidationError> {
    check_sent(
        &KlingO3ReferenceToVideo::builder()
            .multi_prompt(vec![segment("rain", 3)])
            .duration(3)
            .aspect_ratio(AspectRatio::Square)
            .image_urls(vec!["https://example.com/c.jpg".to_owned()])
            .end_image_url("https://example.com/b.jpg".to_owned())
            .start_image_url("https://example.com/a.jpg".to_owned())
            .generate_audio(false)
            .resolution(Resolution::P720)
            .build()?,
        concat!(
            r#"{"model":"kling-o3-reference-to-video","resolution":"720p","generate_audio":false,"#,
            r#""start_image_url":"https://example.com/a.jpg","end_image_url":"https://example.com/b.jpg","#,
            r#""image_urls":["https://example.com/c.jpg"],"aspect_ratio":"1:1","duration":3,"#,
            r#""multi_prompt":[{"prompt":"rain","duration":3}]}"#,
        ),
    );
    Ok(())
}

#[test]
fn motion_control_is_sent_in_the_order_of_its_page() -> Result<(), ValidationError> {
    check_sent(
        &KlingV3MotionControl::builder()
            .prompt("she keeps to the beat".to_owned())
            .video_url("https://example.com/a.mp4")
            .image_url("https://example.com/a.jpg")
            .build()?,
        concat!(
            r#"{"model":"kling-v3-motion-control","image_url":"https://example.com/a.jpg","#,
            r#""video_url":"https://example.com/a.mp4","prompt":"she keeps to the beat"}"#,
        ),
    );
    Ok(())
}

#[test]
fn veo_is_sent_in_the_order_of_its_page() -> Result<(), ValidationError> {
    check_sent(
        &Veo31ImageToVideo::builder()
            .seed(-7)
            .negative_prompt("noise".to_owned())
            .enhance_prompt(true)
            .safety_tolerance(6)
            .auto_fix(false)
            .generate_audio(true)
            .resolution(Resolution::P720)
            .duration(4)
            .image_url("https://example.com/a.jpg")
            .prompt("petals drift")
            .build()?,
        concat!(
            r#"{"model":"veo-3.1-image-to-video","prompt":"petals drift","image_url":"https://example.com/a.jpg","#,
            r#""duration":4,"resolution":"720p","generate_audio":true,"auto_fix":false,"safety_tolerance":6,"#,
            r#""enhance_prompt":true,"negative_prompt":"noise","seed":-7}"#,
        ),
    );
    Ok(())
}

#[test]
fn text_is_sent_as_it_is() -> Result<(), ValidationError> {
    check_sent(
        &KlingV3TextToVideo::builder().prompt("河 🦊 \"quoted\" <<<voice_1>>>\n/").build()?,
        r#"{"model":"kling-v3-text-to-video","prompt":"河 🦊 \"quoted\" <<<voice_1>>>\n/"}"#,
    );
    Ok(())
}

#[test]
fn empty_lists_are_sent() -> Result<(), ValidationError> {
    check_sent(
        &KlingO3ReferenceToVideo::builder().image_urls(Vec::<String>::new()).build()?,
        r#"{"model":"kling-o3-reference-to-video","image_urls":[]}"#,
    );
    Ok(())
}

#[test]
fn what_was_read_is_sent_in_the_order_of_its_page() {
    check_reordered(
        r#"{"multi_prompt": [{"duration": 5, "prompt": "rain"}], "voice_ids": ["v"], "duration": 5,
            "aspect_ratio": "1:1", "negative_prompt": "", "generate_audio": true, "resolution": "4k",
            "prompt": "weather", "model": "kling-v3-text-to-video"}"#,
        concat!(
            r#"{"model":"kling-v3-text-to-video","prompt":"weather","resolution":"4k","generate_audio":true,"#,
            r#""negative_prompt":"","aspect_ratio":"1:1","duration":5,"voice_ids":["v"],"#,
            r#""multi_prompt":[{"prompt":"rain","duration":5}]}"#,
        ),
    );
    check_reordered(
        r#"{"multi_prompt": [{"duration": 5, "prompt": "rain"}], "shot_type": "customize", "duration": 5,
            "end_image_url": "https://example.com/b.jpg", "generate_audio": true, "resolution": "4k",
            "prompt": null, "image_url": "https://example.com/a.jpg", "model": "kling-o3-image-to-video"}"#,
        concat!(
            r#"{"model":"kling-o3-image-to-video","image_url":"https://example.com/a.jpg","resolution":"4k","#,
            r#""generate_audio":true,"end_image_url":"https://example.com/b.jpg","duration":5,"#,
            r#""shot_type":"customize","multi_prompt":[{"prompt":"rain","duration":5}]}"#,
        ),
    );
    check_reordered(
        r#"{"shot_type": "customize", "duration": 5, "aspect_ratio": "16:9",
            "elements": [{"video_url": "https://example.com/e.mp4", "reference_image_urls": ["https://example.com/e.jpg"],
                "frontal_image_url": "https://example.com/d.jpg"}],
            "image_urls": ["https://example.com/c.jpg"], "end_image_url": "https://example.com/b.jpg",
            "start_image_url": "https://example.com/a.jpg", "generate_audio": true, "resolution": "720p",
            "prompt": "weather", "multi_prompt": null, "model": "kling-o3-reference-to-video"}"#,
        concat!(
            r#"{"model":"kling-o3-reference-to-video","prompt":"weather","resolution":"720p","generate_audio":true,"#,
            r#""start_image_url":"https://example.com/a.jpg","end_image_url":"https://example.com/b.jpg","#,
            r#""image_urls":["https://example.com/c.jpg"],"elements":[{"frontal_image_url":"https://example.com/d.jpg","#,
            r#""reference_image_urls":["https://example.com/e.jpg"],"video_url":"https://example.com/e.mp4"}],"#,
            r#""aspect_ratio":"16:9","duration":5,"shot_type":"customize"}"#,
        ),
    );
    check_reordered(
        r#"{"keep_original_sound": "no", "character_orientation": "video", "prompt": "to the beat", "mode": "pro",
            "video_url": "https://example.com/a.mp4", "image_url": "https://example.com/a.jpg",
            "model": "kling-v2-6-motion-control"}"#,
        concat!(
            r#"{"model":"kling-v2-6-motion-control","image_url":"https://example.com/a.jpg","#,
            r#""video_url":"https://example.com/a.mp4","mode":"pro","prompt":"to the beat","#,
            r#""character_orientation":"video","keep_original_sound":"no"}"#,
        ),
    );
    check_reordered(
        r#"{"seed": 0, "negative_prompt": "noise", "person_generation": "dont_allow", "enhance_prompt": false,
            "safety_tolerance": 1, "auto_fix": true, "generate_audio": false, "resolution": "4k", "duration": 6,
            "aspect_ratio": "9:16", "image_url": "https://example.com/a.jpg", "prompt": "petals drift",
            "model": "veo-3.1-image-to-video"}"#,
        concat!(
            r#"{"model":"veo-3.1-image-to-video","prompt":"petals drift","image_url":"https://example.com/a.jpg","#,
            r#""aspect_ratio":"9:16","duration":6,"resolution":"4k","generate_audio":false,"auto_fix":true,"#,
            r#""safety_tolerance":1,"enhance_prompt":false,"person_generation":"dont_allow","negative_prompt":"noise","#,
            r#""seed":0}"#,
        ),
    );
}

#[test]
fn a_float_that_is_infinite_or_nan_is_named_by_its_path() {
    const LOST: &str = "is infinite or NaN, which JSON cannot represent";
    let url = "https://example.com/a";
    for lost in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let aurora = |image: &str| CreatifyAurora::builder().image_url(image).audio_url(url).guidance_scale(lost);
        let two = aurora(url).audio_guidance_scale(lost).build().err();
        let not_nullable = TopazUpscaleVideo::builder().video_url(url).upscale_factor(lost).build().err();
        let without_limits =
            PatinaMaterial::builder().prompt("moss").maps([foxapi_models::PbrMap::Normal]).upscale_factor(lost);
        let without_limits = without_limits.build().err();
        for (error, named, others) in [
            (two, &["/guidance_scale", "/audio_guidance_scale"][..], &[][..]),
            (aurora("x").build().err(), &["/guidance_scale"], &["/image_url"]),
            (not_nullable, &["/upscale_factor"], &[]),
            (without_limits, &["/upscale_factor"], &[]),
        ] {
            let found = error.into_iter().flatten().map(|violation| (violation.message == LOST, violation.path));
            let named = named.iter().map(|path| (true, (*path).to_owned()));
            let others = others.iter().map(|path| (false, (*path).to_owned()));
            assert_eq!(found.collect::<Vec<_>>(), named.chain(others).collect::<Vec<_>>(), "{lost}");
        }
    }
}

#[test]
fn a_builder_tells_every_fault() {
    let built = KlingV3TextToVideo::builder()
        .voice_ids(vec!["u".to_owned(), "v".to_owned(), "w".to_owned()])
        .duration(7)
        .prompt("河".repeat(2501))
        .build();
    let Err(error) = built else { panic!("built with three faults and a broken rule") };
    let mut faults: Vec<_> =
        error.violations().iter().map(|violation| (violation.path.as_str(), violation.keyword.as_str())).collect();
    faults.sort_unstable();
    assert_eq!(
        faults,
        [("/duration", "enum"), ("/generate_audio", "required"), ("/prompt", "maxLength"), ("/voice_ids", "maxItems")],
    );
}

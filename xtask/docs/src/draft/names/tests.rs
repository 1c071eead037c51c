use super::*;

#[test]
fn values_get_names_that_say_what_they_are() {
    let cases = [
        ("16:9", "Size16_9"),
        ("480p", "P480"),
        ("2k", "K2"),
        ("text-to-video", "TextToVideo"),
        ("STYLE", "STYLE"),
        ("1280x720", "Size1280x720"),
        ("2.5", "Size2_5"),
        ("10", "Size10"),
    ];
    for (text, name) in cases {
        assert_eq!(value(text, "size"), name);
    }
}

#[test]
fn models_are_named_by_what_tells_them_apart() {
    let names = |ids: &[&str]| models(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
    assert_eq!(names(&["kling-o3-image-to-video"]), ["O3"]);
    assert_eq!(names(&["wan-2.7-text-to-video"]), ["V2_7"]);
    assert_eq!(names(&["veo-3.1-extend", "veo-3.1-extend-fast"]), ["Standard", "Fast"]);
    assert_eq!(names(&["kling-v3-motion-control", "kling-v2-6-motion-control"]), ["V3", "V2_6"]);
    assert_eq!(names(&["wan2.6-text-to-video"]), ["V2_6"]);
    assert_eq!(names(&["MiniMax-Hailuo-2.3"]), ["V2_3"]);
    assert_eq!(names(&["gen4_turbo", "gen4_aleph"]), ["Turbo", "Aleph"]);
    assert_eq!(names(&["sora-2", "sora-2-pro"]), ["Standard", "Pro"]);
    assert_eq!(names(&["kling-video-create-voice"]), ["KlingVideoCreateVoice"]);
}

//! Requests may get new parameters, so only their builders make them.

use foxapi_models::kling::KlingV3TextToVideo;

fn main() {
    let _ = KlingV3TextToVideo {
        model: KlingV3TextToVideo::DEFAULT_MODEL,
        prompt: String::from("rain on a lake"),
        resolution: None,
        generate_audio: None,
        negative_prompt: None,
        aspect_ratio: None,
        duration: None,
        voice_ids: None,
        multi_prompt: None,
    };
}

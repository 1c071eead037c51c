//! The API as used by an application with optional values, several models and strings of every kind.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foxapi_models::kling::{KlingO3ImageToVideo, KlingO3ReferenceToVideo, KlingV3TextToVideo};
use foxapi_models::veo::{Veo31ImageToVideo, Veo31ImageToVideoModel};
use foxapi_models::{
    AspectRatio, Keyword, PromptSegment, Request, Resolution, UnknownValue, ValidationError, VideoRequest,
};

/// What a command line or a form leaves to the caller.
#[derive(Default)]
struct Options {
    resolution: Option<Resolution>,
    seconds: Option<u32>,
    negative_prompt: Option<String>,
    audio: Option<bool>,
}

fn kling(prompt: &str, options: &Options) -> Result<KlingV3TextToVideo, ValidationError> {
    KlingV3TextToVideo::builder()
        .prompt(prompt)
        .resolution(options.resolution)
        .duration(options.seconds)
        .negative_prompt(options.negative_prompt.as_deref())
        .generate_audio(options.audio)
        .build()
}

/// The same options for another model: the resolution is the same type.
fn veo(prompt: &str, options: &Options) -> Result<Veo31ImageToVideo, ValidationError> {
    let fast = options.seconds.is_some_and(|seconds| seconds < 6);
    let model = if fast { Veo31ImageToVideoModel::Fast } else { Veo31ImageToVideo::DEFAULT_MODEL };
    Veo31ImageToVideo::builder()
        .image_url(format!("https://example.com/{}.jpg", prompt.len()))
        .prompt(prompt)
        .model(model)
        .resolution(options.resolution)
        .duration(options.seconds)
        .negative_prompt(options.negative_prompt.clone())
        .build()
}

/// Code for any request, as a client is.
struct Outgoing {
    url: String,
    method: &'static str,
    body: String,
}

fn outgoing<R: Request>(request: &R) -> Result<Outgoing, ValidationError> {
    request.validate()?;
    let url = format!("https://api.foxapi.cc{}", request.path());
    Ok(Outgoing { url, method: request.method(), body: request.to_json() })
}

fn read_back<R: Request>(request: &R) -> Result<R, ValidationError> {
    R::from_json(&request.to_json())
}

fn advice(error: &ValidationError) -> Vec<String> {
    let mut advice = Vec::new();
    for violation in error {
        advice.push(match violation.keyword {
            Keyword::Required => format!("add {}", violation.path),
            Keyword::AdditionalProperties => format!("remove {}", violation.path),
            Keyword::Enum | Keyword::Minimum | Keyword::Maximum => format!("choose another {}", violation.path),
            _ => violation.to_string(),
        });
    }
    advice
}

fn menu() -> BTreeMap<String, Resolution> {
    Resolution::ALL.iter().map(|resolution| (resolution.to_string(), *resolution)).collect()
}

fn parse(text: &str) -> Result<AspectRatio, UnknownValue> {
    text.parse()
}

#[test]
fn an_application_compiles_and_runs() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options { resolution: Some(Resolution::P1080), seconds: None, ..Options::default() };
    let queue: Vec<VideoRequest> = vec![
        kling("rain on a lake", &options)?.into(),
        veo("petals fall", &options)?.into(),
        VideoRequest::from(KlingO3ImageToVideo::builder().image_url("https://example.com/a.jpg").build()?),
    ];
    for request in &queue {
        let Outgoing { url, method, body } = outgoing(request)?;
        assert_eq!((method, url.as_str()), ("POST", "https://api.foxapi.cc/v1/videos/generations"));
        assert!(body.contains(request.model()));
        assert_eq!(&read_back(request)?, request);
        if let VideoRequest::KlingV3TextToVideo(kling) = request {
            assert_eq!(kling.resolution, options.resolution);
        }
    }

    // A builder may be kept, cloned and finished later, in any order.
    let base = KlingO3ReferenceToVideo::builder().resolution(Resolution::P720).shot_type(None);
    let upright = base.clone().aspect_ratio(AspectRatio::Portrait).build()?;
    assert_ne!(base.build()?, upright);

    // Strings and lists of every kind, required or not.
    let shots = ["dawn", "noon"].map(|prompt| PromptSegment::builder().prompt(prompt).duration(2).build());
    for prompt in [Cow::Borrowed("borrowed"), Cow::Owned(String::from("owned"))] {
        let request = KlingV3TextToVideo::builder()
            .prompt(prompt.clone())
            .negative_prompt(prompt)
            .generate_audio(true)
            .duration(5)
            .voice_ids(["narrator"])
            .build()?;
        assert_eq!(request.voice_ids.as_deref(), Some(&["narrator".to_owned()][..]));
    }
    let urls: Vec<String> = (1..=3).map(|number| format!("https://example.com/{number}.jpg")).collect();
    let request =
        KlingO3ReferenceToVideo::builder().duration(4).multi_prompt(&shots).image_urls(urls.as_slice()).build()?;
    assert_eq!(request.multi_prompt.as_deref(), Some(&shots[..]));
    assert_eq!(request.image_urls, Some(urls));

    // Fields are public: what was changed is checked again before it is sent.
    let mut request = kling("rain on a lake", &options)?;
    request.duration = Some(7);
    let error = outgoing(&request).err().ok_or("7 seconds are too many")?;
    assert_eq!(error.to_string(), "/duration: is 7, only 5 and 10 are allowed");
    assert_eq!(advice(&error), ["choose another /duration"]);

    assert_eq!(menu().get("4k"), Some(&Resolution::Uhd4k));
    assert_eq!(parse("9:16")?, AspectRatio::Portrait);
    assert_eq!(parse("9x16").err().and_then(|error| error.suggestion()), Some("9:16"));
    assert_eq!(format!("[{:>6}]", Resolution::P720), "[  720p]");
    Ok(())
}

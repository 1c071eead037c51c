//! Checking a request that is there already: `Request::validate`, with a verdict of "valid".

use std::hint::black_box;

use foxapi_benches::peers::{kling_o3::KlingO3, veo::Veo};
use foxapi_benches::typical::{URL, body};
use foxapi_models::Request;
use foxapi_models::kling::{KlingO3ImageToVideo, KlingO3ReferenceToVideo, KlingV3MotionControl, KlingV3TextToVideo};
use foxapi_models::veo::Veo31ImageToVideo;
use garde::Validate;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::harness::{Comparison, Harness};

pub(crate) fn run(harness: &Harness) {
    without_urls(harness, "kling-v3-text-to-video", request::<KlingV3TextToVideo>("kling-v3-text-to-video"));
    let mut reference: KlingO3ReferenceToVideo = request("kling-o3-reference-to-video");
    reference.image_urls = None;
    without_urls(harness, "kling-o3-reference-to-video", reference);

    with_urls::<KlingO3ImageToVideo>(harness, "kling-o3-image-to-video", "/image_url");
    with_urls::<KlingO3ReferenceToVideo>(harness, "kling-o3-reference-to-video", "/image_urls/0");
    with_urls::<KlingV3MotionControl>(harness, "kling-v3-motion-control", "/image_url");
    with_urls::<Veo31ImageToVideo>(harness, "veo-3.1-image-to-video", "/image_url");

    let theirs = |peer: &KlingO3| (peer.validate().is_ok(), peer.is_valid());
    by_hand::<KlingO3ImageToVideo, KlingO3>(harness, "kling-o3-image-to-video", theirs, KlingO3::is_valid);
    let theirs = |peer: &Veo| (peer.validate().is_ok(), peer.is_valid());
    by_hand::<Veo31ImageToVideo, Veo>(harness, "veo-3.1-image-to-video", theirs, Veo::is_valid);
}

/// The typical request of a page.
fn request<R: Request>(page: &str) -> R {
    R::from_json(&body(page)).expect("a typical request is valid")
}

/// The schema of a request, compiled once.
pub(crate) fn schema<R: Request>(formats: bool) -> jsonschema::Validator {
    let options = jsonschema::options().should_validate_formats(formats);
    options.build(&R::json_schema()).expect("a schema")
}

/// Requests without a URL, and a validator that is told to ignore formats.
fn without_urls<R: Request>(harness: &Harness, page: &str, request: R) {
    let (schema, value) = (schema::<R>(false), request.to_value());
    assert!(request.validate().is_ok() && schema.is_valid(&value));
    assert_both_refuse::<R>(&schema, &value, "/duration", json!(1000));
    let what = format!("validate {page}, no URLs");
    let comparison = Comparison { what: &what, peer: "jsonschema, formats off", target: Some(0.1) };
    harness.compare(&comparison, || black_box(&request).validate(), || schema.is_valid(black_box(&value)));
}

/// Requests with URLs, and a validator that is told to check them.
fn with_urls<R: Request>(harness: &Harness, page: &str, url: &str) {
    let (request, schema): (R, _) = (request(page), schema::<R>(true));
    let value = request.to_value();
    assert!(request.validate().is_ok() && schema.is_valid(&value));
    assert_both_refuse::<R>(&schema, &value, url, json!("photo.jpg"));
    let what = format!("validate {page}");
    let comparison = Comparison { what: &what, peer: "jsonschema, formats on", target: Some(0.4) };
    harness.compare(&comparison, || black_box(&request).validate(), || schema.is_valid(black_box(&value)));
}

/// The same request as a struct with checks by hand, and by garde.
fn by_hand<R: Request, P: Validate<Context = ()> + DeserializeOwned>(
    harness: &Harness,
    page: &str,
    verdicts: impl Fn(&P) -> (bool, bool),
    is_valid: impl Fn(&P) -> bool,
) {
    let (request, text): (R, _) = (request(page), body(page));
    let peer: P = serde_json::from_str(&text).expect("the same request");
    assert_eq!(verdicts(&peer), (true, true));
    for (member, wrong) in [("image_url", json!("photo.jpg")), ("duration", json!(2)), ("image_url", json!(URL))] {
        let mut value: Value = serde_json::from_str(&text).expect("JSON");
        value[member] = wrong;
        let ours = R::from_value(&value).is_ok();
        assert_eq!(verdicts(&serde_json::from_value(value).expect("the same types")), (ours, ours), "{member}");
    }
    let what = format!("validate {page}");
    let comparison = Comparison { what: &what, peer: "garde", target: Some(1.0) };
    harness.compare(&comparison, || black_box(&request).validate(), || black_box(&peer).validate());
    let comparison = Comparison { what: &what, peer: "checks by hand", target: Some(1.5) };
    harness.compare(&comparison, || black_box(&request).is_valid(), || is_valid(black_box(&peer)));
}

/// The schema is not one that takes everything.
fn assert_both_refuse<R: Request>(schema: &jsonschema::Validator, value: &Value, path: &str, wrong: Value) {
    let mut value = value.clone();
    *value.pointer_mut(path).expect("the member") = wrong;
    assert!(R::from_value(&value).is_err() && !schema.is_valid(&value), "{path}");
}

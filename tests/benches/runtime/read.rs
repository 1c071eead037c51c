//! From the bytes of a body to a request that is checked.

use std::fmt::Debug;
use std::hint::black_box;

use foxapi_benches::peers::{kling_o3::KlingO3, veo::Veo};
use foxapi_benches::typical::body;
use foxapi_models::kling::{KlingO3ImageToVideo, KlingO3ReferenceToVideo, KlingV3MotionControl, KlingV3TextToVideo};
use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::{AnyRequest, Request, VideoRequest};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::harness::{Comparison, Harness};
use crate::validate::schema;

pub(crate) fn run(harness: &Harness) {
    by_schema::<KlingO3ImageToVideo>(harness, "kling-o3-image-to-video");
    by_schema::<KlingO3ReferenceToVideo>(harness, "kling-o3-reference-to-video");
    by_schema::<KlingV3MotionControl>(harness, "kling-v3-motion-control");
    by_schema::<KlingV3TextToVideo>(harness, "kling-v3-text-to-video");
    by_schema::<Veo31ImageToVideo>(harness, "veo-3.1-image-to-video");

    by_derive::<KlingO3ImageToVideo, KlingO3>(harness, "kling-o3-image-to-video", KlingO3::is_valid);
    by_derive::<Veo31ImageToVideo, Veo>(harness, "veo-3.1-image-to-video", Veo::is_valid);
    by_derive::<VideoRequest, Veo>(harness, "veo-3.1-image-to-video", Veo::is_valid);

    by_page::<VideoRequest, KlingV3TextToVideo>(harness, "kling-v3-text-to-video", "video");
    by_page::<VideoRequest, Veo31ImageToVideo>(harness, "veo-3.1-image-to-video", "video");
    by_page::<AnyRequest, KlingV3TextToVideo>(harness, "kling-v3-text-to-video", "any");
    by_page::<AnyRequest, Veo31ImageToVideo>(harness, "veo-3.1-image-to-video", "any");
}

/// As one of many requests, compared with a page that is known beforehand.
fn by_page<Many: Request, R: Request>(harness: &Harness, page: &str, kind: &str) {
    let text = body(page);
    let bytes = text.as_bytes();
    let (ours, theirs) = (Many::from_slice(bytes).expect("it is valid"), R::from_slice(bytes).expect("it is valid"));
    assert_eq!(ours.to_value(), theirs.to_value());
    let what = format!("read {page} as {kind} request");
    let comparison = Comparison { what: &what, peer: "the page's own", target: Some(1.15) };
    harness.compare(&comparison, || Many::from_slice(black_box(bytes)), || R::from_slice(black_box(bytes)));
}

/// Through a JSON value that a validator checks.
fn by_schema<R: Request>(harness: &Harness, page: &str) {
    let (text, schema) = (body(page), schema::<R>(true));
    let bytes = text.as_bytes();
    let theirs = |bytes: &[u8]| -> Option<R> {
        let value: Value = serde_json::from_slice(bytes).ok()?;
        if schema.is_valid(&value) { serde_json::from_value(value).ok() } else { None }
    };
    let ours = R::from_slice(bytes).expect("a typical request is valid");
    assert_eq!(theirs(bytes), Some(ours));
    let what = format!("read {page}");
    let comparison = Comparison { what: &what, peer: "Value, jsonschema, from_value", target: Some(0.5) };
    harness.compare(&comparison, || R::from_slice(black_box(bytes)), || theirs(black_box(bytes)));
}

/// Straight into a struct with serde's derive, then checks by hand.
fn by_derive<R: Request, P: DeserializeOwned + Debug>(harness: &Harness, page: &str, is_valid: impl Fn(&P) -> bool) {
    let text = body(page);
    let bytes = text.as_bytes();
    let theirs = |bytes: &[u8]| serde_json::from_slice(bytes).ok().filter(|peer| is_valid(peer));
    assert!(R::from_slice(bytes).is_ok() && theirs(bytes).is_some());
    let wrong = text.replace("https://", "");
    assert!(R::from_json(&wrong).is_err() && theirs(wrong.as_bytes()).is_none());
    let of_any = if R::pages().len() > 1 { " as any request" } else { "" };
    let what = format!("read {page}{of_any}");
    let comparison = Comparison { what: &what, peer: "serde's derive, checks by hand", target: Some(1.3) };
    harness.compare(&comparison, || R::from_slice(black_box(bytes)), || theirs(black_box(bytes)));
}

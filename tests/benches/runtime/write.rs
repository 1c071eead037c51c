//! From a request to the text of its body.

use std::hint::black_box;

use foxapi_benches::peers::{kling_o3::KlingO3, veo::Veo};
use foxapi_benches::typical::body;
use foxapi_models::Request;
use foxapi_models::kling::KlingO3ImageToVideo;
use foxapi_models::veo::Veo31ImageToVideo;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::harness::{Comparison, Harness};

pub(crate) fn run(harness: &Harness) {
    by_derive::<KlingO3ImageToVideo, KlingO3>(harness, "kling-o3-image-to-video");
    by_derive::<Veo31ImageToVideo, Veo>(harness, "veo-3.1-image-to-video");
}

fn by_derive<R: Request, P: Serialize + DeserializeOwned>(harness: &Harness, page: &str) {
    let text = body(page);
    let ours = R::from_json(&text).expect("a typical request is valid");
    let theirs: P = serde_json::from_str(&text).expect("the same request");
    assert_eq!(Some(ours.to_json()), serde_json::to_string(&theirs).ok());
    let what = format!("write {page}");
    let comparison = Comparison { what: &what, peer: "serde's derive", target: Some(1.0) };
    harness.compare(&comparison, || black_box(&ours).to_json(), || serde_json::to_string(black_box(&theirs)));
}

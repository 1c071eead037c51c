//! How often checking and reading ask for memory; a separate binary, because counting replaces the global allocator.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails, and says where")]

use std::hint::black_box;

use allocation_counter::measure;
use foxapi_benches::peers::{kling_o3::KlingO3, veo::Veo};
use foxapi_benches::typical;
use foxapi_models::kling::KlingO3ImageToVideo;
use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::{Request, VideoRequest};
use serde::de::DeserializeOwned;

/// Allocations of a call, after one that is not counted: what is made once per program is not what it costs.
fn allocations<T>(mut call: impl FnMut() -> T) -> u64 {
    drop(call());
    measure(|| drop(black_box(call()))).count_total
}

#[test]
fn checking_a_valid_request_allocates_nothing() {
    for page in typical::PAGES {
        let request = VideoRequest::from_json(&typical::body(page)).expect("a typical request is valid");
        assert_eq!(allocations(|| black_box(&request).validate()), 0, "{page}");
    }
}

#[test]
fn checking_allocates_nothing_for_letters_beyond_ascii_and_unusual_urls() {
    let request = KlingO3ImageToVideo::builder()
        .image_url("HTTPS://user@[2001:db8::1]:8080/a%20b?c#d")
        .prompt("河".repeat(2500))
        .build()
        .expect("at the limits");
    assert_eq!(allocations(|| black_box(&request).validate()), 0);
}

#[test]
fn reading_allocates_no_more_than_a_derive_on_a_struct_by_hand() {
    compare::<KlingO3ImageToVideo, KlingO3>("kling-o3-image-to-video");
    compare::<Veo31ImageToVideo, Veo>("veo-3.1-image-to-video");
    compare::<VideoRequest, Veo>("veo-3.1-image-to-video");
}

fn compare<R: Request, P: DeserializeOwned>(page: &str) {
    let text = typical::body(page);
    let ours = allocations(|| R::from_json(black_box(&text)).unwrap());
    let theirs = allocations(|| serde_json::from_str::<P>(black_box(&text)).unwrap());
    assert!(theirs > 0 && ours <= theirs, "{page}: {ours} here, {theirs} there");
}

#[test]
fn writing_allocates_once() {
    let request = VideoRequest::from_json(&typical::body("veo-3.1-image-to-video")).unwrap();
    assert_eq!(allocations(|| black_box(&request).to_json()), 1);
}

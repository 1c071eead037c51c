//! Checking one URL: an absolute `http` or `https` URL with a host.

use std::hint::black_box;

use fluent_uri::Uri;
use foxapi_benches::is_url;
use foxapi_benches::typical::URL;

use crate::harness::{Comparison, Harness};

/// Signed addresses, as stores of files give them, are not the plain kind.
const SIGNED: &str =
    "https://files.example.com/a%20b.jpg?X-Amz-Credential=AKIA%2F20260101%2Fus-east-1&X-Amz-Signature=0f";

pub(crate) fn run(harness: &Harness) {
    for (what, text) in [("URL of 43 bytes", URL), ("signed URL", SIGNED)] {
        assert!(is_url(text) && parses(text) && url::Url::parse(text).is_ok());

        let comparison = Comparison { what, peer: "fluent-uri", target: Some(1.0) };
        harness.compare(&comparison, || is_url(black_box(text)), || parses(black_box(text)));
        let comparison = Comparison { what, peer: "url", target: None };
        harness.compare(&comparison, || is_url(black_box(text)), || url::Url::parse(black_box(text)).is_ok());
    }
    assert!(!is_url("photo.jpg") && !parses("photo.jpg"));
}

fn parses(text: &str) -> bool {
    Uri::parse(text).is_ok()
}

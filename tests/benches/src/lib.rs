//! What the benchmarks share: typical requests, peers to compare with, spec folders of any size, and the lines that
//! `cargo xtask bench` makes its table of.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark that cannot go on fails, and says where"
)]

pub mod peers;
pub mod ratio;
pub mod synthetic;
pub mod typical;
pub mod typify;

/// The check of the crate itself, so that peers judge URLs by the same function.
#[allow(dead_code, reason = "the crate has use for all of it")]
#[path = "../../../foxapi-models/src/runtime/url.rs"]
mod url;

/// Whether a text is an absolute `http` or `https` URL with a host, as the crate judges it.
#[must_use]
pub fn is_url(text: &str) -> bool {
    url::is_url(text, &["http", "https"])
}

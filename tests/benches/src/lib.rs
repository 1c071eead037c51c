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

/// Whether a text is an absolute `http` or `https` URL with a host, as the crate judges it: peers call the same function.
#[must_use]
#[inline]
pub fn is_url(text: &str) -> bool {
    foxapi_schema::url::is_url(text, &["http", "https"])
}

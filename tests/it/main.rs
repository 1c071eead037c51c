//! One binary for all integration tests of the workspace: it links once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, and says where"
)]

mod api;
mod benches;
mod bodies;
mod client;
mod diagnostics;
mod diff;
mod docs;
mod export;
mod keywords;
mod licenses;
mod new_model;
mod oracle;
mod readme;
mod snapshots;
mod spec;
mod survival;
mod xtask;

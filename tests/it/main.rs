//! One binary for all integration tests of the workspace: it links once.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, and says where"
)]

mod api;
mod application;
mod benches;
mod bodies;
mod client;
mod compiled;
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

/// `cargo xtask` in the workspace, as it was built with these tests.
fn commands() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_commands"));
    command.current_dir(foxapi_tests::workspace()).env("FOXAPI_DOCS_FETCH", env!("CARGO_BIN_EXE_docs-fetch"));
    command
}

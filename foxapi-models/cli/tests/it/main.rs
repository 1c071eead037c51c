//! The program as people, scripts and agents use it, against a server that plays the API.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on fails")]

mod auth;
mod batch;
mod completions;
mod make;
#[cfg(feature = "mcp")]
mod mcp;
mod output;
mod program;
mod readme;
#[cfg(unix)]
mod terminal;
mod transcript;
mod validate;

//! One binary for all integration tests of the workspace: it links once.

mod bodies;
mod diagnostics;
mod snapshots;
mod spec;
mod xtask;

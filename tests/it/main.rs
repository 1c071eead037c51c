//! One binary for all integration tests of the workspace: it links once.

fn main() {}

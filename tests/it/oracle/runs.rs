//! The number of random cases and their seed: fixed, unless the environment says otherwise.
//!
//! `FOXAPI_TEST_SEED=7 FOXAPI_TEST_CASES=1000000 cargo test` tries others, and more of them.

use std::fmt;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// Tries `test` with a number of values of a strategy, and prints the smallest that fails.
#[track_caller]
pub(crate) fn run<S: Strategy<Value: fmt::Debug>>(
    cases: u32,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), String>,
) {
    if let Err(error) = runner(cases).run(strategy, |value| test(value).map_err(TestCaseError::fail)) {
        panic!("{error}");
    }
}

/// Prints what was tried, for `cargo xtask fuzz`, which sets the number of cases and reads this.
pub(crate) fn tried(what: &str, cases: u32, valid: u32) {
    if std::env::var_os("FOXAPI_TEST_CASES").is_some() {
        println!("tried\t{what}\t{cases}\t{valid}");
    }
}

/// A source of values that are the same in every run.
pub(crate) fn runner(cases: u32) -> TestRunner {
    let seed: u64 = from_environment("FOXAPI_TEST_SEED").unwrap_or_default();
    let cases = from_environment("FOXAPI_TEST_CASES").unwrap_or(cases);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 4096, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

fn from_environment<T: std::str::FromStr<Err: fmt::Debug>>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|error| panic!("{name} is {text:?}: {error:?}")))
}

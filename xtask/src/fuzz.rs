//! `cargo xtask fuzz`: runs the random tests repeatedly, each time with another seed.

mod tally;

use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tally::Tally;

use crate::cli::Fuzz;
use crate::error::Error;
use crate::output::{complain, say};
use crate::text::counted;

/// Bodies per model, and spec files per kind of fault, in a round, which takes seconds.
const CASES: &str = "500";

/// The random tests: of bodies, and of spec files.
const TESTS: [&str; 2] = ["oracle::", "survival::a_"];

pub(crate) fn run(arguments: &Fuzz) -> Result<(), Error> {
    build()?;
    let first = arguments.seed.unwrap_or_else(seconds_since_epoch);
    let (start, most) = (Instant::now(), Duration::from_secs(arguments.seconds));
    let mut tally = Tally::default();
    let mut seed = first;
    while start.elapsed() < most {
        let output = round(seed)?;
        let text = String::from_utf8_lossy(&output.stdout);
        tally.add(&text);
        if !output.status.success() {
            return found(seed, &text, &String::from_utf8_lossy(&output.stderr));
        }
        complain(format_args!("seed {seed}: nothing found after {} s", start.elapsed().as_secs()));
        seed = seed.wrapping_add(1);
    }
    say(&tally.report(first, start.elapsed()))
}

/// Builds the tests, so that the time is spent on running them.
fn build() -> Result<(), Error> {
    let mut cargo = cargo();
    let status = cargo.arg("--no-run").stderr(Stdio::inherit()).status();
    match status.map_err(|cause| Error::io("run", env!("CARGO"), cause))? {
        status if status.success() => Ok(()),
        _ => Err(Error::failed("cargo test --workspace --test it --no-run")),
    }
}

fn round(seed: u64) -> Result<Output, Error> {
    let mut cargo = cargo();
    cargo.env("FOXAPI_TEST_SEED", seed.to_string()).env("FOXAPI_TEST_CASES", CASES).env("RUST_BACKTRACE", "0");
    cargo.arg("--").args(TESTS).arg("--nocapture");
    cargo.output().map_err(|cause| Error::io("run", env!("CARGO"), cause))
}

fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
    // Testing a single package would rebuild everything with other features.
    cargo.args(["test", "--quiet", "--workspace", "--test", "it"]);
    cargo
}

/// Prints what was found, and how to reproduce it.
fn found(seed: u64, text: &str, reasons: &str) -> Result<(), Error> {
    complain(format_args!("{}\n", reasons.trim_end()));
    let failed = tally::failed(text);
    let commands = failed.iter().map(|test| {
        format!(
            "  FOXAPI_TEST_SEED={seed} FOXAPI_TEST_CASES={CASES} cargo test --workspace --test it -- --exact {test}\n"
        )
    });
    say(&format!("seed {seed}; see it again with\n{}", commands.collect::<String>()))?;
    Err(Error::new(format!("{} failed", counted(failed.len(), "test"))))
}

fn seconds_since_epoch() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_secs())
}

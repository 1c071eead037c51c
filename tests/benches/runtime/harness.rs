//! criterion measures each side; both sides take turns, so that a busy machine slows both.

use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use foxapi_benches::ratio::Ratio;
use serde_json::Value;

/// How often each side has its turn.
const ROUNDS: usize = 7;

/// What the command line asked for.
pub(crate) struct Harness {
    rounds: usize,
    words: Vec<String>,
}

/// Two ways to do the same.
pub(crate) struct Comparison<'a> {
    /// What is done.
    pub(crate) what: &'a str,
    /// Who else does it.
    pub(crate) peer: &'a str,
    /// The most of their time that ours may take.
    pub(crate) target: Option<f64>,
}

impl Harness {
    pub(crate) fn from_arguments() -> Self {
        let (options, words): (Vec<String>, Vec<String>) =
            std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
        let is_quick = options.iter().any(|option| option == "--quick");
        Self { rounds: if is_quick { 1 } else { ROUNDS }, words }
    }

    /// Whether a word of the command line is in the name of either side, or there are no words.
    pub(crate) fn is_wanted(&self, what: &str, peer: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|word| what.contains(word) || peer.contains(word))
    }

    /// Measures both sides and prints the line. What they return is kept from being optimised away.
    pub(crate) fn compare<T, U>(
        &self,
        comparison: &Comparison<'_>,
        mut ours: impl FnMut() -> T,
        mut theirs: impl FnMut() -> U,
    ) {
        let Comparison { what, peer, target } = *comparison;
        if !self.is_wanted(what, peer) {
            return;
        }
        let rounds: Vec<(f64, f64)> = (0..self.rounds).map(|_| (measure(&mut ours), measure(&mut theirs))).collect();
        Ratio::of_turns(what, peer, &rounds, target).print();
    }
}

/// Nanoseconds per call: the median of criterion's samples.
fn measure<T>(side: &mut impl FnMut() -> T) -> f64 {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut criterion = Criterion::default()
        .output_directory(folder.path())
        .without_plots()
        .warm_up_time(Duration::from_millis(40))
        .measurement_time(Duration::from_millis(160))
        .sample_size(40)
        .nresamples(1000);
    criterion.bench_function("side", |bencher| bencher.iter(&mut *side));
    estimate(&folder.path().join("side/new/estimates.json"))
}

fn estimate(file: &Path) -> f64 {
    let text = std::fs::read_to_string(file).expect("criterion wrote its estimates");
    let estimates: Value = serde_json::from_str(&text).expect("JSON");
    estimates["median"]["point_estimate"].as_f64().expect("a median")
}

//! The arguments of `cargo xtask bench`.

use clap::{Args, ValueEnum};

/// Compare this workspace with other crates that do the same, and print one table of ratios.
///
/// Runs the benchmarks of tests/benches, each as a separate process. Both sides of a ratio
/// are measured in turns on the same machine, so that a ratio means more than either time:
/// it is our cost divided by theirs, and less is better. Optimised builds are made first.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub(crate) struct Bench {
    /// What to measure [default: runtime and codegen]
    #[arg(value_enum)]
    pub(crate) parts: Vec<Benchmark>,

    /// Measure each side only once: a first look, in a quarter of the time
    #[arg(long)]
    pub(crate) quick: bool,

    /// Fail if a ratio misses its target
    #[arg(long)]
    pub(crate) fail_on_miss: bool,
}

/// A benchmark of tests/benches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Benchmark {
    /// Checking, reading and writing requests; two minutes
    Runtime,
    /// Generating code for 5 to 1,000 pages; two minutes
    Codegen,
    /// Compiling generated code; 25 minutes
    Compile,
}

impl Benchmark {
    /// The name of the bench target.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Runtime => "runtime",
            Self::Codegen => "codegen",
            Self::Compile => "compile",
        }
    }
}

impl Bench {
    /// What to measure, each once, in the order of the table.
    pub(crate) fn parts(&self) -> Vec<Benchmark> {
        let default = [Benchmark::Runtime, Benchmark::Codegen];
        let asked: &[Benchmark] = if self.parts.is_empty() { &default } else { &self.parts };
        Benchmark::value_variants().iter().copied().filter(|part| asked.contains(part)).collect()
    }
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                              runtime and codegen
  cargo xtask bench runtime --quick              a first look
  cargo xtask bench runtime codegen compile      everything
  cargo xtask bench --fail-on-miss               exit with 1 if a target is missed

Exit codes:
  0  done
  1  a benchmark failed; with --fail-on-miss: a target is missed
  2  the command line was not understood";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_compiles_for_long_is_not_measured_unless_asked_for() {
        let parts = |parts: &[Benchmark]| Bench { parts: parts.to_vec(), quick: false, fail_on_miss: false }.parts();
        assert_eq!(parts(&[]), [Benchmark::Runtime, Benchmark::Codegen]);
        assert_eq!(
            parts(&[Benchmark::Compile, Benchmark::Runtime, Benchmark::Compile]),
            [Benchmark::Runtime, Benchmark::Compile]
        );
    }
}

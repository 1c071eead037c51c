//! One line of the table: what was measured on both sides, how they relate, and how they should.

use std::fmt;

/// How machines find the lines of a benchmark: they start with this word and a tab.
pub const MARK: &str = "ratio\t";

/// What a side costs.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Cost {
    /// Time.
    Nanoseconds(f64),
    /// Memory.
    Bytes(f64),
    /// Text.
    Lines(f64),
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Nanoseconds(time) if time < 1e3 => write!(f, "{time:.1} ns"),
            Self::Nanoseconds(time) if time < 1e6 => write!(f, "{:.2} µs", time / 1e3),
            Self::Nanoseconds(time) if time < 1e9 => write!(f, "{:.2} ms", time / 1e6),
            Self::Nanoseconds(time) => write!(f, "{:.2} s", time / 1e9),
            Self::Bytes(bytes) if bytes < 1e7 => write!(f, "{:.0} kB", bytes / 1e3),
            Self::Bytes(bytes) => write!(f, "{:.0} MB", bytes / 1e6),
            Self::Lines(lines) => write!(f, "{lines:.0} lines"),
        }
    }
}

/// Our side and another, measured in turns.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "the benchmarks of this package make it")]
pub struct Ratio {
    /// What is measured.
    pub what: String,
    /// What it costs here.
    pub ours: Cost,
    /// Who else does it.
    pub peer: String,
    /// What it costs there.
    pub theirs: Cost,
    /// Ours divided by theirs: less is better.
    pub ratio: f64,
    /// What the ratio should be at most; none for what is only good to know.
    pub target: Option<f64>,
}

impl Ratio {
    /// Of nanoseconds, ours and theirs of each turn.
    #[must_use]
    pub fn of_turns(what: &str, peer: &str, turns: &[(f64, f64)], target: Option<f64>) -> Self {
        Self {
            what: what.to_owned(),
            ours: Cost::Nanoseconds(median(turns.iter().map(|(ours, _)| *ours))),
            peer: peer.to_owned(),
            theirs: Cost::Nanoseconds(median(turns.iter().map(|(_, theirs)| *theirs))),
            ratio: median(turns.iter().map(|(ours, theirs)| ours / theirs)),
            target,
        }
    }

    /// Prints the line, for `cargo xtask bench` to read.
    #[allow(clippy::print_stdout, reason = "it is what a benchmark is for")]
    pub fn print(&self) {
        let Self { what, ours, peer, theirs, ratio, target } = self;
        let target = target.map(|target| target.to_string()).unwrap_or_default();
        println!("{MARK}{what}\t{ours}\t{peer}\t{theirs}\t{ratio:.3}\t{target}");
    }
}

/// The value in the middle.
///
/// # Panics
///
/// There are no values.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    *values.get(values.len() / 2).expect("there is a value")
}

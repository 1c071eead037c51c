//! Adds up what the random tests tried in all rounds.

use std::{collections::BTreeMap, time::Duration};

/// The prefix of lines that say what was tried: the kind, how many, and how many of them were valid.
const MARK: &str = "tried\t";

/// How many were tried, and how many of them were valid.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, (u64, u64)>);

impl Tally {
    /// Adds the output of a round.
    pub(crate) fn add(&mut self, text: &str) {
        // The test runner's dots may come before it.
        for line in text.lines().filter_map(|line| Some(line.split_once(MARK)?.1)) {
            let mut cells = line.split('\t');
            let (Some(name), Some(all), Some(valid)) = (cells.next(), number(cells.next()), number(cells.next()))
            else {
                continue;
            };
            let sum = self.0.entry(name.to_owned()).or_default();
            *sum = (sum.0 + all, sum.1 + valid);
        }
    }

    /// A line for each model and kind of spec file, then the sum.
    pub(crate) fn report(&self, first_seed: u64, time: Duration) -> String {
        let width = self.0.keys().map(String::len).max().unwrap_or(0);
        let lines = self.0.iter().map(|(name, (all, valid))| {
            let share = 100 * valid / all.max(&1);
            format!("{name:width$}  {all:>9}, {share:>2} % of them valid\n")
        });
        let lines: String = lines.collect();
        let all: u64 = self.0.values().map(|(all, _)| all).sum();
        let rate = all as f64 / time.as_secs_f64().max(1e-9);
        format!("{lines}nothing found in {all} from seed {first_seed} on, {rate:.0} per second\n")
    }
}

fn number(cell: Option<&str>) -> Option<u64> {
    cell?.parse().ok()
}

/// The tests that failed, by name.
pub(crate) fn failed(text: &str) -> Vec<&str> {
    let list = text.rsplit_once("\nfailures:\n").map_or("", |(_, list)| list);
    let names = list.lines().take_while(|line| !line.starts_with("test result")).map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_added_up() {
        let mut tally = Tally::default();
        tally.add("running 2 tests\ntried\tkling\t100\t40\n.tried\tspecs\t50\t0\n");
        tally.add("tried\tkling\t100\t20\n");
        assert_eq!(
            tally.report(7, Duration::from_secs(5)),
            "kling        200, 30 % of them valid\n\
             specs         50,  0 % of them valid\n\
             nothing found in 250 from seed 7 on, 50 per second\n"
        );
    }

    #[test]
    fn failed_tests_are_those_of_the_last_list() {
        let text = "failures:\n\n---- a stdout ----\nx\n\n\nfailures:\n    oracle::a\n    survival::b\n\ntest result: FAILED. 0\n";
        assert_eq!(failed(text), ["oracle::a", "survival::b"]);
        assert!(failed("test result: ok.\n").is_empty());
    }
}

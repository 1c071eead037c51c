//! The ratios as a Markdown table, so that it can be copied into a document.

use std::fmt;

/// The prefix of lines with a ratio in the output of benchmarks.
pub(crate) const MARK: &str = "ratio\t";

const TITLES: [&str; 7] = ["what", "here", "versus", "there", "ratio", "target", "met"];

/// All ratios measured.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

/// One comparison; costs are already formatted.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    what: String,
    ours: String,
    peer: String,
    theirs: String,
    ratio: f64,
    target: Option<f64>,
}

impl Row {
    /// Reads a line without its mark.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let [what, ours, peer, theirs, ratio, target] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        let target = if target.is_empty() { None } else { Some(target.parse().ok()?) };
        let [what, ours, peer, theirs] = [what, ours, peer, theirs].map(str::to_owned);
        Some(Self { what, ours, peer, theirs, ratio: ratio.parse().ok()?, target })
    }

    /// Whether the target is missed. A ratio that is not a number misses every target.
    pub(crate) fn is_missed(&self) -> bool {
        self.target.is_some_and(|target| self.ratio.is_nan() || self.ratio > target)
    }

    fn cells(&self) -> [String; 7] {
        let verdict = match self.target {
            None => "",
            Some(_) if self.is_missed() => "no",
            Some(_) => "yes",
        };
        [
            self.what.clone(),
            self.ours.clone(),
            self.peer.clone(),
            self.theirs.clone(),
            format!("{:.2}", self.ratio),
            self.target.map(|target| format!("≤ {target}")).unwrap_or_default(),
            verdict.to_owned(),
        ]
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = vec![TITLES.map(str::to_owned)];
        lines.extend(self.rows.iter().map(Row::cells));
        let mut widths = [0; 7];
        for line in &lines {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.chars().count().max(*width);
            }
        }
        for (number, line) in lines.iter().enumerate() {
            for (cell, width) in line.iter().zip(widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if number == 0 {
                widths.iter().try_for_each(|width| write!(f, "|{}", "-".repeat(width + 2)))?;
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_shown_in_columns_with_a_verdict() {
        let lines = [
            "read\t1.0 ns\tserde\t2.0 ns\t0.500\t1.3",
            "write\t3.0 ns\tserde\t2.0 ns\t1.500\t1",
            "parse\t1 ns\turl\t9 ns\t0.111\t",
        ];
        let table = Table { rows: lines.iter().filter_map(|line| Row::read(line)).collect() };
        assert_eq!(
            table.to_string(),
            "\
| what  | here   | versus | there  | ratio | target | met |
|-------|--------|--------|--------|-------|--------|-----|
| read  | 1.0 ns | serde  | 2.0 ns | 0.50  | ≤ 1.3  | yes |
| write | 3.0 ns | serde  | 2.0 ns | 1.50  | ≤ 1    | no  |
| parse | 1 ns   | url    | 9 ns   | 0.11  |        |     |
"
        );
    }

    #[test]
    fn a_line_that_is_no_ratio_is_not_passed_over() {
        assert_eq!(Row::read("read\t1.0 ns"), None);
        assert_eq!(Row::read("a\tb\tc\td\tfast\t1"), None);
        assert_eq!(Row::read("a\tb\tc\td\t1\tlow"), None);
    }

    #[test]
    fn what_was_not_measured_has_met_nothing() {
        assert!(Row::read("memory\t? MB\tlimit\t500 MB\tNaN\t1").is_some_and(|row| row.is_missed()));
    }
}

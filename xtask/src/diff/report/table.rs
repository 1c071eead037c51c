//! The report for a terminal: changes by page, each with its two verdicts.

use foxapi_diff::{Change, Verdict};

use super::{Report, version};

impl Report<'_> {
    pub(in crate::diff) fn table(&self) -> String {
        let mut text = format!("{} → {}\n", self.from, self.to);
        let changes = &self.differences.changes;
        if changes.is_empty() {
            text.push_str("\nno changes for callers\n");
            return text;
        }
        for group in changes.chunk_by(|left, right| left.pages == right.pages) {
            let pages = group.first().map(|change| change.pages.join(", ")).unwrap_or_default();
            text.push_str(&format!("\n{pages}\n"));
            for change in group {
                text.push_str(&lines(change));
            }
        }
        text.push_str(&format!("\n{}\n", self.summary()));
        text.push_str(&format!("version step: {}\n", version::advice(self.differences.step)));
        text
    }
}

fn lines(change: &Change) -> String {
    let subject = if change.subject.is_empty() { String::new() } else { format!("{}: ", change.subject) };
    let verdict = |name: &str, verdict: &Verdict| {
        let why = if verdict.why.is_empty() { String::new() } else { format!("  {}", verdict.why) };
        format!("    {name:<6}  {:<8}{why}\n", verdict.class).replace(" \n", "\n")
    };
    [format!("  {subject}{}\n", change.what), verdict("bodies", &change.bodies), verdict("code", &change.code)].concat()
}

//! The report as a Markdown table, for a pull request or CHANGELOG.md.

use foxapi_diff::{Change, Class, Verdict};

use super::{Report, version};

impl Report<'_> {
    pub(in crate::diff) fn markdown(&self) -> String {
        let changes = &self.differences.changes;
        if changes.is_empty() {
            return "No changes for callers.\n".to_owned();
        }
        let mut text = String::from("| page | change | request bodies | Rust code |\n|---|---|---|---|\n");
        text.extend(changes.iter().map(row));
        text.push_str(&format!("\n{}. Version step: {}.\n", self.summary(), version::advice(self.differences.step)));
        text
    }
}

fn row(change: &Change) -> String {
    let subject = match change.subject.as_str() {
        "" => String::new(),
        // A sentence already has quotation marks.
        sentence if sentence.starts_with('“') => format!("{sentence}: "),
        name => format!("`{name}`: "),
    };
    let cells =
        [change.pages.join(", "), format!("{subject}{}", change.what), verdict(&change.bodies), verdict(&change.code)];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

/// The class of a change, with the reason unless it is safe.
fn verdict(verdict: &Verdict) -> String {
    match verdict.class {
        Class::Safe => "safe".to_owned(),
        class => format!("**{class}**: {}", verdict.why),
    }
}

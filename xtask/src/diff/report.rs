//! Reports of a comparison: for a terminal, as Markdown and as JSON.

mod json;
mod markdown;
mod table;
mod version;

use foxapi_diff::{Class, Differences};

use crate::text::counted;

/// The differences between two states, and the names of both.
#[derive(Debug)]
pub(super) struct Report<'c> {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) differences: &'c Differences,
}

impl Report<'_> {
    /// `3 changes: 1 breaking, 2 safe`
    fn summary(&self) -> String {
        let changes = &self.differences.changes;
        let count = |class: Class| changes.iter().filter(|change| change.class() == class).count();
        let classes = [Class::Breaking, Class::Risky, Class::Safe].map(|class| (count(class), class));
        let classes: Vec<_> =
            classes.iter().filter(|(count, _)| *count > 0).map(|(count, class)| format!("{count} {class}")).collect();
        format!("{}: {}", counted(changes.len(), "change"), classes.join(", "))
    }
}

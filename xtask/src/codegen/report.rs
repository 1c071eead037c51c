//! Reports what plans did, or would do.

use super::difference;
use super::plan::{Plan, Step};
use crate::{folder::Folder, text::counted};

/// The report on applied plans: a line per file, then the totals.
pub(crate) fn done(plans: &[(Plan, &Folder)]) -> String {
    let mut report = String::new();
    for (name, step, out) in steps(plans) {
        report.push_str(&line(past(step), name, step, out));
    }
    let mut numbers = Vec::new();
    for word in ["created", "changed", "unchanged", "removed", "kept"] {
        let number = steps(plans).filter(|(_, step, _)| past(step) == word).count();
        if number > 0 {
            numbers.push(format!("{number} {word}"));
        }
    }
    report.push_str(&numbers.join(", "));
    report.push('\n');
    report
}

/// The steps of all plans, each with its folder.
fn steps<'p>(plans: &'p [(Plan, &'p Folder)]) -> impl Iterator<Item = (&'p str, &'p Step, &'p Folder)> {
    plans.iter().flat_map(|(plan, out)| plan.steps().map(move |(name, step)| (name, step, *out)))
}

fn past(step: &Step) -> &'static str {
    match step {
        Step::Create { .. } => "created",
        Step::Change { .. } => "changed",
        Step::Nothing => "unchanged",
        Step::Remove { .. } => "removed",
        Step::Keep { .. } => "kept",
    }
}

/// The report on plans that were not applied: every file they would touch, with a diff.
pub(crate) fn due(plans: &[(Plan, &Folder)]) -> String {
    let mut report = String::new();
    let mut fresh = 0;
    for (name, step, out) in steps(plans) {
        let (word, present, wanted) = match step {
            Step::Create { wanted } => ("missing", None, Some(wanted)),
            Step::Change { present, wanted } => ("stale", Some(present), Some(wanted)),
            Step::Remove { present } => ("orphaned", Some(present), None),
            Step::Nothing => {
                fresh += 1;
                continue;
            }
            Step::Keep { .. } => {
                report.push_str(&line("kept", name, step, out));
                continue;
            }
        };
        let diff = difference::unified(&out.shown_file(name), present.map(Vec::as_slice), wanted.map(String::as_str));
        report.push_str(&line(word, name, step, out));
        report.push_str(&diff);
        report.push('\n');
    }
    report.push_str(&format!("{} up to date\n", counted(fresh, "file")));
    report
}

/// A line with a word, the file, and the reason, if there is one.
fn line(word: &str, name: &str, step: &Step, out: &Folder) -> String {
    let path = out.shown_file(name);
    let path = path.display();
    match step {
        Step::Keep { reason } => format!("{word:<9} {path} ({reason})\n"),
        _ => format!("{word:<9} {path}\n"),
    }
}

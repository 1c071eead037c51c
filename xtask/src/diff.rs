//! `cargo xtask diff`: reads two states of the spec files, compares them, and reports what the changes mean.

mod git;
mod report;
mod state;

use foxapi_diff::{Change, Class, compare};

use crate::cli::Diff;
use crate::error::Error;
use crate::folder::Folder;
use crate::output::{complain, say};
use crate::text::counted;
use report::Report;
use state::StateSource;

pub(crate) fn run(arguments: &Diff) -> Result<(), Error> {
    let spec = Folder::new(arguments.spec.as_deref(), "spec");
    let from = StateSource::find(arguments.from.as_deref().unwrap_or("HEAD"), &spec)?;
    let to = arguments.to.as_deref().map_or(Ok(StateSource::WorkingTree), |name| StateSource::find(name, &spec))?;
    // Both are read before either is refused, so that all problems are reported at once.
    let (before, after) = (from.read(&spec), to.read(&spec));
    let (before, after) = (before?, after?);
    for (source, _) in [(&from, &before), (&to, &after)].iter().filter(|(_, state)| state.is_without_pages()) {
        complain(format_args!("note: {source} has spec files, but none of a documentation page"));
    }
    let differences = compare(&before, &after);

    let report = Report { from: from.to_string(), to: to.to_string(), differences: &differences };
    say(&match (arguments.markdown, arguments.json) {
        (true, _) => report.markdown(),
        (_, true) => report.json(),
        _ => report.table(),
    })?;
    match arguments.fail_on.map(Class::from) {
        Some(class) => fail_on(class, &differences.changes),
        None => Ok(()),
    }
}

fn fail_on(class: Class, changes: &[Change]) -> Result<(), Error> {
    let count = changes.iter().filter(|change| change.class() >= class).count();
    let class = if class == Class::Breaking { "breaking" } else { "risky or breaking" };
    let verb = if count == 1 { "is" } else { "are" };
    if count == 0 { Ok(()) } else { Err(Error::new(format!("{} {verb} {class}", counted(count, "change")))) }
}

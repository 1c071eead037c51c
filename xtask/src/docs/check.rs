//! `cargo xtask docs check`: reads captures, finds the spec of each, reports every difference.

use super::specs::SpecFolder;
use super::{captures, report};
use crate::cli::Check;
use crate::error::Error;
use crate::output::{complain, say};
use crate::text::counted;

pub(crate) fn run(arguments: &Check, specs: &SpecFolder) -> Result<(), Error> {
    let asked = arguments.page.as_deref();
    asked.map(|slug| specs.page(slug)).transpose()?;
    let (mut checked, mut unreadable) = (Vec::new(), Vec::new());
    for path in captures::files(&arguments.pages)? {
        match specs.compare(&path, asked) {
            Ok(page) => checked.push(page),
            Err(problem) => {
                complain(captures::complaint(&path, &problem));
                unreadable.push((path, problem));
            }
        }
    }
    let report = match arguments.json {
        true => report::json(&checked, &unreadable),
        false => report::text(&checked, arguments.all),
    };
    say(&report)?;
    let unread =
        (!unreadable.is_empty()).then(|| format!("{} cannot be checked", counted(unreadable.len(), "capture")));
    let listed: Vec<String> = report::totals(&checked).into_iter().chain(unread).collect();
    if listed.is_empty() { Ok(()) } else { Err(Error::new(listed.join("; "))) }
}

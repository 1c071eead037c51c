//! `cargo xtask docs check`: reads captures, finds the spec of each, reports every difference.

use foxapi_docs::{check, spec_of};

use super::report::{self, Checked};
use super::{captures, specs};
use crate::cli::Check;
use crate::error::Error;
use crate::folder::Folder;
use crate::text::{complain, say};

pub(crate) fn run(arguments: &Check) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let specs = specs::read(&folder)?;
    let asked = arguments.page.as_deref();
    if let Some(slug) = asked.filter(|slug| specs.page(slug).is_none() && specs.broken(slug).is_none()) {
        let known = specs.pages.iter().map(|spec| spec.slug.clone()).collect();
        return Err(Error::NoSuchPage { slug: slug.to_owned(), known });
    }

    let mut pages = Vec::new();
    let mut unreadable = Vec::new();
    for path in captures::files(&arguments.pages)? {
        let found = captures::page(&path).and_then(|page| Ok((spec_of(&page, &path, &specs, asked)?, page)));
        match found {
            Ok((spec, page)) => pages.push((path, page, spec)),
            Err(problem) => {
                complain(captures::complaint(&path, &problem));
                unreadable.push((path, problem));
            }
        }
    }
    let mut checked = Vec::new();
    for (path, page, spec) in &pages {
        let memory = specs::memory(&folder, &spec.slug)?;
        let comparison = check(page, spec, memory.as_ref());
        checked.push(Checked { path, page, spec, comparison });
    }
    let report = match arguments.json {
        true => report::json(&checked, &unreadable),
        false => report::text(&checked, arguments.all),
    };
    say(&report)?;
    match (report::totals(&checked), unreadable.len()) {
        (None, 0) => Ok(()),
        (listed, unreadable) => Err(Error::PagesDiffer { listed: listed.unwrap_or_default(), unreadable }),
    }
}

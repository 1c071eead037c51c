//! `cargo xtask docs accept`: records which sentences of a page were reviewed.

use std::path::{Path, PathBuf};

use foxapi_docs::{Accept as What, accept, check, spec_of};

use super::{captures, specs};
use crate::cli::Accept;
use crate::error::Error;
use crate::folder::Folder;
use crate::text::{counted, say};

pub(crate) fn run(arguments: &Accept) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let specs = specs::read(&folder)?;
    let path = capture(&arguments.page)?;
    let page = captures::told(&path, captures::page(&path))?;
    let spec = captures::told(&path, spec_of(&page, &path, &specs, arguments.slug.as_deref()))?;
    let memory = specs::memory(&folder, &spec.slug)?;
    let comparison = check(&page, spec, memory.as_ref());

    let parameter = arguments.parameter.as_deref().map(pointer);
    let (line, became) = (arguments.line, arguments.outcome.as_deref());
    let what = What { parameter: parameter.as_deref(), line, became };
    let accepted = accept(&comparison, spec, memory.as_ref(), what)
        .map_err(|problem| Error::NotAccepted { reason: problem.to_string() })?;
    let mut report = String::new();
    for record in &accepted.records {
        let about = if record.parameter.is_empty() { "request" } else { &record.parameter };
        let (line, words, became) = (record.line, &record.words, &record.became);
        report.push_str(&format!("{}:{line}: {about}: {words:?} became {became}\n", path.display()));
    }
    let file = specs::remember(&folder, &spec.slug, &accepted.memory)?;
    let (recorded, forgotten) = (counted(accepted.records.len(), "sentence"), accepted.forgotten);
    report.push_str(&format!("{file}: {recorded} recorded, {forgotten} forgotten\n"));
    say(&report)
}

/// The capture that was named, or the one that `docs fetch` stored of a page.
fn capture(asked: &Path) -> Result<PathBuf, Error> {
    let stored = Folder::new(None, ".docs");
    let name = format!("{}.md", asked.display());
    match asked.exists() || !stored.contains(&name) {
        true => Ok(asked.to_owned()),
        false => Ok(stored.absolute()?.join(name)),
    }
}

/// The pointer to a parameter that was named.
fn pointer(parameter: &str) -> String {
    match parameter {
        "request" => String::new(),
        pointer if pointer.starts_with('/') => pointer.to_owned(),
        name => format!("/{}", name.replace('.', "/")),
    }
}

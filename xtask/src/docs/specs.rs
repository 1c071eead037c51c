//! The specs of a folder, and what was reviewed of their pages.

use foxapi_docs::{Memory, Specs};

use crate::error::Error;
use crate::folder::Folder;
use crate::specs::{sources, told};

/// The folder of what was reviewed, in the folder of the specs.
const REVIEWED: &str = "reviewed";

/// Reads the specs. What is wrong with those of single pages is kept for whoever asks about them.
pub(super) fn read(folder: &Folder) -> Result<Specs, Error> {
    Specs::read(&sources(folder)?).map_err(|diagnostics| Error::WrongSpecs { problems: told(&diagnostics) })
}

/// What was reviewed of a page; `None`: nothing.
pub(super) fn memory(specs: &Folder, slug: &str) -> Result<Option<Memory>, Error> {
    let folder = specs.inner(REVIEWED);
    let name = file(slug);
    if !folder.contains(&name) {
        return Ok(None);
    }
    let bytes = folder.read(&name)?;
    let wrong = |reason: String| Error::WrongReview { path: folder.shown_file(&name), reason };
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8 text".to_owned()))?;
    Memory::read(&text).map(Some).map_err(|(line, reason)| wrong(format!("line {line}: {reason}")))
}

/// Writes what was reviewed of a page, and gives the name of the file.
pub(super) fn remember(specs: &Folder, slug: &str, memory: &Memory) -> Result<String, Error> {
    let folder = specs.inner(REVIEWED);
    folder.create()?;
    folder.write(&file(slug), &memory.to_file())?;
    Ok(folder.shown_file(&file(slug)).display().to_string())
}

fn file(slug: &str) -> String {
    format!("{slug}.json")
}

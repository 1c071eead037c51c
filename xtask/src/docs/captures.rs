//! Captures as files: only those that could be pages are read.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use foxapi_docs::{Capture, MOST_BYTES, Problem};

use crate::{error::Error, folder::Folder, output::complain};

/// The captures that arguments name; for a folder, every file that is not hidden.
pub(super) fn files(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            let names = Folder::new(Some(argument), "").file_names()?;
            files.extend(names.iter().map(|name| argument.join(name)));
        } else {
            files.push(argument.clone());
        }
    }
    if files.is_empty() { Err(Error::new("there is no file to check")) } else { Ok(files) }
}

/// Returns what was read of a capture, or prints what is wrong with it.
pub(super) fn or_complain<T>(path: &Path, read: Result<T, Problem>) -> Result<T, Error> {
    read.map_err(|problem| {
        complain(complaint(path, &problem));
        Error::new("the capture cannot be read")
    })
}

/// Reads a capture.
pub(super) fn page(path: &Path) -> Result<Capture, Problem> {
    foxapi_docs::read(&bytes(path)?)
}

/// The bytes of a file. A file that never ends, or is larger than any page, is refused before it is read.
fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    const SAVE: &str = "save the page as text, or fetch it with `cargo xtask docs fetch`";
    let unreadable = |cause| Problem::whole(format!("cannot be read: {cause}"), "check the path of the capture");
    // Opening a pipe waits for a writer.
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Problem::whole("this is not a file that could be a page", SAVE));
    }
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// What is wrong with a capture, with its place.
pub(super) fn complaint(path: &Path, problem: &Problem) -> String {
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}: {problem}\n", path.display())
}

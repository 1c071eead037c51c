//! Stored pages, with the marks by which servers can tell that a page has not changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Value as Json, json};

/// The file with the marks, next to the pages; hidden, as it is not a capture.
const FILE: &str = ".fetched.json";

/// The version of a page, by which a server tells whether it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The address of the page.
    pub(crate) address: String,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// A folder of pages with the marks of all of them.
pub(crate) struct Stored {
    folder: PathBuf,
    marks: BTreeMap<String, Mark>,
}

impl Stored {
    /// Reads the marks of a folder. A missing or unreadable file counts as no marks.
    pub(crate) fn read(folder: PathBuf) -> Self {
        let known: Json =
            fs::read(folder.join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let marks = known.as_object().into_iter().flatten().map(|(name, mark)| {
            let text = |field: &str| mark.get(field).and_then(Json::as_str).map(str::to_owned);
            let address = text("address").unwrap_or_default();
            (name.clone(), Mark { address, etag: text("etag"), modified: text("modified") })
        });
        Self { marks: marks.collect(), folder }
    }

    /// The mark of a page, if it is stored.
    pub(crate) fn of(&self, name: &str) -> Option<&Mark> {
        self.marks.get(name).filter(|_| self.folder.join(name).is_file())
    }

    /// Stores a page, and its mark at once, since the next page may fail.
    pub(crate) fn put(&mut self, name: &str, text: &str, mark: Mark) -> io::Result<()> {
        write(&self.folder, name, text)?;
        self.marks.insert(name.to_owned(), mark);
        let marks = self.marks.iter();
        let all: BTreeMap<&String, Json> = marks
            .map(|(name, mark)| (name, json!({"address": mark.address, "etag": mark.etag, "modified": mark.modified})))
            .collect();
        write(&self.folder, FILE, &format!("{:#}\n", json!(all)))
    }
}

/// Writes a file atomically: under a temporary name first, which is then renamed to `name`.
fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let temporary = folder.join(format!(".{}.tmp", name.trim_start_matches('.')));
    fs::write(&temporary, text)?;
    fs::rename(&temporary, folder.join(name))
}

//! Stored pages, with the versions by which servers can tell that a page has not changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Value as JsonValue, json};

/// The file with the versions, next to the pages; hidden, as it is not a capture.
const FILE: &str = ".fetched.json";

/// The version of a page, by which a server tells whether it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageVersion {
    /// The address of the page.
    pub(crate) address: String,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// A folder of pages with the versions of all of them.
pub(crate) struct Stored {
    folder: PathBuf,
    versions: BTreeMap<String, PageVersion>,
}

impl Stored {
    /// Reads the versions of a folder. A missing or unreadable file counts as no versions.
    pub(crate) fn read(folder: PathBuf) -> Self {
        let known: JsonValue =
            fs::read(folder.join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let versions = known.as_object().into_iter().flatten().map(|(name, version)| {
            let text = |field: &str| version.get(field).and_then(JsonValue::as_str).map(str::to_owned);
            let address = text("address").unwrap_or_default();
            (name.clone(), PageVersion { address, etag: text("etag"), modified: text("modified") })
        });
        Self { versions: versions.collect(), folder }
    }

    /// The version of a page, if it is stored.
    pub(crate) fn of(&self, name: &str) -> Option<&PageVersion> {
        self.versions.get(name).filter(|_| self.folder.join(name).is_file())
    }

    /// Stores a page, and its version at once, since the next page may fail.
    pub(crate) fn put(&mut self, name: &str, text: &str, version: PageVersion) -> io::Result<()> {
        write(&self.folder, name, text)?;
        self.versions.insert(name.to_owned(), version);
        let versions = self.versions.iter();
        let all: BTreeMap<&String, JsonValue> = versions
            .map(|(name, version)| {
                (name, json!({"address": version.address, "etag": version.etag, "modified": version.modified}))
            })
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

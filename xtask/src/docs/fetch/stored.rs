//! What servers said of the pages that are stored, so that they need not send them again.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::{error::Error, folder::Folder};

/// Beside the pages, and hidden: it is no capture.
const FILE: &str = ".fetched.json";

/// The state of a page by which a server tells whether it has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The address that it is of.
    pub(crate) address: String,
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// The marks of all pages that are stored.
pub(crate) struct Stored {
    marks: BTreeMap<String, Mark>,
}

impl Stored {
    /// What is not there or cannot be read is as if nothing was stored.
    pub(crate) fn read(folder: &Folder) -> Result<Self, Error> {
        let bytes = if folder.contains(FILE) { folder.read(FILE)? } else { Vec::new() };
        let known: Json = serde_json::from_slice(&bytes).unwrap_or_default();
        let marks = known.as_object().into_iter().flatten().map(|(name, mark)| {
            let text = |field: &str| mark.get(field).and_then(Json::as_str).map(str::to_owned);
            let address = text("address").unwrap_or_default();
            (name.clone(), Mark { address, etag: text("etag"), modified: text("modified") })
        });
        Ok(Self { marks: marks.collect() })
    }

    pub(crate) fn of(&self, name: &str) -> Option<&Mark> {
        self.marks.get(name)
    }

    /// Notes a page at once: the next one may fail.
    pub(crate) fn put(&mut self, folder: &Folder, name: &str, mark: Mark) -> Result<(), Error> {
        self.marks.insert(name.to_owned(), mark);
        let all: BTreeMap<&String, Json> = self
            .marks
            .iter()
            .map(|(name, mark)| (name, json!({"address": mark.address, "etag": mark.etag, "modified": mark.modified})))
            .collect();
        folder.write(FILE, &format!("{:#}\n", json!(all)))
    }
}

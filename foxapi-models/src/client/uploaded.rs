//! What the API says about a file that it keeps.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use crate::runtime::answer;

/// A file that the API keeps for [72 hours](Self::KEPT).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Uploaded {
    /// ID of the file.
    pub id: Option<String>,
    /// Its name.
    pub filename: Option<String>,
    /// Its address, for the parameters of requests.
    pub url: String,
    /// Its length in bytes.
    pub size: Option<u64>,
    /// When it arrived, in seconds since 1970.
    pub created: Option<u64>,
    /// Fields that this version does not know.
    pub extra: Map<String, Value>,
}

answer!(Uploaded { id: optional, filename: optional, url: required, size: optional, created: optional });

impl Uploaded {
    /// How long an upload is kept.
    pub const KEPT: Duration = Duration::from_secs(72 * 60 * 60);

    /// An earlier upload, as recorded in a journal.
    #[cfg(feature = "journal")]
    pub(crate) fn kept(id: String, url: String, size: u64, created: u64) -> Self {
        let id = Some(id).filter(|id| !id.is_empty());
        Self {
            id,
            filename: None,
            url,
            size: Some(size).filter(|size| *size > 0),
            created: Some(created),
            extra: Map::new(),
        }
    }

    /// When the address expires, by the clock of the server.
    pub fn expires(&self) -> Option<SystemTime> {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.created?))?.checked_add(Self::KEPT)
    }
}

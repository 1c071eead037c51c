//! Uploads without repetition while the API keeps them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row as Columns, params};

use crate::Client;
use crate::client::{UploadOptions, Uploaded};

use super::Journal;
use super::error::JournalError;
use super::hash::{of_file, seal};
use super::row::now;
use super::sealed::Sealed;

/// How long an address must still be valid: the model fetches the file some time after the submission.
const MARGIN: Duration = Duration::from_secs(60 * 60);

impl Journal {
    /// Uploads a file, unless the same content was uploaded before and its address is valid for at least another hour.
    ///
    /// Only the bytes of a file count, not its name.
    ///
    /// # Errors
    ///
    /// As [`Client::upload`], or the journal cannot be read or written.
    pub async fn upload(&self, client: &Client, path: impl AsRef<Path>) -> Result<Uploaded, JournalError> {
        self.upload_with(client, path, &UploadOptions::default()).await
    }

    /// Uploads a file as [`upload`](Self::upload) does, with the given options.
    ///
    /// # Errors
    ///
    /// As [`upload`](Self::upload).
    pub async fn upload_with(
        &self,
        client: &Client,
        path: impl AsRef<Path>,
        options: &UploadOptions,
    ) -> Result<Uploaded, JournalError> {
        let path = path.as_ref();
        let api = client.base_url().to_owned();
        let content = self.content(path.to_owned()).await?;
        let known = Known { content, api };
        let wanted = known.clone();
        if let Some(uploaded) =
            self.run(move |store| store.read(|connection| Ok(wanted.find(connection, now())?))).await?
        {
            return Ok(uploaded);
        }
        let uploaded = client.upload_with(path, options).await.map_err(JournalError::Client)?;
        // A file that was changed while it was sent has another hash now; then the address is not recorded for either.
        if self.content(path.to_owned()).await? == known.content {
            let noted = uploaded.clone();
            self.run(move |store| store.write(|connection| Ok(known.save(connection, &noted, now())?))).await?;
        }
        Ok(uploaded)
    }

    /// The hash of a file.
    async fn content(&self, path: PathBuf) -> Result<String, JournalError> {
        self.run(move |_| of_file(&path).map_err(|error| JournalError::File(path, error))).await
    }
}

/// The content of a file, uploaded to an API.
#[derive(Clone)]
struct Known {
    content: String,
    api: String,
}

impl Known {
    /// The address of this content, if it is valid for long enough. `now` is in milliseconds since 1970.
    fn find(&self, connection: &Connection, now: i64) -> rusqlite::Result<Option<Uploaded>> {
        let found = connection
            .prepare(&UploadRow::select(UploadRow::BY_KEY))?
            .query_row(params![self.content, self.api], UploadRow::read)
            .optional()?;
        let good = found.filter(|row| row.expires > now.saturating_add(milliseconds(MARGIN)));
        Ok(good.map(|UploadRow { id, url, size, expires, .. }| {
            let created = expires.saturating_sub(milliseconds(Uploaded::KEPT)) / 1000;
            Uploaded::kept(id, url, size, created.try_into().unwrap_or_default())
        }))
    }

    /// Records the address. Its lifetime starts now by the clock of this machine, which is also used to check it later.
    fn save(self, connection: &Connection, uploaded: &Uploaded, now: i64) -> rusqlite::Result<()> {
        let row = UploadRow {
            known: self,
            id: uploaded.id.clone().unwrap_or_default(),
            url: uploaded.url.clone(),
            size: uploaded.size.unwrap_or_default(),
            expires: now.saturating_add(milliseconds(Uploaded::KEPT)),
        };
        row.store(connection)?;
        UploadRow::remove(connection, "WHERE expires < ?1", &[&now])
    }
}

/// A row of the table of uploads.
pub(super) struct UploadRow {
    known: Known,
    id: String,
    url: String,
    size: u64,
    expires: i64,
}

impl Sealed for UploadRow {
    const TABLE: &'static str = "uploads";
    const COLUMNS: &'static str = "content, api, id, url, size, expires, seal";
    const BY_KEY: &'static str = "WHERE content = ?1 AND api = ?2";

    fn key(&self) -> Vec<&dyn ToSql> {
        vec![&self.known.content, &self.known.api]
    }

    fn seal(&self) -> rusqlite::Result<String> {
        seal([&self.known.content, &self.known.api, &self.id, &self.url, &self.size, &self.expires])
    }

    fn what(&self) -> String {
        format!("the upload {:?}", self.known.content)
    }

    fn read_unsealed(columns: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            known: Known { content: columns.get("content")?, api: columns.get("api")? },
            id: columns.get("id")?,
            url: columns.get("url")?,
            size: columns.get("size")?,
            expires: columns.get("expires")?,
        })
    }

    fn insert(&self, connection: &Connection) -> rusqlite::Result<()> {
        let Known { content, api } = &self.known;
        let columns = Self::COLUMNS;
        connection
            .prepare(&format!("INSERT INTO uploads ({columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"))?
            .execute(params![content, api, self.id, self.url, self.size, self.expires, self.seal()?])?;
        Ok(())
    }
}

fn milliseconds(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use rusqlite::Connection;

    use super::super::file::migrate;
    use super::{Known, MARGIN, Uploaded, milliseconds};

    #[test]
    fn an_address_is_given_out_until_an_hour_before_its_end() {
        let mut connection = Connection::open_in_memory().expect("SQLite");
        migrate(&mut connection, 0).expect("the tables");
        let known = Known { content: "0123".to_owned(), api: "https://api.foxapi.cc".to_owned() };
        let start = 1_700_000_000_000;
        let uploaded = Uploaded::kept("file-1".to_owned(), "https://example.com/a.jpg".to_owned(), 9, 1_700_000_000);
        known.clone().save(&connection, &uploaded, start).expect("a row");
        let last = start + milliseconds(Uploaded::KEPT) - milliseconds(MARGIN);
        for (now, is_found) in [(start, true), (last - 1, true), (last, false), (i64::MAX, false)] {
            let found = known.find(&connection, now).expect("a row");
            assert_eq!(
                found.map(|found| (found.url, found.created)),
                is_found.then(|| (uploaded.url.clone(), uploaded.created))
            );
        }

        // The next one that is noted takes what has ended with it.
        let other = Known { content: "4567".to_owned(), ..known.clone() };
        other.save(&connection, &uploaded, start + 2 * milliseconds(Uploaded::KEPT)).expect("a row");
        assert!(known.find(&connection, start).expect("no row").is_none());
    }
}

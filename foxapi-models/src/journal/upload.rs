//! Uploads that are not done twice while the API keeps them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use crate::Client;
use crate::client::{UploadOptions, Uploaded};

use super::Journal;
use super::error::JournalError;
use super::hash::of_file;
use super::row::now;

/// What an address must be good for at least: the model fetches the file some time after the submission.
const MARGIN: Duration = Duration::from_secs(60 * 60);

impl Journal {
    /// Uploads a file, unless this journal has uploaded the same content and its address is good for another hour.
    ///
    /// Files are the same when their bytes are, whatever their names.
    ///
    /// # Errors
    ///
    /// As [`Client::upload`], or the journal cannot be read or written.
    pub async fn upload(&self, client: &Client, path: impl AsRef<Path>) -> Result<Uploaded, JournalError> {
        self.upload_with(client, path, &UploadOptions::default()).await
    }

    /// Uploads a file as [`upload`](Self::upload) does.
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
        if let Some(uploaded) = self.run(move |store| store.read(|connection| wanted.find(connection))).await? {
            return Ok(uploaded);
        }
        let uploaded = client.upload_with(path, options).await.map_err(JournalError::Client)?;
        // What was changed while it was sent has another hash now, and this address is not noted for either.
        if self.content(path.to_owned()).await? == known.content {
            let noted = uploaded.clone();
            self.run(move |store| store.write(|connection| known.save(connection, &noted))).await?;
        }
        Ok(uploaded)
    }

    /// The hash of a file.
    async fn content(&self, path: PathBuf) -> Result<String, JournalError> {
        self.run(move |_| of_file(&path).map_err(|error| JournalError::File(path, error))).await
    }
}

/// A content at an API.
#[derive(Clone)]
struct Known {
    content: String,
    api: String,
}

impl Known {
    fn find(&self, connection: &Connection) -> Result<Option<Uploaded>, JournalError> {
        let found = connection
            .prepare("SELECT id, url, size, expires FROM uploads WHERE content = ?1 AND api = ?2 AND expires > ?3")?
            .query_row(params![self.content, self.api, now().saturating_add(milliseconds(MARGIN))], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u64>(2)?, row.get::<_, i64>(3)?))
            })
            .optional()?;
        Ok(found.map(|(id, url, size, expires)| {
            let created = expires.saturating_sub(milliseconds(Uploaded::KEPT)) / 1000;
            Uploaded::kept(id, url, size, created.try_into().unwrap_or_default())
        }))
    }

    /// Notes the address. Its time runs from now on by the clock of this machine, which is the one that is asked later.
    fn save(&self, connection: &Connection, uploaded: &Uploaded) -> Result<(), JournalError> {
        connection
            .prepare(
                "INSERT OR REPLACE INTO uploads (content, api, id, url, size, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                self.content,
                self.api,
                uploaded.id.as_deref().unwrap_or_default(),
                uploaded.url,
                uploaded.size.unwrap_or_default(),
                now().saturating_add(milliseconds(Uploaded::KEPT)),
            ])?;
        connection.execute("DELETE FROM uploads WHERE expires < ?1", [now()])?;
        Ok(())
    }
}

fn milliseconds(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX)
}

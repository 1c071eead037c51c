//! Downloads without repetition: the journal records what was stored, and what was about to be.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row as Columns, params};

use crate::client::DownloadOptions;
use crate::{Client, Task};

use super::Journal;
use super::error::JournalError;
use super::hash::seal;
use super::row::now;
use super::sealed::Sealed;

impl Journal {
    /// Stores the first result of a task in a new file, unless that was done before. Returns its length in bytes.
    ///
    /// # Errors
    ///
    /// As [`Client::download`], or the journal cannot be read or written.
    pub async fn download(&self, client: &Client, task: &Task, path: impl AsRef<Path>) -> Result<u64, JournalError> {
        self.download_with(client, task, path, &DownloadOptions::default()).await
    }

    /// Stores a result of a task in a file, unless that was done before and the file still exists.
    ///
    /// A file of that name from elsewhere is not touched, unless the options allow it.
    ///
    /// # Errors
    ///
    /// As [`download`](Self::download).
    pub async fn download_with(
        &self,
        client: &Client,
        task: &Task,
        path: impl AsRef<Path>,
        options: &DownloadOptions,
    ) -> Result<u64, JournalError> {
        let path = std::path::absolute(path)?;
        let file = StoredFile { task_id: task.id.clone(), result: options.chosen(), path: path.clone() };
        let before = file.clone();
        if let Some(length) = self.run(move |store| store.write(|connection| before.begin(connection))).await? {
            return Ok(length);
        }
        let length = client.download_with(task, path, options).await.map_err(JournalError::Client)?;
        self.run(move |store| store.write(|connection| file.end(connection, length))).await?;
        Ok(length)
    }
}

/// A result and its file.
#[derive(Clone)]
struct StoredFile {
    task_id: String,
    result: usize,
    path: PathBuf,
}

impl StoredFile {
    /// Records that the file is about to be written, or returns its length if it already exists.
    ///
    /// A file gets its name only when it is complete. So a file that exists after a crash, and did not exist when
    /// this was recorded, is the result.
    fn begin(&self, connection: &Connection) -> Result<Option<u64>, JournalError> {
        let there = self.path.metadata().ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
        let noted = connection
            .prepare(&DownloadRow::select(DownloadRow::BY_KEY))?
            .query_row(params![self.task_id, self.result], DownloadRow::read)
            .optional()?;
        match (noted, there) {
            (Some(DownloadRow { bytes: Some(bytes), .. }), Some(length)) if bytes == length => return Ok(Some(length)),
            (Some(DownloadRow { path, bytes: None, .. }), Some(length)) if path == self.path() => {
                self.end(connection, length)?;
                return Ok(Some(length));
            }
            // It comes from elsewhere. No record may say otherwise, whether the client replaces it or not.
            (_, Some(_)) => {}
            (_, None) => self.save(connection, None)?,
        }
        Ok(None)
    }

    fn end(&self, connection: &Connection, length: u64) -> Result<(), JournalError> {
        self.save(connection, Some(length))
    }

    fn save(&self, connection: &Connection, bytes: Option<u64>) -> Result<(), JournalError> {
        let (task_id, path) = (self.task_id.clone(), self.path());
        Ok(DownloadRow { task_id, result: self.result, path, bytes, changed: now() }.store(connection)?)
    }

    fn path(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// A row of the table of downloads.
pub(super) struct DownloadRow {
    task_id: String,
    result: usize,
    path: String,
    bytes: Option<u64>,
    changed: i64,
}

impl Sealed for DownloadRow {
    const TABLE: &'static str = "downloads";
    const COLUMNS: &'static str = "task_id, result, path, bytes, changed, seal";
    const BY_KEY: &'static str = "WHERE task_id = ?1 AND result = ?2";

    fn key(&self) -> Vec<&dyn ToSql> {
        vec![&self.task_id, &self.result]
    }

    fn seal(&self) -> rusqlite::Result<String> {
        seal([&self.task_id, &self.result, &self.path, &self.bytes, &self.changed])
    }

    fn what(&self) -> String {
        format!("the download {:?}", self.path)
    }

    fn read_unsealed(columns: &Columns<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            task_id: columns.get("task_id")?,
            result: columns.get("result")?,
            path: columns.get("path")?,
            bytes: columns.get("bytes")?,
            changed: columns.get("changed")?,
        })
    }

    fn insert(&self, connection: &Connection) -> rusqlite::Result<()> {
        let columns = Self::COLUMNS;
        connection
            .prepare(&format!("INSERT INTO downloads ({columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))?
            .execute(params![self.task_id, self.result, self.path, self.bytes, self.changed, self.seal()?])?;
        Ok(())
    }
}

/// The complete files of all tasks.
pub(super) fn all(connection: &Connection) -> Result<HashMap<String, Vec<PathBuf>>, JournalError> {
    let sql = DownloadRow::select("WHERE bytes IS NOT NULL ORDER BY task_id, result");
    let mut files: HashMap<String, Vec<PathBuf>> = HashMap::new();
    for row in connection.prepare(&sql)?.query_map([], DownloadRow::read)? {
        let DownloadRow { task_id, path, .. } = row?;
        files.entry(task_id).or_default().push(path.into());
    }
    Ok(files)
}

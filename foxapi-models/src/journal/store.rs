//! The file of a journal: created atomically, and checked when opened.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::error::{JournalError, Unusable};
use super::holders::Holders;
use super::owner::{self, Witness, beside, folder_of};
use super::row::{Row, Stored};
use super::sealed::Sealed;
use super::total::Total;
use super::{download, upload};

/// Distinguishes a journal from other databases: "foxa".
const APPLICATION_ID: i64 = 0x666f_7861;

/// The steps from an empty file to version 1, from version 1 to version 2, …
const STEPS: &[Migration] = &[
    |connection| connection.execute_batch(include_str!("schema/1.sql")),
    |connection| {
        connection.execute_batch(include_str!("schema/2.sql"))?;
        upload::UploadRow::seal_all(connection)?;
        download::DownloadRow::seal_all(connection)
    },
    |connection| {
        connection.execute_batch(include_str!("schema/3.sql"))?;
        total(connection)?.store(connection)
    },
];

/// Brings a journal to the next version.
type Migration = fn(&Connection) -> rusqlite::Result<()>;

/// How long to wait for another process that writes, which takes milliseconds unless the process was stopped.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open journal.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) path: PathBuf,
    writer: Mutex<Connection>,
    /// For reading, which waits neither for another process that writes nor for this one.
    reader: Mutex<Connection>,
    identity: Identity,
    /// Dropped after the connections: its file stays if the last one to close has not emptied the `-wal`.
    pub(super) holders: Holders,
}

impl Store {
    pub(super) fn open(path: &Path) -> Result<Self, JournalError> {
        // Owners are created after the journal, so this order distinguishes a lost journal from one that is being created.
        let witness = owner::witness(path)?;
        if !path.exists() {
            if let Some(Witness { file, changes: made }) = witness {
                return Err(JournalError::Unusable {
                    path: path.into(),
                    reason: Unusable::Lost { known: 0, made, file },
                });
            }
            create(path)?;
        }
        // All processes must look for the locks in the same place, even if they opened the journal through links.
        let path = fs::canonicalize(path)?;
        let unusable = |reason| JournalError::Unusable { path: path.clone(), reason };
        if fs::metadata(&path)?.len() == 0 {
            return Err(unusable(Unusable::Empty));
        }
        let identity = identity(&path)?;
        let witness = owner::witness(&path)?; // first, because the journal goes on meanwhile
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut writer = Connection::open_with_flags(&path, flags)?;
        match check(&mut writer) {
            Ok(None) => {}
            Ok(Some(reason)) => return Err(unusable(reason)),
            Err(error) => return Err(damage(&error).map_or_else(|| error.into(), unusable)),
        }
        let known = changes(&writer)?;
        if let Some(Witness { file, changes: made }) = witness.filter(|witness| witness.changes > known) {
            return Err(unusable(Unusable::Lost { known, made, file }));
        }
        let reader = Connection::open_with_flags(&path, flags)?;
        configure(&reader)?;
        let (writer, reader) = (Mutex::new(writer), Mutex::new(reader));
        let store = Self { holders: Holders::new(path.clone()), path, writer, reader, identity };
        store.take_over()?;
        Ok(store)
    }

    /// Takes over the notes of other processes that could not write to the journal or were killed.
    pub(super) fn take_over(&self) -> Result<(), JournalError> {
        if self.holders.left_something()? {
            let dead = self.write(|connection| self.holders.take_over(connection))?;
            dead.iter().for_each(|name| owner::remove(&self.path, name));
        }
        Ok(())
    }

    /// The row of a key, and whether somebody holds it.
    pub(super) fn find(&self, key: &str) -> Result<Option<(Row, bool)>, JournalError> {
        let look = || {
            let Some(row) = self.read(|connection| Ok(Row::load(connection, key)?))? else { return Ok(None) };
            let is_held = self.holders.holds(&row)?;
            Ok::<_, JournalError>(Some((row, is_held)))
        };
        match look()? {
            // The owner of the claim may have noted the outcome elsewhere.
            Some((row, false)) if row.state == Stored::Claimed => {
                self.take_over()?;
                look()
            }
            found => Ok(found),
        }
    }

    /// Runs work that sees one state of the journal.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        self.transaction(&mut lock(&self.reader), TransactionBehavior::Deferred, work)
    }

    /// Runs work while nobody else writes. When this returns, either all of it or nothing is on the disk.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let (done, changes) = self.change("full", work)?;
        self.holders.witness(changes);
        Ok(done)
    }

    /// Like [`write`](Self::write), but does not wait for the disk: the change outlives this process, but a power failure
    /// may undo it. That is enough to record who holds a key, because nobody does after a power failure.
    pub(super) fn write_unsynced<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        self.change("normal", work).map(|(done, _)| done)
    }

    /// Runs work that writes, and returns the number of changes that the journal then has.
    fn change<T>(
        &self,
        synchronous: &str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<(T, u64), JournalError> {
        let mut writer = lock(&self.writer);
        writer.pragma_update(None, "synchronous", synchronous)?;
        self.transaction(&mut writer, TransactionBehavior::Immediate, |connection| {
            self.holders.join()?;
            let done = work(connection)?;
            connection.execute("UPDATE totals SET changes = changes + 1", [])?;
            Ok((done, changes(connection)?))
        })
    }

    fn transaction<T>(
        &self,
        connection: &mut Connection,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let done = (|| {
            let transaction = connection.transaction_with_behavior(behavior)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        done.map_err(|error| match error {
            JournalError::Storage(error) => match error.database().and_then(damage) {
                Some(reason) => self.unusable(reason),
                None => JournalError::Storage(error),
            },
            error => error,
        })
    }

    /// Whether the open file is still the one that others open. What is written to any other file protects nobody.
    pub(super) fn check_place(&self) -> Result<(), JournalError> {
        match identity(&self.path) {
            Ok(now) if now == self.identity => Ok(()),
            _ => Err(self.unusable(Unusable::Moved)),
        }
    }

    pub(super) fn unusable(&self, reason: Unusable) -> JournalError {
        JournalError::Unusable { path: self.path.clone(), reason }
    }
}

/// Ignores poisoning: a panic leaves no incomplete transaction, since it is rolled back when dropped.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number of changes made to a journal.
fn changes(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT changes FROM totals", [], |row| row.get(0))
}

/// Creates a new journal, which gets its name only with all its tables, so that an empty file is always an error.
fn create(path: &Path) -> Result<(), JournalError> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    if beside(path, "-wal").exists() {
        let detail = "the file is gone, but its -wal is there".to_owned();
        return Err(JournalError::Unusable { path: path.to_owned(), reason: Unusable::Damaged { detail } });
    }
    let folder = folder_of(path);
    let new = tempfile::Builder::new().prefix(name).suffix(".new").tempfile_in(folder)?.into_temp_path();
    let mut connection = Connection::open(&new)?;
    configure(&connection)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate(&mut connection, 0)?;
    connection.close().map_err(|(_, error)| error)?;
    match new.persist_noclobber(path) {
        // Another process was faster.
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error.into()),
        Ok(()) => sync_folder(folder)?,
    }
    Ok(())
}

/// Without this, a journal with all its claims could be lost in a power failure.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    write_ahead(connection)?;
    // A commit is on the disk when it returns, even if the power fails afterwards.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)
}

/// Switches to a write-ahead log. SQLite does not wait by itself while somebody else switches the same file.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let start = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

/// Returns what is wrong with the file, if anything. Migrates an older one.
fn check(connection: &mut Connection) -> rusqlite::Result<Option<Unusable>> {
    let number = |connection: &Connection, name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number(connection, "application_id")? != APPLICATION_ID {
        return Ok(Some(Unusable::NotAJournal));
    }
    let version = number(connection, "user_version")?;
    match usize::try_from(version) {
        Ok(known) if (1..=STEPS.len()).contains(&known) => {}
        Ok(newer) if newer > STEPS.len() => return Ok(Some(Unusable::Newer { version })),
        _ => return Ok(Some(Unusable::Damaged { detail: format!("it says to be of version {version}") })),
    }
    configure(connection)?;
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Ok(Some(Unusable::Damaged { detail: verdict }));
    }
    migrate(connection, usize::try_from(version).unwrap_or_default())?;
    verify(&*connection.transaction()?)?; // others write meanwhile: all rows and their sum are of one moment
    Ok(None)
}

/// Fails if a seal, or the total of all seals, does not match.
fn verify(connection: &Connection) -> rusqlite::Result<()> {
    total(connection)?.check(connection)?;
    changes(connection).map(drop)
}

/// The total of all seals; an error if one does not match.
fn total(connection: &Connection) -> rusqlite::Result<Total> {
    let mut total = Total::default();
    Row::add_all(connection, &mut total)?;
    upload::UploadRow::add_all(connection, &mut total)?;
    download::DownloadRow::add_all(connection, &mut total)?;
    Ok(total)
}

/// Migrates the tables to the version of this crate. Damaged rows stay as they are.
pub(super) fn migrate(connection: &mut Connection, from: usize) -> rusqlite::Result<()> {
    let steps = STEPS.get(from..).unwrap_or_default();
    if steps.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let now: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.get(now..).unwrap_or_default() {
        step(&transaction)?;
    }
    verify(&transaction)?;
    transaction.pragma_update(None, "user_version", STEPS.len())?;
    transaction.commit()
}

/// The damage that a database error indicates, if any.
fn damage(error: &rusqlite::Error) -> Option<Unusable> {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Some(Unusable::NotAJournal),
        Some(ErrorCode::DatabaseCorrupt) => Some(Unusable::Damaged { detail: error.to_string() }),
        // The tables are not those of its version.
        Some(ErrorCode::Unknown) => Some(Unusable::Damaged { detail: error.to_string() }),
        _ => match error {
            rusqlite::Error::FromSqlConversionFailure(_, _, reason) => {
                Some(Unusable::Damaged { detail: reason.to_string() })
            }
            rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::Utf8Error(..) => Some(Unusable::Damaged { detail: error.to_string() }),
            _ => None,
        },
    }
}

/// Identifies a file as long as it exists.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

/// On other systems an open file cannot be moved.
#[cfg(not(unix))]
type Identity = ();

#[cfg(not(unix))]
fn identity(_: &Path) -> io::Result<Identity> {
    Ok(())
}

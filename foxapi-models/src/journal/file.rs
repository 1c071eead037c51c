//! The file of a journal: created atomically, checked before it is used, migrated if it is older.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::error::{JournalError, Unusable};
use super::owner::{beside, folder_of};
use super::row::Row;
use super::sealed::Sealed;
use super::total::Total;
use super::{download, upload};

/// Distinguishes a journal from other databases: "foxa".
const APPLICATION_ID: i64 = 0x666f_7861;

/// From an empty file to version 1, from version 1 to version 2, …
const MIGRATIONS: &[Migration] = &[
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

/// The number of changes made to a journal.
pub(super) fn changes(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row("SELECT changes FROM totals", [], |row| row.get(0))
}

/// Creates a new journal, which gets its name only with all its tables, so that an empty file is always an error.
pub(super) fn create(path: &Path) -> Result<(), JournalError> {
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

pub(super) fn configure(connection: &Connection) -> rusqlite::Result<()> {
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
pub(super) fn check(connection: &mut Connection) -> rusqlite::Result<Option<Unusable>> {
    let number = |connection: &Connection, name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number(connection, "application_id")? != APPLICATION_ID {
        return Ok(Some(Unusable::NotAJournal));
    }
    let version = number(connection, "user_version")?;
    match usize::try_from(version) {
        Ok(known) if (1..=MIGRATIONS.len()).contains(&known) => {}
        Ok(newer) if newer > MIGRATIONS.len() => return Ok(Some(Unusable::Newer { version })),
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
    let due = MIGRATIONS.get(from..).unwrap_or_default();
    if due.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let now: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migrate in MIGRATIONS.get(now..).unwrap_or_default() {
        migrate(&transaction)?;
    }
    verify(&transaction)?;
    transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
    transaction.commit()
}

/// The damage that a database error indicates, if any.
pub(super) fn damage(error: &rusqlite::Error) -> Option<Unusable> {
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
pub(super) type Identity = (u64, u64);

#[cfg(unix)]
pub(super) fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path)?;
    Ok((metadata.dev(), metadata.ino()))
}

/// On other systems an open file cannot be moved.
#[cfg(not(unix))]
pub(super) type Identity = ();

#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> io::Result<Identity> {
    Ok(())
}

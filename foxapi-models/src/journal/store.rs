//! An open journal: reads and writes it in transactions, and takes over from processes that are gone.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::error::{JournalError, Unusable};
use super::file::{Identity, changes, check, configure, create, damage, identity};
use super::holders::Holders;
use super::owner::{self, Witness};
use super::row::{Row, Stored};

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

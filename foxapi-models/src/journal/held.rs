//! A key that this open journal works on: taken from a row that nobody holds, and given back when dropped.

use std::sync::Arc;

use rusqlite::Connection;
use tokio::runtime::Handle;

use super::error::JournalError;
use super::key::Key;
use super::row::{Holder, Row, Stored};
use super::sealed::Sealed;
use super::store::Store;

/// A key that nobody else works on until this is dropped.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) store: Arc<Store>,
    pub(super) key: Key,
    holder: Holder,
}

impl Held {
    /// Takes the key of a row that nobody holds; called inside a transaction that writes.
    pub(super) fn take(
        store: &Arc<Store>,
        connection: &Connection,
        key: Key,
        row: Option<Row>,
    ) -> Result<Self, JournalError> {
        let held = Self { holder: store.holders.begin(), store: Arc::clone(store), key };
        let mut row = row.unwrap_or_else(|| Row::new(held.key.as_str()));
        if row.state == Stored::Claimed {
            // Whoever claimed it is gone.
            row.state = Stored::Unknown;
        }
        row.holder = Some(held.holder.clone());
        row.save(connection)?;
        Ok(held)
    }

    /// The row, if this still holds it.
    pub(super) fn row(&self, connection: &Connection) -> rusqlite::Result<Option<Row>> {
        let row = Row::load(connection, self.key.as_str())?;
        Ok(row.filter(|row| row.holder.as_ref() == Some(&self.holder)))
    }
}

impl Drop for Held {
    /// Tells other processes; this one knows immediately.
    fn drop(&mut self) {
        self.store.holders.end(&self.holder);
        let (store, key, holder) = (Arc::clone(&self.store), self.key.as_str().to_owned(), self.holder.clone());
        // If it fails, the others notice when this process ends.
        let release = move || drop(release(&store, &key, &holder));
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(release)),
            Err(_) => release(),
        }
    }
}

fn release(store: &Store, key: &str, holder: &Holder) -> Result<(), JournalError> {
    store.write_unsynced(|connection| {
        let Some(mut row) = Row::load(connection, key)?.filter(|row| row.holder.as_ref() == Some(holder)) else {
            return Ok(());
        };
        if row.claimed.is_none() {
            Row::remove(connection, Row::BY_KEY, &[&key])?; // nothing came of it
        } else {
            row.holder = None;
            row.save(connection)?;
        }
        Ok(())
    })
}

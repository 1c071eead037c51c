//! The total of the seals of all rows, which reveals removed rows; their own seals are gone with them.

use rusqlite::Connection;

use super::hash::{broken, hex};

const LENGTH: usize = 32;

/// The combined seals of any number of rows, in any order. Adding a seal a second time removes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Total([u8; LENGTH]);

impl Total {
    pub(super) fn add(&mut self, seal: &str) -> rusqlite::Result<()> {
        let bytes = read(seal).ok_or_else(|| broken(format!("{seal:?} is not a seal")))?;
        self.0.iter_mut().zip(bytes).for_each(|(total, byte)| *total ^= byte);
        Ok(())
    }

    /// The total that is stored in a journal.
    fn load(connection: &Connection) -> rusqlite::Result<Self> {
        let mut total = Self::default();
        total.add(&connection.query_row("SELECT seals FROM totals", [], |row| row.get::<_, String>(0))?)?;
        Ok(total)
    }

    pub(super) fn store(self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute("UPDATE totals SET seals = ?1", [hex(&self.0)]).map(drop)
    }

    /// Records that rows with these seals were added or removed.
    pub(super) fn change(connection: &Connection, seals: &[String]) -> rusqlite::Result<()> {
        let mut total = Self::load(connection)?;
        seals.iter().try_for_each(|seal| total.add(seal))?;
        total.store(connection)
    }

    /// Fails unless the total matches the one stored in the journal.
    pub(super) fn check(self, connection: &Connection) -> rusqlite::Result<()> {
        if Self::load(connection)? == self {
            return Ok(());
        }
        Err(broken("an entry was removed, or put back, by something other than this program".to_owned()))
    }
}

fn read(seal: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    let is_seal = seal.len() == 2 * LENGTH && seal.bytes().all(|digit| digit.is_ascii_hexdigit());
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(seal.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    is_seal.then_some(bytes)
}

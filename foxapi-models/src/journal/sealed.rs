//! Rows with a seal, which reveals changes by damage or by hand.

use rusqlite::types::ToSql;
use rusqlite::{Connection, Row as Columns};

use super::hash::broken;
use super::total::Total;

/// A row that is read and written as a whole, so that its seal always matches its columns.
pub(super) trait Sealed: Sized {
    const TABLE: &'static str;
    /// The columns of the table, of which `seal` is the last.
    const COLUMNS: &'static str;
    /// The clause that finds a row by its key.
    const BY_KEY: &'static str;

    /// A hash of the columns.
    fn seal(&self) -> rusqlite::Result<String>;

    /// The parameters of [`BY_KEY`](Self::BY_KEY).
    fn key(&self) -> Vec<&dyn ToSql>;

    /// A description of the row, for the error about a seal that does not match.
    fn what(&self) -> String;

    /// The row as it is stored, without checking its seal.
    fn read_unsealed(columns: &Columns<'_>) -> rusqlite::Result<Self>;

    /// Writes a row with its seal, without updating the total.
    fn insert(&self, connection: &Connection) -> rusqlite::Result<()>;

    fn read(columns: &Columns<'_>) -> rusqlite::Result<Self> {
        let row = Self::read_unsealed(columns)?;
        let seal: String = columns.get("seal")?;
        if seal == row.seal()? {
            return Ok(row);
        }
        Err(broken(format!("{} was changed by something other than this program", row.what())))
    }

    /// The statement that selects all rows, or those of a clause such as `WHERE key = ?1`.
    fn select(clause: &str) -> String {
        format!("SELECT {} FROM {} {clause}", Self::COLUMNS, Self::TABLE)
    }

    /// Writes the row with its seal, replacing the one with the same key.
    fn store(&self, connection: &Connection) -> rusqlite::Result<()> {
        Self::remove(connection, Self::BY_KEY, &self.key())?;
        self.insert(connection)?;
        Total::change(connection, &[self.seal()?])
    }

    /// Removes the rows that a clause selects.
    fn remove(connection: &Connection, clause: &str, parameters: &[&dyn ToSql]) -> rusqlite::Result<()> {
        let mut removal = connection.prepare(&format!("DELETE FROM {} {clause} RETURNING seal", Self::TABLE))?;
        let seals = removal.query_map(parameters, |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
        Total::change(connection, &seals)
    }

    /// Adds the seals of all rows; an error if one is broken.
    fn add_all(connection: &Connection, total: &mut Total) -> rusqlite::Result<()> {
        let mut rows = connection.prepare(&Self::select(""))?;
        rows.query_map([], Self::read)?.try_for_each(|row| total.add(&row?.seal()?))
    }

    /// Seals the rows of a journal that had no seals in this table.
    fn seal_all(connection: &Connection) -> rusqlite::Result<()> {
        let mut rows = connection.prepare(&Self::select(""))?;
        let rows = rows.query_map([], Self::read_unsealed)?.collect::<Result<Vec<_>, _>>()?;
        connection.execute(&format!("DELETE FROM {}", Self::TABLE), [])?;
        rows.iter().try_for_each(|row| row.insert(connection))
    }
}

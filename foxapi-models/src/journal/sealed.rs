//! Rows with a seal: what changed by itself, or by hand, is noticed.

use rusqlite::{Connection, Row as Columns};

/// A row that is read and written whole, so that its seal is always that of its columns.
pub(super) trait Sealed: Sized {
    const TABLE: &'static str;
    /// The columns of the table, of which `seal` is the last.
    const COLUMNS: &'static str;

    /// A hash of the columns.
    fn seal(&self) -> rusqlite::Result<String>;

    /// What this row is about, for the error of a seal that does not fit.
    fn what(&self) -> String;

    /// The row as it is stored, whatever its seal.
    fn read_unsealed(columns: &Columns<'_>) -> rusqlite::Result<Self>;

    /// Writes the row as it is, with its seal, in place of the one with its key.
    fn store(&self, connection: &Connection) -> rusqlite::Result<()>;

    fn read(columns: &Columns<'_>) -> rusqlite::Result<Self> {
        let row = Self::read_unsealed(columns)?;
        let seal: String = columns.get("seal")?;
        if seal == row.seal()? {
            return Ok(row);
        }
        let reason = format!("{} was changed by something else than this program", row.what());
        Err(rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, reason.into()))
    }

    /// The statement that gives rows, all of them or those of a clause such as `WHERE key = ?1`.
    fn select(clause: &str) -> String {
        format!("SELECT {} FROM {} {clause}", Self::COLUMNS, Self::TABLE)
    }

    /// An error if the seal of any row is broken.
    fn check_all(connection: &Connection) -> rusqlite::Result<()> {
        connection.prepare(&Self::select(""))?.query_map([], Self::read)?.try_for_each(|row| row.map(drop))
    }

    /// Seals the rows of a journal that had no seals in this table.
    fn seal_all(connection: &Connection) -> rusqlite::Result<()> {
        let mut rows = connection.prepare(&Self::select(""))?;
        let rows = rows.query_map([], Self::read_unsealed)?.collect::<Result<Vec<_>, _>>()?;
        rows.iter().try_for_each(|row| row.store(connection))
    }
}

//! SHA-256 of values, rows and files, in hexadecimal digits.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use rusqlite::types::{ToSql, ToSqlOutput, Type, Value, ValueRef};
use sha2::{Digest, Sha256};

/// Adds a text, delimited from whatever comes before and after.
pub(super) fn update(hasher: &mut Sha256, kind: &str, text: &str) {
    hasher.update(kind.as_bytes());
    hasher.update([0]);
    hasher.update((text.len() as u64).to_be_bytes());
    hasher.update(text.as_bytes());
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
        text
    })
}

/// A hash of the columns of a row, which reveals changes by damage or by hand.
pub(super) fn seal<const N: usize>(columns: [&dyn ToSql; N]) -> rusqlite::Result<String> {
    let mut hasher = Sha256::new();
    for column in columns {
        match column.to_sql()? {
            ToSqlOutput::Borrowed(ValueRef::Text(text)) => update(&mut hasher, "text", &String::from_utf8_lossy(text)),
            ToSqlOutput::Owned(Value::Integer(number)) => update(&mut hasher, "integer", &number.to_string()),
            ToSqlOutput::Owned(Value::Null) => update(&mut hasher, "null", ""),
            other => return Err(rusqlite::Error::ToSqlConversionFailure(format!("no seal of {other:?}").into())),
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// The error for a seal that does not match.
pub(super) fn broken(reason: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, reason.into())
}

/// The hash of the contents of a file, read piece by piece.
pub(super) fn of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(buffer.get(..length).unwrap_or_default());
    }
}

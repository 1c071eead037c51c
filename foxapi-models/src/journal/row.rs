//! Rows of the table of submissions, read and written as a whole, so that the seal always matches the columns.

use std::time::{Duration, SystemTime};

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row as Columns, named_params};
use sha2::{Digest, Sha256};

use super::hash::{hex, update};
use super::sealed::Sealed;

/// The stored state of a key. Whether a process still works on it is not stored but looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    NotAccepted,
    Claimed,
    Unknown,
    Submitted,
}

impl Stored {
    const ALL: [Self; 4] = [Self::NotAccepted, Self::Claimed, Self::Unknown, Self::Submitted];

    fn as_str(self) -> &'static str {
        match self {
            Self::NotAccepted => "not accepted",
            Self::Claimed => "claimed",
            Self::Unknown => "unknown",
            Self::Submitted => "submitted",
        }
    }
}

/// One key.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) key: String,
    pub(super) state: Stored,
    pub(super) model: String,
    pub(super) api: String,
    pub(super) fingerprint: String,
    pub(super) task_id: Option<String>,
    pub(super) holder: Option<Holder>,
    pub(super) claimed: Option<i64>,
    pub(super) changed: i64,
}

/// The holder of a key: an open journal and a turn in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) owner: String,
    pub(super) turn: i64,
}

impl Row {
    pub(super) fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            state: Stored::NotAccepted,
            model: String::new(),
            api: String::new(),
            fingerprint: String::new(),
            task_id: None,
            holder: None,
            claimed: None,
            changed: now(),
        }
    }

    pub(super) fn load(connection: &Connection, key: &str) -> rusqlite::Result<Option<Self>> {
        connection.prepare(&Self::select(Self::BY_KEY))?.query_row([key], Self::read).optional()
    }

    /// All rows, in the order of their last submission.
    pub(super) fn load_all(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        connection.prepare(&Self::select("ORDER BY claimed, key"))?.query_map([], Self::read)?.collect()
    }

    pub(super) fn save(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.changed = now();
        self.store(connection)
    }

    fn turn(&self) -> i64 {
        self.holder.as_ref().map_or(0, |holder| holder.turn)
    }
}

impl Sealed for Row {
    const TABLE: &'static str = "submissions";
    const COLUMNS: &'static str = "key, state, model, api, fingerprint, task_id, owner, turn, claimed, changed, seal";
    const BY_KEY: &'static str = "WHERE key = ?1";

    fn key(&self) -> Vec<&dyn ToSql> {
        vec![&self.key]
    }

    fn seal(&self) -> rusqlite::Result<String> {
        let mut hasher = Sha256::new();
        let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let owner = self.holder.as_ref().map_or("", |holder| &holder.owner);
        for text in [&self.key, self.state.as_str(), &self.model, &self.api, &self.fingerprint, owner] {
            update(&mut hasher, "text", text);
        }
        update(
            &mut hasher,
            if self.task_id.is_some() { "task" } else { "none" },
            self.task_id.as_deref().unwrap_or(""),
        );
        for number in [number(Some(self.turn())), number(self.claimed), number(Some(self.changed))] {
            update(&mut hasher, "number", &number);
        }
        Ok(hex(&hasher.finalize()))
    }

    fn what(&self) -> String {
        format!("the entry {:?}", self.key)
    }

    fn read_unsealed(columns: &Columns<'_>) -> rusqlite::Result<Self> {
        let state: String = columns.get("state")?;
        let owner: Option<String> = columns.get("owner")?;
        let turn = columns.get("turn")?;
        Ok(Self {
            key: columns.get("key")?,
            state: Stored::ALL.into_iter().find(|known| known.as_str() == state).unwrap_or(Stored::Unknown),
            model: columns.get("model")?,
            api: columns.get("api")?,
            fingerprint: columns.get("fingerprint")?,
            task_id: columns.get("task_id")?,
            holder: owner.map(|owner| Holder { owner, turn }),
            claimed: columns.get("claimed")?,
            changed: columns.get("changed")?,
        })
    }

    fn insert(&self, connection: &Connection) -> rusqlite::Result<()> {
        let columns = Self::COLUMNS;
        let sql = format!(
            "INSERT INTO submissions ({columns}) VALUES (:key, :state, :model, :api, :fingerprint, :task_id, \
             :owner, :turn, :claimed, :changed, :seal)"
        );
        connection.prepare(&sql)?.execute(named_params! {
            ":key": self.key,
            ":state": self.state.as_str(),
            ":model": self.model,
            ":api": self.api,
            ":fingerprint": self.fingerprint,
            ":task_id": self.task_id,
            ":owner": self.holder.as_ref().map(|holder| &holder.owner),
            ":turn": self.turn(),
            ":claimed": self.claimed,
            ":changed": self.changed,
            ":seal": self.seal()?,
        })?;
        Ok(())
    }
}

/// The time in milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

pub(super) fn time(milliseconds: i64) -> SystemTime {
    let since = Duration::from_millis(milliseconds.try_into().unwrap_or(0));
    SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
}

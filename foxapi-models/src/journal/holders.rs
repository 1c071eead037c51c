//! Knows who holds which key: the turns of this open journal, and the locks of all others.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::error::JournalError;
use super::hash::broken;
use super::owner::{Note, Owner, is_alive, names, notes};
use super::row::{Holder, Row, Stored};

/// The turns of this open journal, with access to those of others.
#[derive(Debug)]
pub(super) struct Holders {
    journal: PathBuf,
    own: Mutex<Own>,
}

#[derive(Debug, Default)]
struct Own {
    /// Only a journal that takes a turn needs a lock: readers leave no file behind.
    owner: Option<Owner>,
    turns: HashSet<i64>,
    last_turn: i64,
    /// Notes that could not be written to the journal.
    notes: Vec<Note>,
}

impl Holders {
    pub(super) fn new(journal: PathBuf) -> Self {
        Self { journal, own: Mutex::default() }
    }

    /// Makes sure that others can tell whether this process is alive. Called inside a transaction that writes, so that
    /// nobody sees a lock that is not held yet.
    pub(super) fn join(&self) -> io::Result<()> {
        let mut own = self.own();
        if own.owner.is_none() {
            own.owner = Some(Owner::create(&self.journal)?);
        }
        Ok(())
    }

    /// Records how many changes the journal has, now that they are on the disk. Without this record, less is known about
    /// what a damaged journal lost.
    pub(super) fn witness(&self, changes: u64) {
        let _ = self.own().owner.as_ref().map(|owner| owner.witness(changes));
    }

    /// Begins a new turn; called inside a transaction that writes.
    pub(super) fn begin(&self) -> Holder {
        let mut own = self.own();
        let owner = own.owner.as_ref().map(|owner| owner.name().to_owned()).unwrap_or_default();
        own.last_turn += 1;
        let turn = own.last_turn;
        own.turns.insert(turn);
        Holder { owner, turn }
    }

    pub(super) fn end(&self, holder: &Holder) {
        self.own().turns.remove(&holder.turn);
    }

    /// Whether somebody holds the key of this row now.
    pub(super) fn holds(&self, row: &Row) -> io::Result<bool> {
        let Some(holder) = &row.holder else { return Ok(false) };
        let own = self.own();
        match &own.owner {
            Some(owner) if owner.name() == holder.owner => Ok(own.turns.contains(&holder.turn)),
            _ => is_alive(&self.journal, &holder.owner),
        }
    }

    /// Records a task outside the journal, which cannot be written.
    pub(super) fn note(&self, note: Note) -> io::Result<()> {
        let mut own = self.own();
        let owner = own.owner.as_ref().ok_or(io::ErrorKind::NotFound)?;
        owner.note(&note)?;
        own.notes.push(note);
        Ok(())
    }

    /// Whether there is anything to [take over](Self::take_over).
    pub(super) fn left_something(&self) -> Result<bool, JournalError> {
        if !self.own().notes.is_empty() {
            return Ok(true);
        }
        for name in names(&self.journal)? {
            if self.is_dead(&name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes over the notes that this owner and dead owners made outside the journal. Returns the names of the dead, whose
    /// files may be removed once this is on the disk.
    pub(super) fn take_over(&self, connection: &Connection) -> Result<Vec<String>, JournalError> {
        let (own, noted) = {
            let own = self.own();
            (own.owner.as_ref().map(|owner| owner.name().to_owned()), own.notes.clone())
        };
        noted.iter().try_for_each(|note| take_over(connection, own.as_deref().unwrap_or_default(), note))?;
        let mut dead = Vec::new();
        for name in names(&self.journal)? {
            if self.is_dead(&name)? {
                notes(&self.journal, &name)?.iter().try_for_each(|note| take_over(connection, &name, note))?;
                dead.push(name);
            }
        }
        Ok(dead)
    }

    fn is_dead(&self, name: &str) -> io::Result<bool> {
        let is_own = self.own().owner.as_ref().is_some_and(|owner| owner.name() == name);
        Ok(!is_own && !is_alive(&self.journal, name)?)
    }

    fn own(&self) -> MutexGuard<'_, Own> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Updates a claim with what its owner noted elsewhere, unless more has become known since.
fn take_over(connection: &Connection, owner: &str, note: &Note) -> rusqlite::Result<()> {
    let mut row = Row::load(connection, &note.key)?
        .ok_or_else(|| broken(format!("the entry {:?} of the task {:?} is gone", note.key, note.task_id)))?;
    let is_its = row.holder.as_ref().is_none_or(|holder| holder.owner == owner);
    if row.state == Stored::Claimed && is_its {
        row.state = Stored::Submitted;
        row.task_id = Some(note.task_id.clone());
        row.save(connection)?;
    }
    Ok(())
}

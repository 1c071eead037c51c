//! Who works on a key, and whether it still does: a lock that the operating system drops with its process.
//!
//! A number of a process says little: it is given out again, and means nothing in another container. A lock on a
//! file is held as long as its process lives, whatever ends it.
//!
//! The file has room for notes. When the journal cannot be written after something was paid for, as on a full disk,
//! the id of the task goes there, where the space is already taken.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// Room for notes, in bytes: more than a few dozen submissions that are under way when a disk gets full.
const ROOM: usize = 16 * 1024;

/// No file with notes is longer.
const LONGEST: u64 = 1024 * 1024;

/// What became of a key, where the journal could not take it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Note {
    pub(super) key: String,
    pub(super) task_id: String,
}

/// One open journal of a living process. Its file stands beside the journal: `journal.db.0123456789abcdef.owner`.
#[derive(Debug)]
pub(super) struct Owner {
    name: String,
    path: PathBuf,
    file: File,
    /// Where the next note goes.
    end_of_notes: Mutex<u64>,
}

impl Owner {
    /// Creates and locks the file. Nobody may look for the name before this returns.
    pub(super) fn create(journal: &Path) -> io::Result<Self> {
        let name = format!("{:016x}", fastrand::u64(..));
        let path = path_of(journal, &name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600); // as the journal itself
        let file = options.open(&path)?;
        match reserve(&file) {
            Ok(()) => Ok(Self { name, path, file, end_of_notes: Mutex::new(0) }),
            Err(error) => {
                let _ = fs::remove_file(&path); // it is of no use to anybody
                Err(error)
            }
        }
    }

    /// Writes a note that is on the disk when this returns.
    pub(super) fn note(&self, note: &Note) -> io::Result<()> {
        let mut end = self.end_of_notes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = serde_json::to_vec(note)?;
        line.push(b'\n');
        let mut file = &self.file;
        file.seek(SeekFrom::Start(*end))?;
        file.write_all(&line)?;
        file.sync_data()?;
        *end += line.len() as u64;
        Ok(())
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let has_notes = *self.end_of_notes.get_mut().unwrap_or_else(PoisonError::into_inner) > 0;
        if !has_notes {
            let _ = fs::remove_file(&self.path); // one that stays is found without a lock, and removed later
        }
    }
}

/// Locks the file and takes the space for notes.
fn reserve(mut file: &File) -> io::Result<()> {
    file.try_lock()?;
    file.write_all(&[b'\n'; ROOM])?;
    file.sync_all()
}

/// What a dead owner noted; a note that was cut off is none.
pub(super) fn notes(journal: &Path, name: &str) -> io::Result<Vec<Note>> {
    let mut text = Vec::new();
    match File::open(path_of(journal, name)) {
        Ok(file) => file.take(LONGEST).read_to_end(&mut text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
}

/// Whether the process behind a name still lives.
pub(super) fn is_alive(journal: &Path, name: &str) -> io::Result<bool> {
    match File::open(path_of(journal, name)) {
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes the file of one that is dead.
pub(super) fn remove(journal: &Path, name: &str) {
    let _ = fs::remove_file(path_of(journal, name)); // whether it is there or not, it is not locked
}

fn path_of(journal: &Path, name: &str) -> PathBuf {
    let mut file: OsString = journal.file_name().unwrap_or_default().to_owned();
    // A damaged name must not lead to another folder.
    let name: String = name.chars().filter(char::is_ascii_hexdigit).collect();
    file.push(format!(".{name}.owner"));
    journal.with_file_name(file)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::{Note, Owner, ROOM, is_alive, notes, remove};

    #[test]
    fn an_owner_lives_until_it_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("journal.db");
        let owner = Owner::create(&journal).expect("an owner");
        let name = owner.name().to_owned();
        assert!(is_alive(&journal, &name).expect("a lock"));
        drop(owner);
        assert!(!is_alive(&journal, &name).expect("no lock"));
        assert!(!is_alive(&journal, "../../etc/passwd").expect("no such owner"));
    }

    #[test]
    fn a_file_without_a_lock_is_of_the_dead() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("journal.db");
        let left = folder.path().join("journal.db.00ff.owner");
        std::fs::write(&left, "").expect("a file");
        assert!(!is_alive(&journal, "00ff").expect("no lock"));
        remove(&journal, "00ff");
        assert!(!left.exists());
    }
    #[test]
    fn notes_take_no_new_space_and_outlive_their_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("journal.db");
        let owner = Owner::create(&journal).expect("an owner");
        let (name, path) = (owner.name().to_owned(), owner.path.clone());
        assert_eq!(notes(&journal, &name).expect("a file"), []);
        let note = |number: usize| Note { key: format!("key \n{number}"), task_id: format!("task-{number}") };
        for number in 0..20 {
            owner.note(&note(number)).expect("there is room");
        }
        assert_eq!(path.metadata().expect("a file").len(), ROOM as u64);
        drop(owner);
        assert_eq!(notes(&journal, &name).expect("a file"), (0..20).map(note).collect::<Vec<_>>());
        assert!(!is_alive(&journal, &name).expect("no lock"));

        // One that was cut off is none, and takes no other with it.
        std::fs::write(&path, "{\"key\": \"a\", \"task_id\": \"t\"}\n{\"key\": \"b\", \"ta").expect("a file");
        assert_eq!(notes(&journal, &name).expect("a file").len(), 1);
    }
}

//! Owners of keys, and whether they are alive: a lock that the operating system releases with the process.
//!
//! A process ID is not enough: it is reused, and means nothing in another container. A lock on a file is held as long
//! as the process lives, however it ends.
//!
//! The first line of the file says how many changes of the journal its process has seen on the disk. A journal with
//! fewer changes has lost some, for example because its `-wal` was removed after a crash.
//!
//! The rest is room for notes. If the journal cannot be written after something was paid for, for example because the
//! disk is full, the ID of the task is written there, where the space is already reserved.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// The length of the first line, including its line break.
const HEAD: usize = 32;

/// Room for the first line and notes, in bytes: enough for dozens of submissions that are in progress when the disk
/// fills up.
const ROOM: usize = 16 * 1024;

/// The greatest length of a file with notes.
const LONGEST: u64 = 1024 * 1024;

/// What became of a key, in case the journal could not record it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Note {
    pub(super) key: String,
    pub(super) task_id: String,
}

/// Evidence of what was in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Witness {
    /// The file with the evidence.
    pub(super) file: PathBuf,
    pub(super) changes: u64,
}

/// The first line of a file.
#[derive(Deserialize, Serialize)]
struct Head {
    changes: u64,
}

/// One open journal of a running process. Its file is next to the journal: `journal.db.0123456789abcdef.owner`.
#[derive(Debug)]
pub(super) struct Owner {
    name: String,
    path: PathBuf,
    /// The `-wal` of the journal.
    log: PathBuf,
    file: File,
    written: Mutex<Written>,
}

/// How far the file is written.
#[derive(Debug)]
struct Written {
    /// The number in the first line.
    changes: u64,
    /// Where the next note goes.
    end_of_notes: u64,
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
            Ok(()) => {
                let written = Written { changes: 0, end_of_notes: HEAD as u64 };
                Ok(Self { name, path, log: beside(journal, "-wal"), file, written: Mutex::new(written) })
            }
            Err(error) => {
                let _ = fs::remove_file(&path); // it is of no use to anybody
                Err(error)
            }
        }
    }

    /// Writes a note that is on the disk when this returns.
    pub(super) fn note(&self, note: &Note) -> io::Result<()> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = serde_json::to_vec(note)?;
        line.push(b'\n');
        self.write(written.end_of_notes, &line)?;
        self.file.sync_data()?;
        written.end_of_notes += line.len() as u64;
        Ok(())
    }

    /// Records how many changes are in the journal and on the disk. The record outlives the process, but a power failure
    /// may undo it.
    pub(super) fn witness(&self, changes: u64) -> io::Result<()> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if changes > written.changes {
            let head = serde_json::to_string(&Head { changes })?;
            self.write(0, format!("{head:<0$}\n", HEAD - 1).as_bytes())?;
            written.changes = changes;
        }
        Ok(())
    }

    fn write(&self, place: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(place))?;
        file.write_all(bytes)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        let written = self.written.get_mut().unwrap_or_else(PoisonError::into_inner);
        let has_notes = written.end_of_notes > HEAD as u64;
        // While others have the journal open, its last changes are in the `-wal`, and this file is evidence of them.
        if !has_notes && !self.log.exists() {
            let _ = fs::remove_file(&self.path); // one that stays is found without a lock, and removed later
        }
    }
}

/// Locks the file and reserves the space for notes.
fn reserve(mut file: &File) -> io::Result<()> {
    file.try_lock()?;
    file.write_all(&[b'\n'; ROOM])?;
    file.sync_all()
}

/// The notes of a dead owner, without one that was cut off.
pub(super) fn notes(journal: &Path, name: &str) -> io::Result<Vec<Note>> {
    let text = read(&path_of(journal, name))?;
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
}

/// The contents of an owner's file; empty if it is gone.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(LONGEST).read_to_end(&mut text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(text)
}

/// Whether the process behind a name is still alive.
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

/// Removes the file of a dead owner.
pub(super) fn remove(journal: &Path, name: &str) {
    let _ = fs::remove_file(path_of(journal, name)); // whether it is there or not, it is not locked
}

/// The names of all owners that have a file next to the journal.
pub(super) fn names(journal: &Path) -> io::Result<Vec<String>> {
    let prefix = beside(journal, ".");
    let prefix = prefix.file_name().unwrap_or_default().as_encoded_bytes();
    let mut names = Vec::new();
    for entry in fs::read_dir(folder_of(journal))? {
        let file = entry?.file_name();
        let name = file.as_encoded_bytes().strip_prefix(prefix).and_then(|rest| rest.strip_suffix(b".owner"));
        let name = name.and_then(|name| std::str::from_utf8(name).ok());
        names.extend(name.filter(|name| is_name(name)).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// The evidence of the owner that has seen the most changes in the journal, dead or alive.
pub(super) fn witness(journal: &Path) -> io::Result<Option<Witness>> {
    let mut most: Option<Witness> = None;
    for name in names(journal)? {
        let file = path_of(journal, &name);
        let Some(changes) = read(&file)?.split(|byte| *byte == b'\n').next().and_then(changes) else { continue };
        if most.as_ref().is_none_or(|most| most.changes < changes) {
            most = Some(Witness { file, changes });
        }
    }
    Ok(most)
}

fn changes(line: &[u8]) -> Option<u64> {
    serde_json::from_slice::<Head>(line).ok().map(|head| head.changes)
}

fn is_name(name: &str) -> bool {
    name.len() == 16 && name.chars().all(|c| c.is_ascii_hexdigit())
}

/// The path of a journal with something after it.
pub(super) fn beside(journal: &Path, suffix: &str) -> PathBuf {
    let mut file: OsString = journal.file_name().unwrap_or_default().to_owned();
    file.push(suffix);
    journal.with_file_name(file)
}

/// The folder that a journal is in.
pub(super) fn folder_of(journal: &Path) -> &Path {
    journal.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn path_of(journal: &Path, name: &str) -> PathBuf {
    // A damaged name must not lead to another folder.
    let name: String = name.chars().filter(char::is_ascii_hexdigit).collect();
    beside(journal, &format!(".{name}.owner"))
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::{Note, Owner, ROOM, is_alive, names, notes, remove, witness};

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
    fn the_witness_of_the_most_changes_counts_dead_or_alive() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = folder.path().join("journal.db");
        assert_eq!(witness(&journal).expect("a folder"), None);
        let (first, second) = (Owner::create(&journal).expect("an owner"), Owner::create(&journal).expect("an owner"));
        assert_eq!(witness(&journal).expect("files"), None, "they have seen nothing yet");
        for changes in [7, u64::MAX, 8] {
            first.witness(changes).expect("there is room");
        }
        second.witness(9).expect("there is room");
        let most = witness(&journal).expect("files").expect("a witness");
        assert_eq!((most.changes, most.file), (u64::MAX, first.path.clone()));
        assert_eq!(notes(&journal, first.name()).expect("a file"), []);

        // Other files in the folder do not concern a journal.
        for other in ["journal.db.owner", "journal.db.0123.owner", "journal.db.x.0123456789abcdef.owner", "b.mp4"] {
            std::fs::write(folder.path().join(other), "{\"changes\": 99}").expect("a file");
        }
        std::fs::write(&first.path, [0xff; 99]).expect("a file");
        assert_eq!(witness(&journal).expect("files").expect("a witness").changes, 9);
        assert_eq!(names(&journal).expect("a folder").len(), 2);
        assert!(witness(&folder.path().join("none/journal.db")).is_err(), "no folder");
        std::fs::write(folder.path().join("journal.db-wal"), "").expect("a file");
        drop(second);
        assert_eq!(names(&journal).expect("a folder").len(), 2, "a witness of what is in the -wal stays");
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

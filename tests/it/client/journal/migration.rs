//! Journals of older versions are migrated with all of their contents, or refused unchanged.
//!
//! `versions/1.sql` is the output of `sqlite3 journal.db .dump` for a file that version 1 wrote, with other paths; the next
//! one is that file as migrated by version 2, and so on.

use std::path::PathBuf;

use foxapi_models::journal::{Entry, Journal, State};
use rusqlite::Connection;
use tempfile::TempDir;

use super::word;

const VERSIONS: &[&str] = &[include_str!("versions/1.sql"), include_str!("versions/2.sql")];

fn write(folder: &TempDir, dump: &str) -> PathBuf {
    let path = folder.path().join("journal.db");
    Connection::open(&path).expect("SQLite").execute_batch(dump).expect("a journal of its time");
    path
}

fn version(path: &PathBuf) -> i64 {
    let connection = Connection::open(path).expect("SQLite");
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version")
}

#[tokio::test]
async fn an_older_journal_is_brought_up_to_date_with_all_it_holds() {
    for (index, dump) in VERSIONS.iter().enumerate() {
        let folder = TempDir::new().expect("a folder");
        let path = write(&folder, dump);
        assert_eq!(version(&path), 1 + i64::try_from(index).expect("a number"));
        // Several processes open it at once.
        let opening: Vec<_> = (0..4).map(|_| tokio::spawn(Journal::open(path.clone()))).collect();
        let mut seen: Vec<Vec<Entry>> = Vec::new();
        for journal in opening {
            seen.push(journal.await.expect("no panic").expect("a journal").entries().await.expect("entries"));
        }
        assert_eq!(version(&path), 1 + i64::try_from(VERSIONS.len()).expect("a number"));
        seen.push(Journal::open(&path).await.expect("a journal").entries().await.expect("entries"));
        for entries in seen {
            let states: Vec<_> = entries.iter().map(|entry| (&entry.state, entry.files.len())).collect();
            let submitted = |id: &str| State::Submitted { task_id: id.to_owned() };
            let (first, second, third) = (submitted("task-1"), submitted("task-2"), State::Unknown { task_id: None });
            assert_eq!(states, [(&first, 1), (&second, 1), (&third, 0)]);
        }
        let urls: Vec<String> = Connection::open(&path)
            .expect("SQLite")
            .prepare("SELECT url FROM uploads")
            .and_then(|mut rows| rows.query_map([], |row| row.get(0))?.collect())
            .expect("uploads");
        assert_eq!(urls, ["https://files.example.com/a.jpg"]);
    }
}

#[tokio::test]
async fn a_damaged_older_journal_is_refused_as_it_is() {
    let damages = [
        "UPDATE submissions SET task_id = 'task-9' WHERE task_id = 'task-2'",
        "UPDATE submissions SET seal = 'x'",
        "DROP TABLE downloads",
        "DROP TABLE uploads",
    ];
    let since_2 =
        ["UPDATE uploads SET url = 'https://example.com'", "UPDATE downloads SET bytes = 6", "DELETE FROM progress"];
    let of_all = VERSIONS.iter().flat_map(|dump| damages.map(|damage| (dump, damage)));
    for (dump, damage) in of_all.chain(VERSIONS[1..].iter().flat_map(|dump| since_2.map(|damage| (dump, damage)))) {
        let folder = TempDir::new().expect("a folder");
        let path = write(&folder, dump);
        Connection::open(&path).expect("SQLite").execute_batch(damage).expect("a change");
        let before = version(&path);
        let error = Journal::open(&path).await.expect_err(damage);
        assert_eq!(word(&error), "unusable", "{damage}: {error}");
        assert_eq!(version(&path), before, "{damage}");
    }
}

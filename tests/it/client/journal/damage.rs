//! Files that are no journal, or no journal any more: a clear error, and nothing submitted.

use std::path::Path;

use foxapi_models::journal::{Journal, JournalError, Key};
use rusqlite::Connection;
use tempfile::TempDir;

use super::super::client;
use super::super::server::{Act, Server, pending};
use super::{of_prompt, open, settled, word};

/// Changes the file of a journal.
type Damage = fn(&Path);

fn sql(path: &Path, sql: &str) {
    Connection::open(path).expect("SQLite").execute_batch(sql).expect("a change");
}

fn write(path: &Path, change: fn(Vec<u8>) -> Vec<u8>) {
    let bytes = std::fs::read(path).expect("a journal");
    std::fs::write(path, change(bytes)).expect("a file");
}

#[rustfmt::skip]
const TABLE: &[(&str, Damage, &str)] = &[
    ("empty",            |path| write(path, |_| Vec::new()),                              "is empty"),
    ("text",             |path| write(path, |_| b"{\"prompt\": \"a river\"}\n".to_vec()), "not a journal"),
    ("without its head", |path| write(path, |bytes| bytes[100..].to_vec()),               "not a journal"),
    ("cut off",          |path| write(path, |bytes| bytes[..bytes.len() / 2].to_vec()),   "damaged"),
    ("zeros inside",     |path| write(path, |mut bytes| { bytes[4096..].fill(0); bytes }), "damaged"),
    ("another database", |path| { write(path, |_| Vec::new()); sql(path, "CREATE TABLE t (x)"); }, "not a journal"),
    ("a newer version",  |path| sql(path, "PRAGMA user_version = 99"),                    "only a newer version"),
    ("no version",       |path| sql(path, "PRAGMA user_version = 0"),                     "damaged"),
    ("a table less",     |path| sql(path, "DROP TABLE downloads"),                        "damaged"),
    ("no submissions",   |path| sql(path, "DROP TABLE submissions"),                      "damaged"),
    ("a changed state",  |path| sql(path, "UPDATE submissions SET state = 'not accepted'"), "was changed by something else"),
    ("a changed key",    |path| sql(path, "UPDATE submissions SET key = 'x' WHERE key = 'key 0'"), "was changed by something else"),
    ("a changed id",     |path| sql(path, "UPDATE submissions SET task_id = 'task-666'"), "was changed by something else"),
    ("gone but its log", |path| { std::fs::rename(path, path.with_extension("db-wal")).expect("a name"); }, "the file is gone"),
];

/// A journal with some entries that nobody has open.
async fn journal(folder: &TempDir, server: &Server) {
    let journal = open(folder).await;
    for number in 0..20 {
        journal
            .submit(&client(&server.url()), &Key::new(format!("key {number}")), &of_prompt("a"))
            .await
            .expect("a task");
    }
    settled(folder).await;
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_stays_as_it_is() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let whole = TempDir::new().expect("a folder");
    journal(&whole, &server).await;
    for (name, damage, says) in TABLE {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("journal.db");
        std::fs::copy(whole.path().join("journal.db"), &path).expect("a copy");
        damage(&path);
        let before = std::fs::read(&path).ok();
        let error = Journal::open(&path).await.expect_err(name);
        let text = error.to_string();
        assert_eq!(word(&error), "unusable", "{name}: {text}");
        assert!(text.contains(says) && text.contains("journal.db"), "{name}: {text}");
        assert_eq!(std::fs::read(&path).ok(), before, "{name}");
    }
}

/// Wherever a byte changes, either it did not matter or the file is refused: no key is ever forgotten.
#[tokio::test]
async fn no_byte_that_changes_makes_a_key_free() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    journal(&folder, &server).await;
    let path = folder.path().join("journal.db");
    let bytes = std::fs::read(&path).expect("a journal");
    let entries = open(&folder).await.entries().await.expect("entries");
    let mut refused = 0;
    let rounds = 300;
    for round in 0..rounds {
        // Spread over the file, the first pages more often: they hold what everything hangs on.
        let place = if round % 3 == 0 { round % 512 } else { (round * 7919) % bytes.len() };
        let mut damaged = bytes.clone();
        damaged[place] ^= 1 << (round % 8);
        std::fs::write(&path, &damaged).expect("a file");
        match Journal::open(&path).await {
            Ok(journal) => match journal.entries().await {
                Ok(seen) => assert_eq!(seen, entries, "byte {place}"),
                Err(_) => refused += 1,
            },
            Err(JournalError::Unusable { .. } | JournalError::Storage(_)) => refused += 1,
            Err(error) => panic!("byte {place}: {error}"),
        }
        for left in ["journal.db-wal", "journal.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(left));
        }
    }
    assert!(refused > rounds / 20, "hardly anything was noticed: {refused}");
}

#[tokio::test]
async fn a_file_that_is_taken_away_protects_nobody() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("journal.db");
    let journal = open(&folder).await;
    std::fs::rename(&path, folder.path().join("elsewhere.db")).expect("a name");
    let error = journal.submit(&client(&server.url()), &Key::new("a"), &of_prompt("a")).await.expect_err("it is gone");
    assert!(error.to_string().contains("moved"), "{error}");
    // A new one under the old name is not the one that is open.
    let other = TempDir::new().expect("a folder");
    drop(open(&other).await);
    std::fs::rename(other.path().join("journal.db"), &path).expect("a name");
    let error =
        journal.submit(&client(&server.url()), &Key::new("b"), &of_prompt("a")).await.expect_err("another file");
    assert!(error.to_string().contains("moved"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_place_without_a_folder_is_an_error() {
    let error = Journal::open("no/such/folder/journal.db").await.expect_err("no folder");
    assert_eq!(word(&error), "storage", "{error}");
}

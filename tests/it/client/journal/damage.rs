//! Files that are not, or no longer, journals: a clear error, and nothing is submitted.

use std::path::Path;

use foxapi_mock::{Mock, Script};
use foxapi_models::journal::{Journal, JournalError, Key, Unusable};
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
    ("a changed state",  |path| sql(path, "UPDATE submissions SET state = 'not accepted'"), "was changed by something other"),
    ("a changed key",    |path| sql(path, "UPDATE submissions SET key = 'x' WHERE key = 'key 0'"), "was changed by something other"),
    ("a changed ID",     |path| sql(path, "UPDATE submissions SET task_id = 'task-666'"), "was changed by something other"),
    ("a changed upload", |path| sql(path, "UPDATE uploads SET url = 'https://example.com/b.jpg'"), "was changed by something other"),
    ("a later upload",   |path| sql(path, "UPDATE uploads SET expires = expires + 1"),    "was changed by something other"),
    ("a changed path",   |path| sql(path, "UPDATE downloads SET path = 'b.mp4'"),         "was changed by something other"),
    ("a whole download", |path| sql(path, "UPDATE downloads SET bytes = bytes + 1"),      "was changed by something other"),
    ("a deleted row",    |path| sql(path, "DELETE FROM submissions WHERE key = 'key 7'"), "was removed"),
    ("no rows",          |path| sql(path, "DELETE FROM submissions"),                     "was removed"),
    ("a deleted upload", |path| sql(path, "DELETE FROM uploads"),                         "was removed"),
    ("a deleted path",   |path| sql(path, "DELETE FROM downloads"),                       "was removed"),
    ("another sum",      |path| sql(path, "UPDATE totals SET seals = substr(seals, 2) || 'a'"), "was removed"),
    ("half a sum",       |path| sql(path, "UPDATE totals SET seals = substr(seals, 2)"),  "damaged"),
    ("no sum",           |path| sql(path, "DELETE FROM totals"),                          "damaged"),
    ("gone but its log", |path| { std::fs::rename(path, path.with_extension("db-wal")).expect("a name"); }, "the file is gone"),
];

/// Fills a journal with entries, an upload and a download.
async fn fill(journal: &Journal, mock: &Mock, folder: &TempDir) {
    let client = client(&mock.url());
    for number in 0..20 {
        journal.submit(&client, &Key::new(format!("key {number}")), &of_prompt("a")).await.expect("a task");
    }
    let path = folder.path().join("a.mp4");
    let task = client.task("task-1").await.expect("results");
    journal.download(&client, &task, &path).await.expect("a file");
    journal.upload(&client, &path).await.expect("an address");
}

fn mock() -> Mock {
    let mock = Mock::start().expect("a port");
    mock.script(Script::completed());
    mock
}

/// A journal that nobody has open.
async fn closed(mock: &Mock) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fill(&open(&folder).await, mock, &folder).await;
    settled(&folder).await;
    folder
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_stays_as_it_is() {
    let whole = closed(&mock()).await;
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
    let folder = closed(&mock()).await;
    let path = folder.path().join("journal.db");
    let bytes = std::fs::read(&path).expect("a journal");
    let entries = open(&folder).await.entries().await.expect("entries");
    let mut refused = 0;
    let rounds = 300;
    for round in 0..rounds {
        // Spread over the file, but more often in the first pages, on which everything else depends.
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

/// Damage to the `-wal` that a killed process left.
#[rustfmt::skip]
const LOGS: &[(&str, Damage)] = &[
    ("removed",              |log| std::fs::remove_file(log).expect("a file")),
    ("empty",                |log| write(log, |_| Vec::new())),
    ("without its head",     |log| write(log, |bytes| bytes[32..].to_vec())),
    ("cut off in the middle", |log| write(log, |bytes| bytes[..bytes.len() / 2].to_vec())),
    ("without its end",      |log| write(log, |bytes| bytes[..bytes.len() - 1].to_vec())),
    ("zeros",                |log| write(log, |bytes| vec![0; bytes.len()])),
    ("zeros at its end",     |log| write(log, |mut bytes| { let end = bytes.len() - 4096; bytes[end..].fill(0); bytes })),
    ("another file",         |log| write(log, |_| b"not a log\n".repeat(10_000))),
    ("a bit of its head",    |log| write(log, |mut bytes| { bytes[17] ^= 1; bytes })),
    ("a bit of a frame",     |log| write(log, |mut bytes| { bytes[32 + 9] ^= 1; bytes })),
    ("a bit of a page",      |log| write(log, |mut bytes| { let middle = bytes.len() / 2; bytes[middle] ^= 1; bytes })),
    ("a bit at its end",     |log| write(log, |mut bytes| { let end = bytes.len() - 1; bytes[end] ^= 1; bytes })),
];

/// Copies the folder of a journal in use: the state that a killed process would leave.
fn killed(folder: &TempDir) -> TempDir {
    let copy = TempDir::new().expect("a folder");
    for file in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
        if file.path().extension().is_none_or(|extension| extension != "db-shm") {
            std::fs::copy(file.path(), copy.path().join(file.file_name())).expect("a copy");
        }
    }
    copy
}

#[tokio::test]
async fn a_damaged_log_of_a_killed_process_is_refused() {
    let (mock, folder) = (mock(), TempDir::new().expect("a folder"));
    let journal = open(&folder).await;
    fill(&journal, &mock, &folder).await;
    // The process that is killed, and another one that ended properly before and had seen more.
    let other = open(&folder).await;
    other.submit(&client(&mock.url()), &Key::new("last"), &of_prompt("a")).await.expect("a task");
    settled(&folder).await;
    drop(other);
    let entries = journal.entries().await.expect("entries");
    assert_eq!(entries.len(), 21);
    let seen = open(&killed(&folder)).await.entries().await.expect("what was killed goes on");
    assert_eq!(seen, entries);

    for (name, damage) in LOGS {
        let left = killed(&folder);
        damage(&left.path().join("journal.db-wal"));
        for _ in 0..2 {
            let error = Journal::open(left.path().join("journal.db")).await.expect_err(name);
            let text = error.to_string();
            assert_eq!(word(&error), "unusable", "{name}: {text}");
            assert!(text.contains("journal.db") && text.contains("nothing was sent"), "{name}: {text}");
        }
    }

    // A person without a copy decides to go on, knowing the risk.
    let left = killed(&folder);
    std::fs::remove_file(left.path().join("journal.db-wal")).expect("a file");
    std::fs::remove_file(left.path().join("journal.db")).expect("a file");
    let open = || Journal::open(left.path().join("journal.db"));
    for _ in 0..9 {
        let Err(JournalError::Unusable { reason: Unusable::Lost { known, made, file }, .. }) = open().await else {
            break;
        };
        assert!(known < made, "{known} of {made}");
        std::fs::remove_file(file).expect("the witness");
    }
    assert!(open().await.expect("nobody knows better").entries().await.expect("entries").is_empty());
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
    // A new journal under the old name is not the open one.
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

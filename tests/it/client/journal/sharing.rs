//! Several tasks and several open journals on one file.

use std::collections::BTreeSet;
use std::time::Duration;

use foxapi_models::journal::{Key, State};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::super::fake::Fake;
use super::super::server::{Act, Server, pending};
use super::super::{client, request, settings};
use super::{entry, key, of_prompt, open, settled};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_the_same_task_and_one_pays() {
    let fake = Fake::of_quick_tasks(Duration::from_millis(20)).await;
    let folder = TempDir::new().expect("a folder");
    let client = settings(&fake.url()).request_timeout(Duration::from_secs(30)).build().expect("a client");
    let mut running = JoinSet::new();
    for _ in 0..3 {
        let journal = open(&folder).await;
        for number in 0..8 {
            for _ in 0..2 {
                let (journal, client) = (journal.clone(), client.clone());
                running.spawn(async move {
                    let request = of_prompt(&format!("river {number}"));
                    let done = journal.submit(&client, &Key::of(&request), &request).await.expect("a task");
                    (number, done.task_id, done.is_new)
                });
            }
        }
    }
    let done = running.join_all().await;
    let tasks: BTreeSet<_> = done.iter().map(|(number, id, _)| (*number, id.clone())).collect();
    let new = done.iter().filter(|(_, _, is_new)| *is_new).count();
    assert_eq!((done.len(), tasks.len(), new, fake.paid().len()), (48, 8, 8, 8));
}

#[tokio::test]
async fn a_key_is_held_until_its_turn_is_dropped() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    let (mine, theirs) = (open(&folder).await, open(&folder).await);
    let turn = mine.take(&key()).await.expect("a journal").expect("nobody holds it");
    assert!(mine.take(&key()).await.expect("a journal").is_none(), "another task of this process");
    assert!(theirs.take(&key()).await.expect("a journal").is_none(), "another process");
    assert!(entry(&theirs, &key()).await.expect("an entry").is_held);

    let done = turn.submit(&client(&server.url()), &request()).await.expect("a task");
    let seen = entry(&theirs, &key()).await.expect("an entry");
    assert_eq!((seen.state, seen.is_held), (State::Submitted { task_id: done.task_id }, true));
    // Its ID is known, so nobody has to wait for the rest of the work.
    let same = theirs.submit(&client(&server.url()), &key(), &request()).await.expect("the task");
    assert!(!same.is_new);

    drop(turn);
    settled(&folder).await;
    assert!(theirs.take(&key()).await.expect("a journal").is_some(), "nobody holds it anymore");
    assert_eq!(server.posts(), 1);
}

#[tokio::test]
async fn a_turn_that_nothing_came_of_leaves_no_entry() {
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    drop(journal.take(&key()).await.expect("a journal").expect("nobody holds it"));
    assert!(settled(&folder).await.is_empty());
}

#[tokio::test]
async fn others_read_while_one_writes() {
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    drop(journal.take(&key()).await.expect("a journal"));
    let mut writer = rusqlite::Connection::open(folder.path().join("journal.db")).expect("SQLite");
    let transaction = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a writer");
    transaction.execute("DELETE FROM submissions", []).expect("a change that is not there yet");
    let reading = tokio::time::timeout(Duration::from_secs(5), async { journal.entries().await });
    reading.await.expect("readers wait for nobody").expect("entries");
}

/// The runtime of a program ends in the middle of a submission: for the next run it is unknown.
#[test]
fn what_a_runtime_left_is_unknown() {
    let servers = tokio::runtime::Runtime::new().expect("a runtime for the server");
    let server = servers.block_on(Server::start(vec![Act::Silence]));
    let folder = TempDir::new().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let journal = open(&folder).await;
        let client = client(&server.url());
        tokio::spawn(async move { journal.submit(&client, &key(), &request()).await });
        while server.posts() == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    drop(runtime);
    servers.block_on(async {
        let journal = open(&folder).await;
        assert_eq!(entry(&journal, &key()).await.expect("an entry").state, State::Unknown { task_id: None });
        journal.submit(&client(&server.url()), &key(), &request()).await.expect_err("nobody knows");
    });
    assert_eq!(server.posts(), 1);
}

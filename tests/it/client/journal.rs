//! The journal: a key is paid for only once, no matter who submits it and what crashes.

mod damage;
mod files;
mod migration;
mod sharing;

use std::path::Path;
use std::time::Duration;

use foxapi_mock::{Mock, Script};
use foxapi_models::journal::{Entry, Journal, JournalError, Key, Resolution, State};
use foxapi_models::kling::KlingV3TextToVideo;
use tempfile::TempDir;

use super::fake::Fake;
use super::server::{Act, Server, json, pending, refusal};
use super::{KEY, check_secret, client, request, settings};

async fn open(folder: &TempDir) -> Journal {
    Journal::open(folder.path().join("journal.db")).await.expect("a journal")
}

fn key() -> Key {
    Key::of(&request())
}

fn of_prompt(prompt: &str) -> KlingV3TextToVideo {
    KlingV3TextToVideo::builder().prompt(prompt).build().expect("a valid request")
}

async fn entry(journal: &Journal, key: &Key) -> Option<Entry> {
    journal.entry(key).await.expect("a journal that can be read")
}

/// Waits until nobody holds anything, as keys are released in the background.
async fn settled(folder: &TempDir) -> Vec<Entry> {
    let journal = open(folder).await;
    for _ in 0..400 {
        let entries = journal.entries().await.expect("entries");
        if entries.iter().all(|entry| !entry.is_held) {
            return entries;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("a key is not released");
}

/// The kind of an error, in a word.
fn word(error: &JournalError) -> &'static str {
    match error {
        JournalError::Client(_) => "client",
        JournalError::Unknown(_) => "unknown",
        JournalError::NotRecorded { .. } => "not recorded",
        JournalError::AnotherRequest(_) => "another request",
        JournalError::AnotherApi { .. } => "another API",
        JournalError::Held(_) => "held",
        JournalError::NothingToResolve(_) => "nothing to resolve",
        JournalError::InvalidKey(_) => "invalid key",
        JournalError::Unusable { .. } => "unusable",
        JournalError::Storage(_) => "storage",
        other => panic!("no word for {other:?}"),
    }
}

#[tokio::test]
async fn a_key_is_submitted_once_in_all_runs() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    for run in 0..3 {
        let journal = open(&folder).await;
        let done = journal.submit(&client(&server.url()), &key(), &request()).await.expect("a task");
        assert_eq!((done.task_id.as_str(), done.is_new), ("task-1", run == 0));
        let body = serde_json::to_value(request()).expect("a body");
        let again = journal.submit_json(&client(&server.url()), &key(), &body).await.expect("the task");
        assert_eq!((again.task_id.as_str(), again.is_new), ("task-1", false));
    }
    assert_eq!(server.posts(), 1);
    let entries = open(&folder).await.entries().await.expect("entries");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].state, State::Submitted { task_id: "task-1".to_owned() });
    assert_eq!((entries[0].model.as_str(), entries[0].claimed.is_some()), ("kling-v3-text-to-video", true));
}

/// Rows: what the server does, the state of the key afterwards, and the POSTs of two submissions in a row.
#[tokio::test]
async fn each_answer_leaves_the_key_in_the_state_that_pays_nothing_twice() {
    let submitted = || State::Submitted { task_id: "task-1".to_owned() };
    let unknown = |id: Option<&str>| State::Unknown { task_id: id.map(str::to_owned) };
    let salvaged = json(200, r#"{"data": {"id": "task-9"}}"#);
    let table = [
        ("accepted", Act::Send(pending()), submitted(), 1),
        ("refused", Act::Send(refusal(422, "invalid_request_error", "")), State::NotAccepted, 2),
        ("no credits", Act::Send(refusal(402, "insufficient_quota", "")), State::NotAccepted, 2),
        ("an error of the server", Act::Send(refusal(500, "server_error", "")), unknown(None), 1),
        ("the answer is lost", Act::CloseAfterRequest, unknown(None), 1),
        ("silence", Act::Silence, unknown(None), 1),
        ("another shape with an ID", Act::Send(salvaged), unknown(Some("task-9")), 1),
    ];
    for (name, act, state, posts) in table {
        let server = Server::start(vec![act]).await;
        let folder = TempDir::new().expect("a folder");
        let first = open(&folder).await.submit(&client(&server.url()), &key(), &request()).await;
        let journal = open(&folder).await;
        let entry = entry(&journal, &key()).await.expect("an entry");
        assert_eq!(entry.state, state, "{name}");
        let second = journal.submit(&client(&server.url()), &key(), &request()).await;
        assert_eq!(server.posts(), posts, "{name}");
        match state {
            State::Submitted { .. } => assert!(first.is_ok() && second.is_ok(), "{name}"),
            State::Unknown { task_id } => {
                assert!(first.expect_err(name).may_have_been_accepted(), "{name}");
                let second = second.expect_err(name);
                assert_eq!((word(&second), second.task_id()), ("unknown", task_id.as_deref()), "{name}");
                assert!(!second.may_have_been_accepted(), "it sent nothing: {name}");
                let text = second.to_string();
                assert!(task_id.is_none_or(|id| text.contains(&id)) && text.contains("not known"), "{text}");
            }
            _ => assert_eq!((word(&first.expect_err(name)), word(&second.expect_err(name))), ("client", "client")),
        }
    }
}

#[tokio::test]
async fn what_breaks_rules_never_reaches_the_journal() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    let wrong = KlingV3TextToVideo::builder().prompt("a river").duration(7).build_unchecked();
    let error = journal.submit(&client(&server.url()), &key(), &wrong).await.expect_err("7 seconds");
    assert!(!error.may_have_been_accepted() && error.to_string().contains("/duration"), "{error}");
    let error = journal.submit(&client(&server.url()), &Key::new("a\nb"), &request()).await.expect_err("a line break");
    assert_eq!(word(&error), "invalid key");
    assert_eq!((journal.entries().await.expect("entries").len(), server.connections()), (0, 0));
}

#[tokio::test]
async fn a_persons_word_settles_what_is_unknown() {
    let server = Server::start(vec![Act::CloseAfterRequest, Act::CloseAfterRequest, Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    let client = client(&server.url());
    let (accepted, refused) = (Key::new("accepted"), Key::new("refused"));
    for key in [&accepted, &refused] {
        journal.submit(&client, key, &request()).await.expect_err("no answer");
    }
    let unknown = journal.unknown().await.expect("entries");
    assert_eq!(unknown.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["accepted", "refused"]);

    let control = Resolution::Accepted("\u{1b}[2J".to_owned());
    assert_eq!(word(&journal.resolve(&accepted, control).await.expect_err("no such ID")), "client");
    journal.resolve(&accepted, Resolution::Accepted(" task-7\n".to_owned())).await.expect("it was unknown");
    journal.resolve(&refused, Resolution::NotAccepted).await.expect("it was unknown");
    assert!(journal.unknown().await.expect("entries").is_empty());

    let found = journal.submit(&client, &accepted, &request()).await.expect("the task");
    assert_eq!((found.task_id.as_str(), found.is_new), ("task-7", false));
    let new = journal.submit(&client, &refused, &request()).await.expect("a task");
    assert_eq!((new.task_id.as_str(), new.is_new, server.posts()), ("task-1", true, 3));

    // If the journal knows the outcome, it cannot be overruled.
    let error = journal.resolve(&refused, Resolution::NotAccepted).await.expect_err("it was accepted");
    assert_eq!((word(&error), error.task_id()), ("nothing to resolve", Some("task-1")));
    let error = journal.resolve(&Key::new("other"), Resolution::NotAccepted).await.expect_err("not there");
    assert_eq!((word(&error), error.task_id()), ("nothing to resolve", None));
}

#[tokio::test]
async fn renewing_pays_again_on_purpose_and_gives_the_old_task() {
    let second = json(200, r#"{"id": "task-2", "status": "pending"}"#);
    let server = Server::start(vec![Act::Send(pending()), Act::Send(second), Act::Silence]).await;
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    let client = client(&server.url());
    journal.submit(&client, &key(), &request()).await.expect("a task");

    let turn = journal.take(&key()).await.expect("a journal").expect("nobody holds it");
    assert_eq!(word(&journal.renew(&key()).await.expect_err("somebody works on it")), "held");
    drop(turn);

    assert_eq!(journal.renew(&key()).await.expect("nobody holds it").task_id(), Some("task-1"));
    let new = journal.submit(&client, &key(), &request()).await.expect("a task");
    assert_eq!((new.task_id.as_str(), new.is_new, server.posts()), ("task-2", true, 2));

    let lost = Key::new("lost");
    journal.submit(&client, &lost, &request()).await.expect_err("silence");
    assert_eq!(word(&journal.renew(&lost).await.expect_err("nobody knows")), "unknown");
}

#[tokio::test]
async fn one_name_does_not_stand_for_two_requests_or_two_addresses() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    let client = client(&server.url());
    let name = Key::new("scene-1");
    journal.submit(&client, &name, &of_prompt("a river")).await.expect("a task");
    let error = journal.submit(&client, &name, &of_prompt("a lake")).await.expect_err("another prompt");
    assert_eq!((word(&error), error.task_id()), ("another request", Some("task-1")));

    // A derived key identifies the work, even if the body has changed meanwhile.
    let derived = Key::of_json("scene", &serde_json::json!({"prompt": "a river", "image": "sha256:0123"}));
    journal.submit(&client, &derived, &of_prompt("with one address")).await.expect("a task");
    journal.submit(&client, &derived, &of_prompt("with another")).await.expect("the same task");

    let other = Server::start(vec![Act::Send(pending())]).await;
    let error =
        journal.submit(&super::client(&other.url()), &name, &of_prompt("a river")).await.expect_err("elsewhere");
    assert_eq!((word(&error), server.posts(), other.posts()), ("another API", 2, 0));
}

#[tokio::test]
async fn a_caller_who_stops_waiting_loses_no_id() {
    let fake = Fake::of_quick_tasks(Duration::from_millis(200)).await;
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    let client = client(&fake.url());
    let submitting = {
        let (journal, client) = (journal.clone(), client.clone());
        tokio::spawn(async move { journal.submit(&client, &key(), &request()).await })
    };
    while fake.paid().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(entry(&journal, &key()).await.expect("claimed before it is sent").state, State::UnderWay);
    submitting.abort();
    submitting.await.expect_err("it was stopped");
    let done = journal.submit(&client, &key(), &request()).await.expect("the task");
    assert_eq!((done.task_id.as_str(), done.is_new, fake.paid().len()), ("task-1", false, 1));
}

#[tokio::test]
async fn no_file_holds_a_prompt_or_the_key_of_the_api() {
    let server = Server::start(vec![Act::Send(pending())]).await;
    let folder = TempDir::new().expect("a folder");
    let journal = open(&folder).await;
    journal.submit(&client(&server.url()), &key(), &request()).await.expect("a task");
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).expect("a folder") {
        let bytes = std::fs::read(file.expect("an entry").path()).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        check_secret(&text);
        assert!(!text.contains("secret prompt"), "the prompt is in it");
        files += 1;
    }
    assert!(files >= 3, "the database, its log, the lock: {files}");
    assert!(!format!("{journal:?}").contains(KEY));
}

#[tokio::test]
async fn an_open_journal_that_does_nothing_leaves_no_lock() {
    let folder = TempDir::new().expect("a folder");
    let names = |folder: &Path| {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let journal = open(&folder).await;
    assert!(journal.entries().await.expect("entries").is_empty());
    drop(journal);
    assert_eq!(names(folder.path()), ["journal.db"]);
}

#[test]
fn without_a_runtime_it_does_the_same() {
    let mock = Mock::start().expect("a port");
    mock.script(Script::completed());
    let folder = TempDir::new().expect("a folder");
    let client = settings(&mock.url()).build().expect("a client");
    let client = foxapi_models::blocking::Client::from_async(client).expect("a client");
    let journal = client.journal(folder.path().join("journal.db")).expect("a journal");
    let done = journal.submit(&key(), &request()).expect("a task");
    assert!(done.is_new && !journal.submit(&key(), &request()).expect("the task").is_new);
    let task = client.wait(&done.task_id).expect("results");
    let path = folder.path().join("a.mp4");
    assert_eq!(journal.download(&task, &path).expect("a file"), journal.download(&task, &path).expect("the file"));
    assert_eq!(journal.entries().expect("entries")[0].files, std::slice::from_ref(&path));
    assert_eq!(journal.upload(&path).expect("an address").url, journal.upload(&path).expect("the address").url);
    assert!(journal.unknown().expect("entries").is_empty());
    assert!(journal.resolve(&key(), Resolution::NotAccepted).is_err());
    assert_eq!(journal.renew(&key()).expect("nobody holds it").task_id(), Some("task-1"));
    assert_eq!((mock.submissions().len(), mock.uploads().len()), (1, 1));
}

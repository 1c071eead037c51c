//! No space left at any moment of a run: the id of what was paid for reaches somebody, and nothing is paid twice.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use foxapi_models::journal::{Journal, State};
use tempfile::TempDir;

use super::super::fake::Fake;
use super::super::programs::{BATCH, command, finish, foxapi, write_shots};

const PROMPTS: usize = 8;

/// Runs a batch where no file may grow beyond so many kilobytes; gives what it printed.
async fn run(batch: &Path, fake: &Fake, folder: &TempDir, kilobytes: usize) -> String {
    let program = command(batch, fake, folder.path());
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    let log = folder.path().join("log");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).arg(program.get_program()).args(BATCH).current_dir(folder.path()).stdin(Stdio::null());
    for (name, value) in program.get_envs() {
        shell.env(name, value.expect("a value"));
    }
    // A pipe has no size that a limit on files could cut.
    let mut child = shell.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("bash");
    let mut printed = child.stderr.take().expect("a pipe");
    let reading = std::thread::spawn(move || std::io::read_to_string(&mut printed).expect("text"));
    finish(child).await;
    let text = reading.join().expect("no panic");
    std::fs::write(log, &text).expect("a log");
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_no_id_and_pays_nothing_twice() {
    let batch = foxapi();
    let prompts: Vec<String> = (0..PROMPTS).map(|number| format!("river {number}")).collect();
    let (mut nothing_sent, mut noted, mut elsewhere) = (0, 0, 0);
    for kilobytes in (8..=176).step_by(12) {
        let fake = Fake::of_quick_tasks(Duration::from_millis(5)).await;
        let folder = TempDir::new().expect("a folder");
        write_shots(folder.path(), &prompts);
        let printed = run(&batch, &fake, &folder, kilobytes).await;
        let paid = fake.paid();
        nothing_sent += usize::from(paid.is_empty());
        assert!(!printed.is_empty(), "{kilobytes} kB: it says nothing");
        let path = folder.path().join("videos/journal.db");
        elsewhere += noted_elsewhere(&folder.path().join("videos"));
        let entries = match path.exists() {
            true => Journal::open(&path).await.expect("a journal").entries().await.expect("entries"),
            false => Vec::new(),
        };
        for number in 1..=paid.len() {
            let id = format!("task-{number}");
            assert!(
                entries.iter().any(|entry| entry.task_id() == Some(&id)),
                "{kilobytes} kB: {id} is lost: {printed}"
            );
            noted += 1;
        }
        // With space again, the next run pays for what was certainly not paid for, and for nothing else.
        let unknown = entries.iter().filter(|entry| matches!(entry.state, State::Unknown { .. })).count();
        run(&batch, &fake, &folder, 100_000).await;
        let times: BTreeSet<String> = fake.paid().iter().map(ToString::to_string).collect();
        assert_eq!(times.len(), fake.paid().len(), "{kilobytes} kB: paid twice");
        assert!(times.len() >= PROMPTS - unknown, "{kilobytes} kB: only {times:?}, and {unknown} unknown");
    }
    println!("runs that sent nothing: {nothing_sent}; ids noted: {noted}, of them beside the journal: {elsewhere}");
    assert!(nothing_sent > 0 && elsewhere > 0, "not the limits of a journal: {nothing_sent}, {noted}, {elsewhere}");
}

/// How many ids stand in the space that was taken for them, because the journal could not be written.
fn noted_elsewhere(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).map_or_else(|_| Vec::new(), |files| files.flatten().collect());
    let owners = files.iter().filter(|file| file.path().extension().is_some_and(|extension| extension == "owner"));
    owners.map(|file| std::fs::read_to_string(file.path()).expect("text").matches("\"task_id\"").count()).sum()
}

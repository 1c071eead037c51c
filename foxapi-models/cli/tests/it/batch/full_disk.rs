//! No space left at any moment of a run: the ID of what was paid for is never lost, and nothing is paid for twice.

use std::process::{Command, Stdio};

use foxapi_models::journal::{Journal, State};

use super::{BATCH, paid_once, rows};
use crate::program::Machine;

const PROMPTS: usize = 8;

/// Runs a batch in which no file may exceed a size in kilobytes; returns what it printed.
fn run(machine: &Machine, kilobytes: usize) -> String {
    let program = machine.command(&BATCH);
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).arg(program.get_program()).args(BATCH).current_dir(machine.path("."));
    for (name, value) in program.get_envs() {
        shell.env(name, value.expect("a value"));
    }
    // A pipe has no size that a limit on files could cut.
    let output = shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().expect("bash");
    String::from_utf8(output.stderr).expect("text")
}

#[tokio::test]
async fn a_full_disk_loses_no_id_and_pays_nothing_twice() {
    let (mut nothing_sent, mut noted, mut elsewhere) = (0, 0, 0);
    for kilobytes in (8..=176).step_by(12) {
        let machine = Machine::new();
        rows(&machine, PROMPTS);
        let printed = run(&machine, kilobytes);
        let paid = machine.paid();
        nothing_sent += usize::from(paid == 0);
        assert!(!printed.is_empty(), "{kilobytes} kB: it printed nothing");
        let path = machine.path("videos/journal.db");
        elsewhere += noted_elsewhere(&machine);
        let entries = match path.exists() {
            true => Journal::open(&path).await.expect("a journal").entries().await.expect("entries"),
            false => Vec::new(),
        };
        for number in 1..=paid {
            let id = format!("task-{number}");
            let is_noted = entries.iter().any(|entry| entry.task_id() == Some(&id));
            assert!(is_noted, "{kilobytes} kB: {id} is lost: {printed}");
            noted += 1;
        }
        // With space again, the next run pays for what was certainly not paid for, and for nothing else.
        let unknown = entries.iter().filter(|entry| matches!(entry.state, State::Unknown { .. })).count();
        let printed = run(&machine, 100_000);
        paid_once(&machine);
        let paid = machine.paid();
        assert!(paid >= PROMPTS - unknown, "{kilobytes} kB: only {paid}, and {unknown} unknown: {printed}");
    }
    println!("runs that sent nothing: {nothing_sent}; IDs noted: {noted}, {elsewhere} of them outside the journal");
    assert!(nothing_sent > 0 && elsewhere > 0, "not the limits of a journal: {nothing_sent}, {noted}, {elsewhere}");
}

/// How many IDs stand in the space that was taken for them, because the journal could not be written.
fn noted_elsewhere(machine: &Machine) -> usize {
    let files =
        std::fs::read_dir(machine.path("videos")).map_or_else(|_| Vec::new(), |files| files.flatten().collect());
    let owners = files.iter().filter(|file| file.path().extension().is_some_and(|extension| extension == "owner"));
    owners.map(|file| std::fs::read_to_string(file.path()).expect("text").matches("\"task_id\"").count()).sum()
}

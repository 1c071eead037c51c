//! Two or three processes work on one journal and are killed at random moments: nothing is paid for twice or lost,
//! and the work is shared.
//!
//! `FOXAPI_KILLS=100` kills a hundred processes instead of a few.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use foxapi_mock::Script;
use foxapi_models::journal::{Journal, Key, Resolution};
use foxapi_models::kling::KlingV3TextToVideo;

use super::{BATCH, each_paid_once, paid, paid_once, rows};
use crate::program::{Machine, read};

/// How many processes an ordinary test run kills.
const KILLS: usize = 6;

/// How many processes are killed in one batch, one after the other.
const KILLS_PER_BATCH: usize = 4;

const PROMPTS: usize = 24;

const VIDEO: &[u8] = b"\0\0\0\x18ftypmp42 its bytes are counted";

/// How long the server takes for a submission.
const LATENCY: Duration = Duration::from_millis(60);

/// Ends the line of a video that another process has made.
const FOUND: &str = "(already there)";

/// What all batches showed together.
#[derive(Debug, Default)]
struct Seen {
    batches: usize,
    kills: usize,
    /// Kills that left a submission of which nobody knew whether it was accepted.
    unknown: usize,
    /// Of those, how many the server had accepted.
    accepted: usize,
    /// Batches in which more than one process made videos.
    shared: usize,
    videos: usize,
}

#[tokio::test]
async fn no_kill_pays_twice_or_loses_a_video() {
    let kills = std::env::var("FOXAPI_KILLS").map_or(KILLS, |number| number.parse().expect("a number of kills"));
    let mut random = seed();
    let mut seen = Seen::default();
    let start = Instant::now();
    while seen.kills < kills {
        let rest = (kills - seen.kills).min(KILLS_PER_BATCH);
        run(rest, &mut random, &mut seen).await;
    }
    println!("{seen:?} in {:?}", start.elapsed());
    assert_eq!((seen.kills, seen.videos), (kills, seen.batches * PROMPTS));
    assert!(seen.shared > 0, "one process did all the work: {seen:?}");
}

/// One batch: processes are killed and replaced, then the last ones end it, after a word of a person where it takes
/// one.
async fn run(kills: usize, random: &mut u64, seen: &mut Seen) {
    let machine = Machine::new();
    machine.mock.script(Script::completed().file("video/mp4", VIDEO));
    machine.mock.latency(LATENCY);
    rows(&machine, PROMPTS);
    let mut logs = 0;
    let mut start = || {
        logs += 1;
        let log = std::fs::File::create(machine.path(&format!("{logs}.log"))).expect("a log");
        machine.command(&BATCH).stdout(Stdio::null()).stderr(log).spawn().expect("the program")
    };

    let mut running: Vec<Child> = (0..2 + next(random) % 2).map(|_| start()).collect();
    for _ in 0..kills {
        let before = machine.paid();
        // From the start of a process to some submissions later.
        let submissions = next(random) as usize % 8;
        let patience = Instant::now() + Duration::from_secs(2);
        while machine.paid() < (before + submissions).min(PROMPTS - 1) && Instant::now() < patience {
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(next(random) % (2 * LATENCY.as_millis() as u64)));
        let victim = next(random) as usize % running.len();
        let mut victim = running.swap_remove(victim);
        victim.kill().expect("a child");
        victim.wait().expect("it ends");
        seen.kills += 1;
        running.push(start());
    }
    for mut child in running {
        child.wait().expect("it ends");
    }
    paid_once(&machine);

    let journal = Journal::open(machine.path("videos/journal.db")).await.expect("it survived");
    for entry in journal.unknown().await.expect("entries") {
        // A person who can look into the server says what became of it.
        let resolution = match paid(&machine).iter().position(|prompt| key(prompt).to_string() == entry.key) {
            Some(index) => Resolution::Accepted(format!("task-{}", index + 1)),
            None => Resolution::NotAccepted,
        };
        seen.unknown += 1;
        seen.accepted += usize::from(matches!(resolution, Resolution::Accepted(_)));
        journal.resolve(&Key::new(entry.key), resolution).await.expect("it is unknown");
    }
    let last = start().wait().expect("it ends");
    assert!(last.success(), "now it ends well: {}", read(&machine.path(&format!("{logs}.log"))));

    each_paid_once(&machine, PROMPTS);
    for entry in journal.entries().await.expect("entries") {
        let [path] = entry.files.as_slice() else { panic!("not one video: {entry:?}") };
        let path = machine.path(path.to_str().expect("a name"));
        assert_eq!(std::fs::read(path).expect("a video"), VIDEO);
        seen.videos += 1;
    }
    // A line of who has made it, and not only found it.
    let is_made = |line: &str| line.contains(": videos/") && !line.ends_with(FOUND);
    let logs = (1..=logs).map(|number| read(&machine.path(&format!("{number}.log"))));
    seen.shared += usize::from(logs.filter(|log| log.lines().any(is_made)).count() > 1);
    seen.batches += 1;
}

/// The key of a row in the journal.
fn key(prompt: &str) -> Key {
    Key::of(&KlingV3TextToVideo::builder().prompt(prompt).build().expect("a valid request"))
}

/// Another seed each time, or the one of `FOXAPI_SEED`; it is printed, so that a failure can be repeated.
fn seed() -> u64 {
    let time =
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |time| time.as_nanos() as u64);
    let seed = std::env::var("FOXAPI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(time);
    println!("FOXAPI_SEED={seed}");
    seed | 1
}

/// The next number of a sequence that looks random (xorshift).
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state >> 16
}

//! Makes a video of every line of a file, several at once, and goes on where it was killed.
//!
//! ```text
//! $ export FOXAPI_API_KEY=sk-…
//! $ cargo run --example batch --features journal -- prompts.txt videos/
//! ```
//!
//! `videos/journal.db` is what makes it safe: a prompt is claimed in it before it is submitted, and has the id of its
//! task after. Start it as often as you like, also twice at the same time: the work is shared, and no prompt is paid
//! for twice. What was under way when a process was killed is left alone, because nobody knows whether it was
//! accepted. When you have found out, say so, and start it again:
//!
//! ```text
//! $ cargo run --example batch --features journal -- --resolve videos/ KEY TASK   # or "not-accepted"
//! ```

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use foxapi_models::Client;
use foxapi_models::journal::{Journal, Key, Resolution, Turn};
use foxapi_models::kling::KlingV3TextToVideo;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How many videos are under way at once.
const AT_ONCE: usize = 4;

/// How long to leave keys alone that another process holds.
const PAUSE: Duration = Duration::from_millis(500);

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--resolve", folder, key, word] => resolve(Path::new(folder), key, word).await,
        [prompts, folder] => batch(Path::new(prompts), Path::new(folder)).await,
        _ => {
            say("usage: batch PROMPTS FOLDER | batch --resolve FOLDER KEY TASK|not-accepted");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failures) => {
            say(format_args!("batch: {failures} prompts have no video"));
            ExitCode::FAILURE
        }
        Err(error) => {
            say(format_args!("batch: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line. That nobody reads it is no reason to stop work that is paid for.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// One video to make. The same line twice is one video: its key says what it is, not where it stands.
struct Shot {
    request: KlingV3TextToVideo,
    key: Key,
    path: PathBuf,
}

/// The name of a video: the beginning of its prompt, for people, and of its key. It is the same wherever the prompt
/// stands in the file.
fn file_name(prompt: &str, key: &Key) -> String {
    let words: String = prompt.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(40).collect();
    let hash = key.as_str().rsplit(':').next().unwrap_or_default();
    format!("{}-{}.mp4", words.trim_matches('-'), hash.get(..8).unwrap_or(hash))
}

/// Makes all videos that are missing; gives how many are missing still.
async fn batch(prompts: &Path, folder: &Path) -> Result<usize, Failure> {
    let client = Client::from_env()?;
    let mut shots = Vec::new();
    let mut seen = HashSet::new();
    for prompt in fs::read_to_string(prompts)?.lines().map(str::trim) {
        if prompt.is_empty() || !seen.insert(prompt.to_owned()) {
            continue;
        }
        let request = KlingV3TextToVideo::builder().prompt(prompt).build()?;
        let key = Key::of(&request);
        shots.push(Shot { path: folder.join(file_name(prompt, &key)), request, key });
    }
    fs::create_dir_all(folder)?;
    let journal = Journal::open(folder.join("journal.db")).await?;

    let mut failures = 0;
    let mut running = JoinSet::new();
    while !(shots.is_empty() && running.is_empty()) {
        // What another process holds comes later: it may be done by then, or its process gone.
        let mut held = Vec::new();
        for shot in shots {
            if running.len() >= AT_ONCE {
                failures += running.join_next().await.map_or(0, |done| usize::from(!done.unwrap_or(false)));
            }
            match journal.take(&shot.key).await {
                Ok(Some(turn)) => {
                    let (client, journal) = (client.clone(), journal.clone());
                    running.spawn(async move {
                        let done = make(&client, &journal, &turn, &shot).await;
                        if let Err(error) = &done {
                            say(format_args!("{} ({}): {error}", shot.path.display(), shot.key));
                        }
                        done.is_ok()
                    });
                }
                Ok(None) => held.push(shot),
                // What is under way is paid for: it goes on to its end.
                Err(error) => {
                    say(format_args!("{} ({}): {error}", shot.path.display(), shot.key));
                    failures += 1;
                }
            }
        }
        shots = held;
        match running.join_next().await {
            Some(done) => failures += usize::from(!done.unwrap_or(false)),
            None if !shots.is_empty() => sleep(PAUSE).await,
            None => {}
        }
    }
    Ok(failures)
}

/// Makes one video, from where the journal says it is.
async fn make(client: &Client, journal: &Journal, turn: &Turn, shot: &Shot) -> Result<(), Failure> {
    if shot.path.exists() {
        return Ok(());
    }
    let submission = turn.submit(client, &shot.request).await?;
    let task = client.wait(&submission.task_id).await?;
    journal.download(client, &task, &shot.path).await?;
    say(shot.path.display());
    Ok(())
}

/// Takes a person's word for what became of a submission.
async fn resolve(folder: &Path, key: &str, word: &str) -> Result<usize, Failure> {
    let resolution = match word {
        "not-accepted" => Resolution::NotAccepted,
        task => Resolution::Accepted(task.to_owned()),
    };
    Journal::open(folder.join("journal.db")).await?.resolve(&Key::new(key), resolution).await?;
    Ok(0)
}

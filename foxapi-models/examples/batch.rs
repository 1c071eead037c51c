//! Makes a video of every line of a file, several at once, and goes on where it was killed.
//!
//! ```text
//! $ export FOXAPI_API_KEY=sk-…
//! $ cargo run --example batch --features client -- prompts.txt videos/
//! ```
//!
//! `videos/journal.jsonl` is what makes it safe. A line is written and flushed to disk before a prompt is
//! submitted, and another with the id of its task after:
//!
//! ```text
//! {"prompt": "a river", "event": "submitting"}
//! {"prompt": "a river", "event": "submitted", "task": "task-1"}
//! ```
//!
//! A prompt with an id is never submitted again: its task is waited for. One that is `submitting` and nothing
//! else was under way when the program was killed, or its answer was lost: nobody here knows whether it was
//! accepted. It is left alone until you have looked at the tasks of your account, and have added a line
//! with `submitted` and the id, or with `not submitted`.

use std::collections::HashMap;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use foxapi_models::Client;
use foxapi_models::kling::KlingV3TextToVideo;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many videos are under way at once.
const AT_ONCE: usize = 4;

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [prompts, folder] = arguments.as_slice() else {
        eprintln!("usage: batch PROMPTS FOLDER");
        return ExitCode::from(2);
    };
    match batch(Path::new(prompts), Path::new(folder)).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failures) => {
            eprintln!("batch: {failures} prompts have no video");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("batch: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes all videos that are missing; gives how many are missing still.
async fn batch(prompts: &Path, folder: &Path) -> Result<usize, Failure> {
    let client = Client::from_env()?;
    fs::create_dir_all(folder)?;
    let (journal, states) = Journal::open(folder.join("journal.jsonl"))?;
    let journal = Arc::new(journal);
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let mut seen = std::collections::HashSet::new();
    for (index, prompt) in fs::read_to_string(prompts)?.lines().map(str::trim).enumerate() {
        // The same line twice is one video: the journal knows prompts, not lines.
        if prompt.is_empty() || !seen.insert(prompt.to_owned()) {
            continue;
        }
        let (client, journal, places) = (client.clone(), Arc::clone(&journal), Arc::clone(&places));
        let state = states.get(prompt).cloned();
        let path = folder.join(format!("{:04}.mp4", index + 1));
        let prompt = prompt.to_owned();
        running.spawn(async move {
            let _place = places.acquire().await?;
            let done = make(&client, &journal, &prompt, state, &path).await;
            if let Err(error) = &done {
                eprintln!("{}: {error}", path.display());
            }
            done
        });
    }
    let done = running.join_all().await;
    Ok(done.iter().filter(|done| done.is_err()).count())
}

/// Makes one video, from where the journal says it is.
async fn make(
    client: &Client,
    journal: &Journal,
    prompt: &str,
    state: Option<Event>,
    path: &Path,
) -> Result<(), Failure> {
    if path.exists() {
        return Ok(());
    }
    let id = match state {
        Some(Event::Submitted { task }) => task,
        Some(Event::Submitting) => {
            return Err("it may have been submitted before: look at your tasks, then complete the journal".into());
        }
        Some(Event::NotSubmitted) | None => submit(client, journal, prompt).await?,
    };
    let task = client.wait(&id).await?;
    client.download(&task, path).await?;
    println!("{}", path.display());
    Ok(())
}

/// Submits a prompt between two lines of the journal.
async fn submit(client: &Client, journal: &Journal, prompt: &str) -> Result<String, Failure> {
    let request = KlingV3TextToVideo::builder().prompt(prompt).build()?;
    journal.write(prompt, Event::Submitting)?;
    match client.submit(&request).await {
        Ok(task) => {
            journal.write(prompt, Event::Submitted { task: task.id.clone() })?;
            Ok(task.id)
        }
        Err(error) => {
            if !error.may_have_been_accepted() {
                journal.write(prompt, Event::NotSubmitted)?;
            }
            Err(error.into())
        }
    }
}

/// One line of the journal.
#[derive(Deserialize, Serialize)]
struct Entry {
    prompt: String,
    #[serde(flatten)]
    event: Event,
}

/// How far a prompt is.
#[derive(Clone, Deserialize, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event {
    Submitting,
    Submitted {
        task: String,
    },
    #[serde(rename = "not submitted")]
    NotSubmitted,
}

/// The file that remembers what was submitted.
struct Journal(Mutex<File>);

impl Journal {
    /// Opens the journal; gives the last event of each prompt.
    fn open(path: PathBuf) -> Result<(Self, HashMap<String, Event>), Failure> {
        let mut states = HashMap::new();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error.into()),
        };
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            match serde_json::from_str::<Entry>(line) {
                Ok(entry) => {
                    states.insert(entry.prompt, entry.event);
                }
                Err(error) => {
                    // To guess here may be to pay again.
                    return Err(format!("{}:{}: {error}; mend or remove the line", path.display(), index + 1).into());
                }
            }
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        if !text.is_empty() && !text.ends_with('\n') {
            (&file).write_all(b"\n")?;
        }
        Ok((Self(Mutex::new(file)), states))
    }

    /// Adds a line that is on the disk when this returns.
    fn write(&self, prompt: &str, event: Event) -> Result<(), Failure> {
        let mut line = serde_json::to_string(&Entry { prompt: prompt.to_owned(), event })?;
        line.push('\n');
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(line.as_bytes())?;
        file.sync_data()?;
        Ok(())
    }
}

//! Makes a video from a prompt and stores it, with a progress bar.
//!
//! ```text
//! $ export FOXAPI_API_KEY=sk-…
//! $ cargo run --example generate --features client -- "a river in spring" river.mp4
//! ```
//!
//! The ID of the task is printed and kept in `river.mp4.task` until the video is there. When the program is
//! interrupted, the ID is enough to go on: `generate --task ID river.mp4`.

use std::error::Error;
use std::fmt::Display;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use foxapi_models::client::{DownloadOptions, WaitOptions};
use foxapi_models::kling::KlingV3TextToVideo;
use foxapi_models::{Client, Task};
use indicatif::{ProgressBar, ProgressStyle};

type Failure = Box<dyn Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--task", id, path] => resume(id, Path::new(path)).await,
        [prompt, path] if !prompt.starts_with("--") => generate(prompt, Path::new(path)).await,
        _ => {
            say("usage: generate PROMPT FILE\n       generate --task ID FILE");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("generate: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line, ignoring errors: if nobody reads it, that is no reason to stop work that is paid for.
fn say(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

async fn generate(prompt: &str, path: &Path) -> Result<(), Failure> {
    let client = Client::from_env()?;
    let request = KlingV3TextToVideo::builder().prompt(prompt).build()?;
    // Checks before paying that the file can be written.
    DownloadOptions::default().check(path)?;
    let mut note = Note::reserve(path)?;
    match client.submit(&request).await {
        Ok(task) => {
            note.keep(&task.id);
            say(format_args!(
                "task {} (kept in {} until the video is there)",
                task.id.escape_debug(),
                note.path.display()
            ));
            finish(&client, &task.id, path).await?;
            note.remove();
            Ok(())
        }
        Err(error) => {
            match error.task_id() {
                Some(id) => note.keep(id),
                None if error.may_have_been_accepted() => note.keep("unknown"),
                None => note.remove(),
            }
            Err(error.into())
        }
    }
}

async fn resume(id: &str, path: &Path) -> Result<(), Failure> {
    DownloadOptions::default().check(path)?;
    finish(&Client::from_env()?, id, path).await
}

/// The file next to the video that contains the ID of its task.
struct Note {
    path: PathBuf,
    file: File,
}

impl Note {
    /// Reserves space for an ID on the disk, so that it can be written down even if the disk fills up.
    fn reserve(video: &Path) -> Result<Self, Failure> {
        let mut path = video.to_path_buf().into_os_string();
        path.push(".task");
        let path = PathBuf::from(path);
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| {
            let what = match error.kind() {
                io::ErrorKind::AlreadyExists => "has the task of an earlier run; wait for it with --task, or remove it",
                _ => "cannot be written",
            };
            format!("{} {what} ({error})", path.display())
        })?;
        let reserved = file.write_all(&[b' '; 512]).and_then(|()| file.sync_all());
        let note = Self { path, file };
        if let Err(error) = reserved {
            note.remove();
            return Err(error.into());
        }
        Ok(note)
    }

    /// Writes the ID; if that fails, prints it.
    fn keep(&mut self, id: &str) {
        let kept = self.file.rewind().and_then(|()| writeln!(self.file, "{id}")).and_then(|()| self.file.sync_all());
        if let Err(error) = kept {
            say(format_args!("task {id:?} cannot be written down: {error}"));
            let _ = writeln!(io::stdout(), "task {id:?}");
        }
    }

    fn remove(&self) {
        if let Err(error) = fs::remove_file(&self.path) {
            say(format_args!("{} cannot be removed: {error}", self.path.display()));
        }
    }
}

/// Waits for a task and stores its result.
async fn finish(client: &Client, id: &str, path: &Path) -> Result<(), Failure> {
    let bar = ProgressBar::new(100);
    bar.set_style(ProgressStyle::with_template("{spinner} [{elapsed_precise}] [{bar:40}] {pos:>3} % {msg}")?);
    bar.enable_steady_tick(Duration::from_millis(200));
    let shown = bar.clone();
    let options = WaitOptions::default().on_progress(move |task: &Task| {
        shown.set_position(task.progress.and_then(|percent| percent.try_into().ok()).unwrap_or_default());
        shown.set_message(task.status.to_string().escape_debug().to_string());
    });
    let task = client.wait_with(id, &options).await?;
    bar.finish();

    let bar = ProgressBar::no_length();
    bar.set_style(ProgressStyle::with_template("{spinner} [{elapsed_precise}] {bytes} of {total_bytes}")?);
    let shown = bar.clone();
    let options = DownloadOptions::default().on_progress(move |received, total| {
        if let Some(total) = total {
            shown.set_length(total);
        }
        shown.set_position(received);
    });
    let length = client.download_with(&task, path, &options).await?;
    bar.finish();
    say(format_args!("{}: {length} bytes", path.display()));
    Ok(())
}

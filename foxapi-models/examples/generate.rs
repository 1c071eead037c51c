//! Makes a video from a prompt and stores it, with a progress bar.
//!
//! ```text
//! $ export FOXAPI_API_KEY=sk-…
//! $ cargo run --example generate --features client -- "a river in spring" river.mp4
//! ```
//!
//! When it is interrupted, the id that it printed is enough to go on: `generate --task ID river.mp4`.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use foxapi_models::client::{DownloadOptions, WaitOptions};
use foxapi_models::kling::KlingV3TextToVideo;
use foxapi_models::{Client, Task};
use indicatif::{ProgressBar, ProgressStyle};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--task", id, path] => resume(id, path).await,
        [prompt, path] if !prompt.starts_with("--") => generate(prompt, path).await,
        _ => {
            eprintln!("usage: generate PROMPT FILE\n       generate --task ID FILE");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn generate(prompt: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    // A file in the way is better found before it is paid for.
    if std::path::Path::new(path).exists() {
        return Err(format!("{path} is there already").into());
    }
    let request = KlingV3TextToVideo::builder().prompt(prompt).build()?;
    let task = client.submit(&request).await?;
    eprintln!("task {} (if this is interrupted: generate --task {} {path})", task.id, task.id);
    finish(&client, &task.id, path).await
}

async fn resume(id: &str, path: &str) -> Result<(), Box<dyn Error>> {
    finish(&Client::from_env()?, id, path).await
}

/// Waits for a task and stores what it made.
async fn finish(client: &Client, id: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let bar = ProgressBar::new(100);
    bar.set_style(ProgressStyle::with_template("{spinner} [{elapsed_precise}] [{bar:40}] {pos:>3} % {msg}")?);
    bar.enable_steady_tick(Duration::from_millis(200));
    let shown = bar.clone();
    let options = WaitOptions::default().on_progress(move |task: &Task| {
        shown.set_position(task.progress.and_then(|percent| percent.try_into().ok()).unwrap_or_default());
        shown.set_message(task.status.to_string());
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
    println!("{path}: {length} bytes");
    Ok(())
}

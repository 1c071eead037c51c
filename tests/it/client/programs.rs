//! The programs that a user runs.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use super::KEY;
use super::fake::Fake;

/// Builds an example of `foxapi-models`, where it is not built yet, and gives its path.
pub(crate) fn example(name: &str) -> PathBuf {
    build(&["--package", "foxapi-models", "--features", "journal", "--example", name], name)
}

/// Builds the program `foxapi`, where it is not built yet, and gives its path.
pub(crate) fn foxapi() -> PathBuf {
    build(&["--package", "foxapi-cli", "--no-default-features"], "foxapi")
}

fn build(what: &[&str], name: &str) -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--locked", "--message-format", "json"])
        .args(what)
        .current_dir(foxapi_tests::workspace())
        .output()
        .expect("cargo");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let messages = String::from_utf8(built.stdout).expect("messages are text");
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executables = messages.filter(|message| message["target"]["name"] == name);
    let path = executables.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next();
    path.expect("an executable")
}

/// A batch of these prompts, into the folder `videos`.
pub(crate) const BATCH: [&str; 6] = ["batch", "shots.jsonl", "--model", "kling-v3-text-to-video", "--out", "videos"];

/// Writes the file of a batch.
pub(crate) fn write_shots(folder: &Path, prompts: &[String]) {
    let rows: Vec<String> = prompts.iter().map(|prompt| json!({"prompt": prompt}).to_string()).collect();
    std::fs::write(folder.join("shots.jsonl"), rows.join("\n")).expect("a file");
}

pub(crate) fn command(program: &Path, fake: &Fake, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("FOXAPI_API_KEY", KEY).env("FOXAPI_BASE_URL", fake.url());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Waits for the end; whether it was a good one.
pub(crate) async fn finish(mut child: Child) -> bool {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.success();
        }
        if Instant::now() > patience {
            child.kill().expect("it runs");
            panic!("the program does not end");
        }
        sleep(Duration::from_millis(20)).await;
    }
}

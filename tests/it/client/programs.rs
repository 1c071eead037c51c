//! The examples as programs that a user runs.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::time::sleep;

use super::KEY;
use super::fake::Fake;

/// Builds an example, where it is not built yet, and gives its path.
pub(crate) fn example(name: &str) -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "foxapi-models",
            "--features",
            "journal",
            "--example",
            name,
        ])
        .args(["--message-format", "json"])
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

pub(crate) fn command(example: &Path, fake: &Fake, folder: &Path) -> Command {
    let mut command = Command::new(example);
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
            panic!("the example does not end");
        }
        sleep(Duration::from_millis(20)).await;
    }
}

//! The example `generate`: nothing is paid for that cannot be stored, and everything paid for is stored.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use super::KEY;
use super::fake::{Fake, VIDEO};

fn start(fake: &Fake, folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generate"));
    command.args(arguments).current_dir(folder).env("FOXAPI_API_KEY", KEY).env("FOXAPI_BASE_URL", fake.url());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("an example")
}

/// Waits for the end, and returns whether it was a success.
async fn finish(mut child: Child) -> bool {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_prompt_becomes_a_file() {
    let fake = Fake::of_quick_tasks(Duration::ZERO).await;
    let folder = TempDir::new().expect("a folder");
    assert!(finish(start(&fake, folder.path(), &["a river in spring", "river.mp4"])).await);
    assert_eq!(std::fs::read(folder.path().join("river.mp4")).expect("the file"), VIDEO);
    assert_eq!(fake.paid(), [json!("a river in spring")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_stored_is_not_paid_for() {
    let fake = Fake::of_quick_tasks(Duration::ZERO).await;
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("there.mp4"), "mine").expect("a file");
    std::fs::write(folder.path().join("begun.mp4.task"), "task-1").expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink("no/such/file", folder.path().join("link.mp4")).expect("a link");
    for path in ["there.mp4", "begun.mp4", "no/such/x.mp4", "", ".", "link.mp4"]
        .iter()
        .filter(|path| cfg!(unix) || **path != "link.mp4")
    {
        assert!(!finish(start(&fake, folder.path(), &["a river", path])).await, "{path:?}");
    }
    assert_eq!(fake.seen(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_goes_on_when_nobody_reads() {
    let fake = Fake::of_quick_tasks(Duration::from_millis(300)).await;
    let folder = TempDir::new().expect("a folder");
    let mut child = start(&fake, folder.path(), &["a river", "river.mp4"]);
    drop(child.stderr.take());
    assert!(finish(child).await);
    assert_eq!(std::fs::read(folder.path().join("river.mp4")).expect("the file"), VIDEO);
}

//! The programs that a user runs.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::KEY;
use super::fake::Fake;

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

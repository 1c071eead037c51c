//! Progress: bars on a terminal, lines elsewhere, nothing with `--quiet`.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use foxapi_models::Task;
use foxapi_models::client::{DownloadOptions, UploadOptions, WaitOptions};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::{Output, clean, complain};

/// The progress of everything that runs at the same time.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    bars: Option<MultiProgress>,
    output: Output,
}

impl Progress {
    pub(crate) fn new(output: Output) -> Self {
        let is_shown = !output.is_quiet() && io::stderr().is_terminal();
        let bars = is_shown.then(|| MultiProgress::with_draw_target(ProgressDrawTarget::stderr()));
        Self { bars, output }
    }

    /// A line for people, above the bars.
    pub(crate) fn note(&self, line: &str) {
        match &self.bars {
            Some(bars) => bars.suspend(|| self.output.note(line)),
            None => self.output.note(line),
        }
    }

    /// An error that does not end the work, above the bars.
    pub(crate) fn complain(&self, error: &str) {
        match &self.bars {
            Some(bars) => bars.suspend(|| complain(&[error.to_owned()], &[])),
            None => complain(&[error.to_owned()], &[]),
        }
    }

    /// Waits for Ctrl-C.
    pub(crate) async fn interrupted(&self) {
        let _ = tokio::signal::ctrl_c().await;
        // The terminal shows `^C` on a separate line below the bars, and clearing them counts lines from there.
        if self.bars.is_some() && is_echoed() {
            let _ = write!(io::stderr(), "\r\x1b[K\x1b[A");
        }
    }

    /// Shows the progress of a task while waiting for it.
    pub(crate) fn waiting(&self, label: &str, options: WaitOptions) -> (WaitOptions, Shown) {
        let shown = self.bar(label, ProgressBar::new(100), "{pos:>3} % {elapsed}");
        let bar = shown.0.clone();
        let (progress, label) = (self.clone(), label.to_owned());
        let last = Mutex::new(String::new());
        let options = options.on_progress(move |task: &Task| {
            let percent = task.progress.and_then(|percent| u64::try_from(percent).ok()).map(|percent| percent.min(100));
            let status = clean(task.status.as_ref());
            if let Some(bar) = &bar {
                bar.set_position(percent.unwrap_or_default());
                bar.set_message(format!("{}, {status}", clean(&label)));
                return;
            }
            let percent = percent.map(|percent| format!(", {percent} %")).unwrap_or_default();
            let line = format!("{label}: {status}{percent}");
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if *last != line {
                progress.output.note(&line);
                *last = line;
            }
        });
        (options, shown)
    }

    /// Shows how much of a file has been downloaded.
    pub(crate) fn downloading(&self, label: &str, options: DownloadOptions) -> (DownloadOptions, Shown) {
        let (shown, moved) = self.bytes(label);
        (options.on_progress(moved), shown)
    }

    /// Shows how much of a file has been uploaded.
    pub(crate) fn uploading(&self, label: &str, options: UploadOptions) -> (UploadOptions, Shown) {
        let (shown, moved) = self.bytes(label);
        (options.on_progress(moved), shown)
    }

    /// A bar of bytes, and a function that moves it.
    fn bytes(&self, label: &str) -> (Shown, impl Fn(u64, Option<u64>) + Send + Sync + use<>) {
        let shown = self.bar(label, ProgressBar::no_length(), "{bytes} of {total_bytes}");
        let bar = shown.0.clone();
        let moved = move |done, total: Option<u64>| {
            if let Some(bar) = &bar {
                if let Some(total) = total {
                    bar.set_length(total);
                }
                bar.set_position(done);
            }
        };
        (shown, moved)
    }

    /// A bar that fits the terminal: the label gets the remaining space.
    fn bar(&self, label: &str, bar: ProgressBar, numbers: &str) -> Shown {
        /// The width from which on there is space for more than label and numbers.
        const WIDE: u16 = 60;

        Shown(self.bars.as_ref().map(|bars| {
            let is_wide = terminal_size::terminal_size_of(io::stderr()).is_none_or(|(columns, _)| columns.0 >= WIDE);
            let style = format!("{{spinner}} {{wide_msg}} {}{numbers}", if is_wide { "{bar:20} " } else { "" });
            let bar = bars.add(bar);
            bar.set_style(ProgressStyle::with_template(&style).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(clean(label));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        }))
    }
}

/// Whether the terminal echoes Ctrl-C.
#[cfg(unix)]
fn is_echoed() -> bool {
    use rustix::termios::{LocalModes, tcgetattr};
    tcgetattr(io::stderr()).is_ok_and(|terminal| terminal.local_modes.contains(LocalModes::ECHO | LocalModes::ECHOCTL))
}

#[cfg(not(unix))]
fn is_echoed() -> bool {
    false
}

/// A bar that disappears when its work ends, however it ends.
#[derive(Debug)]
pub(crate) struct Shown(Option<ProgressBar>);

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

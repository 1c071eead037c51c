use std::{fs, panic::resume_unwind, path::Path, thread};

use super::*;

/// The captures of the tests.
fn captures() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/it/docs");
    let folders = ["captures", "invented"].map(|folder| fs::read_dir(root.join(folder)));
    let files = folders.into_iter().flatten().flatten().flatten();
    files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
}

/// Damaged pages are read or refused: the reader neither panics nor runs forever.
#[test]
fn damaged_pages_are_read_or_refused() {
    let captures = captures();
    assert!(captures.len() >= 7, "the captures are there");
    let refused: usize = thread::scope(|scope| {
        let threads: Vec<_> = captures.iter().map(|text| scope.spawn(|| refusals(text))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).sum()
    });
    assert!(refused > 100, "{refused}");
}

/// How often a page is refused after damage to one of its lines.
fn refusals(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let damaged = (0..lines.len()).flat_map(|at| {
        let (above, below) = lines.split_at(at);
        let without = [above, below.get(1..).unwrap_or_default()].concat();
        let twice = [above, below.get(..1).unwrap_or_default(), below].concat();
        let moved = [below, above].concat();
        [above.to_vec(), without, twice, moved]
    });
    damaged.filter(|lines| read(lines.join("\n").as_bytes()).is_err()).count()
}

#[test]
fn endless_pages_come_to_an_end() {
    for part in [
        "[\n",
        "{\n",
        "(",
        "enum<",
        "\"",
        "Example:\n",
        "a\nstring\n",
        "| a |\n",
        "Options:\n",
        "curl {\n",
        "fetch(\n",
        "a\nA[]\n",
        "可选 1、2\n",
    ] {
        let page =
            format!("Authorization: Bearer\nBody\na\nstring\n{}\nTask created successfully\n", part.repeat(20_000));
        drop(read(page.as_bytes()));
    }
}

use std::{fs, path::Path};

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
    let mut refused = 0;
    for text in captures {
        let lines: Vec<&str> = text.lines().collect();
        for at in 0..lines.len() {
            let (above, below) = lines.split_at(at);
            let without = [above, below.get(1..).unwrap_or_default()].concat();
            let twice = [above, below.get(..1).unwrap_or_default(), below].concat();
            let moved = [below, above].concat();
            for damaged in [above.to_vec(), without, twice, moved] {
                refused += usize::from(read(damaged.join("\n").as_bytes()).is_err());
            }
        }
    }
    assert!(refused > 100, "{refused}");
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

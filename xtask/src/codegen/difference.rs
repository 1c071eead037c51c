//! A short unified diff of one file, for people to read.

use std::path::Path;

use similar::TextDiff;

use crate::text::counted;

/// Unchanged lines shown around a change.
const CONTEXT: usize = 2;

/// The most lines shown of one file's diff.
const MOST_LINES: usize = 40;

/// The differences between the text of a file and the text it should have; `None` stands for no file.
///
/// Every line ends in a line feed.
pub(crate) fn unified(path: &Path, present: Option<&[u8]>, wanted: Option<&str>) -> String {
    let before = String::from_utf8_lossy(present.unwrap_or_default());
    let after = wanted.unwrap_or_default();
    if before.replace("\r\n", "\n") == after && before != after {
        // A diff would show the same lines twice.
        return "only the line endings differ: CRLF is there instead of LF\n".to_owned();
    }
    let name = |there: bool| match there {
        true => path.display().to_string(),
        false => "/dev/null".to_owned(),
    };
    let diff = TextDiff::from_lines(before.as_ref(), after)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&name(present.is_some()), &name(wanted.is_some()))
        .to_string();
    shortened(&diff)
}

fn shortened(diff: &str) -> String {
    let mut lines = diff.lines();
    let mut short = String::new();
    for line in lines.by_ref().take(MOST_LINES) {
        short.push_str(line);
        short.push('\n');
    }
    match lines.count() {
        0 => {}
        more => short.push_str(&format!("… {}\n", counted(more, "more line"))),
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(present: Option<&str>, wanted: Option<&str>) -> String {
        unified(Path::new("out/a.rs"), present.map(str::as_bytes), wanted)
    }

    #[test]
    fn a_change_is_shown_with_two_lines_around_it() {
        assert_eq!(
            diff(Some("1\n2\n3\nold\n5\n6\n7\n"), Some("1\n2\n3\nnew\n5\n6\n7\n")),
            "--- out/a.rs\n+++ out/a.rs\n@@ -2,5 +2,5 @@\n 2\n 3\n-old\n+new\n 5\n 6\n"
        );
    }

    #[test]
    fn a_file_on_one_side_only_is_compared_with_nothing() {
        assert_eq!(diff(None, Some("new\n")), "--- /dev/null\n+++ out/a.rs\n@@ -0,0 +1 @@\n+new\n");
        assert_eq!(diff(Some("old\n"), None), "--- out/a.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-old\n");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_so() {
        let text = "line\n".repeat(100);
        let diff = diff(None, Some(&text));
        assert_eq!(diff.lines().count(), MOST_LINES + 1);
        assert!(diff.ends_with("\n… 63 more lines\n"), "{diff}");
    }

    #[test]
    fn line_endings_alone_are_named() {
        assert_eq!(
            diff(Some("1\r\n2\r\n"), Some("1\n2\n")),
            "only the line endings differ: CRLF is there instead of LF\n"
        );
    }

    #[test]
    fn text_that_is_not_utf_8_is_shown_as_well_as_it_goes() {
        let diff = unified(Path::new("a.rs"), Some(b"\xff\n"), Some("1\n"));
        assert!(diff.ends_with("-\u{fffd}\n+1\n"), "{diff}");
    }
}

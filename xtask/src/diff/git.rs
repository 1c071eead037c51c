//! Runs git to find the commit that a name stands for, and its spec files.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{fmt, thread};

use foxapi_codegen::is_spec;

use crate::{error::Error, folder::Folder};

/// The repository that a spec folder is in.
#[derive(Debug)]
pub(super) struct Repository {
    /// A folder inside it.
    inside: PathBuf,
    /// The spec folder, relative to the root of the repository, with a trailing slash.
    folder: String,
}

/// A commit, and the name it was given by.
#[derive(Debug)]
pub(super) struct Revision {
    name: String,
    commit: String,
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Repository {
    /// Asks git where the spec folder is; the folder itself may be gone.
    pub(super) fn of(spec: &Folder) -> Result<Self, Error> {
        let path = spec.absolute()?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let inside = path.parent().unwrap_or(&path).to_owned();
        let mut repository = Self { inside, folder: String::new() };
        let prefix = repository.ask(&["rev-parse", "--show-prefix"], "")?;
        repository.folder = format!("{}{name}/", String::from_utf8_lossy(&prefix).trim_end_matches('\n'));
        Ok(repository)
    }

    /// The spec folder, relative to the root of the repository.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The commit that a name stands for, or the reason why there is none.
    pub(super) fn revision(&self, name: &str) -> Result<Revision, String> {
        let commit = format!("{name}^{{commit}}");
        match self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], "") {
            Ok(commit) => {
                Ok(Revision { name: name.to_owned(), commit: String::from_utf8_lossy(&commit).trim().to_owned() })
            }
            // It fails without a message if there is no such commit.
            Err(reason) if reason.is_empty() => Err("git knows no such commit".to_owned()),
            Err(reason) => Err(reason),
        }
    }

    /// The spec files, with their paths relative to the spec folder.
    pub(super) fn files(&self, revision: &Revision) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let listed = self.ask(&["ls-tree", "-r", "-z", "--full-tree", &revision.commit, "--", &self.folder], "")?;
        // `100644 blob <object>\t<path>`, each followed by a zero byte.
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let files = listed.split('\0').filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            let mut about = about.split(' ');
            let (mode, kind, object) = (about.next()?, about.next()?, about.next()?);
            let name = path.strip_prefix(&self.folder)?;
            (kind == "blob" && mode != "120000" && is_spec(name)).then_some((name, object))
        });
        let files: Vec<(&str, &str)> = files.collect();
        let wanted: String = files.iter().map(|(_, object)| format!("{object}\n")).collect();
        let answer = self.ask(&["cat-file", "--batch"], &wanted)?;
        let mut rest = answer.as_slice();
        let mut read = Vec::with_capacity(files.len());
        for (name, object) in files {
            let Some(bytes) = next_blob(&mut rest) else {
                return Err(Error::new(format!("`git cat-file --batch` failed: no content for {name} ({object})")));
            };
            read.push((name.to_owned(), bytes));
        }
        Ok(read)
    }

    /// The output of a git command that has to succeed.
    fn ask(&self, arguments: &[&str], input: &str) -> Result<Vec<u8>, Error> {
        let failed = |reason| Error::new(format!("`git {}` failed: {reason}", arguments.join(" ")));
        self.run(arguments, input).map_err(failed)
    }

    /// The output of a git command, or its message if it fails.
    fn run(&self, arguments: &[&str], input: &str) -> Result<Vec<u8>, String> {
        let child = Command::new("git")
            .arg("-C")
            .arg(&self.inside)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|cause| cause.to_string())?;
        let pipe = child.stdin.take();
        let input = input.to_owned();
        // Written in a thread, since git answers while it reads. If git has exited, its exit code tells.
        let writer = thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(input.as_bytes())));
        let output = child.wait_with_output().map_err(|cause| cause.to_string())?;
        drop(writer.join());
        if output.status.success() {
            return Ok(output.stdout);
        }
        let message = String::from_utf8_lossy(&output.stderr);
        Err(message.trim().trim_start_matches("fatal: ").to_owned())
    }
}

/// Takes `<object> blob <size>\n<bytes>\n` from the front.
fn next_blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let (header, after) = rest.split_at_checked(end)?;
    let size: usize = std::str::from_utf8(header).ok()?.rsplit(' ').next()?.parse().ok()?;
    let (bytes, after) = after.get(1..)?.split_at_checked(size)?;
    *rest = after.get(1..)?;
    Some(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_taken_one_by_one_whatever_is_in_them() {
        let mut rest: &[u8] = b"aa blob 4\na\n\0b\nbb blob 0\n\n";
        assert_eq!(next_blob(&mut rest).as_deref(), Some(b"a\n\0b".as_slice()));
        assert_eq!(next_blob(&mut rest).as_deref(), Some(b"".as_slice()));
        assert_eq!(next_blob(&mut rest), None);
    }

    #[test]
    fn a_missing_object_and_a_cut_answer_are_no_blobs() {
        for answer in ["aa missing\n", "aa blob 9\nshort\n", "aa blob x\n\n", ""] {
            assert_eq!(next_blob(&mut answer.as_bytes()), None, "{answer}");
        }
    }
}

//! Finds and reads a state of the spec files: the working tree, a folder or a revision.

use std::{fmt, path::PathBuf};

use foxapi_codegen::Source;
use foxapi_diff::State;

use super::git::{Repository, Revision};
use crate::error::Error;
use crate::folder::Folder;
use crate::output::complain;
use crate::specs::sources;
use crate::text::counted;

#[derive(Debug)]
pub(super) enum StateSource {
    WorkingTree,
    Folder(PathBuf),
    Revision(Repository, Revision),
}

impl StateSource {
    /// The folder or revision that a name stands for.
    pub(super) fn find(name: &str, spec: &Folder) -> Result<Self, Error> {
        let folder = PathBuf::from(name);
        let is_path = name.starts_with(['.', '/', '~']) || name.ends_with(['/', '\\']) || folder.is_absolute();
        if folder.is_dir() && is_path {
            return Ok(Self::Folder(folder));
        }
        let revision = Repository::of(spec).map_err(|error| error.to_string()).and_then(|repository| {
            let revision = repository.revision(name)?;
            Ok((repository, revision))
        });
        match revision {
            Ok(_) if folder.is_dir() => Err(Error::new(format!("`{name}` is both a folder and a revision"))
                .help(format!("write `./{name}` for the folder, `{name}^0` for the revision"))),
            Ok((repository, revision)) => Ok(Self::Revision(repository, revision)),
            Err(_) if folder.is_dir() => Ok(Self::Folder(folder)),
            Err(reason) => Err(Error::new(format!("`{name}` is neither a folder nor a revision: {reason}"))
                .help("`git log --oneline` lists revisions")),
        }
    }

    /// Reads and checks the spec files.
    pub(super) fn read(&self, spec: &Folder) -> Result<State, Error> {
        let sources = match self {
            Self::WorkingTree => sources(spec)?,
            Self::Folder(path) => {
                // A checkout has its spec files one level further down.
                let inner = path.join("spec");
                let is_checkout = inner.is_dir() && path.join("Cargo.toml").is_file();
                sources(&Folder::new(Some(if is_checkout { &inner } else { path }), "spec"))?
            }
            Self::Revision(repository, revision) => {
                let files = repository.files(revision)?;
                if files.is_empty() {
                    let folder = repository.folder();
                    return Err(Error::new(format!("revision `{revision}` has no spec file in `{folder}`")));
                }
                let shown = format!("{revision}:{}", repository.folder());
                files.into_iter().map(|(name, bytes)| Source::within(&shown, &name, bytes)).collect()
            }
        };
        State::read(&sources).map_err(|diagnostics| {
            let problems = counted(diagnostics.len(), "problem");
            complain(format_args!("{self}: {problems}\n{diagnostics}\n"));
            Error::new(format!("{problems} in the spec files of {self}; nothing was compared"))
        })
    }
}

impl fmt::Display for StateSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingTree => f.write_str("the working tree"),
            Self::Folder(path) => write!(f, "{}", path.display()),
            Self::Revision(_, revision) => write!(f, "{revision}"),
        }
    }
}

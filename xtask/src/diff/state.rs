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
pub(super) enum Place {
    WorkingTree,
    Folder(PathBuf),
    Revision(Repository, Revision),
}

impl Place {
    /// The folder or revision that a name stands for.
    pub(super) fn find(name: &str, spec: &Folder) -> Result<Self, Error> {
        let folder = PathBuf::from(name);
        let is_path = name.starts_with(['.', '/', '~']) || name.ends_with(['/', '\\']) || folder.is_absolute();
        if folder.is_dir() && is_path {
            return Ok(Self::Folder(folder));
        }
        let revision = Repository::of(spec).and_then(|repository| {
            let revision = repository.revision(name)?;
            Ok((repository, revision))
        });
        match revision {
            Ok(_) if folder.is_dir() => Err(Error::AmbiguousState { name: name.to_owned() }),
            Ok((repository, revision)) => Ok(Self::Revision(repository, revision)),
            Err(_) if folder.is_dir() => Ok(Self::Folder(folder)),
            Err(reason @ Error::UnknownState { .. }) => Err(reason),
            Err(reason) => Err(Error::UnknownState { name: name.to_owned(), reason: reason.to_string() }),
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
                    let (revision, folder) = (revision.to_string(), repository.folder().to_owned());
                    return Err(Error::NoSpecsInRevision { revision, folder });
                }
                let shown = format!("{revision}:{}", repository.folder());
                files.into_iter().map(|(name, bytes)| Source::within(&shown, &name, bytes)).collect()
            }
        };
        State::read(&sources).map_err(|diagnostics| {
            complain(format_args!("{self}: {}\n{diagnostics}\n", counted(diagnostics.len(), "problem")));
            Error::WrongState { state: self.to_string(), problems: diagnostics.len() }
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingTree => f.write_str("the working tree"),
            Self::Folder(path) => write!(f, "{}", path.display()),
            Self::Revision(_, revision) => write!(f, "{revision}"),
        }
    }
}

//! The specs of a folder, what was reviewed of their pages, and captures compared with both.

use std::path::{Path, PathBuf};

use foxapi_docs::{CaptureFormat, Comparison, Memory, Problem, Spec, Specs, check, spec_of};

use super::captures;
use crate::error::Error;
use crate::folder::Folder;
use crate::specs::{sources, wrong_specs};

/// A folder of specs.
pub(super) struct SpecFolder {
    pub(super) folder: Folder,
    pub(super) specs: Specs,
    reviewed: Folder,
}

/// A capture that was compared.
pub(super) struct Checked<'a> {
    pub(super) path: PathBuf,
    pub(super) format: CaptureFormat,
    pub(super) spec: &'a Spec,
    pub(super) memory: Option<Memory>,
    pub(super) comparison: Comparison,
}

impl SpecFolder {
    /// Reads the specs. Problems with the specs of single pages are kept until those pages are asked about.
    pub(super) fn read(asked: Option<&Path>) -> Result<Self, Error> {
        let folder = Folder::new(asked, "spec");
        let specs = Specs::read(&sources(&folder)?);
        let specs = specs.map_err(|diagnostics| wrong_specs(&diagnostics))?;
        Ok(Self { reviewed: folder.inner("reviewed"), folder, specs })
    }

    /// The spec of a page that was requested by name.
    pub(super) fn page(&self, slug: &str) -> Result<&Spec, Error> {
        if let Some(broken) = self.specs.broken(slug) {
            return Err(wrong_specs(&broken.diagnostics));
        }
        let known = || self.specs.pages.iter().map(|spec| spec.slug.as_str());
        self.specs.page(slug).ok_or_else(|| Error::no_spec(slug, known()))
    }

    /// Compares a capture with its spec, or with the one that was asked for.
    pub(super) fn compare(&self, path: &Path, asked: Option<&str>) -> Result<Checked<'_>, Problem> {
        let page = captures::page(path)?;
        let spec = spec_of(&page, path, &self.specs, asked)?;
        let memory = self.memory(&spec.slug)?;
        let comparison = check(&page, spec, memory.as_ref());
        Ok(Checked { path: path.to_owned(), format: page.format(), spec, memory, comparison })
    }

    /// What was reviewed of a page; `None`: nothing.
    fn memory(&self, slug: &str) -> Result<Option<Memory>, Problem> {
        let name = file(slug);
        if !self.reviewed.contains(&name) {
            return Ok(None);
        }
        let wrong = |reason: String| {
            let message = format!("`{}` cannot be read: {reason}", self.reviewed.shown_file(&name).display());
            Problem::whole(message, "restore it with git, or delete it and accept the page again")
        };
        let bytes = self.reviewed.read(&name).map_err(|error| wrong(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8 text".to_owned()))?;
        Memory::read(&text).map(Some).map_err(|(line, reason)| wrong(format!("line {line}: {reason}")))
    }

    /// Writes what was reviewed of a page, and returns the name of the file.
    pub(super) fn remember(&self, slug: &str, memory: &Memory) -> Result<String, Error> {
        self.reviewed.write(&file(slug), &memory.to_file())?;
        Ok(self.reviewed.shown_file(&file(slug)).display().to_string())
    }
}

fn file(slug: &str) -> String {
    format!("{slug}.json")
}

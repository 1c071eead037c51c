//! The spec files of a folder.

use foxapi_codegen::{DIALECT_FILE, Diagnostics, Source};

use crate::{error::Error, folder::Folder, text::complain};

/// Reads the spec files: every `*.json`, in the order of their names, but the schema of the dialect.
pub(crate) fn sources(spec: &Folder) -> Result<Vec<Source>, Error> {
    if !spec.exists() {
        return Err(Error::NoSpecFolder { folder: spec.shown().to_owned() });
    }
    let mut sources = Vec::new();
    for name in spec.file_names()? {
        if name.ends_with(".json") && name != DIALECT_FILE {
            let shown = spec.shown_file(&name).display().to_string();
            sources.push(Source::new(shown, spec.read(&name)?));
        }
    }
    if sources.is_empty() {
        return Err(Error::NoSpecs { folder: spec.shown().to_owned() });
    }
    Ok(sources)
}

/// Prints problems, and says how many there are.
pub(crate) fn told(diagnostics: &Diagnostics) -> usize {
    complain(format_args!("{diagnostics}\n"));
    diagnostics.len()
}

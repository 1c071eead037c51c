//! The spec files of a folder.

use foxapi_codegen::{Diagnostics, Source, is_spec};

use crate::{error::Error, folder::Folder, text::complain};

/// Reads the spec files: every `*.json` of the folder and those below it, in the order of their paths, but the schema
/// of the dialect and what is no spec.
pub(crate) fn sources(spec: &Folder) -> Result<Vec<Source>, Error> {
    if !spec.exists() {
        return Err(Error::NoSpecFolder { folder: spec.shown().to_owned() });
    }
    let mut sources = Vec::new();
    for name in spec.paths()?.into_iter().filter(|name| is_spec(name)) {
        let bytes = spec.read(&name)?;
        sources.push(Source::within(&spec.shown_prefix(), &name, bytes));
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

//! The spec files of a folder.

use foxapi_codegen::{Diagnostics, Source, is_spec};

use crate::{error::Error, folder::Folder, output::complain};

/// Reads the spec files: every `*.json` in the folder and below it, in the order of paths, except the schema of the
/// dialect and other files that are not specs.
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

/// Prints problems, and returns their number.
pub(crate) fn told(diagnostics: &Diagnostics) -> usize {
    complain(format_args!("{diagnostics}\n"));
    diagnostics.len()
}

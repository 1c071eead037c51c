//! The spec files of a folder.

use foxapi_codegen::{Diagnostics, Source, is_spec};

use crate::{error::Error, folder::Folder, output::complain, text::counted};

/// Reads the spec files: every `*.json` in the folder and below it, in the order of paths, except the schema of the
/// dialect and other files that are not specs.
pub(crate) fn sources(spec: &Folder) -> Result<Vec<Source>, Error> {
    if !spec.exists() {
        return Err(Error::new(format!("spec folder `{}` does not exist", spec.shown().display())));
    }
    let mut sources = Vec::new();
    for name in spec.paths()?.into_iter().filter(|name| is_spec(name)) {
        let bytes = spec.read(&name)?;
        sources.push(Source::within(&spec.shown_prefix(), &name, bytes));
    }
    if sources.is_empty() {
        return Err(Error::new(format!("spec folder `{}` has no spec file", spec.shown().display()))
            .help("spec files are the *.json files in it and below it"));
    }
    Ok(sources)
}

/// Prints problems of the spec files.
pub(crate) fn wrong_specs(diagnostics: &Diagnostics) -> Error {
    refused(diagnostics, "the spec files")
}

/// Prints problems of an input, because of which nothing is written.
pub(crate) fn refused(diagnostics: &Diagnostics, input: &str) -> Error {
    complain(format_args!("{diagnostics}\n"));
    Error::new(format!("{} in {input}; nothing was written", counted(diagnostics.len(), "problem")))
}

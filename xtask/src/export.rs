//! `cargo xtask export`: reads the spec files and updates the folder of exports.

use std::collections::BTreeMap;

use foxapi_codegen::Source;
use foxapi_codegen::export::{Exports, Provider, SCHEMA_MARKER};

use crate::cli::{Export, What};
use crate::codegen::{apply_or_check, plan::Plan};
use crate::error::Error;
use crate::folder::Folder;
use crate::specs::{refused, sources, wrong_specs};

/// The frame of the OpenAPI document, in the spec folder: facts about the API that no spec file has.
const FRAME: &str = "openapi/frame.json";

/// The version of the OpenAPI document: that of the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn run(arguments: &Export) -> Result<(), Error> {
    let spec = Folder::new(arguments.spec.as_deref(), "spec");
    let out = Folder::new(arguments.to.as_deref(), "spec/export");
    spec.must_differ_from(&out)?;

    let exports = Exports::read(&sources(&spec)?).map_err(|diagnostics| wrong_specs(&diagnostics))?;
    let mut files = BTreeMap::new();
    if arguments.includes(What::Openapi) {
        files.insert("openapi.json".to_owned(), openapi(&exports, &spec)?);
    }
    if arguments.includes(What::Schemas) {
        files.extend(exports.schemas().into_iter().map(|file| (file.name, file.text)));
    }
    if arguments.includes(What::Tools) {
        files.extend(Provider::ALL.map(|it| (format!("tools.{}.json", it.name()), exports.tools(it))));
    }
    if arguments.includes(What::Table) {
        files.insert("models.md".to_owned(), exports.table());
    }

    let mut present = out.files()?;
    // Files of other exports are ignored.
    present.retain(|name, bytes| {
        files.contains_key(name) || arguments.includes(What::Schemas) && is_exported_schema(name, bytes)
    });
    let plan = Plan::compare_with(files, present, |_, _| None);
    apply_or_check(&[(plan, &out)], arguments.check, || arguments.fix_command())
}

fn openapi(exports: &Exports, spec: &Folder) -> Result<String, Error> {
    let frame = Source::new(spec.shown_file(FRAME).display().to_string(), spec.read(FRAME)?);
    exports.openapi(&frame, VERSION).map_err(|diagnostics| refused(&diagnostics, "the frame of the OpenAPI document"))
}

/// Whether a file was written by an earlier export of a page.
fn is_exported_schema(name: &str, bytes: &[u8]) -> bool {
    name.ends_with(".schema.json") && String::from_utf8_lossy(bytes).contains(SCHEMA_MARKER)
}

//! The generator behind `foxapi-models`: turns spec files into Rust source.
//!
//! A spec file is the JSON Schema of one documentation page's request body (`dialect.schema.json`
//! in `spec/` explains the dialect). [`generate`] takes all of them and returns the source of the
//! generated modules, or every problem it found, each with file, line and column. It does not read
//! or write any files itself.
//!
//! ```
//! use foxapi_codegen::{Source, generate};
//!
//! let spec = r#"{ "$defs": { "Mode": { "description": "Quality.", "enum": ["std", "pro"] } } }"#;
//! let output = generate(&[Source::new("spec/common.json", spec)])?;
//! assert!(output.files.iter().any(|file| file.text.contains("pub enum Mode")));
//!
//! let problems = generate(&[Source::new("spec/common.json", spec.replace("enum", "enmu"))]).unwrap_err();
//! assert!(problems.to_string().starts_with("spec/common.json:1:51: \"enmu\" is not a keyword"));
//! # Ok::<(), foxapi_codegen::Diagnostics>(())
//! ```
//!
//! [`export`] turns the same specs into formats for other languages and tools.
//!
//! Each stage is a module: `raw` (JSON with positions) → `check` (finds every problem) →
//! `checked` (final names, types and order) → `emit` (Rust tokens) → `render` (text).

mod bundle;
mod check;
pub mod checked;
mod diagnostic;
mod emit;
pub mod export;
pub mod raw;
mod reference;
mod render;
mod sheet;
mod span;
mod suggest;

pub use diagnostic::{Diagnostic, Diagnostics};

use checked::SpecSet;
use diagnostic::Report;

/// The file in a spec folder that describes the dialect itself; [`generate`] skips it.
pub const DIALECT_FILE: &str = "dialect.schema.json";

/// The file in a spec folder that declares the endpoints.
pub const ENDPOINTS_FILE: &str = "endpoints.json";

/// Folders in a spec folder that do not contain specs.
pub const OTHER_FOLDERS: &[&str] = &["export", "openapi", "reviewed"];

/// Whether [`generate`] reads a file of a spec folder, given by its relative path with slashes.
pub fn is_spec(name: &str) -> bool {
    let is_elsewhere = name.split_once('/').is_some_and(|(folder, _)| OTHER_FOLDERS.contains(&folder));
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    name.ends_with(".json") && name != DIALECT_FILE && !is_elsewhere && !is_hidden
}

/// The names of all keywords of the dialect.
pub const KEYWORDS: &[&str] = foxapi_schema::keyword::NAMES;

/// A spec file: its name in diagnostics, and its bytes.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    /// The folder, relative to that of the specs; `None` if not known.
    folder: Option<String>,
    bytes: Vec<u8>,
}

impl Source {
    /// Creates a spec file from anywhere. Only the last part of `path` has a meaning: it names the generated module.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), folder: None, bytes: bytes.into() }
    }

    /// Creates a spec file with its path in the spec folder: `video/kling/kling-v3-text-to-video.json`.
    ///
    /// `shown` is the path of the spec folder in diagnostics. A page has to be in the folder of its group and family,
    /// and so is the code generated from it.
    pub fn within(shown: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self { path: format!("{shown}{name}"), folder: Some(folder.to_owned()), bytes: bytes.into() }
    }

    /// The contents of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file as JSON with positions; `None` if it is not JSON, in which case [`check`] says why.
    pub fn json(&self) -> Option<raw::Node> {
        raw::Node::parse(std::str::from_utf8(&self.bytes).ok()?).ok()
    }

    /// Its name in diagnostics.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of its path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Its path relative to the folder of generated files, with slashes.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// Everything that is generated from a folder of spec files.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The generated modules and the schemas that they embed, in the order of names.
    pub files: Vec<File>,
    /// For reviewers: a sheet for each page, named after it, with a line for each parameter and rule.
    pub sheets: Vec<File>,
    /// The families of the pages, each a module and a cargo feature, in the order of names.
    pub families: Vec<String>,
}

/// Turns spec files into Rust source.
///
/// The order of `sources` does not matter. The same specs give the same bytes on every machine.
///
/// # Errors
///
/// Every problem that the specs have, if they have any.
pub fn generate(sources: &[Source]) -> Result<Output, Diagnostics> {
    let sources = sorted(sources);
    let exports = export::Exports::of_sorted(&sources)?;
    let examples = exports.examples();
    let specs = exports.into_specs();
    let sheets = sheet::sheets(&specs);
    let files = emit::files(&specs, &examples).map_err(|reason| Diagnostics::of_structs(&sources, reason))?;
    let families = specs.families().into_iter().map(|family| family.name.to_owned()).collect();
    Ok(Output { files, sheets, families })
}

/// Reads and checks spec files, and returns what [`generate`] makes Rust from.
///
/// The order of `sources` does not matter.
///
/// # Errors
///
/// Every problem that the specs have, if they have any.
pub fn check(sources: &[Source]) -> Result<SpecSet, Diagnostics> {
    check_sorted(&sorted(sources))
}

/// Whether generated code can enforce a pattern.
pub fn takes_pattern(pattern: &str) -> bool {
    check::pattern::check(pattern).is_ok()
}

/// The name of the constant that holds the documented default of a field: `DEFAULT_ASPECT_RATIO`.
pub fn default_constant(ident: &str) -> String {
    check::constant("DEFAULT", ident)
}

fn check_sorted(sources: &[Source]) -> Result<SpecSet, Diagnostics> {
    let mut report = Report::new(sources);
    let specs = check::check(sources, &mut report);
    report.into_diagnostics().map_or(Ok(specs), Err)
}

fn sorted(sources: &[Source]) -> Vec<Source> {
    let mut sources = sources.to_vec();
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources
}

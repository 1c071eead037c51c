//! Exports of the specs for other tools: an OpenAPI document, JSON Schemas, tool definitions, a table for people.
//!
//! All exports are texts made from checked specs; nothing here decides whether a spec is valid.
//!
//! ```
//! use foxapi_codegen::{Source, export::Exports};
//!
//! let spec = r#"{
//!     "$id": "dream", "title": "Dream", "description": "Makes a video of a dream.",
//!     "x-docs": "https://docs.example.com/dream", "x-endpoint": "POST /v1/dreams",
//!     "type": "object", "additionalProperties": false, "required": ["model"],
//!     "properties": { "model": { "description": "Who dreams.", "oneOf": [{ "const": "fox", "title": "Fox" }] } }
//! }"#;
//! let endpoints = r#"{ "POST /v1/dreams": { "description": "Makes a dream.", "group": "video" } }"#;
//! let exports = Exports::read(&[Source::new("endpoints.json", endpoints), Source::new("dream.json", spec)])?;
//! assert!(exports.table().contains("| `fox` |"));
//! assert_eq!(exports.schemas()[0].name, "dream.schema.json");
//! # Ok::<(), foxapi_codegen::Diagnostics>(())
//! ```

mod definitions;
mod example;
mod integers;
mod openapi;
mod schemas;
mod table;

use foxapi_schema::json::{self, Json};
use foxapi_schema::tools::{self, flat, plain, words};

use std::collections::BTreeMap;

use crate::check::{self, Bodies, SpecFiles};
use crate::checked::SpecSet;
use crate::diagnostic::{Diagnostics, Report};
use crate::{File, Source, sorted};

pub use foxapi_schema::tools::Provider;
pub use schemas::MARKER as SCHEMA_MARKER;

/// Checked spec files, to export.
pub struct Exports {
    files: SpecFiles,
    specs: SpecSet,
}

impl Exports {
    /// Reads and checks spec files; their order does not matter.
    ///
    /// # Errors
    ///
    /// Every problem that the specs have, if they have any.
    pub fn read(sources: &[Source]) -> Result<Self, Diagnostics> {
        Self::of_sorted(&sorted(sources))
    }

    /// Reads and checks spec files in the order of their paths.
    pub(crate) fn of_sorted(sources: &[Source]) -> Result<Self, Diagnostics> {
        let mut report = Report::new(sources);
        let files = check::read(sources, &mut report);
        let specs = check::check_files(&files, &mut report);
        report.into_diagnostics().map_or(Ok(Self { files, specs }), Err)
    }

    /// An OpenAPI 3.1 document: a hand-written `frame`, which has the facts that no page states, filled with the
    /// requests of all pages and the answers that it refers to.
    ///
    /// `version` becomes the version of the document.
    ///
    /// # Errors
    ///
    /// Every place where frame and specs do not match.
    pub fn openapi(&self, frame: &Source, version: &str) -> Result<String, Diagnostics> {
        openapi::document(self, frame, version)
    }

    pub(crate) fn into_specs(self) -> SpecSet {
        self.specs
    }

    /// The most complete example body of each page, by slug; none for a page without enough examples.
    pub(crate) fn examples(&self) -> BTreeMap<String, String> {
        let bodies = Bodies::new(&self.files.specs);
        let shown = self.specs.requests().filter_map(|(module, _, page)| {
            let file = self.files.specs.iter().find(|file| file.file_name == module.source)?;
            let example = example::examples(&bodies, file).pop()?;
            Some((page.slug.clone(), Json::Object(example.body).to_file()))
        });
        shown.collect()
    }

    /// One JSON Schema (draft 2020-12) per page, including everything that it refers to.
    pub fn schemas(&self) -> Vec<File> {
        schemas::files(self)
    }

    /// Each page as a tool that a language model can call: the value of the provider's `tools`.
    pub fn tools(&self, provider: Provider) -> String {
        let pages = self.specs.requests().filter_map(|(module, _, page)| {
            let Json::Object(schema) = Json::from(module.schema.as_ref()?) else { return None };
            Some(tools::definition(provider, &page.slug, &page.docs, &schema).tool)
        });
        tools::list(provider, pages.collect()).to_file()
    }

    /// What each model can do, in Markdown.
    pub fn table(&self) -> String {
        table::text(&self.specs)
    }
}

//! JSON Schemas: each page as one self-contained file.

use super::Exports;
use super::definitions::{SharedSchemas, without_top};
use super::json::{Json, Object};
use crate::File;
use crate::bundle::DRAFT;

/// The beginning of the `$id` of every exported schema: a name, not an address to fetch something from.
const NAMESPACE: &str = "urn:foxapi-models:";

/// Text that every exported schema contains, and no other file.
pub const MARKER: &str = r#""$id": "urn:foxapi-models:"#;

pub(super) fn files(exports: &Exports) -> Vec<File> {
    let shared = SharedSchemas::new(exports);
    let pages = exports.specs.requests();
    pages
        .filter_map(|(module, _, page)| {
            let own = shared.of_file(&module.source)?;
            let reference = |name: &str| if name == own { "#".to_owned() } else { format!("#/$defs/{name}") };
            let mut reached = shared.reached([own.to_owned()], &reference, &|schema| schema);
            let at = reached.iter().position(|(name, _)| name == own)?;
            let (_, Json::Object(root)) = reached.remove(at) else { return None };
            let schema = with_definitions(root, &page.slug, reached);
            Some(File { name: format!("{}.schema.json", page.slug), text: Json::Object(schema).to_file() })
        })
        .collect()
}

fn with_definitions(root: Object, slug: &str, definitions: Vec<(String, Json)>) -> Object {
    let mut schema = Object::new().with("$schema", DRAFT).with("$id", format!("{NAMESPACE}{slug}"));
    for (name, value) in root.iter().filter(|(name, _)| !matches!(*name, "$schema" | "$id")) {
        schema.set(name, value.clone());
    }
    let shared: Object = definitions
        .into_iter()
        .map(|(name, schema)| match schema {
            Json::Object(members) => (name, Json::Object(without_top(members))),
            other => (name, other),
        })
        .collect();
    if !shared.is_empty() {
        schema.set("$defs", shared);
    }
    schema
}

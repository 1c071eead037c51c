//! The root of the generated modules: what there is, and the one type that holds any request.

use super::{docs, imports};
use crate::model::{Definition, Model, Module, Object, Page};
use crate::render;

/// The text of `mod.rs`.
pub(super) fn text(model: &Model) -> String {
    let modules: String = model.modules.iter().map(|module| format!("pub mod {};\n", module.name)).collect();
    let exports: String = model.modules.iter().filter_map(export).collect();
    let requests: String = model.requests().map(|(_, object, page)| variant(object, page)).collect();
    [
        render::header("spec/").as_str(),
        "//! Everything that `cargo xtask codegen` writes: one module per spec file.\n",
        &separated(&modules),
        &separated(&exports),
        "\nuse crate::runtime::video_requests;\n\nvideo_requests! {\n",
        "    /// A request for any documented model; when reading, `model` decides which.\n",
        &format!("    VideoRequest {{\n{requests}    }}\n}}\n"),
    ]
    .concat()
}

fn separated(lines: &str) -> String {
    if lines.is_empty() { String::new() } else { format!("\n{lines}") }
}

/// A module's types, apart from builders: those are found from the types they build.
fn export(module: &Module) -> Option<String> {
    let names: Vec<&str> = module
        .definitions
        .iter()
        .map(|definition| match definition {
            Definition::Object(object) => object.name.as_str(),
            Definition::Enumeration(set) => set.name.as_str(),
            Definition::Union(union) => union.name.as_str(),
        })
        .collect();
    (!names.is_empty()).then(|| format!("#[doc(inline)]\npub {}", imports::line(&module.name, names)))
}

/// A request as a variant: what it does, and its models.
fn variant(object: &Object, page: &Page) -> String {
    let models: Vec<_> = page.models.iter().map(|model| format!("`{model}`")).collect();
    let summary = docs::paragraphs(&object.description).next().unwrap_or_default();
    let lines = docs::wrap(&format!("{summary} Models: {}.", models.join(", ")), 88);
    let doc: String = lines.iter().map(|line| format!("        /// {line}\n")).collect();
    format!("{doc}        {},\n", object.name)
}

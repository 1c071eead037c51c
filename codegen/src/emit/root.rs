//! The root of the generated modules: what there is, and the one type that holds any request.

use crate::model::Model;
use crate::render;

/// The text of `mod.rs`.
pub(super) fn text(model: &Model) -> String {
    let mut text = render::header("spec/");
    text.push_str("//! Everything that `cargo xtask codegen` writes: one module per spec file.\n\n");
    for module in &model.modules {
        text.push_str(&format!("pub mod {};\n", module.name));
    }
    if !model.modules.is_empty() {
        text.push('\n');
    }
    for module in model.modules.iter().filter(|module| !module.definitions.is_empty()) {
        text.push_str(&format!("pub use {}::*;\n", module.name));
    }
    text.push_str("\nuse crate::runtime::video_requests;\n\nvideo_requests! {\n    /// A request for any documented model; when reading, `model` decides which.\n    VideoRequest {\n");
    for (_, object, _) in model.requests() {
        text.push_str(&format!("        {},\n", object.name));
    }
    text.push_str("    }\n}\n");
    text
}

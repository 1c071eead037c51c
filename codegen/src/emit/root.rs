//! The root of the generated modules: what they contain, and where callers find it.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::imports::family_module;
use super::{docs, imports};
use crate::checked::{Family, Module, NamedType, Object, RequestPage, SpecSet};
use crate::render;

/// The text of `mod.rs`.
pub(super) fn text(specs: &SpecSet) -> String {
    let top: Vec<&Module> = specs.modules.iter().filter(|module| module.family().is_none()).collect();
    let families = specs.families();
    let modules: String = top.iter().map(|module| format!("pub mod {};\n", module.name)).collect();
    let exports: String = top.iter().filter_map(|module| export(module)).collect();
    [
        render::header("spec/").as_str(),
        "//! Everything that `cargo xtask codegen` writes: one module per spec file.\n",
        &separated(&modules),
        "\nmod conversions;\nmod requests;\n",
        &tree(&families),
        &separated(&exports),
        "\npub use requests::*;\n",
        &families.iter().map(family).collect::<String>(),
    ]
    .concat()
}

fn separated(lines: &str) -> String {
    if lines.is_empty() { String::new() } else { format!("\n{lines}") }
}

/// Exports the types of a module except builders, which are found from the types they build.
fn export(module: &Module) -> Option<String> {
    let names: Vec<&str> = module.definitions.iter().map(NamedType::name).collect();
    (!names.is_empty()).then(|| format!("#[doc(inline)]\npub {}", imports::line(&module.name, names)))
}

/// The modules of pages, nested like their folders: group, then family.
fn tree(families: &[Family<'_>]) -> String {
    let mut groups: BTreeMap<&str, BTreeMap<&str, Vec<&Module>>> = BTreeMap::new();
    for module in families.iter().flat_map(|family| &family.modules) {
        if let Some((group, family)) = module.folder.split_once('/') {
            groups.entry(group).or_default().entry(family).or_default().push(module);
        }
    }
    let mut text = String::new();
    for (group, families) in groups {
        text.push_str(&format!("\nmod {group} {{\n"));
        for (family, modules) in families {
            text.push_str(&format!("{}    pub(crate) mod {} {{\n", feature(family, 4), family_module(family)));
            for module in modules {
                text.push_str(&format!("        pub(crate) mod {};\n", module.name));
            }
            text.push_str("    }\n");
        }
        text.push_str("}\n");
    }
    text
}

/// The attribute that leaves an item out if its family is disabled.
fn feature(family: &str, indent: usize) -> String {
    format!("{}#[cfg(feature = \"{family}\")]\n", " ".repeat(indent))
}

/// A family as callers see it: the types of its pages, regardless of their groups.
fn family(family: &Family<'_>) -> String {
    let uses: String = family
        .modules
        .iter()
        .map(|module| {
            format!("    pub use super::{}::{}::*;\n", module.folder.replace('/', "::").replace('-', "_"), module.name)
        })
        .collect();
    let name = family.name;
    format!("\n{}pub mod {} {{\n{}\n{uses}}}\n", feature(name, 0), family_module(name), table(family))
}

/// The documentation of a family: its feature, and a row for each request.
fn table(family: &Family<'_>) -> String {
    let name = family.name;
    let mut text =
        format!("    //! Requests of the family `{name}`; feature `{name}`, which is on by default.\n    //!\n");
    text.push_str("    //! | request | what it does | models |\n    //! |---|---|---|\n");
    for (object, page) in family.modules.iter().flat_map(|module| module.objects()).filter_map(with_page) {
        let models: Vec<String> = page.models.iter().map(|model| format!("`{model}`")).collect();
        let summary = docs::paragraphs(&object.description).next().unwrap_or_default();
        let cells = [format!("[`{}`]", object.name), one_line(&summary), models.join(", ")];
        text.push_str(&format!("    //! | {} |\n", cells.join(" | ")));
    }
    text
}

fn with_page(object: &Object) -> Option<(&Object, &RequestPage)> {
    object.page.as_ref().map(|page| (object, page))
}

/// A paragraph as a table cell.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The families of each group, for the first page of the documentation.
pub(super) fn index(specs: &SpecSet) -> String {
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, _, page) in specs.requests() {
        groups.entry(&page.group).or_default().extend(module.family());
    }
    let mut text = "| group | its requests as one type | families |\n|---|---|---|\n".to_owned();
    for (group, families) in groups {
        let name = format!("{}Request", group.to_upper_camel_case());
        let families: Vec<String> =
            families.iter().map(|family| format!("[`{0}`]({0})", family_module(family))).collect();
        text.push_str(&format!("| {group} | [`{name}`] | {} |\n", families.join(", ")));
    }
    text
}

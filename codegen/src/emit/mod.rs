//! Fourth stage: turns the model into Rust, with one emitter per emitted thing. The model is final: emitters neither
//! decide anything nor fail.

mod builder;
mod conversions;
mod cycles;
mod defaults;
mod docs;
mod enumeration;
mod imports;
mod object;
mod predicate;
mod request;
mod requests;
mod root;
mod structs;
mod types;
mod union;

use std::collections::BTreeMap;

pub(crate) use docs::wrap;

use crate::File;
use crate::model::{Definition, Model, Module, Object};
use crate::render::{self, Block};

use imports::Homes;
use structs::Structs;

/// An example body for each page that has one, by slug.
pub(crate) type Examples = BTreeMap<String, String>;

/// Every generated file, in the order of names.
///
/// # Errors
///
/// The error of typify, should it refuse a struct.
pub(crate) fn files(model: &Model, examples: &Examples) -> Result<Vec<File>, String> {
    let structs = Structs::of(model)?;
    let homes = Homes::of(model);
    let mut files = vec![
        File { name: "conversions.rs".to_owned(), text: conversions::text(model) },
        File { name: "index.md".to_owned(), text: root::index(model) },
        File { name: "mod.rs".to_owned(), text: root::text(model) },
        File { name: "requests.rs".to_owned(), text: requests::text(model) },
    ];
    for module in &model.modules {
        let name = module.generated();
        files.push(File { name: format!("{name}.rs"), text: module_text(module, examples, &structs, &homes) });
        if let Some(schema) = &module.schema {
            files.push(File { name: format!("{name}.json"), text: schema.clone() });
        }
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(files)
}

/// The module of a family.
fn family_module(family: &str) -> String {
    family.replace('-', "_")
}

fn module_text(module: &Module, examples: &Examples, structs: &Structs, homes: &Homes<'_>) -> String {
    let mut blocks = Vec::new();
    for definition in &module.definitions {
        match definition {
            Definition::Enumeration(set) => blocks.push(enumeration::block(set)),
            Definition::Union(union) => blocks.extend(union::blocks(union)),
            Definition::Object(object) => blocks.extend(object_blocks(module, object, examples, structs, homes)),
        }
    }
    let body = render::blocks(&blocks);
    let imports = imports::of(homes, module, &blocks);
    render::module(&module.path(), &module_docs(module), &imports, &body)
}

/// The blocks of an object, in the order that suits a reader.
fn object_blocks(
    module: &Module,
    object: &Object,
    examples: &Examples,
    structs: &Structs,
    homes: &Homes<'_>,
) -> Vec<Block> {
    let mut blocks = vec![object::declaration(object, examples, structs)];
    if object.open {
        blocks.push(object::answer(object));
        return blocks;
    }
    blocks.extend(defaults::block(object));
    blocks.push(builder::block(object, structs, homes));
    blocks.extend(predicate::validity(object));
    if let Some(page) = &object.page {
        blocks.push(request::page(module, object, page));
    }
    blocks
}

fn module_docs(module: &Module) -> String {
    match module.objects().find_map(|object| Some((object, object.page.as_ref()?))) {
        Some((object, page)) => format!("[`{}`]: the page [{}]({}).", object.name, page.slug, page.docs),
        None if module.description.is_empty() => format!("What spec/{} defines.", module.source),
        None => module.description.clone(),
    }
}

//! Fourth stage: turns the checked specs into Rust, with one emitter per emitted thing. They are final: emitters neither
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

use foxapi_schema::json::{Json, Layout};

use crate::File;
use crate::checked::{Module, NamedType, Object, SpecSet};
use crate::render::{self, Block};

use imports::Homes;
use object::Examples;
use predicate::Objects;
use structs::Structs;

/// Every generated file, in the order of their names.
///
/// # Errors
///
/// The error of typify, should it refuse a struct.
pub(crate) fn files(specs: &SpecSet, examples: &Examples) -> Result<Vec<File>, String> {
    let lookup =
        Lookup { examples, structs: Structs::of(specs)?, homes: Homes::of(specs), objects: Objects::of(specs) };
    let mut files = vec![
        File { name: "conversions.rs".to_owned(), text: conversions::text(specs) },
        File { name: "index.md".to_owned(), text: root::index(specs) },
        File { name: "mod.rs".to_owned(), text: root::text(specs) },
        File { name: "requests.rs".to_owned(), text: requests::text(specs) },
    ];
    for module in &specs.modules {
        let name = module.generated();
        files.push(File { name: format!("{name}.rs"), text: module_text(module, &lookup) });
        if let Some(schema) = &module.schema {
            files.push(File { name: format!("{name}.json"), text: Json::from(schema).to_file_in(Layout::Schema) });
        }
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(files)
}

/// What emitters look up.
struct Lookup<'m> {
    examples: &'m Examples,
    structs: Structs,
    homes: Homes<'m>,
    objects: Objects<'m>,
}

fn module_text(module: &Module, lookup: &Lookup<'_>) -> String {
    let mut blocks = Vec::new();
    for definition in &module.definitions {
        match definition {
            NamedType::Enumeration(set) => blocks.push(enumeration::block(set)),
            NamedType::Union(union) => blocks.extend(union::blocks(union, &lookup.objects)),
            NamedType::Object(object) => blocks.extend(object_blocks(module, object, lookup)),
        }
    }
    let body = render::blocks(&blocks);
    let imports = imports::of(&lookup.homes, module, &blocks);
    render::module(&module.path(), &module_docs(module), &imports, &body)
}

/// What there is to an object, in the order in which a reader wants it.
fn object_blocks(module: &Module, object: &Object, lookup: &Lookup<'_>) -> Vec<Block> {
    let Lookup { examples, structs, homes, objects } = lookup;
    let mut blocks = vec![object::declaration(object, examples, structs)];
    if object.open {
        blocks.push(object::answer(object));
        return blocks;
    }
    blocks.extend(defaults::block(object));
    blocks.push(builder::block(object, structs, homes));
    blocks.extend(predicate::validity(object, objects));
    if let Some(page) = &object.page {
        blocks.push(request::page(module, object, page));
    }
    blocks
}

fn module_docs(module: &Module) -> String {
    match module.objects().find_map(|object| Some((object, object.page.as_ref()?))) {
        Some((object, page)) => format!("[`{}`]: the page [{}]({}).", object.name, page.slug, page.docs),
        None if module.description.is_empty() => format!("Definitions of spec/{}.", module.source),
        None => module.description.clone(),
    }
}

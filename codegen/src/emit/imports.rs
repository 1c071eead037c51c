//! The `use` lines of a module: the prelude of the runtime, and the types of other modules that its text mentions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::checked::{Module, SpecSet};
use crate::render::Block;

/// What all generated modules import.
const PRELUDE: &str = include_str!("../../../foxapi-models/src/runtime/prelude.rs");

/// The module of every named type.
pub(super) struct Homes<'m>(HashMap<&'m str, &'m Module>);

impl<'m> Homes<'m> {
    pub(super) fn of(specs: &'m SpecSet) -> Self {
        let homes = specs.modules.iter().flat_map(|module| {
            let enumerations = module.enumerations().map(|set| set.name.as_str());
            let objects = module.objects().map(|object| object.name.as_str());
            let unions = module.unions().map(|union| union.name.as_str());
            enumerations.chain(objects).chain(unions).map(move |name| (name, module))
        });
        Self(homes.collect())
    }
}

impl Homes<'_> {
    /// Whether a type of this name may be imported, so that nothing else should have the name.
    pub(super) fn knows(&self, name: &str) -> bool {
        let mut of_prelude = PRELUDE.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        self.0.contains_key(name) || of_prelude.any(|known| known == name)
    }
}

/// The module of a family.
pub(super) fn family_module(family: &str) -> String {
    family.replace('-', "_")
}

/// How a module names another one: a neighbour, or by where the crate offers its types, at its root or in a family.
fn path(from: &Module, to: &Module) -> String {
    match to.family() {
        _ if from.folder == to.folder => format!("super::{}", to.name),
        Some(family) => format!("crate::{}", family_module(family)),
        None => "crate".to_owned(),
    }
}

/// The `use` lines for a module with these blocks.
pub(super) fn of(homes: &Homes<'_>, module: &Module, blocks: &[Block]) -> String {
    let mut mentioned = BTreeSet::new();
    for block in blocks {
        let tokens = match block {
            Block::Tokens(tokens) => tokens.clone(),
            Block::Text(text) => text.parse().unwrap_or_default(),
        };
        collect(tokens, &mut mentioned);
    }
    let mut uses: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    uses.entry("crate::runtime::prelude".to_owned()).or_default().insert("*");
    for name in &mentioned {
        if let Some(home) = homes.0.get(name.as_str()).filter(|home| home.path() != module.path()) {
            uses.entry(path(module, home)).or_default().insert(name);
        }
    }
    uses.iter().map(|(path, names)| line(path, names.iter().copied())).collect::<String>() + "\n"
}

/// Collects the names that code mentions without a path, apart from those of an enumeration's variants.
fn collect(tokens: TokenStream, mentioned: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let before = |distance: usize| tokens.get(index.checked_sub(distance)?);
        let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == ':');
        match token {
            TokenTree::Group(variants) if matches!(before(2), Some(TokenTree::Ident(word)) if word == "enum") => {
                for variant in variants.stream() {
                    match variant {
                        TokenTree::Group(held) if held.delimiter() == Delimiter::Parenthesis => {
                            collect(held.stream(), mentioned);
                        }
                        _ => {}
                    }
                }
            }
            TokenTree::Group(group) => collect(group.stream(), mentioned),
            TokenTree::Ident(name) if !(is_colon(before(1)) && is_colon(before(2))) => {
                mentioned.insert(name.to_string());
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// A `use` line with sorted names, as rustfmt would write it.
pub(super) fn line<'n>(path: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    match names.as_slice() {
        [only] => format!("use {path}::{only};\n"),
        names => {
            let line = format!("use {path}::{{{}}};\n", names.join(", "));
            if line.len() <= 100 { line } else { format!("use {path}::{{\n{}}};\n", wrapped(names, 4)) }
        }
    }
}

/// Names followed by commas, in indented lines.
pub(super) fn wrapped(names: &[&str], indent: usize) -> String {
    let margin = " ".repeat(indent - 1);
    let mut lines = String::new();
    let mut line = margin.clone();
    for name in names {
        if line.len() + name.len() + 2 > 100 {
            lines.push_str(&line);
            lines.push('\n');
            line.clone_from(&margin);
        }
        line.push_str(&format!(" {name},"));
    }
    lines + &line + "\n"
}

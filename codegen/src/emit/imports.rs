//! The `use` lines of a module, for exactly what its text mentions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::checked::{Module, SpecSet};
use crate::render::Block;

/// Types that generated code may mention, by the path to import them from.
const TYPES: &[(&str, &[&str])] = &[
    ("std::collections", &["BTreeMap"]),
    ("serde_json", &["Map", "Value"]),
    ("crate", &["Endpoint", "Given", "IntoParameter", "PageSource"]),
    (RUNTIME, &["Facts"]),
];

/// The module with all functions and macros that generated code calls, apart from those that need no import.
const RUNTIME: &str = "crate::runtime";

/// Macros that need no import.
const PRELUDE: &[&str] = &["comment", "include_str", "matches"];

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
        self.0.contains_key(name) || TYPES.iter().any(|(_, names)| names.contains(&name))
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

/// The `use` lines for a module with these blocks, grouped in the usual way.
pub(super) fn of(homes: &Homes<'_>, module: &Module, blocks: &[Block]) -> String {
    let mut mentioned = BTreeSet::new();
    for block in blocks {
        match block {
            Block::Tokens(tokens) => collect(tokens.clone(), &mut mentioned),
            Block::Text(text) => {
                let mut inside = BTreeSet::new();
                collect(text.parse().unwrap_or_default(), &mut inside);
                // Whatever is called inside a macro is up to the macro.
                mentioned.extend(inside.into_iter().filter(|name| is_type(name)));
                mentioned.extend(text.split('!').next().map(str::to_owned));
            }
        }
    }
    let mut groups: [BTreeMap<String, BTreeSet<&str>>; 3] = Default::default();
    let [standard, external, internal] = &mut groups;
    for name in mentioned.iter().filter(|name| !is_type(name) && !PRELUDE.contains(&name.as_str())) {
        internal.entry(RUNTIME.to_owned()).or_default().insert(name);
    }
    for (path, names) in TYPES {
        let group = match *path {
            path if path.starts_with("std") => &mut *standard,
            path if path.starts_with("crate") => &mut *internal,
            _ => &mut *external,
        };
        for name in names.iter().copied().filter(|name| mentioned.contains(*name)) {
            group.entry((*path).to_owned()).or_default().insert(name);
        }
    }
    for name in &mentioned {
        if let Some(home) = homes.0.get(name.as_str()).filter(|home| home.path() != module.path()) {
            internal.entry(path(module, home)).or_default().insert(name);
        }
    }
    let groups = groups.iter().filter(|group| !group.is_empty());
    groups
        .map(|group| group.iter().map(|(path, names)| line(path, names.iter().copied())).collect::<String>() + "\n")
        .collect()
}

fn is_type(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Collects the types that code mentions without a path, and the functions and macros that it calls.
fn collect(tokens: TokenStream, mentioned: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let at = |index: Option<usize>| index.and_then(|index| tokens.get(index));
    let punctuation = |index: Option<usize>| match at(index) {
        Some(TokenTree::Punct(punctuation)) => Some(punctuation.as_char()),
        _ => None,
    };
    let word = |index: Option<usize>| match at(index) {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    };
    for (index, token) in tokens.iter().enumerate() {
        let (before, earlier) = (index.checked_sub(1), index.checked_sub(2));
        match token {
            // The variants of an enumeration are its own names.
            TokenTree::Group(variants) if word(earlier).as_deref() == Some("enum") => {
                for variant in variants.stream() {
                    match variant {
                        TokenTree::Group(held) if held.delimiter() == Delimiter::Parenthesis => {
                            collect(held.stream(), mentioned);
                        }
                        _ => {}
                    }
                }
            }
            // Attributes do not call anything.
            TokenTree::Group(_) if punctuation(before) == Some('#') => {}
            TokenTree::Group(group) => collect(group.stream(), mentioned),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let is_keyword = syn::parse_str::<syn::Ident>(&name).is_err();
                let called = if punctuation(Some(index + 1)) == Some('!') { index + 2 } else { index + 1 };
                let is_called = matches!(at(Some(called)), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                let is_method = punctuation(before) == Some('.') && punctuation(earlier) != Some('.');
                let is_part = punctuation(before) == Some(':') && punctuation(earlier) == Some(':');
                let is_defined = word(before).as_deref() == Some("fn");
                if !is_part && !is_method && !is_defined && !is_keyword && (is_type(&name) || is_called) {
                    mentioned.insert(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
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

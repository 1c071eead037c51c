//! Type names that are taken: those that the source of the crate mentions, with any feature.
//!
//! Generated code and the macros that it calls use these types without a path, so a type from the specs with such a
//! name would hide them, or be hidden.

use std::collections::HashSet;
use std::sync::OnceLock;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

macro_rules! sources {
    ($($file:literal),+ $(,)?) => {
        /// The files of the crate that generated code is compiled with, and those with types that users import.
        const SOURCES: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../../../foxapi-models/src/", $file)))),+];
    };
}

sources! {
    "catalogue.rs",
    "lib.rs",
    "request.rs",
    "runtime.rs",
    "runtime/answer.rs",
    "runtime/builder.rs",
    "runtime/by_model.rs",
    "runtime/by_model/id.rs",
    "runtime/by_model/model_first.rs",
    "runtime/by_model/models.rs",
    "runtime/check.rs",
    "runtime/conversions.rs",
    "runtime/enumeration.rs",
    "runtime/free.rs",
    "runtime/map.rs",
    "runtime/object.rs",
    "runtime/parameter.rs",
    "runtime/pattern.rs",
    "runtime/placeholder.rs",
    "runtime/prelude.rs",
    "runtime/prompt.rs",
    "runtime/requests.rs",
    "runtime/union.rs",
}

/// Whether the source mentions a type of this name.
pub(super) fn contains(name: &str) -> bool {
    static TAKEN: OnceLock<HashSet<String>> = OnceLock::new();
    let taken = TAKEN.get_or_init(|| {
        let mut names = HashSet::new();
        for (_, text) in SOURCES {
            collect(text.parse().unwrap_or_default(), &mut names);
        }
        names
    });
    taken.contains(name)
}

/// Collects everything written like a type, outside of tests.
fn collect(tokens: TokenStream, names: &mut HashSet<String>) {
    let mut is_test = false;
    let mut is_variable = false;
    for token in tokens {
        // Macro variables, such as `$Name`, are not names.
        let follows_dollar = std::mem::take(&mut is_variable);
        match token {
            TokenTree::Group(group) if is_attribute_of_tests(&group.stream()) => is_test = true,
            // More attributes may follow the first one, up to the braces that it applies to.
            TokenTree::Group(group) if is_test => is_test = group.delimiter() != Delimiter::Brace,
            TokenTree::Ident(_) if follows_dollar => {}
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                // A single letter is a type parameter, which hides only structs.
                if name.len() > 1 && name.starts_with(|first: char| first.is_ascii_uppercase()) {
                    names.insert(name);
                }
            }
            TokenTree::Punct(punctuation) => is_variable = punctuation.as_char() == '$',
            TokenTree::Literal(_) => {}
        }
    }
}

/// The tokens of `#[cfg(test)]` between its brackets.
fn is_attribute_of_tests(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    let is_cfg = matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "cfg");
    is_cfg && matches!(tokens.next(), Some(TokenTree::Group(group)) if group.stream().to_string() == "test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_crate_names_is_taken() {
        for name in ["Facts", "Option", "Vec", "Request", "Violation", "Client", "JsonSchema", "Given", "Properties"] {
            assert!(contains(name), "{name}");
        }
        for name in ["A", "Resolution", "Task", "Element", "VeoAspectRatio"] {
            assert!(!contains(name), "{name}");
        }
    }

    #[test]
    fn every_file_of_the_runtime_is_read() {
        let source = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../foxapi-models/src"));
        let (mut files, mut folders) = (Vec::new(), vec!["runtime".to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(source.join(&folder)).into_iter().flatten().flatten() {
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        let known: Vec<&str> = SOURCES.iter().map(|(file, _)| *file).filter(|file| file.contains('/')).collect();
        assert_eq!(files, known);
    }
}

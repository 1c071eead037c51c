//! Names: turns names on the wire into Rust names.

mod taken;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words that cannot be identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Methods of every builder, so setters cannot have these names.
const BUILDER_METHODS: &[&str] = &["build", "build_unchecked"];

/// Modules that a generated one would hide, or that are generated in addition to those of the specs.
const TAKEN_MODULES: &[&str] = &[
    "mod",
    "lib",
    "main",
    "core",
    "std",
    "alloc",
    "self",
    "super",
    "crate",
    "test",
    "serde",
    "serde_json",
    "conversions",
    "requests",
];

/// Modules and features of `foxapi-models` that a family would hide.
const TAKEN_FAMILIES: &[&str] = &[
    "blocking",
    "catalogue",
    "client",
    "default",
    "extra",
    "families",
    "generated",
    "journal",
    "native-tls",
    "read",
    "request",
    "results",
    "runtime",
    "rustls",
    "schemars",
    "tools",
    "tracing",
];

/// Whether the name of a folder of pages can be a module and a feature: `gpt-image`.
pub(crate) fn is_family(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(fits)
        && !TAKEN_FAMILIES.contains(&text)
        && is_free_module(text)
}

/// Whether a module may have this name.
pub(crate) fn is_free_module(name: &str) -> bool {
    !KEYWORDS.contains(&name) && !TAKEN_MODULES.contains(&name)
}

fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Whether a string can be the name of a type or variant: `UpperCamelCase`, letters first.
///
/// An underscore is allowed between digits, as in `V2_6`.
pub(crate) fn is_type_name(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let underscores_fit = letters.windows(3).all(|window| match window {
        [before, '_', after] => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => true,
    });
    is_identifier(text)
        && text != "Self"
        // A variant of this name would hide the list of all values.
        && text != "ALL"
        && underscores_fit
        && !text.ends_with('_')
        && letters.get(1) != Some(&'_')
        && text.starts_with(|first: char| first.is_ascii_uppercase())
}

pub(crate) fn is_taken_type(text: &str) -> bool {
    taken::contains(text)
}

/// Whether a struct would be hidden by a type parameter of the runtime.
pub(crate) fn is_taken_struct(text: &str) -> bool {
    text.len() == 1
}

/// The name of a type or variant derived from a text, if there is a good one.
pub(crate) fn type_name(text: &str) -> Option<String> {
    let plain = text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_ .".contains(letter));
    let name = text.to_upper_camel_case();
    (plain && is_type_name(&name)).then_some(name)
}

/// The name of a field derived from a property's name, if there is one.
pub(crate) fn field(property: &str) -> Option<String> {
    let plain = property.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.$ ".contains(letter));
    let name = property.to_snake_case();
    if !plain || !is_identifier(&name) {
        return None;
    }
    let is_taken = KEYWORDS.contains(&name.as_str()) || BUILDER_METHODS.contains(&name.as_str());
    Some(if is_taken { format!("{name}_") } else { name })
}

/// Whether a file can be referred to and makes a good module name: `kling-v3-text-to-video`.
pub(crate) fn is_file_stem(stem: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    stem.starts_with(fits) && stem.chars().all(|letter| fits(letter) || letter == '-' || letter == '.')
}

/// The name of a spec file's module.
pub(crate) fn module(stem: &str) -> String {
    let name: String = stem
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' })
        .collect();
    if !is_free_module(&name) || !is_identifier(&name) { format!("page_{name}") } else { name }
}

/// The name of a constant.
pub(crate) fn constant(prefix: &str, field: &str) -> String {
    format!("{prefix}_{}", field.to_shouty_snake_case())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_features_of_the_crate_are_no_families() {
        let root = include_str!("../../../foxapi-models/src/lib.rs");
        let modules =
            root.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
        let manifest = include_str!("../../../foxapi-models/Cargo.toml");
        let features =
            manifest.split("[features]\n").nth(1).and_then(|text| text.split("# A feature per family").next());
        let features = features.unwrap_or_default().lines().filter(|line| !line.starts_with('#'));
        let features = features.filter_map(|line| Some(line.split_once(" = ")?.0));
        let names: Vec<&str> = modules.chain(features).collect();
        assert!(names.contains(&"results") && names.contains(&"native-tls"), "{names:?}");
        for name in names {
            assert!(!is_family(name), "{name}");
        }
    }
}

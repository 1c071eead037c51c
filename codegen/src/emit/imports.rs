//! The `use` lines of a module: what its text mentions, and no more.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Model, Module};

/// Names that generated code may mention, by the path that they come from.
const NAMES: &[(&str, &[&str])] = &[
    ("std::marker", &["PhantomData"]),
    ("serde_json", &["Map", "Value"]),
    (
        "crate",
        &[
            "Difference",
            "Endpoint",
            "Given",
            "IntoParameter",
            "Missing",
            "Page",
            "Request",
            "Schema",
            "ValidationError",
        ],
    ),
    (
        "crate::runtime",
        &[
            "answer",
            "combined_max_items",
            "count",
            "enumeration",
            "exactly_one",
            "is_uri",
            "is_url",
            "max_length",
            "min_length",
            "object",
            "open_enumeration",
            "placeholder",
            "request",
            "sum_equals",
            "unique",
        ],
    ),
];

/// The `use` lines for a module with this text, grouped as people group them.
pub(super) fn of(model: &Model, module: &Module, body: &str) -> String {
    let code: String = body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut groups: [BTreeMap<String, BTreeSet<&str>>; 3] = Default::default();
    let [standard, external, internal] = &mut groups;
    for (path, names) in NAMES {
        let group = match *path {
            "std::marker" => &mut *standard,
            path if path.starts_with("crate") => &mut *internal,
            _ => &mut *external,
        };
        for name in names.iter().copied().filter(|name| mentions(&code, name)) {
            group.entry((*path).to_owned()).or_default().insert(name);
        }
    }
    for other in model.modules.iter().filter(|other| other.name != module.name) {
        let enumerations = other.enumerations().map(|set| set.name.as_str());
        let names = enumerations.chain(other.objects().map(|object| object.name.as_str()));
        for name in names.filter(|name| mentions(&code, name)) {
            internal.entry(format!("super::{}", other.name)).or_default().insert(name);
        }
    }
    let groups = groups.iter().filter(|group| !group.is_empty());
    groups.map(|group| group.iter().map(|(path, names)| line(path, names)).collect::<String>() + "\n").collect()
}

/// Whether code mentions a type, or calls a function or macro.
fn mentions(code: &str, name: &str) -> bool {
    let is_type = name.starts_with(|first: char| first.is_ascii_uppercase());
    let in_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    code.match_indices(name).any(|(start, _)| {
        let before = code.get(..start).unwrap_or_default();
        let after = code.get(start + name.len()..).unwrap_or_default();
        let is_whole = !before.ends_with(in_name) && !after.starts_with(in_name);
        let is_method = before.ends_with('.') && !before.ends_with("..");
        let is_call = after.starts_with(['(', '!']) && !is_method && !before.ends_with("fn ");
        is_whole && (is_type || is_call)
    })
}

fn line(path: &str, names: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = names.iter().copied().collect();
    match names.as_slice() {
        [only] => format!("use {path}::{only};\n"),
        names => {
            let line = format!("use {path}::{{{}}};\n", names.join(", "));
            if line.len() <= 100 { line } else { format!("use {path}::{{\n{}}};\n", wrapped(names)) }
        }
    }
}

fn wrapped(names: &[&str]) -> String {
    let mut lines = String::new();
    let mut line = String::from("   ");
    for name in names {
        if line.len() + name.len() + 2 > 100 {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("   ");
        }
        line.push_str(&format!(" {name},"));
    }
    lines + &line + "\n"
}

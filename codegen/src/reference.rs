//! `$ref`, of files as they are written.

use std::collections::HashMap;

use crate::raw::Node;

/// The spec files as they are written, by their names without folders.
pub(crate) type Files<'a> = HashMap<&'a str, &'a Node>;

/// A reference taken apart: the file (`None`: the same one) and the name under `$defs` (empty: the
/// whole file). Names that a JSON Pointer or a URI would have to escape are not worth the trouble.
pub(crate) fn parse(reference: &str) -> Option<(Option<&str>, &str)> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if reference.is_empty() || reference.contains([':', '~', '%', '?']) {
        return None;
    }
    let name = match fragment {
        "" => "",
        fragment => fragment.strip_prefix("/$defs/").filter(|name| !name.is_empty() && !name.contains('/'))?,
    };
    Some(((!file.is_empty()).then(|| file.strip_prefix("./").unwrap_or(file)), name))
}

/// What a reference in a file points to: the file, and what of it.
pub(crate) fn find<'a>(files: &Files<'a>, from: &'a Node, reference: &str) -> Option<(&'a Node, &'a Node)> {
    let (file, name) = parse(reference)?;
    let file = match file {
        Some(file) => files.get(file)?,
        None => from,
    };
    let node = if name.is_empty() { file } else { file.get("$defs")?.get(name)? };
    Some((file, node))
}

//! References in the frame of the OpenAPI document: to schemas of the specs, and to places in the frame.

use super::{BodyUnion, SCHEMAS};
use crate::diagnostic::Report;
use crate::export::definitions::SharedSchemas;
use crate::raw::{Node, Span, Value};
use crate::suggest::closest;

/// Checks that references lead to a schema of the specs, to the body of an operation, or to a place in the frame.
pub(super) fn check_references(
    root: &Node,
    shared: &SharedSchemas<'_>,
    unions: &[BodyUnion<'_>],
    report: &mut Report<'_>,
) {
    for (at, reference) in all(root) {
        let Some(name) = reference.strip_prefix(SCHEMAS) else {
            check_place(root, at, reference, report);
            continue;
        };
        let is_union = unions.iter().any(|union| union.name == name);
        if is_union && shared.contains(name) {
            report.error_with_help(
                at,
                format!("{name:?} is already a schema of the specs"),
                "give the body another name",
            );
        } else if !is_union && !shared.contains(name) {
            report.error_with_help(
                at,
                format!("no spec defines {name:?}"),
                "refer to a spec file or definition by its title, or to the body of an operation that pages are sent to",
            );
        }
    }
}

/// Checks that a reference that is not to a schema leads to something in the frame.
fn check_place(root: &Node, at: Span, reference: &str, report: &mut Report<'_>) {
    let Some(pointer) = reference.strip_prefix('#') else {
        return report.error_with_help(
            at,
            format!("{reference:?} is outside of the document"),
            "put it under \"components\", and refer to \"#/components/…\"",
        );
    };
    if place(root, pointer).is_some() {
        return;
    }
    let (owner, name) = pointer.rsplit_once('/').unwrap_or_default();
    let beside = place(root, owner).map_or(&[][..], Node::members).iter().map(|member| member.name.as_str());
    let help = match closest(name, beside) {
        Some(known) => format!("did you mean \"#{owner}/{known}\"?"),
        None => "refer to a part of the frame, such as one of its \"components\"".to_owned(),
    };
    report.error_with_help(at, format!("{reference:?} leads nowhere"), help);
}

/// The node that a JSON Pointer, written as a URI fragment, leads to.
fn place<'n>(root: &'n Node, pointer: &str) -> Option<&'n Node> {
    let pointer = decoded(pointer);
    if pointer.is_empty() || pointer.starts_with('/') { root.find(&pointer) } else { None }
}

/// Decodes a fragment: `%7B` and the like become characters. Plain braces are accepted, too.
fn decoded(fragment: &str) -> String {
    let mut rest = fragment.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((first, after)) = rest.split_first() {
        let octet = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match octet.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(octet) => {
                bytes.push(octet);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The schemas that a document refers to.
pub(super) fn references(node: &Node) -> impl Iterator<Item = &str> {
    all(node).into_iter().filter_map(|(_, reference)| reference.strip_prefix(SCHEMAS))
}

/// All references with their positions.
fn all(node: &Node) -> Vec<(Span, &str)> {
    match &node.value {
        Value::Array(items) => items.iter().flat_map(all).collect(),
        Value::Object(members) => {
            let found = members.iter().flat_map(|member| match member.node.as_str() {
                Some(reference) if member.name == "$ref" => vec![(member.node.at, reference)],
                _ => all(&member.node),
            });
            found.collect()
        }
        _ => Vec::new(),
    }
}

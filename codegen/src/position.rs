//! Positions of values in a spec file, for messages that point there.

use std::collections::BTreeMap;

use crate::Source;
use crate::diagnostic::{Report, Span};
use crate::raw::{self, Node, Value};

/// A place in a spec file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Position {
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1 in Unicode code points.
    pub column: usize,
}

/// The positions of the members and items of a spec file, by JSON Pointer. A member's position is that of its name.
///
/// Only the root has a position if the file is not valid JSON; [`check`](crate::check) reports what is wrong with it.
pub fn positions(source: &Source) -> BTreeMap<String, Position> {
    let sources = std::slice::from_ref(source);
    let mut report = Report::new(sources);
    let mut found = BTreeMap::from([(String::new(), Position { line: 1, column: 1 })]);
    if let Some(root) = raw::read(0, source, &mut report) {
        collect(&root, "", &report, &mut found);
    }
    found
}

fn collect(node: &Node, pointer: &str, report: &Report<'_>, found: &mut BTreeMap<String, Position>) {
    let mut add = |pointer: &str, at: Span| {
        let (_, line, column) = report.locate(at);
        found.insert(pointer.to_owned(), Position { line, column });
    };
    let mut inner = Vec::new();
    match &node.value {
        Value::Object(members) => {
            for member in members {
                let pointer = format!("{pointer}/{}", member.name.replace('~', "~0").replace('/', "~1"));
                add(&pointer, member.at);
                inner.push((pointer, &member.node));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                add(&pointer, item.at);
                inner.push((pointer, item));
            }
        }
        _ => {}
    }
    for (pointer, node) in inner {
        collect(node, &pointer, report, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_are_found_by_their_pointer() {
        let source = Source::new("a.json", "{\n  \"é\": 1, \"a/b\": [\n    true\n  ]\n}");
        let found = positions(&source);
        let at = |pointer: &str| found.get(pointer).map(|at| (at.line, at.column));
        assert_eq!(at(""), Some((1, 1)));
        assert_eq!(at("/é"), Some((2, 3)));
        assert_eq!(at("/a~1b"), Some((2, 11)));
        assert_eq!(at("/a~1b/0"), Some((3, 5)));
        assert_eq!(at("/c"), None);
    }

    #[test]
    fn what_is_no_json_has_a_root_alone() {
        assert_eq!(positions(&Source::new("a.json", "{")).len(), 1);
    }
}

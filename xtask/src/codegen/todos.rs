//! Finds open TODOs in the specs, which `codegen --check` refuses so that no draft is merged.

use foxapi_codegen::Source;
use foxapi_codegen::raw::Node;

/// The comments that begin with `TODO`, with their positions.
pub(crate) fn todos(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        source.json().iter().for_each(|root| collect(root, source.path(), &mut found));
    }
    found
}

fn collect(node: &Node, path: &str, found: &mut Vec<String>) {
    node.items().iter().for_each(|item| collect(item, path, found));
    for member in node.members() {
        match member.node.as_str().filter(|text| text.trim_start().starts_with("TODO")) {
            Some(todo) if member.name == "$comment" => {
                found.push(format!("{path}:{}:{}: {todo}", member.at.line, member.at.column));
            }
            _ => collect(&member.node, path, found),
        }
    }
}

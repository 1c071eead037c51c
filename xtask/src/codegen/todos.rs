//! Finds open TODOs in the specs, which `codegen --check` refuses so that no draft is merged.

use foxapi_codegen::{Source, positions};
use serde_json::Value as Json;

/// The comments that begin with `TODO`, with their positions.
pub(crate) fn todos(sources: &[Source]) -> Vec<String> {
    sources.iter().flat_map(of_source).collect()
}

fn of_source(source: &Source) -> Vec<String> {
    let mut pointers = Vec::new();
    let root: Json = serde_json::from_slice(source.bytes()).unwrap_or_default();
    collect(&root, "", &mut pointers);
    let positions = positions(source);
    let place = |(pointer, todo): (String, String)| {
        let at = positions.get(&pointer).map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        (at.clone(), format!("{}{at}: {todo}", source.path()))
    };
    let mut found: Vec<(String, String)> = pointers.into_iter().map(place).collect();
    found.sort_by_key(|(at, _)| at.split(':').nth(1).and_then(|line| line.parse::<usize>().ok()));
    found.into_iter().map(|(_, todo)| todo).collect()
}

fn collect(value: &Json, pointer: &str, found: &mut Vec<(String, String)>) {
    match value {
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| collect(item, &format!("{pointer}/{at}"), found));
        }
        Json::Object(members) => {
            for (name, value) in members {
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                match value.as_str() {
                    Some(text) if name == "$comment" && text.trim_start().starts_with("TODO") => {
                        found.push((pointer, text.to_owned()));
                    }
                    _ => collect(value, &pointer, found),
                }
            }
        }
        _ => {}
    }
}

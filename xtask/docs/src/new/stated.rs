//! What the schema of a page states beyond the fields of its parameters: carried over where the generator takes it.

use foxapi_codegen::{KEYWORDS, Source, check};

use crate::capture::{mentioned, rule};
use crate::draft::{Json, Object};
use crate::page::Keyword;

/// Adds each keyword to the schema that its pointer leads to, or a TODO; gives how many TODOs that makes.
pub(super) fn carry(
    spec: &mut Object,
    stated: &[(String, Keyword)],
    file: impl Fn(String) -> Source,
    shared: &[Source],
) -> usize {
    let faults = |spec: &Object| {
        let file = file(Json::from(spec.clone()).to_file());
        check(&[shared, &[file]].concat()).err().map_or(0, |found| found.len())
    };
    let mut todos = 0;
    let mut before = if stated.is_empty() { 0 } else { faults(spec) };
    for (pointer, keyword) in stated {
        let about = mentioned(&rule(keyword).value);
        let mut with = spec.clone();
        let is_added = at(&mut with, pointer).is_some_and(|schema| match about.as_slice() {
            [] => add(schema, keyword),
            about => add_rule(schema, keyword, about),
        });
        let after = if is_added && KEYWORDS.contains(&keyword.name.as_str()) { faults(&with) } else { usize::MAX };
        todos += usize::from(after > before || !about.is_empty());
        if after <= before {
            (*spec, before) = (with, after);
        } else if let Some(schema) = at(spec, pointer) {
            let todo = format!("TODO: the page's schema says {}, which is not in here", rule(keyword).value);
            let comment = schema.text("$comment").map_or_else(|| todo.clone(), |known| format!("{known}; {todo}"));
            schema.set_first("$comment", comment);
        }
    }
    todos
}

/// The schema that a pointer leads to.
fn at<'a>(spec: &'a mut Object, pointer: &str) -> Option<&'a mut Object> {
    pointer.split('/').skip(1).try_fold(spec, |schema, name| schema.get_mut(name)?.as_object_mut())
}

/// Adds a keyword before the properties, unless it is there.
fn add(schema: &mut Object, keyword: &Keyword) -> bool {
    let is_free = !schema.contains(&keyword.name);
    if is_free {
        schema.insert_before("properties", &keyword.name, Json::of_value(&keyword.value));
    }
    is_free
}

/// Adds what relates properties to each other as one more rule, which needs a sentence.
fn add_rule(schema: &mut Object, keyword: &Keyword, about: &[String]) -> bool {
    let names: Vec<String> = about.iter().map(|name| format!("`{name}`")).collect();
    let mut branch = Object::new()
        .with("$comment", "TODO: the page's schema states this; say it in words")
        .with("description", format!("A rule about {}.", names.join(", ")));
    if let Json::Object(members) = Json::of_value(&rule(keyword).value) {
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort_by_key(|(name, _)| ["if", "then", "else"].iter().position(|it| it == name));
        branch.extend(members);
    }
    match schema.get_mut("allOf") {
        Some(Json::Array(rules)) => rules.push(branch.into()),
        _ => schema.insert_before("$defs", "allOf", Json::from(vec![branch])),
    }
    true
}

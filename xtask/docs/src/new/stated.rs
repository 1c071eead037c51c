//! What the schema of a page states beyond the fields of its parameters: carried over where the generator takes it.

use foxapi_codegen::{KEYWORDS, Source, check};
use foxapi_schema::words::names;

use crate::capture::mentioned;
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
        let about = mentioned(&keyword.value);
        let mut with = spec.clone();
        let is_added = at(&mut with, pointer).is_some_and(|schema| add(schema, keyword, &about));
        let after = if is_added && KEYWORDS.contains(&keyword.name.as_str()) { faults(&with) } else { usize::MAX };
        todos += usize::from(after > before || !about.is_empty());
        if after <= before {
            (*spec, before) = (with, after);
        } else if let Some(schema) = at(spec, pointer) {
            let todo = format!("TODO: the page's schema says {}, which is not in here", keyword.schema());
            let known = schema.text("$comment").map(|known| format!("{known}; "));
            schema.set_first("$comment", known.unwrap_or_default() + &todo);
        }
    }
    todos
}

/// The schema that a pointer leads to.
fn at<'a>(spec: &'a mut Object, pointer: &str) -> Option<&'a mut Object> {
    pointer.split('/').skip(1).try_fold(spec, |schema, name| schema.get_mut(name)?.as_object_mut())
}

/// Adds a keyword before the properties, unless it is there; what relates properties to each other is one more rule,
/// which needs a sentence.
fn add(schema: &mut Object, keyword: &Keyword, about: &[String]) -> bool {
    let Json::Object(stated) = Json::of_value(&keyword.schema()) else { return false };
    let mut members: Vec<(String, Json)> = stated.into_iter().collect();
    if about.is_empty() {
        let is_free = members.iter().all(|(name, _)| !schema.contains(name));
        let added = members.into_iter().filter(|_| is_free);
        added.for_each(|(name, value)| schema.insert_before("properties", &name, value));
        return is_free;
    }
    members.sort_by_key(|(name, _)| ["if", "then", "else"].iter().position(|it| it == name));
    let mut rule = Object::new()
        .with("$comment", "TODO: the page's schema states this; say it in words")
        .with("description", format!("A rule about {}.", names(about)));
    rule.extend(members);
    match schema.get_mut("allOf") {
        Some(Json::Array(rules)) => rules.push(rule.into()),
        _ => schema.insert_before("$defs", "allOf", Json::from(vec![rule])),
    }
    true
}

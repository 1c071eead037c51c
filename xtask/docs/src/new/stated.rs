//! What the schema of a page states of the request as a whole, or of an object in it: carried over where the generator
//! takes it.

use foxapi_codegen::{KEYWORDS, Source, check};
use serde_json::Value;

use crate::{
    capture::{mentioned, rule},
    draft::Json,
    page::Keyword,
};

/// Adds keywords to the request, or to an object under `$defs`; gives how many TODOs they left.
pub(super) fn carry(
    mut spec: Json,
    stated: Vec<(Option<String>, Keyword)>,
    shown: &str,
    name: &str,
    sources: &[Source],
) -> (Json, usize) {
    let faults = |spec: &Json| {
        let sources: Vec<Source> =
            sources.iter().cloned().chain([Source::within(shown, name, spec.to_file())]).collect();
        check(&sources).err().map_or(0, |found| found.len())
    };
    let todos = stated.len();
    let mut before = if stated.is_empty() { 0 } else { faults(&spec) };
    for (object, keyword) in stated {
        let with = with_keyword(&spec, object.as_deref(), &keyword);
        let after = faults(&with);
        if after <= before && KEYWORDS.contains(&keyword.name.as_str()) {
            (spec, before) = (with, after);
        } else {
            let about = object.map_or_else(|| "the request".to_owned(), |name| format!("`{name}`"));
            let value = rule(&keyword).value;
            comment(&mut spec, &format!("TODO: the page's schema says {value} of {about}, which is not in here"));
        }
    }
    (spec, todos)
}

/// The spec with one more keyword; what relates properties to each other is one more branch of `allOf`.
fn with_keyword(spec: &Json, object: Option<&str>, keyword: &Keyword) -> Json {
    let mut spec = spec.clone();
    let target = match object {
        Some(name) => member(&mut spec, "$defs").and_then(|it| member(it, name)),
        None => Some(&mut spec),
    };
    let Some(Json::Object(members)) = target else { return spec };
    let about = mentioned(&rule(keyword).value);
    if about.is_empty() {
        let place = members.iter().position(|(name, _)| name == "properties").unwrap_or(members.len());
        members.insert(place, (keyword.name.clone(), keyword.value.clone().into()));
        return spec;
    }
    let branch = branch(keyword, &about);
    match members.iter_mut().find(|(name, _)| name == "allOf") {
        Some((_, Json::Array(rules))) => rules.push(branch),
        _ => {
            let place = members.iter().position(|(name, _)| name == "$defs").unwrap_or(members.len());
            members.insert(place, ("allOf".to_owned(), Json::Array(vec![branch])));
        }
    }
    spec
}

fn member<'a>(object: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    match object {
        Json::Object(members) => members.iter_mut().find(|(it, _)| it == name).map(|(_, value)| value),
        _ => None,
    }
}

/// A rule, which needs a sentence.
fn branch(keyword: &Keyword, about: &[String]) -> Json {
    let names: Vec<String> = about.iter().map(|name| format!("`{name}`")).collect();
    let mut branch = vec![
        ("$comment".to_owned(), Json::text("TODO: the page's schema states this; say it in words")),
        ("description".to_owned(), Json::text(format!("A rule about {}.", names.join(", ")))),
    ];
    if let Json::Object(mut members) = Json::from(rule(keyword).value) {
        let place = |name: &str| ["if", "then", "else"].iter().position(|it| *it == name);
        members.sort_by_key(|(name, _)| place(name));
        branch.extend(members);
    }
    Json::Object(branch)
}

/// Adds to the comment of the spec.
fn comment(spec: &mut Json, more: &str) {
    if let Some(Json::Value(Value::String(text))) = member(spec, "$comment") {
        text.push_str("; ");
        text.push_str(more);
    }
}

//! Which of the parameters that a text lists one after another are properties of another one.
//!
//! Most pages say it in the name: `elements.video_url`. Others list the properties after the parameter that has them,
//! under their own names only; then examples, repeated names and the top level of a request tell them apart.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use crate::page::{Body, Parameter, ValueKind};
use crate::problem::{Problem, SEVERAL_PAGES};

/// The maximum number of properties of an object on a page.
const MOST_PROPERTIES: usize = 60;

/// A parameter as the text has it.
pub(crate) struct Listed {
    pub(crate) parameter: Parameter,
    /// Whether the page says that the properties follow.
    pub(crate) opens: bool,
}

/// Puts parameters where they belong, and says which places are guesses. No place may have two.
pub(crate) fn nest(listed: &[Listed], bodies: &[Body]) -> Result<(Vec<Parameter>, Vec<String>), Problem> {
    let (mut request, mut guesses) = (Parameter::default(), Vec::new());
    let twice = |it: &Parameter| {
        let message = format!("the parameter `{}` appears here a second time", it.name);
        Problem::at(it.line, message, SEVERAL_PAGES)
    };
    let mut at = 0;
    while let Some(Listed { parameter, .. }) = listed.get(at) {
        let following = listed.get(at..).unwrap_or_default();
        let (count, is_guess) = children(following, &request.children, bodies);
        let own = following.get(1..=count).unwrap_or_default().iter().map(|it| &it.parameter);
        let (name, line) = (&parameter.name, parameter.line);
        if is_guess {
            let names: Vec<String> = own.clone().map(|it| format!("`{}`", it.name)).collect();
            guesses.push(format!(
                "whether {} are properties of `{name}` (line {line}): the page lists them after it, without its name",
                names.join(", ")
            ));
        }
        let mut parent = parameter.clone();
        for child in own {
            insert(&mut parent, child.clone(), &child.name).ok_or_else(|| twice(child))?;
        }
        insert(&mut request, parent, name).ok_or_else(|| twice(parameter))?;
        at += count + 1;
    }
    request.children.iter_mut().for_each(unfold);
    Ok((request.children, guesses))
}

/// A type that has only a name is an object, or a list of objects, if its properties are shown.
fn unfold(parameter: &mut Parameter) {
    if let (Some(ValueKind::Other(name)), false) = (&parameter.kind, parameter.children.is_empty()) {
        let is_list = name.ends_with("[]") || name.to_lowercase().starts_with("list<");
        parameter.kind =
            Some(if is_list { ValueKind::Array(Some(Box::new(ValueKind::Object))) } else { ValueKind::Object });
    }
    parameter.children.iter_mut().for_each(unfold);
}

/// How many of those that follow the first are its properties, and whether that is a guess.
fn children(listed: &[Listed], before: &[Parameter], bodies: &[Body]) -> (usize, bool) {
    let Some((Listed { parameter, opens }, following)) = listed.split_first() else { return (0, false) };
    let is_object = match &parameter.kind {
        Some(ValueKind::Object) | Some(ValueKind::Array(None)) | Some(ValueKind::Other(_)) => true,
        Some(ValueKind::Array(Some(item))) => matches!(**item, ValueKind::Object | ValueKind::Other(_)),
        _ => false,
    };
    let prefix = format!("{}.", parameter.name.trim_end_matches("[]"));
    let is_prefixed = following
        .first()
        .is_some_and(|next| next.parameter.name.starts_with(&prefix) || next.parameter.name.contains("[]."));
    if !is_object || is_prefixed || parameter.name.contains('.') {
        return (0, false);
    }
    let shown = shown_keys(parameter, bodies);
    let on_top = |name: &str| bodies.iter().any(|body| body.value.get(name).is_some());
    let is_known = |name: &str| before.iter().any(|it| it.name == name);
    let mut count = 0;
    let mut candidates = 0;
    for (at, Listed { parameter: next, .. }) in following.iter().enumerate().take(MOST_PROPERTIES) {
        let name = next.name.as_str();
        // A name that was not listed yet, but is at the top level of a request, belongs to the request.
        if name == "model" || name.contains('.') || on_top(name) && !is_known(name) && !shown.contains(name) {
            break;
        }
        let is_shown = shown.contains(name) && (*opens || is_known(name) || !on_top(name));
        if is_shown || is_known(name) {
            count = at + 1;
        }
        candidates = at + 1;
    }
    match (count, *opens) {
        (0, true) => (candidates, candidates > 0),
        (count, _) => (count, count > shown.len()),
    }
}

/// The names in an example of the parameter.
fn shown_keys(parameter: &Parameter, bodies: &[Body]) -> BTreeSet<String> {
    let in_bodies = bodies.iter().filter_map(|body| body.value.get(&parameter.name));
    let examples = parameter.examples.iter().map(|example| &example.value).chain(in_bodies);
    let objects = examples.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    objects.filter_map(JsonValue::as_object).flat_map(|it| it.keys().cloned()).collect()
}

/// Puts a parameter where its name says, unless one is already there: `elements.video_url` belongs to `elements`.
fn insert(parent: &mut Parameter, mut parameter: Parameter, name: &str) -> Option<()> {
    if let Some((first, rest)) = name.split_once('.') {
        // An object that the page does not list itself exists nevertheless.
        let object = parent.child(first.trim_end_matches("[]"), parameter.line)?;
        object.kind.get_or_insert(ValueKind::Object);
        return insert(object, parameter, rest);
    }
    name.trim_end_matches("[]").clone_into(&mut parameter.name);
    let is_new = parent.children.iter().all(|other| other.name != parameter.name);
    is_new.then(|| parent.children.push(parameter))
}

#[cfg(test)]
mod tests;

//! Which of the parameters that a text lists one after the other are properties of another one.
//!
//! Most pages say it in the name: `elements.video_url`. Others list the properties after the parameter that has them,
//! by their own names alone; then examples, repeated names and what a request has on top tell them apart.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::page::{At, Body, Kind, Parameter};

/// Properties that an object of a page may have.
const MOST_PROPERTIES: usize = 60;

/// A parameter as the text has it.
pub(crate) struct Listed {
    pub(crate) parameter: Parameter,
    /// The page says that the properties follow.
    pub(crate) opens: bool,
}

/// What stands where, and what of it is a guess.
pub(crate) struct Nested {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) guesses: Vec<String>,
}

/// Puts parameters where they belong; gives the one that stands there twice, if one does.
pub(crate) fn nest(listed: &[Listed], bodies: &[Body]) -> Result<Nested, At<String>> {
    let mut nested = Nested { parameters: Vec::new(), guesses: Vec::new() };
    let mut at = 0;
    while let Some(Listed { parameter, .. }) = listed.get(at) {
        let following = listed.get(at..).unwrap_or_default();
        let (count, is_guess) = children(following, &nested.parameters, bodies);
        let mut parent = parameter.clone();
        let (name, line) = (parent.name.clone(), parent.line);
        let own = following.get(1..=count).unwrap_or_default();
        if is_guess {
            let names: Vec<String> = own.iter().map(|it| format!("`{}`", it.parameter.name)).collect();
            nested.guesses.push(format!(
                "whether {} are properties of `{name}` (line {line}): the page lists them after it, without its name",
                names.join(", ")
            ));
        }
        for child in own {
            let own_name = child.parameter.name.clone();
            if !insert(&mut parent.children, child.parameter.clone(), &own_name) {
                return Err(At::new(child.parameter.line, child.parameter.name.clone()));
            }
        }
        if !insert(&mut nested.parameters, parent, &name) {
            return Err(At::new(parameter.line, parameter.name.clone()));
        }
        at += count + 1;
    }
    nested.parameters.iter_mut().for_each(unfold);
    for parameter in &nested.parameters {
        let is_listed = listed.iter().any(|it| it.parameter.name.trim_end_matches("[]") == parameter.name);
        if !is_listed {
            let (name, line) = (&parameter.name, parameter.line);
            nested.guesses.push(format!("`{name}` itself: the page lists its properties alone (line {line})"));
        }
    }
    Ok(nested)
}

/// A type that has only a name is an object, or a list of objects, where its properties are shown.
fn unfold(parameter: &mut Parameter) {
    if let (Some(Kind::Other(name)), false) = (&parameter.kind, parameter.children.is_empty()) {
        let is_list = name.ends_with("[]") || name.to_lowercase().starts_with("list<");
        parameter.kind = Some(if is_list { Kind::Array(Some(Box::new(Kind::Object))) } else { Kind::Object });
    }
    parameter.children.iter_mut().for_each(unfold);
}

/// How many of those that follow the first are its properties, and whether that is a guess.
fn children(listed: &[Listed], before: &[Parameter], bodies: &[Body]) -> (usize, bool) {
    let Some((Listed { parameter, opens }, following)) = listed.split_first() else { return (0, false) };
    let is_object = match &parameter.kind {
        Some(Kind::Object) | Some(Kind::Array(None)) | Some(Kind::Other(_)) => true,
        Some(Kind::Array(Some(item))) => matches!(**item, Kind::Object | Kind::Other(_)),
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
        // A name that stands on top of a request and was not listed yet is one of the request.
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

/// The names that an example of the parameter has.
fn shown_keys(parameter: &Parameter, bodies: &[Body]) -> BTreeSet<String> {
    let in_bodies = bodies.iter().filter_map(|body| body.value.get(&parameter.name));
    let examples = parameter.examples.iter().map(|example| &example.value).chain(in_bodies);
    let objects = examples.flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
    objects.filter_map(Json::as_object).flat_map(|it| it.keys().cloned()).collect()
}

/// Puts a parameter where its name says: `elements.video_url` is a property of `elements`.
///
/// Gives false where there is one of that name already.
fn insert(parameters: &mut Vec<Parameter>, mut parameter: Parameter, name: &str) -> bool {
    if let Some((first, rest)) = name.split_once('.') {
        let first = first.trim_end_matches("[]");
        // An object that the page does not list by itself is there all the same.
        let at = parameters.iter().position(|parent| parent.name == first).unwrap_or_else(|| {
            let kind = Some(Kind::Object);
            parameters.push(Parameter { name: first.to_owned(), line: parameter.line, kind, ..Parameter::default() });
            parameters.len() - 1
        });
        return parameters.get_mut(at).is_some_and(|parent| insert(&mut parent.children, parameter, rest));
    }
    name.trim_end_matches("[]").clone_into(&mut parameter.name);
    if parameters.iter().any(|other| other.name == parameter.name) {
        return false;
    }
    parameters.push(parameter);
    true
}

#[cfg(test)]
mod tests;

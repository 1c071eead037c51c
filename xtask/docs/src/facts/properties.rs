//! The parameters of a request, or the properties of one: which there are, in which order, and what is in them.

use super::{differ as parameter_differs, limits_and_keywords_differ};
use crate::comparison::Comparer;
use crate::finding::Topic;
use crate::page::{Keyword, Kind, Mark, Parameter};
use crate::sentences::ITEMS;

/// Compares parameters, or the properties of one.
pub(crate) fn differ(comparer: &mut Comparer<'_>, of_page: &[Parameter], of_spec: &[Parameter], above: &str) {
    for parameter in of_page {
        let pointer = format!("{above}/{}", parameter.name);
        let (name, line) = (&parameter.name, parameter.line);
        match of_spec.iter().find(|other| other.name == *name) {
            Some(other) => parameter_differs(comparer, parameter, other, &pointer),
            None if parameter.is_marked(Mark::ReadOnly) => {
                comparer.skip(format!("`{name}` (line {line}): read-only, not part of a request"));
            }
            None => {
                let names: Vec<_> = of_spec.iter().map(|it| it.name.as_str()).collect();
                let message = format!("the spec has no `{name}`; it has {}", names.join(", "));
                comparer.find(Topic::MissingInSpec, &pointer, "", line, message);
            }
        }
    }
    // Where it is missing: after what stands before it in the spec.
    let mut before = of_page.first().map_or(1, |parameter| parameter.line);
    for parameter in of_spec {
        match of_page.iter().find(|other| other.name == parameter.name) {
            Some(there) => before = there.line,
            None => {
                let pointer = format!("{above}/{}", parameter.name);
                let message = format!("the page has no `{}`", parameter.name);
                comparer.find(Topic::MissingOnPage, &pointer, "", before, message);
            }
        }
    }
    order(comparer, of_page, of_spec, above);
}

fn order(comparer: &mut Comparer<'_>, of_page: &[Parameter], of_spec: &[Parameter], above: &str) {
    let in_spec: Vec<&str> = of_spec.iter().map(|parameter| parameter.name.as_str()).collect();
    let on_page: Vec<&str> = of_page.iter().map(|it| it.name.as_str()).filter(|name| in_spec.contains(name)).collect();
    let in_spec: Vec<&str> = in_spec.into_iter().filter(|name| on_page.contains(name)).collect();
    for name in displaced(&on_page, &in_spec) {
        let line = of_page.iter().find(|parameter| parameter.name == name).map_or(1, |parameter| parameter.line);
        let place = |names: &[&str]| {
            let at = names.iter().position(|other| *other == name)?;
            Some(format!("after `{}`", names.get(at.checked_sub(1)?)?))
        };
        let first = || "first".to_owned();
        let (on_page, in_spec) = (place(&on_page).unwrap_or_else(first), place(&in_spec).unwrap_or_else(first));
        let message = format!("`{name}` comes {on_page} on the page and {in_spec} in the spec");
        comparer.find(Topic::Order, &format!("{above}/{name}"), "", line, message);
    }
}

/// Of names in another order than is wanted, the fewest whose moving mends it; both have the same names.
fn displaced<'a>(actual: &[&'a str], wanted: &[&str]) -> Vec<&'a str> {
    let places: Vec<_> = actual.iter().map(|name| wanted.iter().position(|other| other == name)).collect();
    // The longest run of names that keep their order: for each name, the best run that ends with it.
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let before = runs.iter().filter(|run| run.last().and_then(|last| places.get(*last)) < Some(place));
        // Of runs of one length the first.
        let best = before.rev().max_by_key(|run| run.len()).cloned().unwrap_or_default();
        runs.push([best, vec![at]].concat());
    }
    let kept = runs.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
    actual.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, name)| *name).collect()
}

/// Compares what is in a parameter: its items and its properties.
pub(super) fn differ_within(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    items(comparer, of_page, of_spec, pointer);
    match (of_page.children.is_empty(), of_spec.children.is_empty()) {
        (true, false) => comparer.skip(format!("the properties of `{}`: the page does not show them", of_page.name)),
        (false, true) if of_spec.kind == Some(Kind::Object) => {
            let message = format!("the page shows properties of `{}`, the spec has none", of_page.name);
            comparer.find(Topic::Type, pointer, "", of_page.line, message);
        }
        (false, false) => differ(comparer, &of_page.children, &of_spec.children, pointer),
        _ => {}
    }
}

/// What is said of each item of a list.
fn items(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let none = Parameter::default();
    let of_spec = of_spec.item.as_deref().unwrap_or(&none);
    let Some(item) = of_page.item.as_deref() else {
        let is_shown = |keyword: &Keyword| keyword.name == "additionalProperties";
        if !of_spec.limits.is_empty() || !of_spec.keywords.iter().all(is_shown) {
            comparer.skip(format!("what the spec says of each item of `{}`: the page does not show it", of_page.name));
        }
        return;
    };
    let pointer = format!("{pointer}/{ITEMS}");
    if item.kind.is_some() && item.nullable != of_spec.nullable {
        let message = match item.nullable {
            true => "items may be null on the page, not in the spec",
            false => "items may be null in the spec, not on the page",
        };
        comparer.find(Topic::Null, &pointer, "type", of_page.line, message.to_owned());
    }
    let item = Parameter { name: format!("{} items", of_page.name), line: of_page.line, ..item.clone() };
    limits_and_keywords_differ(comparer, &item, of_spec, &pointer);
}

#[cfg(test)]
mod tests;

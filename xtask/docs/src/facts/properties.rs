//! The parameters of a request, or the properties of one: which ones exist, and in which order.

use super::marks::is_sent;
use crate::comparison::Comparer;
use crate::finding::Topic;
use crate::page::{Parameter, ValueKind};

/// Compares which ones exist.
pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &[Parameter], of_spec: &[Parameter], above: &str) {
    let names: Vec<_> = of_spec.iter().map(|it| it.name.as_str()).collect();
    for parameter in of_page.iter().filter(|it| !names.contains(&it.name.as_str())) {
        let (name, line) = (&parameter.name, parameter.line);
        if is_sent(&parameter) {
            let message = format!("the spec has no `{name}`; it has {}", names.join(", "));
            comparer.find(Topic::MissingInSpec, &format!("{above}/{name}"), "", line, message);
        } else {
            comparer.skip(format!("`{name}` (line {line}): read-only, not part of a request"));
        }
    }
    // Where it is missing: after what precedes it in the spec.
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

/// The fewest names to move to get the wanted order; both lists have the same names.
fn displaced<'a>(actual: &[&'a str], wanted: &[&str]) -> Vec<&'a str> {
    let places: Vec<_> = actual.iter().map(|name| wanted.iter().position(|other| other == name)).collect();
    // The longest run of names that keep their order: for each name, the best run that ends with it.
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let before = runs.iter().filter(|run| run.last().and_then(|last| places.get(*last)) < Some(place));
        // Of runs of the same length, the first one.
        let best = before.rev().max_by_key(|run| run.len()).cloned().unwrap_or_default();
        runs.push([best, vec![at]].concat());
    }
    let kept = runs.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
    actual.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, name)| *name).collect()
}

/// Whether both sides show properties, so that they can be compared.
pub(super) fn are_shown(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) -> bool {
    match (of_page.children.is_empty(), of_spec.children.is_empty()) {
        (true, false) => comparer.skip(format!("the properties of `{}`: the page does not show them", of_page.name)),
        (false, true) if of_spec.kind == Some(ValueKind::Object) => {
            let message = format!("the page shows properties of `{}`; the spec has none", of_page.name);
            comparer.find(Topic::Type, pointer, "", of_page.line, message);
        }
        _ => {}
    }
    !of_page.children.is_empty() && !of_spec.children.is_empty()
}

#[cfg(test)]
mod tests;

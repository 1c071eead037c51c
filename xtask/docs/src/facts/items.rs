//! What is said about each item of a list.

use crate::comparison::Comparer;
use crate::finding::Topic;
use crate::page::{ITEMS, Parameter, RawKeyword};

/// Compares what only items have, and returns an item of each side for the rest; `None`: the page shows none.
pub(super) fn differ(
    comparer: &mut Comparer<'_>,
    of_page: &Parameter,
    of_spec: &Parameter,
    pointer: &str,
) -> Option<(Parameter, Parameter)> {
    let of_spec = of_spec.item.as_deref().cloned().unwrap_or_default();
    let Some(item) = of_page.item.as_deref() else {
        let is_shown = |keyword: &RawKeyword| keyword.name == "additionalProperties";
        if !of_spec.limits.is_empty() || !of_spec.keywords.iter().all(is_shown) {
            comparer.skip(format!("what the spec says of each item of `{}`: the page does not show it", of_page.name));
        }
        return None;
    };
    if item.kind.is_some() && item.nullable != of_spec.nullable {
        let message = match item.nullable {
            true => "items may be null on the page, not in the spec",
            false => "items may be null in the spec, not on the page",
        };
        comparer.find(Topic::Null, &format!("{pointer}/{ITEMS}"), "type", of_page.line, message.to_owned());
    }
    Some((Parameter { name: format!("{} items", of_page.name), line: of_page.line, ..item.clone() }, of_spec))
}

//! The values that a parameter may have.

use serde_json::Value as JsonValue;

use crate::comparison::Comparer;
use crate::finding::Topic;
use crate::page::{Parameter, ValueKind, lists};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    // Models are compared separately; true and false are the only values.
    let is_all = [true, false].iter().all(|flag| lists(&of_page.options, &(*flag).into()));
    let is_flag = of_spec.kind == Some(ValueKind::Boolean) && (is_all || of_page.options.is_empty());
    if pointer == "/model" || is_flag {
        return;
    }
    let (on_page, in_spec) = (&of_page.options, &of_spec.options);
    let Some(first) = on_page.first() else {
        let values: Vec<&JsonValue> = in_spec.iter().map(|at| &at.value).collect();
        if !values.is_empty() {
            let message = format!("no field of the page lists values; the spec has {}", listed(&values));
            comparer.unstated(Topic::Options, pointer, "oneOf", of_page, &values, message);
        }
        return;
    };
    if in_spec.is_empty() {
        let values: Vec<&JsonValue> = on_page.iter().map(|at| &at.value).collect();
        let message = format!("the page lists {}; the spec accepts any value", listed(&values));
        return comparer.find(Topic::Options, pointer, "", first.line, message);
    }
    comparer.lists(Topic::Options, pointer, ("oneOf", "the value "), on_page, in_spec, first.line);
}

fn listed(values: &[&JsonValue]) -> String {
    let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
    values.join(", ")
}

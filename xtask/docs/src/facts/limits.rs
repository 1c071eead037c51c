//! Compares the limits of the page with those of the spec.

use serde_json::Value as JsonValue;

use crate::comparison::Comparer;
use crate::draft::{self, SchemaDraft};
use crate::finding::Topic;
use crate::page::{At, Limit, Parameter, ValueKind};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let is_integer = of_spec.kind == Some(ValueKind::Integer);
    let (on_page, in_spec) = (inclusive(of_page, is_integer), inclusive(of_spec, is_integer));
    for limit in Limit::ALL {
        let of =
            |limits: &[(Limit, At<JsonValue>)]| limits.iter().find(|(it, _)| it == limit).map(|(_, at)| at.clone());
        let values = (of(&on_page), of(&in_spec).map(|at| at.value));
        comparer.value(Topic::Limit, pointer, limit.word(), of_page, (values.0, values.1.as_ref()));
    }
}

/// The limits of a parameter; exclusive limits are turned into inclusive ones if possible.
fn inclusive(parameter: &Parameter, is_integer: bool) -> Vec<(Limit, At<JsonValue>)> {
    let limits = parameter.limits.iter().map(|At { line, value: (limit, number) }| {
        let (limit, number) = match (limit, number.as_i64()) {
            (Limit::ExclusiveMinimum, Some(number)) if is_integer => (Limit::Minimum, number.saturating_add(1).into()),
            (Limit::ExclusiveMaximum, Some(number)) if is_integer => (Limit::Maximum, number.saturating_sub(1).into()),
            _ => (*limit, number.clone()),
        };
        (limit, At::new(*line, JsonValue::Number(number)))
    });
    limits.collect()
}

pub(super) fn write(parameter: &Parameter, kind: &ValueKind, schema: &mut SchemaDraft) {
    let applies = |limit: Limit| match limit {
        Limit::MinLength | Limit::MaxLength => matches!(kind, ValueKind::String(_)),
        Limit::MinItems | Limit::MaxItems => matches!(kind, ValueKind::Array(_)),
        _ => matches!(kind, ValueKind::Integer | ValueKind::Number),
    };
    for at in &parameter.limits {
        let (limit, number) = &at.value;
        if applies(*limit) {
            schema.add(limit.word(), draft::Json::Number(number.clone()));
        } else {
            schema.todo(format!("the page says {} {number}, which does not fit the type", limit.word()));
        }
    }
}

//! Limits of the page against those of the spec.

use serde_json::{Number, Value};

use crate::{
    comparison::Comparer,
    draft::Schema,
    finding::Topic,
    page::{Kind, Limit, Parameter},
};

pub(super) fn differ(comparer: &mut Comparer<'_>, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
    let is_integer = of_spec.kind == Some(Kind::Integer);
    let (on_page, in_spec) = (Limits::of(of_page, is_integer), Limits::of(of_spec, is_integer));
    for limit in Limit::ALL.iter().copied() {
        let keyword = limit.word();
        match (on_page.get(limit), in_spec.get(limit)) {
            (Some((one, line)), Some((other, _))) if one.as_f64() != other.as_f64() => {
                let message = format!("{keyword} is {one} on the page and {other} in the spec");
                comparer.find(Topic::Limit, pointer, keyword, line, message);
            }
            (Some((one, line)), None) => {
                let message = format!("{keyword} is {one} on the page, the spec has none");
                comparer.find(Topic::Limit, pointer, "", line, message);
            }
            (None, Some((other, _))) => {
                let message = format!("{keyword} is {other} in the spec, no field of the page gives it");
                let other = Value::Number(other.clone());
                comparer.unstated(Topic::Limit, pointer, keyword, of_page, &[&other], message);
            }
            _ => {}
        }
    }
}

/// The limits of a parameter; those that exclude their number are brought to the others where that is possible.
struct Limits(Vec<(Limit, Number, usize)>);

impl Limits {
    fn of(parameter: &Parameter, is_integer: bool) -> Self {
        let limits = parameter.limits.iter().map(|at| {
            let (limit, number) = &at.value;
            let (limit, number) = match (limit, number.as_i64()) {
                (Limit::ExclusiveMinimum, Some(number)) if is_integer => {
                    (Limit::Minimum, number.saturating_add(1).into())
                }
                (Limit::ExclusiveMaximum, Some(number)) if is_integer => {
                    (Limit::Maximum, number.saturating_sub(1).into())
                }
                _ => (*limit, number.clone()),
            };
            (limit, number, at.line)
        });
        Self(limits.collect())
    }

    fn get(&self, limit: Limit) -> Option<(&Number, usize)> {
        self.0.iter().find(|(known, ..)| *known == limit).map(|(_, number, line)| (number, *line))
    }
}

pub(super) fn write(parameter: &Parameter, kind: &Kind, schema: &mut Schema) {
    let applies = |limit: Limit| match limit {
        Limit::MinLength | Limit::MaxLength => matches!(kind, Kind::String(_)),
        Limit::MinItems | Limit::MaxItems => matches!(kind, Kind::Array(_)),
        _ => matches!(kind, Kind::Integer | Kind::Number),
    };
    for at in &parameter.limits {
        let (limit, number) = &at.value;
        if applies(*limit) {
            schema.add(limit.word(), Value::Number(number.clone()));
        } else {
            schema.todo(format!("the page says {} {number}, which does not fit the type", limit.word()));
        }
    }
}

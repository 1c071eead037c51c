//! Compares which models have a parameter, or an option of it.

use foxapi_codegen::checked::{Availability, RequestPage};
use foxapi_schema::words;
use serde_json::Value as JsonValue;

use super::StateComparer;
use super::scope::Scope;
use crate::meaning::formula::{Formula, ValueTest};
use crate::meaning::{Available, Meaning, Shape};
use crate::value::Value;
use crate::{Kind, Verdict};

/// A parameter, and one of its options unless the whole parameter is meant.
type Restricted<'m> = (&'m str, Option<&'m JsonValue>);

impl<'c, 'm> StateComparer<'c, 'm> {
    pub(super) fn availability(&mut self, scope: &Scope<'c, 'm>) {
        let mut compared: Vec<Restricted<'m>> = Vec::new();
        for shape in [scope.to, scope.from] {
            for restricted in shape.availability.iter().flat_map(|available| of(available.known)) {
                let is_new = !compared.contains(&restricted);
                if is_new
                    && self.exists(self.from, scope.from, restricted)
                    && self.exists(self.to, scope.to, restricted)
                {
                    compared.push(restricted);
                }
            }
        }
        for restricted in compared {
            self.available(scope, restricted);
        }
    }

    fn available(&mut self, scope: &Scope<'c, 'm>, restricted: Restricted<'m>) {
        let (old, new) = (find(scope.from, restricted), find(scope.to, restricted));
        let has = |available: Option<&Available<'m>>, model: &str| {
            available.is_none_or(|available| available.known.models.iter().any(|known| known == model))
        };
        let models = || scope.models.iter().flatten().map(String::as_str);
        let lost: Vec<&str> = models().filter(|model| has(old, model) && !has(new, model)).collect();
        let gained: Vec<&str> = models().filter(|model| !has(old, model) && has(new, model)).collect();
        let (parameter, option) = restricted;
        let option = option.map_or_else(String::new, |option| format!("{} ", words::code(option)));
        let what = match (lost.is_empty(), gained.is_empty()) {
            (true, true) => return,
            (true, false) => format!("{option}now also for {}", words::names(&gained)),
            (false, true) => format!("{option}no longer for {}", words::names(&lost)),
            (false, false) => {
                format!("{option}now also for {}, no longer for {}", words::names(&gained), words::names(&lost))
            }
        };
        let bodies = match new.filter(|_| !lost.is_empty()) {
            Some(new) => {
                self.ask_of_structure(scope, &new.asks, "no valid body had it", "bodies that have it are refused")
            }
            None => Verdict::safe("more is allowed"),
        };
        self.drafts.push(scope.draft(Kind::AvailabilityChanged, parameter, what, bodies));
    }

    /// Whether the parameter exists and, if it lists its values, has the option.
    fn exists(&self, meaning: &Meaning<'m>, shape: &Shape<'m>, (parameter, option): Restricted<'m>) -> bool {
        let Some(slot) = shape.slot(parameter) else { return false };
        let Some(option) = option else { return true };
        let mut listed: Vec<Value> =
            slot.field.ty.mentioned().into_iter().flat_map(|name| meaning.options(name)).collect();
        for part in slot.limits.iter().flat_map(Formula::parts) {
            if let Formula::Test(_, ValueTest::OneOf(values)) = part {
                listed.extend(values.iter().cloned());
            }
        }
        listed.is_empty() || listed.iter().any(|value| value.to_json() == *option)
    }
}

/// Says what a new model of a page has that others lack, and what it lacks itself.
pub(super) fn of_new_model(page: &RequestPage, shape: &Shape<'_>, model: &str) -> String {
    let (with, without): (Vec<&Available<'_>>, Vec<_>) =
        shape.availability.iter().partition(|available| available.known.models.iter().any(|known| known == model));
    let subjects = |list: Vec<&Available<'_>>| list.iter().map(|it| it.known.subject()).collect::<Vec<_>>();
    let mut text = format!("new model `{model}`");
    for (word, list) in [("with", subjects(with)), ("without", subjects(without))] {
        if !list.is_empty() && page.models.len() > 1 {
            text.push_str(&format!(", {word} {}", words::list(&list, "and")));
        }
    }
    text
}

fn of(available: &Availability) -> Vec<Restricted<'_>> {
    match available.options.as_slice() {
        [] => vec![(available.parameter.as_str(), None)],
        options => options.iter().map(|option| (available.parameter.as_str(), Some(option))).collect(),
    }
}

fn find<'s, 'm>(shape: &'s Shape<'m>, restricted: Restricted<'_>) -> Option<&'s Available<'m>> {
    shape.availability.iter().find(|available| of(available.known).contains(&restricted))
}

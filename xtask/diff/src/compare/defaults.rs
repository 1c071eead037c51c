//! Compares defaults: what a body without a property means.

use foxapi_codegen::checked::{FactTopic, Field};
use foxapi_schema::words::code;

use super::StateComparer;
use super::code::Affected;
use super::scope::Scope;
use crate::change::Class;
use crate::meaning::formula::Formula;
use crate::{Kind, Verdict};

impl<'c, 'm> StateComparer<'c, 'm> {
    /// Compares the default that the server uses if a property is left out.
    pub(super) fn default(&mut self, scope: &Scope<'c, 'm>, old: &Field, new: &Field) {
        // Arrays and objects have no constant, but the documentation has defaults of any type.
        let default = |field: &Field| {
            field.facts.iter().find_map(|fact| match &fact.topic {
                FactTopic::Default(value) => Some(code(value)),
                _ => None,
            })
        };
        let (before, after) = (default(old), default(new));
        if before == after {
            // If it has another type now, it is the type that changed.
            return;
        }
        let object = &scope.from.object.name;
        let affected = Affected::none().default_of(object, &old.ident);
        let affected = if old.must_be_given() == new.must_be_given() { affected } else { affected.states(object) };
        let is_sent = new.required && !new.nullable;
        let (kind, what, bodies) = match (before, after) {
            (Some(before), Some(after)) => (
                Kind::DefaultChanged,
                format!("default {before} → {after}"),
                Verdict::risky("bodies that leave it out are still valid, but ask for something else"),
            ),
            (Some(before), None) => (
                Kind::DefaultRemoved,
                format!("default {before} dropped"),
                Verdict::risky("what leaving it out means is no longer documented"),
            ),
            (_, after) => (
                Kind::DefaultAdded,
                format!("default {}", after.unwrap_or_default()),
                Verdict::risky("what leaving it out meant was not documented, and may have been something else"),
            ),
        };
        let is_total = |part: &Formula| matches!(part, Formula::Sum { total, .. } if *total == [new.name.as_str()]);
        let counts = |part: &Formula| part.parts().into_iter().any(is_total);
        let counted = scope.to.rules.iter().filter(|rule| rule.parts.iter().any(counts));
        let refused = counted
            .map(|rule| self.ask(scope, &Formula::all(rule.parts.iter().cloned()), ""))
            .find(|verdict| verdict.class == Class::Breaking);
        let bodies = refused.unwrap_or(bodies);
        let (bodies, code) = if is_sent {
            let code = match kind {
                Kind::DefaultChanged => Verdict::risky("compiles; a builder without it starts with another value"),
                _ => Verdict::safe("the builder starts with it"),
            };
            let code = if kind == Kind::DefaultRemoved {
                Verdict::breaking(format!("`build` does not exist until `{}` is given", old.ident))
            } else {
                code
            };
            (Verdict::safe("every body sets it"), code)
        } else {
            (bodies, Verdict::safe("compiles; the documented default is a constant"))
        };
        self.drafts.push(scope.draft(kind, &new.name, what, bodies).affects(affected).code(code));
    }
}

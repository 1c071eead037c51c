//! Finds properties that were renamed.

use foxapi_codegen::checked::{Fact, Field, Type};

use super::StateComparer;
use super::properties::whole;
use super::scope::Scope;
use crate::meaning::Slot;
use crate::meaning::formula::written;
use crate::{Kind, Verdict};

impl<'c, 'm> StateComparer<'c, 'm> {
    /// A removed and an added property that differ only in their names, or else have the same description and the same
    /// type.
    pub(super) fn renamed(
        &mut self,
        scope: &Scope<'c, 'm>,
        gone: &mut Vec<&'c Slot<'m>>,
        come: &mut Vec<&'c Slot<'m>>,
    ) {
        let is_same = |old: &Field, new: &Field| {
            let key = |field: &Field| (field.required, field.nullable, field.facts.clone());
            old.ty == new.ty && old.description == new.description && key(old) == key(new)
        };
        let is_alike = |old: &Field, new: &Field| {
            let is_same_type = match (&old.ty, &new.ty) {
                (Type::Integer(_), Type::Integer(_)) => true,
                (old, new) => old == new,
            };
            is_same_type && old.description == new.description && !old.description.is_empty()
        };
        for is_match in [&is_same as &dyn Fn(&Field, &Field) -> bool, &is_alike] {
            let mut left: Vec<&'c Slot<'m>> = Vec::new();
            for old in std::mem::take(gone) {
                let mut matches = come.iter().enumerate().filter(|(_, new)| is_match(old.field, new.field));
                let (Some((at, _)), None) = (matches.next(), matches.next()) else {
                    left.push(old);
                    continue;
                };
                let new = come.remove(at);
                self.rename(scope, old, new);
            }
            *gone = left;
        }
    }

    fn rename(&mut self, scope: &Scope<'c, 'm>, old: &'c Slot<'m>, new: &'c Slot<'m>) {
        let (before, after) = (old.field, new.field);
        let gone = written(vec![before.name.clone()]).negate();
        let bodies = if after.required {
            let claim = written(vec![after.name.clone()]);
            self.ask_of_structure(scope, &claim, "", "bodies without the new name are refused")
        } else {
            self.ask_of_structure(scope, &gone, "no valid body had it", "bodies that have the old name are refused")
        };
        let mut what = format!("renamed to `{}`", after.name);
        let facts = |field: &Field| Fact::line(&field.facts).trim_end_matches('.').to_owned();
        match (facts(before), facts(after)) {
            (before, after) if before == after => {}
            (before, after) if before.is_empty() => what.push_str(&format!("; now: {after}")),
            (before, after) if after.is_empty() => what.push_str(&format!("; no longer: {before}")),
            (before, after) => what.push_str(&format!("; {before} → {after}")),
        }
        if before.nullable != after.nullable {
            what.push_str(if after.nullable { "; null is allowed" } else { "; null is refused" });
        }
        // A Rust field of the same name sends the new name; any other change shows in its type.
        let mut draft = scope.draft(Kind::ParameterRenamed, &before.name, what, bodies);
        draft.describes = draft.describes.property(&scope.to.object.name, &after.name);
        self.drafts.push(draft.affects(whole(scope, before)).code(Verdict::safe("its name in Rust is the same")));
    }
}

//! Compares answers of the server, and types that no request has.

use foxapi_codegen::checked::{Field, Module, Type};

use super::code::{Affected, ChangeDraft, Described};
use super::scope::Scope;
use super::{StateComparer, words};
use crate::meaning::{Shape, Slot};
use crate::{Kind, Verdict};

impl<'c, 'm> StateComparer<'c, 'm> {
    pub(super) fn answers(&mut self) {
        for (name, from) in &self.from.objects {
            if let Some(to) = self.to.objects.get(name).filter(|_| from.object.open) {
                self.answer(from, to);
            }
        }
        self.moved_and_gone_types();
        self.new_types();
        self.unused_enumerations();
    }

    fn answer(&mut self, from: &'c Shape<'m>, to: &'c Shape<'m>) {
        let object = &from.object.name;
        let page = vec![to.module.source.trim_end_matches(".json").to_owned()];
        let draft = |kind, field: &Field, what: String, bodies, affected| {
            let draft = ChangeDraft::new(kind, page.clone(), format!("{object}.{}", field.name), what, bodies);
            let described = Described::default().property(object, &field.name);
            draft.describes(described).affects(affected).code(Verdict::safe("structs may grow"))
        };
        let unread = || Verdict::breaking("answers without it are no longer read");
        let mut drafts = Vec::new();
        for old in &from.slots {
            let before = old.field;
            let affected = || Affected::none().property(object, &before.ident);
            let Some(new) = to.slot(&before.name) else {
                let bodies = Verdict::safe("is kept in `extra`");
                drafts.push(draft(Kind::ParameterRemoved, before, "field removed".to_owned(), bodies, affected()));
                continue;
            };
            let after = new.field;
            let is_same = match (&before.ty, &after.ty) {
                (Type::Integer(_), Type::Integer(_)) => true,
                // Whether it is open is reported with the enumeration.
                (Type::Enumeration { name: old, .. }, Type::Enumeration { name: new, .. }) => old == new,
                (before, after) => before == after,
            };
            let is_resized = matches!((&before.ty, &after.ty), (Type::Integer(old), Type::Integer(new)) if old != new);
            if !is_same || is_resized {
                let what = format!("{} → {}", words::json_type(&before.ty, false), words::json_type(&after.ty, false));
                // Every integer is a number, and every value of an enumeration is a string.
                let is_wider = matches!(
                    (&before.ty, &after.ty),
                    (Type::Integer(_), Type::Number) | (Type::Enumeration { .. }, Type::String)
                );
                let bodies = match (after.required, is_same) {
                    _ if is_wider => Verdict::safe("what was read still is"),
                    (_, true) => Verdict::risky("integers of another size do not fit"),
                    (true, false) => Verdict::breaking("answers with a value of the old type are no longer read"),
                    (false, false) => Verdict::risky("a value of the old type is kept in `extra`, where nobody looks"),
                };
                drafts.push(draft(Kind::TypeChanged, after, what, bodies, affected()));
            }
            match (before.required, after.required) {
                (false, true) => {
                    let what = "optional → required".to_owned();
                    drafts.push(draft(Kind::BecameRequired, after, what, unread(), affected()));
                }
                (true, false) => {
                    let what = "required → optional".to_owned();
                    let bodies = Verdict::safe("more is read");
                    drafts.push(draft(Kind::BecameOptional, after, what, bodies, affected()));
                }
                _ => {}
            }
            if after.required && before.nullable != after.nullable {
                let (kind, what, bodies) = if after.nullable {
                    (Kind::NullAllowed, "null is allowed", Verdict::safe("more is read"))
                } else {
                    (
                        Kind::NullRefused,
                        "null is refused",
                        Verdict::breaking("answers with null there are no longer read"),
                    )
                };
                drafts.push(draft(kind, after, what.to_owned(), bodies, affected()));
            }
        }
        for new in to.slots.iter().filter(|slot| from.slot(&slot.field.name).is_none()) {
            let bodies =
                if new.field.required { unread() } else { Verdict::safe("answers without it are read as before") };
            let what = if new.field.required { "new required field" } else { "new field" };
            drafts.push(draft(Kind::ParameterAdded, new.field, what.to_owned(), bodies, Affected::none()));
        }
        let mut reworded: Vec<String> = Vec::new();
        if from.object.description != to.object.description {
            reworded.push(format!("`{object}`"));
        }
        let words = |slot: &Slot<'m>| (&slot.field.description, &slot.field.facts, slot.field.advanced);
        let changed =
            from.slots.iter().filter(|old| to.slot(&old.field.name).is_some_and(|new| words(new) != words(old)));
        reworded.extend(changed.map(|slot| format!("`{object}.{}`", slot.field.name)));
        self.drafts.extend(drafts);
        self.reworded(page.clone(), "", &reworded, Described::default().ty(object));
        self.order(&Scope { from, to, models: None, pages: page });
    }

    /// Reports types that moved or no longer exist, by name.
    fn moved_and_gone_types(&mut self) {
        let home = |definition: &str, meaning: &crate::meaning::Meaning<'m>| {
            let object = meaning.objects.get(definition).map(|shape| shape.module);
            object
                .or(meaning.enumerations.get(definition).map(|(module, _)| *module))
                .or(meaning.unions.get(definition).map(|(module, _)| *module))
                .map(|module| (module.name.clone(), module.source.clone()))
        };
        let modules = self
            .from
            .objects
            .values()
            .map(|shape| shape.module)
            .chain(self.from.enumerations.values().map(|(module, _)| *module));
        let mut seen: Vec<&str> = Vec::new();
        let mut drafts = Vec::new();
        for module in modules {
            if seen.contains(&module.name.as_str()) {
                continue;
            }
            seen.push(&module.name);
            for definition in &module.definitions {
                let name = definition.name();
                let affects = |is_affected: &dyn Fn(&Affected) -> bool| {
                    self.drafts.iter().any(|draft| is_affected(&draft.affects))
                };
                let (what, code) = match home(name, self.to) {
                    None if affects(&|affected| affected.has_type(name)) => continue,
                    Some(_) if affects(&|affected| affected.has_module(&module.name)) => continue,
                    Some((now, _)) if now == module.name => continue,
                    Some((now, _)) => (format!("type `{name}` moved to `{now}`"), "found where it was"),
                    None => (format!("type `{name}` removed"), ""),
                };
                // A page's own type is reported with the page.
                let is_described = self.from.objects.get(name).is_some_and(|shape| shape.object.page.is_some());
                if is_described {
                    continue;
                }
                drafts.push(item(module, name, what).affects(Affected::none().ty(name)).code(Verdict::safe(code)));
            }
        }
        self.drafts.extend(drafts);
    }

    /// Reports new types of answers, and new types that pages share. Those of a page are reported with its parameters.
    fn new_types(&mut self) {
        let objects = self.to.objects.values().map(|shape| (shape.module, shape.object.name.as_str()));
        let sets = self.to.enumerations.values().map(|(module, set)| (*module, set.name.as_str()));
        let is_new = |(module, name): &(&Module, &str)| module.schema.is_none() && !self.from.has(name);
        let unions = self.to.unions.values().map(|(module, union)| (*module, union.name.as_str()));
        let new: Vec<(&Module, &str)> = objects.chain(sets).chain(unions).filter(is_new).collect();
        self.drafts.extend(
            new.into_iter()
                .map(|(module, name)| item(module, name, "new type".to_owned()).code(Verdict::safe("one more type"))),
        );
    }

    /// Compares enumerations that are not used in requests on both sides: those of answers, and unused shared ones.
    fn unused_enumerations(&mut self) {
        let mut drafts = Vec::new();
        for (name, (_, old)) in &self.from.enumerations {
            let Some((module, new)) = self.to.enumerations.get(name) else { continue };
            let pages = vec![module.source.trim_end_matches(".json").to_owned()];
            let is_used = |meaning: &crate::meaning::Meaning<'m>| {
                let mut fields =
                    meaning.objects.values().filter(|shape| !shape.object.open).flat_map(|shape| &shape.object.fields);
                let is_form = |union: &&str| meaning.forms(union).iter().any(|form| form.ty.mentioned().contains(name));
                fields.any(|field| field.ty.mentioned().iter().any(|ty| ty == name || is_form(ty)))
            };
            if is_used(self.from) && is_used(self.to) {
                continue;
            }
            self.enumeration_words(old, new, pages.clone(), name, false);
            let draft = |kind, what: String, affected, code: &str| {
                let bodies = if new.open { "unknown values are kept in `Unknown`" } else { "no request has it" };
                let draft = ChangeDraft::new(kind, pages.clone(), *name, what, Verdict::safe(bodies));
                draft.describes(Described::default().ty(name)).affects(affected).code(Verdict::safe(code))
            };
            if old.open != new.open {
                let what = if new.open { "unknown values are kept now" } else { "unknown values are refused now" };
                let mut draft = draft(Kind::TypeChanged, what.to_owned(), Affected::none().openness(name), "as before");
                if old.open {
                    draft.bodies = Verdict::risky("an answer with a value that is new is no longer read in full");
                }
                drafts.push(draft);
            }
            for variant in &old.variants {
                match new.variants.iter().find(|other| other.value == variant.value) {
                    None => drafts.push(draft(
                        Kind::OptionRemoved,
                        format!("option \"{}\" removed", variant.value),
                        Affected::none().variant(name, &variant.name),
                        "its name stands for another value now",
                    )),
                    Some(other) if other.name != variant.name => drafts.push(draft(
                        Kind::OptionRenamed,
                        format!("\"{}\" in Rust: `{}` → `{}`", variant.value, variant.name, other.name),
                        Affected::none().variant(name, &variant.name),
                        "its name stands for another value now",
                    )),
                    Some(_) => {}
                }
            }
            for variant in new.variants.iter().filter(|new| old.variants.iter().all(|old| old.value != new.value)) {
                let what = format!("new option \"{}\"", variant.value);
                drafts.push(draft(Kind::OptionAdded, what, Affected::none(), "enumerations may grow"));
            }
        }
        self.drafts.extend(drafts);
    }
}

/// A change for a type that is new, gone or moved.
fn item(module: &Module, name: &str, what: String) -> ChangeDraft {
    let pages = vec![module.source.trim_end_matches(".json").to_owned()];
    let bodies = Verdict::safe("names of types are not in bodies");
    ChangeDraft::new(Kind::ItemChanged, pages, name, what, bodies).describes(Described::default().ty(name))
}

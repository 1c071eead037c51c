//! Compares the properties of an object that exists on both sides.

use foxapi_codegen::checked::{FactTopic, Field, Item, Type};

use super::code::{Affected, ChangeDraft, Described};
use super::enumerations::Use;
use super::scope::Scope;
use super::{StateComparer, words};
use crate::meaning::formula::{Formula, PropertyPath, written};
use crate::meaning::{Shape, Slot, not_null};
use crate::{Kind, Verdict};

/// How two types compare.
#[derive(PartialEq, Eq)]
pub(super) enum TypeRelation {
    /// The same kind of value, perhaps with other limits.
    Same,
    Different,
}

impl<'c, 'm> StateComparer<'c, 'm> {
    /// Compares the objects inside requests.
    pub(super) fn parts_of_requests(&mut self) {
        while let Some(scope) = self.open.pop() {
            self.objects(&scope);
        }
    }

    /// Compares objects that are not used in requests on both sides.
    pub(super) fn unused_objects(&mut self) {
        let is_part = |shape: &Shape<'m>| shape.object.page.is_none() && !shape.object.open;
        let names: Vec<&str> =
            self.from.objects.iter().filter(|(_, shape)| is_part(shape)).map(|(name, _)| *name).collect();
        for name in names {
            let is_described = self.parts.iter().any(|(old, _)| old == name);
            if !is_described && self.to.objects.get(name).is_some_and(is_part) {
                self.pair(name, name);
            }
        }
    }

    /// Compares everything about two objects.
    pub(super) fn objects(&mut self, scope: &Scope<'c, 'm>) {
        let (from, to) = (scope.from, scope.to);
        let mut gone: Vec<&Slot<'m>> = from.slots.iter().filter(|slot| to.slot(&slot.field.name).is_none()).collect();
        let mut come: Vec<&Slot<'m>> = to.slots.iter().filter(|slot| from.slot(&slot.field.name).is_none()).collect();
        self.renamed(scope, &mut gone, &mut come);
        for slot in gone {
            self.removed(scope, slot);
        }
        for slot in come {
            self.added(scope, slot);
        }
        for old in &from.slots {
            if let Some(new) = to.slot(&old.field.name) {
                self.property(scope, old, new);
            }
        }
        self.availability(scope);
        self.rules(scope);
        self.order(scope);
        self.wording(scope);
    }

    fn removed(&mut self, scope: &Scope<'c, 'm>, slot: &Slot<'m>) {
        let claim = written(vec![slot.field.name.clone()]).negate();
        let bodies = self.ask_of_structure(scope, &claim, "no valid body had it", "bodies that have it are refused");
        let heir = scope.to.slots.iter().find(|other| other.field.ident == slot.field.ident);
        let code = match heir {
            Some(heir) => Verdict::risky(format!("compiles, and `{}` sends `{}`", heir.field.ident, heir.field.name)),
            None => Verdict::safe("types stay as they are"),
        };
        let draft = scope.draft(Kind::ParameterRemoved, &slot.field.name, "parameter removed", bodies);
        self.drafts.push(draft.affects(whole(scope, slot.field)).code(code));
    }

    fn added(&mut self, scope: &Scope<'c, 'm>, slot: &Slot<'m>) {
        let field = slot.field;
        let object = &scope.from.object.name;
        let path = vec![field.name.clone()];
        let (what, bodies) = if field.required {
            (
                "new required parameter",
                self.ask_of_structure(scope, &written(path), "no body is concerned", "bodies without it are refused"),
            )
        } else {
            ("new optional parameter", Verdict::safe("bodies without it work as before"))
        };
        let code = if field.must_be_given() {
            let why = format!("`build` does not exist until `{}` is given", field.ident);
            Verdict::breaking(why)
        } else if field.required {
            Verdict::risky(format!("compiles, and the built request now includes `\"{}\"`", field.name))
        } else {
            Verdict::safe("one more field and setter; structs may grow")
        };
        let affected = if field.must_be_given() { Affected::none().states(object) } else { Affected::none() };
        self.drafts.push(scope.draft(Kind::ParameterAdded, &field.name, what, bodies).affects(affected).code(code));
    }

    fn property(&mut self, scope: &Scope<'c, 'm>, old: &'c Slot<'m>, new: &'c Slot<'m>) {
        let (before, after) = (old.field, new.field);
        let object = &scope.from.object.name;
        let path = vec![after.name.clone()];
        let own = || Affected::none().property(object, &before.ident);
        let states = |affected: Affected| {
            if before.must_be_given() == after.must_be_given() { affected } else { affected.states(object) }
        };
        match self.types(scope, &before.ty, &after.ty, &path) {
            TypeRelation::Same => self.limits(scope, old, new),
            TypeRelation::Different => {
                let kind = self.to.kind(&path, &after.ty);
                let claim = Formula::all(kind.into_iter().chain(new.limits.iter().cloned()));
                let bodies = self.ask_of_structure(
                    scope,
                    &claim,
                    "all values that were valid are of the new type, too",
                    "values of the old type are refused",
                );
                let (was, is) =
                    (words::json_type(&before.ty, before.nullable), words::json_type(&after.ty, after.nullable));
                let what = if was == is { format!("{is} with other forms") } else { format!("{was} → {is}") };
                let affected = own().default_of(object, &before.ident);
                self.drafts.push(scope.draft(Kind::TypeChanged, &after.name, what, bodies).affects(affected));
            }
        }
        if before.required != after.required {
            let (kind, what, bodies) = if after.required {
                let claim = written(path.clone());
                let bodies = self.ask_of_structure(
                    scope,
                    &claim,
                    "every valid body has it already",
                    "bodies without it are refused",
                );
                (Kind::BecameRequired, "optional → required", bodies)
            } else {
                (Kind::BecameOptional, "required → optional", Verdict::safe("less is required"))
            };
            self.drafts.push(scope.draft(kind, &after.name, what, bodies).affects(states(own())));
        }
        if before.nullable != after.nullable {
            let (kind, what, bodies) = if before.nullable {
                let bodies = self.ask_of_structure(
                    scope,
                    &not_null(&path),
                    "no valid body has null there",
                    "bodies with null there are refused",
                );
                (Kind::NullRefused, "null is refused", bodies)
            } else {
                (Kind::NullAllowed, "null is allowed", Verdict::safe("more is allowed"))
            };
            self.drafts.push(scope.draft(kind, &after.name, what, bodies).affects(states(own())));
        }
        self.default(scope, before, after);
        if before.advanced != after.advanced {
            let what = if after.advanced { "advice: leave it unset" } else { "no longer: leave it unset" };
            let bodies = Verdict::safe("advice, not a rule");
            self.drafts.push(scope.draft(Kind::AdviceChanged, &after.name, what, bodies));
        }
    }

    /// Compares types. The types inside them are compared once, later.
    pub(super) fn types(&mut self, scope: &Scope<'c, 'm>, old: &Type, new: &Type, path: &PropertyPath) -> TypeRelation {
        match (old, new) {
            (Type::String, Type::String)
            | (Type::Boolean, Type::Boolean)
            | (Type::Number, Type::Number)
            | (Type::FreeObject, Type::FreeObject)
            | (Type::Integer(_), Type::Integer(_)) => TypeRelation::Same,
            (Type::Object(old), Type::Object(new)) => {
                self.pair(old, new);
                TypeRelation::Same
            }
            (Type::Enumeration { name: old, .. }, Type::Enumeration { name: new, .. }) => {
                self.uses.push(Use::new(scope.clone(), old, new, path));
                TypeRelation::Same
            }
            (Type::Union(old), Type::Union(new)) => self.union(scope, old, new, path),
            (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => {
                self.item(scope, old, new, path, "")
            }
            (Type::Tuple(old), Type::Tuple(new)) if old.len() == new.len() => {
                let pairs = old.iter().zip(new).enumerate();
                let types: Vec<TypeRelation> =
                    pairs.map(|(index, (old, new))| self.item(scope, old, new, path, &index.to_string())).collect();
                if types.contains(&TypeRelation::Different) { TypeRelation::Different } else { TypeRelation::Same }
            }
            _ => TypeRelation::Different,
        }
    }

    /// Compares the items of arrays, the values of maps, or the items of tuples by position.
    fn item(&mut self, scope: &Scope<'c, 'm>, old: &Item, new: &Item, path: &PropertyPath, step: &str) -> TypeRelation {
        if old.nullable != new.nullable {
            return TypeRelation::Different;
        }
        self.types(scope, &old.ty, &new.ty, &[path.as_slice(), &[step.to_owned()]].concat())
    }

    /// Records two objects inside requests that are to be compared with each other.
    pub(super) fn pair(&mut self, old: &str, new: &str) {
        let names = (old.to_owned(), new.to_owned());
        if self.parts.contains(&names) {
            return;
        }
        if let (Some(from), Some(to)) = (self.from.objects.get(old), self.to.objects.get(new)) {
            let mut pages = self.pages_with(&[old, new]);
            if pages.is_empty() {
                pages.push(to.module.source.trim_end_matches(".json").to_owned());
            }
            self.open.push(Scope { from, to, models: None, pages });
        }
        self.parts.push(names);
    }

    /// Compares the order of properties, which is that of fields, JSON and documentation.
    pub(super) fn order(&mut self, scope: &Scope<'c, 'm>) {
        let names = |slots: &'c [Slot<'m>], other: &Scope<'c, 'm>| -> Vec<&'c str> {
            let is_common = |name: &&str| other.from.slot(name).is_some() && other.to.slot(name).is_some();
            slots.iter().map(|slot| slot.field.name.as_str()).filter(is_common).collect()
        };
        if names(&scope.from.slots, scope) != names(&scope.to.slots, scope) {
            let object = &scope.from.object.name;
            let subject = if scope.models.is_some() { "" } else { object };
            let (what, bodies) = ("parameters in another order", Verdict::safe("JSON has no order"));
            let draft = ChangeDraft::new(Kind::OrderChanged, scope.pages.clone(), subject, what, bodies);
            let draft = draft.describes(scope.described_objects()).affects(Affected::none().states(object));
            self.drafts.push(draft.code(Verdict::safe("fields and setters go by name")));
        }
    }

    /// Reports all wording that changed, as a single change.
    fn wording(&mut self, scope: &Scope<'c, 'm>) {
        let (mut reworded, mut described) = (Vec::new(), Described::default());
        if scope.from.object.description != scope.to.object.description {
            let name = if scope.models.is_some() { "the page" } else { scope.to.object.name.as_str() };
            reworded.push(name.to_owned());
            described = scope.described_objects();
        }
        for old in &scope.from.slots {
            let Some(new) = scope.to.slot(&old.field.name) else { continue };
            let is_described = || {
                let described =
                    |draft: &ChangeDraft| draft.describes.has_property(&scope.to.object.name, &new.field.name);
                self.drafts.iter().any(|draft| described(draft) && draft.pages == scope.pages)
            };
            // A limit without effect is still documented; which models have something is reported separately.
            let facts = |slot: &'c Slot<'m>| slot.field.facts.iter().filter(|fact| fact.topic != FactTopic::Models);
            if new.field.description != old.field.description || facts(new).ne(facts(old)) && !is_described() {
                reworded.push(format!("`{}`", old.field.name));
                described = described.property(&scope.to.object.name, &old.field.name);
            }
        }
        self.reworded(scope.pages.clone(), "", &reworded, described);
    }

    /// Reports that the descriptions of some things changed.
    pub(super) fn reworded(&mut self, pages: Vec<String>, subject: &str, things: &[String], described: Described) {
        if things.is_empty() {
            return;
        }
        let (what, bodies) = (format!("description of {}", things.join(", ")), Verdict::safe("documentation"));
        let draft = ChangeDraft::new(Kind::WordingChanged, pages, subject, what, bodies);
        self.drafts.push(draft.describes(described).code(Verdict::safe("documentation")));
    }
}

/// All code items of a property.
pub(super) fn whole(scope: &Scope<'_, '_>, field: &Field) -> Affected {
    let object = &scope.from.object.name;
    let affected = Affected::none().property(object, &field.ident).default_of(object, &field.ident);
    if field.must_be_given() { affected.states(object) } else { affected }
}

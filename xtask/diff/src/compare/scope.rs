//! Scopes: a page compared with a page for some models, or an object in requests compared with another one.

use foxapi_codegen::checked::Type;

use super::code::{ChangeDraft, Described};
use super::{StateComparer, words};
use crate::change::Class;
use crate::judge::{ClaimSubject, Ruling};
use crate::meaning::Shape;
use crate::meaning::formula::Formula;
use crate::value::Value;
use crate::{Kind, Verdict};

/// How deep in requests an object may be in order to be shown in one.
const DEEPEST: usize = 6;

#[derive(Clone, Debug)]
pub(super) struct Scope<'c, 'm> {
    pub(super) from: &'c Shape<'m>,
    pub(super) to: &'c Shape<'m>,
    /// For a page: the models that exist on both sides.
    pub(super) models: Option<Vec<String>>,
    /// The pages that it is about.
    pub(super) pages: Vec<String>,
}

impl<'c, 'm> Scope<'c, 'm> {
    pub(super) fn subject(&self) -> ClaimSubject<'_, 'm> {
        ClaimSubject { from: self.from, to: Some(self.to), models: self.models.as_deref() }
    }

    /// A change of the property with this name on either side.
    pub(super) fn draft(&self, kind: Kind, property: &str, what: impl Into<String>, bodies: Verdict) -> ChangeDraft {
        ChangeDraft::new(kind, self.pages.clone(), self.name(property), what, bodies)
            .describes(self.described(property))
    }

    fn described(&self, property: &str) -> Described {
        let described = Described::default().property(&self.from.object.name, property);
        described.property(&self.to.object.name, property)
    }

    /// The objects, apart from their properties.
    pub(super) fn described_objects(&self) -> Described {
        Described::default().ty(&self.from.object.name).ty(&self.to.object.name)
    }

    /// The name of a property in a report, which includes the object unless it is the request.
    pub(super) fn name(&self, property: &str) -> String {
        match self.models {
            Some(_) => property.to_owned(),
            None => format!("{}.{property}", self.to.object.name),
        }
    }
}

impl<'c, 'm> StateComparer<'c, 'm> {
    /// Judges what it means for bodies that a claim must hold now.
    pub(super) fn ask(&self, scope: &Scope<'c, 'm>, claim: &Formula, fine: &str) -> Verdict {
        let is_unused = scope.models.is_none() && !self.from.is_in_requests(&scope.from.object.name);
        if is_unused {
            return Verdict::safe("no request had it");
        }
        match self.judge.holds(scope.subject(), claim) {
            Ruling::Proven => Verdict::safe(fine),
            Ruling::Undecided => Verdict::risky("whether it refuses what was valid could neither be proven nor shown"),
            Ruling::Refuted(object) => self.refuted(scope, claim, object),
        }
    }

    /// Like [`ask`](Self::ask), for a change that is breaking even if no whole body can be found as an example.
    pub(super) fn ask_of_structure(&self, scope: &Scope<'c, 'm>, claim: &Formula, fine: &str, broken: &str) -> Verdict {
        match self.ask(scope, claim, fine) {
            verdict if verdict.class == Class::Risky => Verdict::breaking(broken),
            verdict => verdict,
        }
    }

    /// The verdict on an object that was valid and no longer is.
    pub(super) fn refuted(&self, scope: &Scope<'c, 'm>, claim: &Formula, object: Value) -> Verdict {
        let shown = words::example(claim, &object);
        let body = match scope.models {
            Some(_) => Some(object),
            None => self.lift(&scope.from.object.name, object, 0),
        };
        match body {
            Some(body) => {
                let mut verdict = Verdict::breaking(format!("was valid with {shown}"));
                verdict.example = Some(body.to_json());
                verdict
            }
            None => Verdict::risky(format!("refuses {shown}, but no valid request containing it was found")),
        }
    }

    /// A request that was valid before and contains an object somewhere inside.
    fn lift(&self, object: &str, value: Value, depth: usize) -> Option<Value> {
        if depth >= DEEPEST {
            return None;
        }
        self.from.objects.values().find_map(|shape| {
            let slot = shape.slots.iter().find(|slot| holds(&slot.field.ty, object))?;
            let models = shape.object.page.as_ref().map(|page| page.models.as_slice());
            let subject = ClaimSubject { from: shape, to: self.to.objects.get(shape.object.name.as_str()), models };
            let wrapped = wrap(&slot.field.ty, value.clone());
            let around = self.judge.complete(subject, &slot.field.name, vec![wrapped])?;
            if models.is_some() { Some(around) } else { self.lift(&shape.object.name, around, depth + 1) }
        })
    }

    /// The pages, before or now, that types belong to.
    pub(super) fn pages_with(&self, types: &[&str]) -> Vec<String> {
        let mut pages: Vec<String> = Vec::new();
        for meaning in [self.from, self.to] {
            for (page, shape) in meaning.pages() {
                let reached = meaning.reached(vec![&shape.object.name]);
                if types.iter().any(|name| reached.contains(name)) && !pages.contains(&page.slug) {
                    pages.push(page.slug.clone());
                }
            }
        }
        pages.sort();
        pages
    }
}

fn holds(ty: &Type, object: &str) -> bool {
    match ty {
        Type::Object(name) => name == object,
        Type::Array(item) | Type::Map(item) => holds(&item.ty, object),
        _ => false,
    }
}

fn wrap(ty: &Type, value: Value) -> Value {
    match ty {
        Type::Array(item) => Value::List(vec![wrap(&item.ty, value)]),
        Type::Map(item) => Value::Object(vec![("x".to_owned(), wrap(&item.ty, value))]),
        _ => value,
    }
}

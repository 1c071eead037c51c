//! What is compared with what: a page with a page for some models, or an object in requests with another one.

use foxapi_codegen::model::Type;

use super::code::{Draft, Told};
use super::{Comparer, words};
use crate::change::Class;
use crate::judge::{Outcome, Subject};
use crate::meaning::Shape;
use crate::meaning::formula::Formula;
use crate::value::Value;
use crate::{Kind, Verdict};

/// How deep an object may be in requests to be shown in one.
const DEEPEST: usize = 6;

#[derive(Clone, Debug)]
pub(super) struct Scope<'c, 'm> {
    pub(super) from: &'c Shape<'m>,
    pub(super) to: &'c Shape<'m>,
    /// Of a page: the models that are on both sides.
    pub(super) models: Option<Vec<String>>,
    /// The pages that it is about.
    pub(super) pages: Vec<String>,
}

impl<'c, 'm> Scope<'c, 'm> {
    pub(super) fn subject(&self) -> Subject<'_, 'm> {
        Subject { from: self.from, to: Some(self.to), models: self.models.as_deref() }
    }

    /// A change of a property that is called so on either side.
    pub(super) fn draft(&self, kind: Kind, property: &str, what: impl Into<String>, bodies: Verdict) -> Draft {
        Draft::new(kind, self.pages.clone(), self.name(property), what, bodies).tells(self.told(property))
    }

    fn told(&self, property: &str) -> Told {
        let told = Told::default().property(&self.from.object.name, property);
        told.property(&self.to.object.name, property)
    }

    /// The objects, apart from their properties.
    pub(super) fn told_of_objects(&self) -> Told {
        Told::default().ty(&self.from.object.name).ty(&self.to.object.name)
    }

    /// How a property is called in a report: in objects that several parameters can have, with the object.
    pub(super) fn name(&self, property: &str) -> String {
        match self.models {
            Some(_) => property.to_owned(),
            None => format!("{}.{property}", self.to.object.name),
        }
    }
}

impl<'c, 'm> Comparer<'c, 'm> {
    /// What it means for bodies that a claim must hold now.
    pub(super) fn ask(&self, scope: &Scope<'c, 'm>, claim: &Formula, fine: &str) -> Verdict {
        let is_unused = scope.models.is_none() && !self.from.is_in_requests(&scope.from.object.name);
        if is_unused {
            return Verdict::safe("no request had it");
        }
        match self.judge.holds(scope.subject(), claim) {
            Outcome::Proven => Verdict::safe(fine),
            Outcome::Open => Verdict::risky("whether it refuses what was valid could neither be proven nor shown"),
            Outcome::Refuted(object) => self.refuted(scope, claim, object),
        }
    }

    /// The same of something that breaks whoever relies on it, whether or not a whole body can be found to show it.
    pub(super) fn ask_of_structure(&self, scope: &Scope<'c, 'm>, claim: &Formula, fine: &str, broken: &str) -> Verdict {
        match self.ask(scope, claim, fine) {
            verdict if verdict.class == Class::Risky => Verdict::breaking(broken),
            verdict => verdict,
        }
    }

    /// What it means that an object was valid and is no longer.
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
            None => Verdict::risky(format!("refuses {shown}, which no request was found that could have it")),
        }
    }

    /// A valid request of before with an object somewhere inside.
    fn lift(&self, object: &str, value: Value, depth: usize) -> Option<Value> {
        if depth >= DEEPEST {
            return None;
        }
        self.from.objects.values().find_map(|shape| {
            let slot = shape.slots.iter().find(|slot| holds(&slot.field.ty, object))?;
            let models = shape.object.page.as_ref().map(|page| page.models.as_slice());
            let subject = Subject { from: shape, to: self.to.objects.get(shape.object.name.as_str()), models };
            let wrapped = wrap(&slot.field.ty, value.clone());
            let around = self.judge.complete(subject, &slot.field.name, vec![wrapped])?;
            if models.is_some() { Some(around) } else { self.lift(&shape.object.name, around, depth + 1) }
        })
    }

    /// The pages, before or now, of which a type is a part.
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

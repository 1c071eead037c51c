//! Compares pages, matched by name, then by their models.

use foxapi_codegen::checked::{NamedType, RequestPage};

use super::availability::of_new_model;
use super::code::{Affected, ChangeDraft, Described};
use super::scope::Scope;
use super::{StateComparer, words};
use crate::change::Class;
use crate::meaning::Shape;
use crate::value::{Text, Value};
use crate::{Kind, Verdict};

impl<'c, 'm> StateComparer<'c, 'm> {
    pub(super) fn pages(&mut self) {
        let mut before: Vec<(&RequestPage, &'c Shape<'m>)> = self.from.pages().collect();
        let mut after: Vec<(&RequestPage, &'c Shape<'m>)> = self.to.pages().collect();
        let mut pairs = Vec::new();
        let is_same: [fn(&RequestPage, &RequestPage) -> bool; 2] =
            [|old, new| old.slug == new.slug, |old, new| old.models.iter().any(|model| new.models.contains(model))];
        for is_same in is_same {
            before.retain(|old| match after.iter().position(|new| is_same(old.0, new.0)) {
                Some(at) => {
                    pairs.push((*old, after.remove(at)));
                    false
                }
                None => true,
            });
        }
        for (page, shape) in before {
            self.page_removed(page, shape);
        }
        for (page, shape) in after {
            self.page_added(page, shape);
        }
        for (old, new) in pairs {
            self.page(old, new);
        }
    }

    fn page(&mut self, (old, from): (&'m RequestPage, &'c Shape<'m>), (new, to): (&'m RequestPage, &'c Shape<'m>)) {
        let pages = vec![new.slug.clone()];
        let described = || Described::default().ty(&from.object.name).ty(&to.object.name);
        let draft = |kind, what: String, bodies, affected| {
            ChangeDraft::new(kind, pages.clone(), "", what, bodies).describes(described()).affects(affected)
        };
        if old.slug != new.slug || from.object.name != to.object.name {
            let what = match (old.slug == new.slug, from.object.name == to.object.name) {
                (false, true) => format!("page {} renamed to {}", old.slug, new.slug),
                (true, _) => format!("type `{}` → `{}`", from.object.name, to.object.name),
                (false, false) => {
                    format!(
                        "page {} renamed to {}, type `{}` → `{}`",
                        old.slug, new.slug, from.object.name, to.object.name
                    )
                }
            };
            let affected = Affected::none().module(&from.module.name);
            let affected = if from.object.name == to.object.name { affected } else { affected.ty(&from.object.name) };
            let mut renamed =
                draft(Kind::PageRenamed, what, Verdict::safe("bodies name the model, not the page"), affected);
            if from.object.name != to.object.name {
                renamed.code = self.heir(&from.object.name).unwrap_or(renamed.code);
            }
            self.drafts.push(renamed);
        }
        let endpoint = |page: &RequestPage| format!("{} {}", page.method, page.path);
        if endpoint(old) != endpoint(new) {
            let bodies = Verdict::breaking(format!("bodies go to {} now", endpoint(new)));
            let what = format!("endpoint {} → {}", endpoint(old), endpoint(new));
            self.drafts.push(draft(Kind::EndpointChanged, what, bodies, Affected::none()));
        }
        if old.response != new.response {
            let file = |page: &RequestPage| page.response.clone().unwrap_or_else(|| "no file".to_owned());
            let what = format!("the answer is described by {}, previously by {}", file(new), file(old));
            let bodies = Verdict::risky("what the server answers may be read differently");
            self.drafts.push(draft(Kind::EndpointChanged, what, bodies, Affected::none()));
        }
        if old.docs != new.docs {
            let what = format!("documentation moved to {}", new.docs);
            self.drafts.push(draft(Kind::DocsAddressChanged, what, Verdict::safe("documentation"), Affected::none()));
        }
        for model in &old.models {
            if !new.models.contains(model) {
                self.model_gone(old, from, model, &new.slug);
            }
        }
        for model in new.models.iter().filter(|model| !old.models.contains(model)) {
            if self.from.pages().any(|(page, _)| page.models.contains(model)) {
                continue; // reported with its old page
            }
            let mut draft = draft(
                Kind::ModelAdded,
                of_new_model(new, to, model),
                Verdict::safe("more is allowed"),
                Affected::none(),
            );
            draft.subject = "model".to_owned();
            draft.describes = draft.describes.property(&to.object.name, "model");
            draft.describes =
                restricted(to).fold(draft.describes, |described, name| described.property(&to.object.name, name));
            draft.code = Verdict::safe("enumerations may grow");
            self.drafts.push(draft);
        }
        let models: Vec<String> = old.models.iter().filter(|model| new.models.contains(model)).cloned().collect();
        self.objects(&Scope { from, to, models: Some(models), pages });
    }

    /// What it means for code if the Rust name of a request is now that of another one.
    fn heir(&self, name: &str) -> Option<Verdict> {
        let page = self.to.objects.get(name)?.object.page.as_ref()?;
        Some(Verdict::risky(format!("what still compiles is now a request of {}", page.slug)))
    }

    fn page_removed(&mut self, page: &RequestPage, shape: &'c Shape<'m>) {
        for model in &page.models {
            self.model_gone(page, shape, model, &page.slug);
        }
        let names = shape.module.definitions.iter().map(NamedType::name);
        let affected =
            names.fold(Affected::none().module(&shape.module.name), |affected, name| match self.to.has(name) {
                true => affected,
                false => affected.ty(name),
            });
        let code = match self.to.has(&shape.object.name) {
            true => self.heir(&shape.object.name).unwrap_or(Verdict::safe("its types are elsewhere")),
            false => Verdict::breaking(format!("`{}` is gone, with all that goes with it", shape.object.name)),
        };
        let bodies = Verdict::safe("see what happens to each of its models");
        let draft = ChangeDraft::new(Kind::PageRemoved, vec![page.slug.clone()], "", "page removed", bodies);
        self.drafts.push(draft.describes(Described::default().ty(&shape.object.name)).affects(affected).code(code));
    }

    fn page_added(&mut self, page: &RequestPage, shape: &Shape<'m>) {
        let come = |model: &&String| !self.from.pages().any(|(page, _)| page.models.contains(model));
        let models: Vec<String> = page.models.iter().filter(come).map(|model| format!("`{model}`")).collect();
        let models = if models.is_empty() { String::new() } else { format!(", with {}", models.join(", ")) };
        let (what, bodies) = (format!("new page{models}"), Verdict::safe("more is allowed"));
        let draft = ChangeDraft::new(Kind::PageAdded, vec![page.slug.clone()], "", what, bodies);
        let code = Verdict::safe(format!("a new type `{}`; `VideoRequest` may grow", shape.object.name));
        self.drafts.push(draft.describes(Described::default().ty(&shape.object.name)).code(code));
    }

    /// Reports a model that its page no longer has: it is gone, or on another page.
    fn model_gone(&mut self, page: &RequestPage, from: &'c Shape<'m>, model: &String, slug: &str) {
        let models = vec![model.clone()];
        let field = from.slot("model").map(|slot| slot.field);
        let variant = field.and_then(|field| match &field.ty {
            foxapi_codegen::checked::Type::Enumeration { name, .. } => {
                let (_, set) = self.from.enumerations.get(name.as_str())?;
                set.variants.iter().find(|variant| variant.value == *model).map(|variant| (name, &variant.name))
            }
            _ => None,
        });
        let affected = variant.map_or_else(Affected::none, |(set, variant)| Affected::none().variant(set, variant));
        let heir = variant.and_then(|(set, variant)| {
            let (_, set) = self.to.enumerations.get(set.as_str())?;
            set.variants.iter().find(|other| other.name == *variant && other.value != *model)
        });
        let code = match (variant, heir) {
            (Some((set, variant)), Some(heir)) => {
                Verdict::risky(format!("compiles, and `{set}::{variant}` stands for `{}`", heir.value))
            }
            _ => Verdict::safe("types stay as they are"),
        };
        let described = Described::default().property(&from.object.name, "model");
        let described = restricted(from).fold(described, |described, name| described.property(&from.object.name, name));
        let draft = |kind, what: String, bodies| {
            let draft = ChangeDraft::new(kind, vec![slug.to_owned()], "model", what, bodies);
            draft.describes(described.clone()).affects(affected.clone()).code(code.clone())
        };
        let home = self.to.pages().find(|(page, _)| page.models.contains(model));
        let Some((home, to)) = home else {
            let scope = Scope { from, to: from, models: Some(models), pages: vec![page.slug.clone()] };
            let value = Value::Text(Text::exact(model));
            let mut bodies = Verdict::breaking(format!("was valid with `\"model\": {}`", words::value(&value)));
            let example = self.judge.complete(scope.subject(), "model", vec![value]);
            bodies.example = example.map(|body| body.to_json());
            self.drafts.push(draft(Kind::ModelRemoved, format!("model `{model}` removed"), bodies));
            return;
        };
        let moved = Scope { from, to, models: Some(models), pages: vec![page.slug.clone()] };
        let bodies = self.moved(&moved, page, home);
        self.drafts.push(draft(Kind::ModelMoved, format!("model `{model}` moved to {}", home.slug), bodies));
    }

    /// The worst difference between the old and the new page of a model that moved.
    fn moved(&mut self, scope: &Scope<'c, 'm>, old: &RequestPage, new: &RequestPage) -> Verdict {
        if (&old.method, &old.path) != (&new.method, &new.path) {
            return Verdict::breaking(format!("bodies go to {} {} now", new.method, new.path));
        }
        let earlier = std::mem::take(&mut self.drafts);
        let used = std::mem::take(&mut self.uses);
        self.objects(scope);
        self.enumerations();
        let differences = std::mem::replace(&mut self.drafts, earlier);
        self.uses = used;
        let worst = differences.into_iter().filter(|draft| draft.bodies.class > Class::Safe);
        let worst = worst.reduce(|worst, draft| if draft.bodies.class > worst.bodies.class { draft } else { worst });
        match worst {
            None => Verdict::safe("its new page accepts what the old one accepted"),
            Some(draft) => {
                let mut verdict = draft.bodies;
                verdict.why = format!("{} {}: {}", draft.subject, draft.what, verdict.why);
                verdict
            }
        }
    }
}

/// The parameters that only some models of a page have, or have with all options.
fn restricted<'s>(shape: &'s Shape<'_>) -> impl Iterator<Item = &'s str> {
    shape.availability.iter().map(|available| available.known.parameter.as_str())
}

//! Reports differences that no change explains yet, so that nothing goes unlisted.

use foxapi_codegen::checked::{Module, NamedType, SpecSet};
use foxapi_codegen::raw::Node;
use serde_json::Value as JsonValue;

use super::StateComparer;
use super::code::{ChangeDraft, Described};
use crate::{Kind, Verdict};

impl StateComparer<'_, '_> {
    pub(super) fn unexplained(&mut self, from: &SpecSet, to: &SpecSet) {
        for new in &to.modules {
            if let Some(old) = from.modules.iter().find(|old| old.name == new.name) {
                self.schemas(old, new);
                self.files(old, new);
                self.definitions(old, new);
            }
        }
    }

    /// Compares the descriptions of files that several pages share.
    fn files(&mut self, old: &Module, new: &Module) {
        let is_page = new.schema.is_some();
        if old.description != new.description && !is_page {
            self.reworded(vec![slug(new)], "", &["the file".to_owned()], Described::default());
        }
    }

    /// Reports any other difference between two types of the same name.
    fn definitions(&mut self, old: &Module, new: &Module) {
        for definition in &new.definitions {
            let name = definition.name();
            let is_other = |old: &NamedType| old.name() == name && old != definition;
            if !old.definitions.iter().any(is_other) || self.is_described(name) {
                continue;
            }
            let bodies = Verdict::risky("differs in a way this tool does not classify");
            let draft = ChangeDraft::new(Kind::ItemChanged, vec![slug(new)], name, "another definition", bodies);
            self.drafts.push(draft.describes(Described::default().ty(name)));
        }
    }

    /// Compares schemas of pages: other examples, or an equivalent schema written differently.
    fn schemas(&mut self, old: &Module, new: &Module) {
        let (Some(before), Some(after)) = (canonical(&old.schema), canonical(&new.schema)) else { return };
        let slug = slug(new);
        let mut others: Vec<String> = Vec::new();
        let mut examples: Vec<String> = Vec::new();
        for (name, property) in members(&after) {
            let Some(known) = before.get("properties").and_then(|properties| properties.get(name)) else { continue };
            if known == property {
                continue;
            }
            let [(known, were), (property, are)] = [known, property].map(without_examples);
            if were != are {
                examples.push(format!("`{name}`"));
            }
            if known != property && !self.explains(&slug, name) {
                others.push(format!("`{name}`"));
            }
        }
        let is_silent = !self.drafts.iter().any(|draft| draft.pages.contains(&slug));
        if before != after && is_silent && others.is_empty() && examples.is_empty() {
            others.push("the page".to_owned());
        }
        for (names, what) in [(examples, "examples of"), (others, "the same in other words:")] {
            if !names.is_empty() {
                let (what, bodies) =
                    (format!("{what} {}", names.join(", ")), Verdict::safe("requires the same as before"));
                let draft = ChangeDraft::new(Kind::WordingChanged, vec![slug.clone()], "", what, bodies);
                self.drafts.push(draft.code(Verdict::safe("documentation")));
            }
        }
    }

    /// Whether a change is about a parameter of a page, or about a part of it.
    fn explains(&self, slug: &str, name: &str) -> bool {
        [self.from, self.to].iter().any(|meaning| {
            let shapes = meaning.pages().filter(|(page, _)| page.slug == slug).map(|(_, shape)| shape);
            shapes.filter_map(|shape| Some((shape, shape.slot(name)?))).any(|(shape, slot)| {
                let types = meaning.reached(slot.field.ty.mentioned());
                self.drafts.iter().any(|draft| {
                    draft.describes.has_property(&shape.object.name, name)
                        || types.iter().any(|ty| draft.describes.has_type(ty))
                })
            })
        })
    }

    /// Whether a change is about a type, a part of it, or a property that has it.
    fn is_described(&self, name: &str) -> bool {
        [self.from, self.to].iter().any(|meaning| {
            let types = meaning.reached(vec![name]);
            let mut owners =
                meaning.objects.values().flat_map(|shape| shape.slots.iter().map(move |slot| (shape, slot)));
            self.drafts.iter().any(|draft| types.iter().any(|ty| draft.describes.has_type(ty)))
                || owners.any(|(shape, slot)| {
                    let has = |draft: &ChangeDraft| draft.describes.has_property(&shape.object.name, &slot.field.name);
                    slot.field.ty.mentioned().contains(&name) && self.drafts.iter().any(has)
                })
        })
    }
}

/// The name of a file in a report.
fn slug(module: &Module) -> String {
    module.source.trim_end_matches(".json").to_owned()
}

/// A schema without notes and with sorted rules.
fn canonical(schema: &Option<Node>) -> Option<JsonValue> {
    let mut schema = schema.as_ref()?.to_json();
    clean(&mut schema);
    if let Some(rules) = schema.get_mut("allOf").and_then(JsonValue::as_array_mut) {
        rules.sort_by_key(JsonValue::to_string);
    }
    Some(schema)
}

/// The parameters of a page.
fn members(schema: &JsonValue) -> impl Iterator<Item = (&String, &JsonValue)> {
    schema.get("properties").and_then(JsonValue::as_object).into_iter().flatten()
}

/// A property without its examples, and the examples.
fn without_examples(property: &JsonValue) -> (JsonValue, Vec<JsonValue>) {
    let (mut property, mut examples) = (property.clone(), Vec::new());
    take_examples(&mut property, &mut examples);
    (property, examples)
}

fn take_examples(value: &mut JsonValue, examples: &mut Vec<JsonValue>) {
    match value {
        JsonValue::Array(items) => items.iter_mut().for_each(|item| take_examples(item, examples)),
        JsonValue::Object(members) => {
            examples.extend(members.remove("examples"));
            members.values_mut().for_each(|member| take_examples(member, examples));
        }
        _ => {}
    }
}

/// Removes notes, which have no meaning for callers.
pub(super) fn clean(value: &mut JsonValue) {
    match value {
        JsonValue::Array(items) => items.iter_mut().for_each(clean),
        JsonValue::Object(members) => {
            members.remove("$comment");
            members.values_mut().for_each(clean);
        }
        _ => {}
    }
}

//! What differs and is told by no change yet: nothing goes unlisted.

use foxapi_codegen::model::{Definition, Model, Module};
use serde_json::Value as Json;

use super::Comparer;
use super::code::{Draft, Owns};
use crate::{Kind, Verdict};

impl Comparer<'_, '_> {
    pub(super) fn unexplained(&mut self, from: &Model, to: &Model) {
        for new in &to.modules {
            if let Some(old) = from.modules.iter().find(|old| old.name == new.name) {
                self.schemas(old, new);
                self.files(old, new);
                self.definitions(old, new);
            }
        }
    }

    /// A file that several pages share has words of its own.
    fn files(&mut self, old: &Module, new: &Module) {
        let is_page = new.schema.is_some();
        if old.description != new.description && !is_page {
            self.reworded(vec![slug(new)], "", &["the file".to_owned()]);
        }
    }

    /// Whatever else may differ between two types of one name.
    fn definitions(&mut self, old: &Module, new: &Module) {
        for definition in &new.definitions {
            let name = definition.name();
            let is_other = |old: &&Definition| old.name() == name && format!("{old:?}") != format!("{definition:?}");
            if !old.definitions.iter().any(|old| is_other(&old)) {
                continue;
            }
            let pages: Vec<String> = self.pages_with(&[name]).into_iter().chain([slug(new)]).collect();
            if self.drafts.iter().any(|draft| draft.pages.iter().any(|page| pages.contains(page))) {
                continue;
            }
            self.drafts.push(Draft {
                kind: Kind::ItemChanged,
                pages: vec![slug(new)],
                subject: name.to_owned(),
                what: "another definition".to_owned(),
                bodies: Verdict::risky("what differs is nothing that this comparison knows"),
                owns: Owns::nothing(),
                code: Verdict::safe("types stay as they are"),
            });
        }
    }

    /// Schemas of pages: other examples, or the same in other words.
    fn schemas(&mut self, old: &Module, new: &Module) {
        let (Some(before), Some(after)) = (canonical(&old.schema), canonical(&new.schema)) else { return };
        let slug = slug(new);
        let mut others: Vec<String> = Vec::new();
        let mut examples: Vec<String> = Vec::new();
        for (name, property) in members(&after) {
            let Some(known) = before.get("properties").and_then(|properties| properties.get(name)) else { continue };
            if known == property || self.explains(&slug, name) {
                continue;
            }
            let list = match without_examples(known) == without_examples(property) {
                true => &mut examples,
                false => &mut others,
            };
            list.push(format!("`{name}`"));
        }
        let is_silent = !self.drafts.iter().any(|draft| draft.pages.contains(&slug));
        if before != after && is_silent && others.is_empty() && examples.is_empty() {
            others.push("the page".to_owned());
        }
        for (names, what) in [(examples, "examples of"), (others, "the same in other words:")] {
            if !names.is_empty() {
                self.drafts.push(Draft {
                    kind: Kind::WordingChanged,
                    pages: vec![slug.clone()],
                    subject: String::new(),
                    what: format!("{what} {}", names.join(", ")),
                    bodies: Verdict::safe("asks what it asked before"),
                    owns: Owns::nothing(),
                    code: Verdict::safe("documentation"),
                });
            }
        }
    }

    /// Whether a change is about a parameter of a page, or about something that it consists of.
    fn explains(&self, slug: &str, name: &str) -> bool {
        let types: Vec<&str> = [self.from, self.to]
            .iter()
            .flat_map(|meaning| {
                let shapes = meaning.pages().filter(|(page, _)| page.slug == slug).map(|(_, shape)| shape);
                let slots = shapes.filter_map(|shape| shape.slot(name));
                slots.flat_map(|slot| meaning.reached(slot.field.ty.mentioned()))
            })
            .collect();
        let quoted = format!("`{name}`");
        self.drafts.iter().filter(|draft| draft.pages.iter().any(|page| page == slug)).any(|draft| {
            let owner = draft.subject.split('.').next().unwrap_or_default();
            draft.subject == name || draft.what.contains(&quoted) || types.contains(&owner)
        })
    }
}

/// How a file is called in a report.
fn slug(module: &Module) -> String {
    module.source.trim_end_matches(".json").to_owned()
}

/// A schema without notes, its rules in an order of their own.
fn canonical(schema: &Option<String>) -> Option<Json> {
    let mut schema: Json = serde_json::from_str(schema.as_deref()?).ok()?;
    clean(&mut schema);
    if let Some(rules) = schema.get_mut("allOf").and_then(Json::as_array_mut) {
        rules.sort_by_key(Json::to_string);
    }
    Some(schema)
}

/// The parameters of a page.
fn members(schema: &Json) -> impl Iterator<Item = (&String, &Json)> {
    schema.get("properties").and_then(Json::as_object).into_iter().flatten()
}

fn without_examples(property: &Json) -> Json {
    let mut property = property.clone();
    strip(&mut property);
    property
}

fn strip(value: &mut Json) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(strip),
        Json::Object(members) => {
            members.remove("examples");
            members.values_mut().for_each(strip);
        }
        _ => {}
    }
}

/// Takes out what nobody reads.
pub(super) fn clean(value: &mut Json) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(clean),
        Json::Object(members) => {
            members.remove("$comment");
            members.values_mut().for_each(clean);
        }
        _ => {}
    }
}

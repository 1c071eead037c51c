//! Shared schemas with names that are unique across all specs, and schemas that refer to them by these names.

use std::collections::{BTreeMap, BTreeSet};

use foxapi_schema::keyword::{Role, Takes, entry};

use super::Exports;
use super::json::{Json, Object};
use super::plain::constants;
use crate::check::SpecFile;
use crate::reference::parse;

/// Everything in the spec files that a reference can point to.
pub(super) struct SharedSchemas<'a> {
    files: &'a [SpecFile],
    /// Pages first, then the others, each in the order of the files.
    list: Vec<SharedSchema>,
}

struct SharedSchema {
    file: usize,
    /// The name under `$defs`; empty for the whole file.
    name: String,
    /// The unique name.
    unique: String,
    schema: Object,
}

impl<'a> SharedSchemas<'a> {
    pub(super) fn new(exports: &'a Exports) -> Self {
        let files = exports.files.specs.as_slice();
        let mut list = Vec::new();
        for is_page in [true, false] {
            for (index, file) in files.iter().enumerate() {
                let Json::Object(mut root) = Json::from(&file.raw) else { continue };
                for (_, object, page) in exports.specs.requests().filter(|(module, ..)| module.source == file.file_name)
                {
                    let rules = object.availability.iter().map(|available| available.rule(&page.models));
                    let mut rules: Vec<Json> = rules.map(|rule| Json::of_value(&rule)).collect();
                    rules.extend(root.list("allOf").iter().cloned());
                    if !rules.is_empty() {
                        root.set("allOf", rules);
                    }
                }
                if root.contains("x-endpoint") == is_page {
                    let named = root.members("$defs").filter_map(|(name, schema)| Some((name, schema.as_object()?)));
                    for (name, schema) in [("", &root)].into_iter().chain(named) {
                        let unique = unique_name(&list, &root, &file.stem, name, schema);
                        list.push(SharedSchema { file: index, name: name.to_owned(), unique, schema: schema.clone() });
                    }
                }
            }
        }
        Self { files, list }
    }

    /// The unique name of the schema of a whole spec file.
    pub(super) fn of_file(&self, file_name: &str) -> Option<&str> {
        let definition = self.list.iter().find(|it| it.name.is_empty() && self.file_name(it.file) == file_name);
        definition.map(|definition| definition.unique.as_str())
    }

    fn file_name(&self, index: usize) -> &str {
        self.files.get(index).map_or("", |file| file.file_name.as_str())
    }

    fn target(&self, file: usize, reference: &str) -> Option<&SharedSchema> {
        let (target, name) = parse(reference)?;
        let target = target.unwrap_or_else(|| self.file_name(file));
        self.list.iter().find(|it| it.name == name && self.file_name(it.file) == target)
    }

    /// The unique name of what a reference in a file points to.
    pub(super) fn resolved(&self, from: &SpecFile, reference: &str) -> Option<&str> {
        let file = self.files.iter().position(|file| file.file_name == from.file_name)?;
        self.target(file, reference).map(|definition| definition.unique.as_str())
    }

    /// Whether there is a definition of this unique name.
    pub(super) fn contains(&self, unique: &str) -> bool {
        self.list.iter().any(|definition| definition.unique == unique)
    }

    /// The definitions with these unique names and all definitions they refer to, in the order of the list.
    ///
    /// `reference` turns a name into a reference. `adapt` is applied to each schema, innermost first.
    pub(super) fn reached(
        &self,
        names: impl IntoIterator<Item = String>,
        reference: &dyn Fn(&str) -> String,
        adapt: &dyn Fn(Object) -> Object,
    ) -> Vec<(String, Json)> {
        let mut due: Vec<String> = names.into_iter().collect();
        let mut known: BTreeSet<String> = due.iter().cloned().collect();
        let mut adapted: BTreeMap<String, Json> = BTreeMap::new();
        while let Some(name) = due.pop() {
            let Some(definition) = self.list.iter().find(|definition| definition.unique == name) else { continue };
            let mut rewriter = Rewriter { shared: self, file: definition.file, reference, adapt, found: Vec::new() };
            let schema = rewriter.object(&definition.schema);
            due.extend(rewriter.found.into_iter().filter(|found| known.insert(found.clone())));
            adapted.insert(name, schema);
        }
        let in_order = self.list.iter().filter_map(|it| Some((it.unique.clone(), adapted.remove(&it.unique)?)));
        in_order.collect()
    }
}

/// The name of a definition, prefixed with the name of its file if it is taken.
fn unique_name(list: &[SharedSchema], root: &Object, stem: &str, name: &str, schema: &Object) -> String {
    let file = root.text("title").unwrap_or(stem);
    let own = schema.text("title").unwrap_or(if name.is_empty() { stem } else { name });
    let allowed = |name: String| -> String {
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect()
    };
    let numbered = (2..).map(|number| format!("{file}{own}{number}"));
    let candidates = [own.to_owned(), format!("{file}{own}")].into_iter().chain(numbered).map(allowed);
    let mut free = candidates.filter(|candidate| list.iter().all(|definition| definition.unique != *candidate));
    free.next().unwrap_or_default()
}

struct Rewriter<'d, 'a> {
    shared: &'d SharedSchemas<'a>,
    file: usize,
    /// Turns a name into a reference.
    reference: &'d dyn Fn(&str) -> String,
    adapt: &'d dyn Fn(Object) -> Object,
    found: Vec<String>,
}

impl Rewriter<'_, '_> {
    fn schema(&mut self, schema: &Json) -> Json {
        match schema {
            Json::Object(members) => self.object(members),
            other => other.clone(),
        }
    }

    fn object(&mut self, schema: &Object) -> Json {
        let repeated = self.repeated(schema);
        // `x-models` has already been turned into a rule of the page.
        let is_dropped = |name: &str| matches!(name, "$defs" | "$schema" | "$comment" | "x-models");
        let members = schema.iter().filter(|(name, _)| !is_dropped(name) && repeated != Some(*name));
        let rewritten = members.map(|(name, value)| (name.to_owned(), self.keyword(name, value))).collect();
        Json::Object((self.adapt)(rewritten))
    }

    /// The keyword that only repeats the constants of a reference's target, in order to add `x-models`.
    fn repeated(&self, schema: &Object) -> Option<&'static str> {
        let target = self.shared.target(self.file, schema.text("$ref")?)?;
        let (own, known) = (constants(schema)?, constants(&target.schema)?);
        let is_same = own.nullable == known.nullable && known.values.iter().all(|value| own.values.contains(value));
        is_same.then_some(own.keyword)
    }

    /// The value of a keyword. Data stays as it is, even if it looks like a schema.
    fn keyword(&mut self, name: &str, value: &Json) -> Json {
        let takes = entry(name).map_or(Takes::Value, |entry| entry.takes);
        match (name, value) {
            ("$ref", Json::String(reference)) => match self.shared.target(self.file, reference) {
                Some(target) => {
                    self.found.push(target.unique.clone());
                    (self.reference)(&target.unique).into()
                }
                None => value.clone(),
            },
            (_, _) if takes == Takes::Schema => self.schema(value),
            (_, Json::Array(items)) if takes == Takes::Schemas => {
                Json::Array(items.iter().map(|item| self.schema(item)).collect())
            }
            (_, Json::Object(members)) if takes == Takes::Named => {
                Json::Object(members.iter().map(|(name, schema)| (name.to_owned(), self.schema(schema))).collect())
            }
            (_, data) => data.clone(),
        }
    }
}

/// A schema without file-level keywords.
pub(super) fn without_top(schema: Object) -> Object {
    let is_at_top = |name: &str| entry(name).is_some_and(|entry| entry.role == Role::Identity);
    schema.into_iter().filter(|(name, _)| !is_at_top(name)).collect()
}

//! Resolves `$ref`, and checks that each one points to something.

use std::collections::HashSet;

use super::schema::{Name, SpecSchema};
use super::types::non_null_branch;
use super::{Checker, SpecFile};
use crate::raw::Span;
use crate::reference::parse;
use crate::suggest::closest;

/// A reference that leads back to itself without going into a property or item.
pub(super) struct CircularReference;

impl<'a> Checker<'a, '_, '_> {
    /// Records every schema that a reference can point to.
    pub(super) fn index_definitions(&mut self) {
        for file in self.files {
            self.targets.insert((&file.file_name, ""), &file.schema);
            for definition in &file.schema.definitions {
                self.targets.insert((&file.file_name, &definition.name.text), &definition.schema);
            }
        }
    }

    /// The schema that a checked reference points to.
    pub(super) fn target(&self, reference: &Name) -> Option<&'a SpecSchema> {
        let (file, name) = parse(&reference.text)?;
        let from = self.file_at(reference.at)?;
        self.targets.get(&(file.unwrap_or(&from.file_name), name)).copied()
    }

    pub(super) fn file_at(&self, at: Span) -> Option<&'a SpecFile> {
        self.files.get(*self.file_of_source.get(&at.file)?)
    }

    /// The schema and all schemas it refers to, directly or through further references.
    pub(super) fn chain(&self, schema: &'a SpecSchema) -> Vec<&'a SpecSchema> {
        let mut chain = vec![schema];
        let mut next = schema;
        while let Some(target) = next.reference.as_ref().and_then(|reference| self.target(reference)) {
            if chain.iter().any(|earlier| earlier.at == target.at) {
                break;
            }
            chain.push(target);
            next = target;
        }
        chain
    }

    /// All schemas of the value: the chain of references, the alternative to null, and the branches of `allOf`.
    pub(super) fn parts(&self, schema: &'a SpecSchema) -> Vec<&'a SpecSchema> {
        let mut parts: Vec<&'a SpecSchema> = Vec::new();
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            for part in self.chain(next) {
                if parts.iter().all(|known| known.at != part.at) {
                    parts.push(part);
                    // For an object, the branches of `allOf` are rules.
                    let branches = part.all_of.iter().filter(|_| part.properties.is_empty());
                    open.extend(non_null_branch(part).into_iter().chain(branches));
                }
            }
        }
        parts
    }

    /// Reports references to nowhere and references that only lead back to themselves. No further check
    /// can run after the latter.
    pub(super) fn check_references(&mut self) -> Result<(), CircularReference> {
        let mut outcome = Ok(());
        for file in self.files {
            self.check_references_in(file, &file.schema, true, &mut outcome);
        }
        outcome
    }

    fn check_references_in(
        &mut self,
        file: &'a SpecFile,
        schema: &'a SpecSchema,
        is_root: bool,
        outcome: &mut Result<(), CircularReference>,
    ) {
        if let Some(reference) = &schema.reference {
            self.check_reference(file, reference);
            if self.leads_to_itself(schema) {
                self.report.error(reference.at, format!("\"{}\" leads back to itself", reference.text));
                *outcome = Err(CircularReference);
            }
        }
        if !is_root && !schema.definitions.is_empty() {
            self.report.error_with_help(schema.at, "\"$defs\" belongs only at the top of a file", "move them there");
        }
        for definition in schema.definitions.iter().chain(&schema.properties) {
            self.check_references_in(file, &definition.schema, false, outcome);
        }
        for part in schema.in_place().chain(schema.inside()) {
            self.check_references_in(file, part, false, outcome);
        }
    }

    fn check_reference(&mut self, file: &'a SpecFile, reference: &Name) {
        let text = &reference.text;
        let Some((target_file, name)) = parse(text) else {
            return self.report.error_with_help(
                reference.at,
                format!("\"{text}\" is not a reference that the generator follows"),
                "write \"#/$defs/Name\" or \"file.json#/$defs/Name\"",
            );
        };
        let target_file = target_file.unwrap_or(&file.file_name);
        if let Some(target) = self.files.iter().find(|known| known.file_name == target_file)
            && let Some(folder) = target.folder.as_deref().filter(|folder| !folder.is_empty())
            && file.family() != target.family()
        {
            self.report.error_with_help(
                reference.at,
                format!("\"{text}\" points into the family of {folder}, which can be disabled"),
                "move what both share to a file at the top, such as common.json",
            );
        }
        if !self.targets.contains_key(&(target_file, "")) {
            let known = closest(target_file, self.files.iter().map(|file| file.file_name.as_str()));
            let help = known.map_or("references name spec files without their folders".to_owned(), |known| {
                format!("did you mean \"{known}\"?")
            });
            return self.report.error_with_help(
                reference.at,
                format!("\"{text}\" points to no file: there is no {target_file}"),
                help,
            );
        }
        if !self.targets.contains_key(&(target_file, name)) {
            let names = self.targets.keys().filter(|(file, name)| *file == target_file && !name.is_empty());
            let help = match closest(name, names.map(|(_, name)| *name)) {
                Some(known) => format!("did you mean \"{known}\"?"),
                None => format!("add it to \"$defs\" of {target_file}"),
            };
            self.report.error_with_help(
                reference.at,
                format!("\"{text}\" points to nothing: {target_file} defines no \"{name}\""),
                help,
            );
        }
    }

    /// Whether following references leads back to the schema without passing an object, which would have a name.
    fn leads_to_itself(&self, schema: &'a SpecSchema) -> bool {
        let mut seen = HashSet::new();
        let mut open: Vec<&'a SpecSchema> = vec![schema];
        while let Some(next) = open.pop() {
            let target = next.reference.as_ref().and_then(|reference| self.target(reference));
            for part in target.into_iter().chain(next.in_place()).chain(next.inside()) {
                if part.at == schema.at {
                    return true;
                }
                if seen.insert(part.at) {
                    open.push(part);
                }
            }
        }
        false
    }
}

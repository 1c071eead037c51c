//! Keywords about objects: properties, and the rules between them.

use super::Collector;
use super::path::Step;
use crate::invisible;
use crate::json::{Members, View};
use crate::keyword::Keyword;
use crate::message;
use crate::subschema::{Keywords, Subschema};
use crate::suggest::close;
use crate::words;

impl<'a> Collector<'a> {
    /// All keywords about objects.
    pub(super) fn object(&mut self, schema: &'a Keywords, value: &'a View<'a>, owner: &'a Keywords) {
        let View::Object(object) = value else { return };
        if self.properties(schema, object) < object.len() {
            self.additional_properties(schema, object);
        }
        self.assertions(schema, value);
        for (name, needed) in schema.dependent_required.iter().filter(|(name, _)| object.contains(name)) {
            for needed in needed.iter().filter(|needed| !object.contains(needed)) {
                let outer = self.needing.replace(name);
                self.at(Step::Name(needed), |it| {
                    it.report(Keyword::DependentRequired, || format!("is missing, but `{name}` needs it"))
                });
                self.needing = outer;
            }
        }
        for (_, subschema) in schema.dependent_schemas.iter().filter(|(name, _)| object.contains(name)) {
            self.subschema(subschema, value, Some(owner));
        }
        for rule in &schema.rules {
            let definition = self.definition(owner).unwrap_or(owner);
            let default = |name: &str| definition.properties.get(name)?.keywords()?.default.as_ref();
            if let Some((property, why)) = rule.violation(object, &default) {
                self.at(Step::Name(property), |it| it.report(rule.keyword(), || why));
            }
        }
    }

    /// `properties` and `required`, in the order of the schema. Returns how many of the object's properties are known.
    fn properties(&mut self, schema: &'a Keywords, object: &'a Members<'a>) -> usize {
        let mut known = 0;
        for (name, subschema) in schema.properties.iter() {
            // Many objects lack the last properties, which need not be looked for once all others are found.
            let value = if known < object.len() { object.get(name) } else { None };
            match value {
                Some(value) => {
                    known += 1;
                    self.at(Step::Name(name), |it| it.subschema(subschema, value, None));
                }
                None if schema.requires(name) => self.missing(name),
                None => {}
            }
        }
        let without_schema = schema.required.iter().filter(|name| schema.properties.get(name).is_none());
        for name in without_schema.filter(|name| !object.contains(name)) {
            self.missing(name);
        }
        known
    }

    fn missing(&mut self, name: &'a str) {
        self.at(Step::Name(name), |it| it.report(Keyword::Required, || message::MISSING.to_owned()));
    }

    /// `additionalProperties`.
    fn additional_properties(&mut self, schema: &'a Keywords, object: &'a Members<'a>) {
        let Some(additional) = &schema.additional_properties else {
            return;
        };
        for (name, value) in object.iter().filter(|(name, _)| schema.properties.get(name).is_none()) {
            match additional {
                Subschema::Bool(false) => {
                    self.at(Step::Name(name), |it| {
                        it.report_with(Keyword::AdditionalProperties, |it| {
                            format!("is unknown{}", it.hint(schema, name, object))
                        });
                    });
                }
                subschema => self.at(Step::Name(name), |it| it.subschema(subschema, value, None)),
            }
        }
    }

    /// A hint about an unknown property: which one was probably meant, or which models have it.
    fn hint(&self, schema: &Keywords, name: &str, object: &Members<'_>) -> String {
        const FEW: usize = 3;

        let unseen = invisible::first(name);
        let unseen = unseen
            .map_or_else(String::new, |character| format!(", with the invisible character {character} in its name"));
        let known: Vec<&str> = schema.properties.names().collect();
        let close = close(name, &known);
        // The misspelt name may still be meant for one that is also given.
        if let Some(meant) = close.iter().find(|close| !object.contains(close)).or(close.first()) {
            return format!("{unseen}; did you mean `{meant}`?");
        }
        if self.path.depth() > 1 {
            return unseen;
        }
        let having = self.others.iter().copied().flatten().filter(|page| page.parameters.contains(&name));
        let models: Vec<&str> = having.flat_map(|page| page.models).copied().collect();
        match models.as_slice() {
            [] => unseen,
            [model] => format!(" to this model; `{model}` has it"),
            models if models.len() <= FEW => format!(" to this model; {} have it", words::names(models)),
            _ => " to this model; others have it".to_owned(),
        }
    }

    /// The schema among those of an object that has `additionalProperties`.
    fn definition<'s>(&self, schema: &'s Keywords) -> Option<&'s Keywords>
    where
        'a: 's,
    {
        if schema.additional_properties.is_some() {
            return Some(schema);
        }
        let target = schema.reference.as_ref().and_then(|name| self.root.definitions.get(&name.0));
        let branches = [&schema.all_of, &schema.any_of, &schema.one_of].into_iter().flatten();
        target.into_iter().chain(branches).find_map(|subschema| self.definition(subschema.keywords()?))
    }
}

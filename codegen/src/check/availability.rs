//! `x-models`: which models of a page have a parameter, or an option of it.

use foxapi_schema::number;
use serde_json::Value as JsonValue;

use super::Checker;
use super::predicate::Subject;
use super::schema::{Name, SpecSchema};
use super::types::{branch_constants, non_null_branch};
use crate::checked::{Availability, Field, Predicate, PropertyPath, Type};
use crate::raw::Span;

impl<'a> Checker<'a, '_, '_> {
    /// Everything that not all models of a page have, in the page's order.
    pub(super) fn availability(
        &mut self,
        schema: &'a SpecSchema,
        fields: &[Field],
        models: &[String],
    ) -> Vec<Availability> {
        let mut found = Vec::new();
        let Some(model) = fields.iter().find(|field| field.name == "model") else { return found };
        for field in fields.iter().filter(|field| field.name != "model") {
            let Some(property) = schema.property(&field.name) else { continue };
            let mut having = models.to_vec();
            if let Some((at, names)) = &property.models {
                having = self.listed_models(*at, names, models, &format!("{:?}", field.name));
                if field.required && !field.nullable {
                    let message =
                        format!("{:?} is required, so the other models could not have any request", field.name);
                    self.report.error_with_help(*at, message, "take it out of \"required\", or leave \"x-models\" out");
                }
                found.extend(self.available(field, model, Vec::new(), having.clone()));
            }
            found.extend(self.available_options(property, field, model, &having));
        }
        found
    }

    /// The options of a parameter that only some of the models with the parameter have.
    fn available_options(
        &mut self,
        property: &'a SpecSchema,
        field: &Field,
        model: &Field,
        having: &[String],
    ) -> Vec<Availability> {
        let branches = branch_constants(non_null_branch(property).unwrap_or(property)).unwrap_or_default();
        let mut groups: Vec<(Vec<JsonValue>, Vec<String>)> = Vec::new();
        let takes_any = |model: &&String| {
            branches.iter().any(|(_, branch)| branch.models.as_ref().is_none_or(|(_, names)| has(names, model)))
        };
        if let Some(model) = having.iter().find(|model| !branches.is_empty() && !takes_any(model)) {
            let message = format!("{model:?} has no option of {:?}", field.name);
            self.report.error_with_help(property.at, message, "write \"x-models\" on the parameter");
        }
        for (value, branch) in branches {
            let Some((at, names)) = &branch.models else { continue };
            let value = value.to_json();
            let names = self.listed_models(*at, names, having, &format!("{value} of {:?}", field.name));
            if self.documented_default(property).is_some_and(|default| number::equal(&default, &value)) {
                let message = format!("{value} is the default, which is what leaving out {:?} means", field.name);
                let help = "allow it for every model with the parameter, or give no default";
                self.report.error_with_help(*at, message, help);
            }
            match groups.iter_mut().find(|(_, known)| *known == names) {
                Some((options, _)) => options.push(value),
                None => groups.push((vec![value], names)),
            }
        }
        groups.into_iter().filter_map(|(options, names)| self.available(field, model, options, names)).collect()
    }

    /// The default that the server uses, as JSON.
    fn documented_default(&self, property: &'a SpecSchema) -> Option<JsonValue> {
        self.chain(property).into_iter().find_map(|part| part.default.as_ref()).map(|default| default.to_json())
    }

    /// The models of a list, in the order of the page. Listing none, all, or unknown models is an error.
    fn listed_models(&mut self, at: Span, names: &[Name], having: &[String], what: &str) -> Vec<String> {
        for name in names.iter().filter(|name| !having.contains(&name.text)) {
            let help = match crate::suggest::closest(&name.text, having.iter().map(String::as_str)) {
                Some(known) => format!("did you mean {known:?}?"),
                None => format!("the models are {}", having.join(", ")),
            };
            let message = format!("{:?} is not a model of the page that could have {what}", name.text);
            self.report.error_with_help(name.at, message, help);
        }
        let listed: Vec<String> = having.iter().filter(|model| has(names, model)).cloned().collect();
        if names.is_empty() {
            self.report.error_with_help(
                at,
                format!("no model has {what}"),
                "name the models that have it, or take it out",
            );
        } else if listed.len() == having.len() {
            self.report.error_with_help(at, format!("every model has {what}"), "leave \"x-models\" out");
        }
        listed
    }

    /// The requirement of the models without something: that it is not given.
    fn available(
        &self,
        field: &Field,
        model: &Field,
        options: Vec<JsonValue>,
        models: Vec<String>,
    ) -> Option<Availability> {
        let Type::Enumeration { name, .. } = &model.ty else { return None };
        let others = self.variants(name).iter().filter(|variant| !models.contains(&variant.value));
        let others = others.map(|variant| variant.constant(name)).collect();
        let is_other = self.one_of_literals(others, &Subject::field(&PropertyPath::new(), model));
        let literals = options.iter().map(|option| self.literal_of(option, &field.ty)).collect::<Option<Vec<_>>>()?;
        let parameter = Subject::field(&PropertyPath::new(), field);
        let lacks = match literals.is_empty() {
            true => Predicate::Never,
            false => self.one_of_literals(literals, &parameter).negate(),
        };
        let absent = if field.is_optional() { Predicate::optional(parameter.path, true, lacks) } else { lacks };
        let predicate = Predicate::any([is_other.negate(), absent]);
        Some(Availability { parameter: field.name.clone(), options, models, predicate })
    }

    /// Reports `x-models` where it has no meaning.
    pub(super) fn refuse_stray_models(&mut self, schema: &'a SpecSchema) {
        let mut places: Vec<Span> = Vec::new();
        if schema.endpoint.is_some() {
            for property in schema.properties.iter().filter(|property| property.name.text != "model") {
                places.push(property.schema.at);
                let options = non_null_branch(&property.schema).unwrap_or(&property.schema);
                places.extend(branch_constants(options).into_iter().flatten().map(|(_, branch)| branch.at));
            }
        }
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            if let Some((at, _)) = next.models.as_ref().filter(|_| !places.contains(&next.at)) {
                let help = "write it on a parameter of a page, or on a constant in the \"oneOf\" of one";
                self.report.error_with_help(*at, "\"x-models\" has no effect here", help);
            }
            let named = next.definitions.iter().chain(&next.properties).map(|property| &property.schema);
            open.extend(named.chain(next.in_place()).chain(next.inside()));
        }
    }
}

fn has(names: &[Name], model: &str) -> bool {
    names.iter().any(|name| name.text == model)
}

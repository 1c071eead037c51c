//! Compiles what a schema requires of an object, as a definition or as a rule.

use std::collections::HashMap;

use foxapi_schema::assertion::{Measure, Side};
use foxapi_schema::json_type::JsonType;

use super::super::Checker;
use super::super::schema::{Name, SpecSchema};
use super::subject::{Purpose, Subject};
use crate::checked::{Field, Predicate, PropertyPath, Type};
use crate::raw::Value;

impl<'a> Checker<'a, '_, '_> {
    /// What the definition of an object requires of each single field.
    pub(in crate::check) fn own_check(&mut self, schema: &'a SpecSchema, object: &str) -> Predicate {
        self.check_limits_fit(schema, &Type::Object(object.to_owned()));
        if schema.extensible {
            self.refuse_assertions_on_answers(schema);
            return Predicate::Always;
        }
        self.properties(schema, object, &PropertyPath::new(), Purpose::Definition)
    }

    /// What a rule requires of an object.
    pub(in crate::check) fn rule(&mut self, schema: &'a SpecSchema, object: &str) -> Predicate {
        self.object(schema, object, &PropertyPath::new())
    }

    /// What a schema asks of an object beyond having its type.
    pub(super) fn object(&mut self, schema: &'a SpecSchema, object: &str, owner: &PropertyPath) -> Predicate {
        if let Some(boolean) = schema.boolean {
            return if boolean { Predicate::Always } else { Predicate::Never };
        }
        if self.object_spans.get(object) == Some(&schema.at) {
            return Predicate::Valid(owner.clone(), object.to_owned());
        }
        if schema.types.as_ref().is_some_and(|types| !types.contains(&JsonType::Object)) {
            return Predicate::Never;
        }
        if let Some((at, _)) = &schema.additional {
            self.report.error_with_help(
                *at,
                "a rule cannot change which properties an object has",
                "leave \"additionalProperties\" to the definition",
            );
        }
        let listed: Vec<_> = schema.constant.iter().chain(schema.enumeration.iter().flatten()).collect();
        if !listed.is_empty() && listed.iter().all(|node| matches!(node.value, Value::Null)) {
            return Predicate::Never;
        }
        if let Some(node) = listed.first() {
            self.report.error_with_help(
                node.at,
                "the generator cannot compare whole objects",
                "compare their properties",
            );
        }
        self.check_limits_fit(schema, &Type::Object(object.to_owned()));
        let mut parts = Vec::new();
        parts.push(self.follow(schema, |checker, target| checker.object(target, object, owner)));
        parts.push(self.properties(schema, object, owner, Purpose::Rule));
        parts.push(self.combinations(schema, None, &mut |checker, part| checker.object(part, object, owner)));
        for (name, needed) in &schema.dependent_required {
            let given = self.presence(std::slice::from_ref(name), object, owner);
            let needed = self.presence(needed, object, owner);
            parts.push(Predicate::any([given.negate(), needed]));
        }
        for property in &schema.dependent_schemas {
            let given = self.presence(std::slice::from_ref(&property.name), object, owner);
            let then = self.object(&property.schema, object, owner);
            parts.push(Predicate::any([given.negate(), then]));
        }
        parts.push(self.given_count(schema, object, owner));
        for ruled in &schema.rules {
            parts.push(self.tied(ruled, object, owner));
        }
        Predicate::all(parts)
    }

    /// `required` and `properties`.
    fn properties(
        &mut self,
        schema: &'a SpecSchema,
        object: &str,
        owner: &PropertyPath,
        purpose: Purpose,
    ) -> Predicate {
        if purpose == Purpose::Rule {
            for name in schema.required.iter().chain(schema.properties.iter().map(|property| &property.name)) {
                self.named_field(name, object);
            }
        }
        let properties: HashMap<&str, &'a SpecSchema> =
            schema.properties.iter().map(|property| (property.name.text.as_str(), &property.schema)).collect();
        let required: HashMap<&str, &'a Name> = schema.required.iter().map(|name| (name.text.as_str(), name)).collect();
        let is_named =
            |field: &&Field| properties.contains_key(field.name.as_str()) || required.contains_key(field.name.as_str());
        let fields = self.fields.get(object).map(Vec::as_slice).unwrap_or_default();
        let fields: Vec<Field> = fields.iter().filter(is_named).cloned().collect();
        let mut parts = Vec::with_capacity(fields.len());
        for field in &fields {
            let name = field.name.as_str();
            parts.push(self.property(
                properties.get(name).copied(),
                required.get(name).copied(),
                field,
                owner,
                purpose,
            ));
        }
        Predicate::all(parts)
    }

    /// `minProperties` and `maxProperties` of an object whose properties are known.
    pub(in crate::check) fn given_count(
        &mut self,
        schema: &'a SpecSchema,
        object: &str,
        owner: &PropertyPath,
    ) -> Predicate {
        let mut places = schema.bounds().filter(|(_, bound)| bound.measure == Measure::Properties);
        let Some((at, _)) = places.next() else { return Predicate::Always };
        let [minimum, maximum] = [Side::AtLeast, Side::AtMost].map(|side| schema.count(Measure::Properties, side));
        let fields = self.fields.get(object).cloned().unwrap_or_default();
        let (always, optional): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.required);
        if let Some(nullable) = optional.iter().find(|field| field.nullable) {
            self.report.error_with_help(
                at,
                format!(
                    "this would count {:?} being null but not {:?} being left out, which mean the same",
                    nullable.name, nullable.name
                ),
                "express it with \"anyOf\" and \"required\"",
            );
            return Predicate::Never;
        }
        let (always, most) = (always.len() as u64, fields.len() as u64);
        if minimum.is_some_and(|minimum| minimum > most) || maximum.is_some_and(|maximum| maximum < always) {
            return Predicate::Never;
        }
        let minimum = minimum.and_then(|minimum| minimum.checked_sub(always)).filter(|minimum| *minimum > 0);
        let maximum = maximum.filter(|maximum| *maximum < most).map(|maximum| maximum - always);
        if minimum.is_none() && maximum.is_none() {
            return Predicate::Always;
        }
        let paths = optional.into_iter().map(|field| Subject::field(owner, field).path).collect();
        Predicate::GivenCount { paths, minimum, maximum }
    }
}

//! Rules between the parameters of an object, each with the sentence that users read.

use foxapi_schema::assertion::{Bound, Measure};
use foxapi_schema::words::{self, upper_first};

use super::Checker;
use super::schema::SpecSchema;
use crate::checked::{ObjectRule, Predicate, PropertyPath};

impl<'a> Checker<'a, '_, '_> {
    /// The rules of an object: its `allOf` branches, and other rules next to `properties`.
    pub(super) fn rules(&mut self, schema: &'a SpecSchema, object: &str) -> Vec<ObjectRule> {
        if schema.extensible {
            return Vec::new();
        }
        let mut rules: Vec<ObjectRule> =
            schema.all_of.iter().filter_map(|branch| self.branch(branch, object)).collect();
        self.refuse_rules_without_sentence(schema);
        for (name, needed) in &schema.dependent_required {
            let listed: Vec<&str> = needed.iter().map(|needed| needed.text.as_str()).collect();
            let sentence = format!("`{}` needs {}.", name.text, words::names(&listed));
            let given = self.presence(std::slice::from_ref(name), object, &PropertyPath::new());
            let needed = self.presence(needed, object, &PropertyPath::new());
            rules.push(ObjectRule { sentence, parts: vec![Predicate::any([given.negate(), needed])] });
        }
        rules.extend(self.property_count(schema, object));
        rules
    }

    /// `minProperties` and `maxProperties`, which need no description.
    fn property_count(&mut self, schema: &'a SpecSchema, object: &str) -> Option<ObjectRule> {
        let counts = schema.bounds().filter(|(_, bound)| bound.measure == Measure::Properties);
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by_key(|(_, bound)| bound.keyword());
        let (at, _) = counts.first()?;
        let problems = self.report.count();
        let predicate = self.given_count(schema, object, &PropertyPath::new());
        if self.report.count() == problems && self.is_complete(object) {
            match predicate {
                Predicate::Always => self.report.error(*at, "this always holds, so it has no effect"),
                Predicate::Never => self.report.error(*at, "this never holds: no request could satisfy it"),
                _ => {}
            }
        }
        let verb = |bound: &Bound| if bound.limit.as_u64() == Some(1) { "is" } else { "are" };
        let given = counts.iter().map(|(_, bound)| format!("{} {} given", bound.phrase(), verb(bound)));
        let sentence = given.collect::<Vec<_>>().join(", ");
        Some(ObjectRule { sentence: format!("{}.", upper_first(&sentence)), parts: vec![predicate] })
    }

    fn branch(&mut self, branch: &'a SpecSchema, object: &str) -> Option<ObjectRule> {
        if branch.description.is_none() && !branch.broken {
            self.report.error_with_help(
                branch.at,
                "this rule has no description",
                "describe it in a sentence, which users read when they break the rule",
            );
        }
        let problems = self.report.count();
        let parts = match &branch.condition {
            Some(condition) => self.conditional(branch, condition, object),
            None => vec![self.rule(branch, object)],
        };
        if self.report.count() == problems && !branch.broken && self.is_complete(object) {
            if parts.iter().all(|part| *part == Predicate::Always) {
                self.report.error(branch.at, "this rule always holds, so it has no effect");
            }
            if parts.contains(&Predicate::Never) {
                self.report.error(branch.at, "this rule never holds: no request could satisfy it");
            }
        }
        let sentence = branch.description.as_ref()?.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(ObjectRule { sentence, parts })
    }

    /// Whether every property has a type. If one does not, messages about rules would be misleading.
    fn is_complete(&self, object: &str) -> bool {
        let schema = self.object_spans.get(object).and_then(|at| self.objects.get(at)).map(|found| found.schema);
        let fields = self.fields.get(object).map_or(0, Vec::len);
        schema.is_some_and(|schema| schema.properties.len() == fields)
    }

    /// `if` with `then` and `else`, each as a separate part; any other keyword is reported.
    fn conditional(&mut self, branch: &'a SpecSchema, condition: &'a SpecSchema, object: &str) -> Vec<Predicate> {
        let problems = self.report.count();
        let when = self.rule(condition, object);
        if self.report.count() == problems && !branch.broken {
            match when {
                Predicate::Never if branch.then.is_some() => {
                    self.report.error(condition.at, "this condition never holds, so \"then\" never applies");
                }
                Predicate::Always if branch.otherwise.is_some() => {
                    self.report.error(condition.at, "this condition always holds, so \"else\" never applies");
                }
                _ => {}
            }
        }
        let mut parts = Vec::new();
        for (branch, excused) in [(&branch.then, when.clone().negate()), (&branch.otherwise, when)] {
            if let Some(branch) = branch {
                parts.push(Predicate::any([excused, self.rule(branch, object)]));
            }
        }
        let rest = SpecSchema { condition: None, then: None, otherwise: None, ..branch.clone() };
        if rest.says_something() {
            self.report.error_with_help(
                branch.at,
                "\"if\" cannot be combined with other keywords in a rule",
                "write the rest as another \"allOf\" branch",
            );
        }
        parts
    }

    /// Reports rules outside `allOf`, where there is no place for a sentence.
    fn refuse_rules_without_sentence(&mut self, schema: &'a SpecSchema) {
        let single = [("not", &schema.not), ("if", &schema.condition)];
        let single = single.into_iter().filter_map(|(keyword, part)| Some((keyword, part.as_ref()?.at)));
        let several = [("anyOf", &schema.any_of), ("oneOf", &schema.one_of)];
        let several = several.into_iter().filter_map(|(keyword, parts)| Some((keyword, parts.as_ref()?.first()?.at)));
        let dependent = schema.dependent_schemas.iter().map(|property| ("dependentSchemas", property.name.at));
        let tied = schema.rules.iter().map(|ruled| (ruled.rule.keyword().as_str(), ruled.at));
        for (keyword, at) in single.chain(several).chain(dependent).chain(tied) {
            self.report.error_with_help(
                at,
                format!("\"{keyword}\" is next to \"properties\", where there is no sentence to explain it"),
                format!("write it as {{\"description\": \"…\", \"{keyword}\": …}} in \"allOf\""),
            );
        }
    }
}

impl SpecSchema {
    /// Whether the schema asserts anything.
    fn says_something(&self) -> bool {
        self.types.is_some() || self.constant.is_some() || self.says_more_than_a_value()
    }

    /// Whether the schema asserts anything apart from `type` and `const`.
    pub(super) fn says_more_than_a_value(&self) -> bool {
        self.boolean.is_some()
            || self.reference.is_some()
            || self.enumeration.is_some()
            || self.in_place().next().is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.dependent_required.is_empty()
            || self.prefix_items.is_some()
            || self.items.is_some()
            || self.contains.is_some()
            || !self.assertions.is_empty()
            || !self.rules.is_empty()
            || self.additional.is_some()
    }
}

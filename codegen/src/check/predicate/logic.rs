//! Compiles references and combinations of schemas: the same for every kind of value.

use super::super::Checker;
use super::super::schema::SpecSchema;
use super::super::types::constants;
use super::subject::Subject;
use crate::checked::Predicate;

impl<'a> Checker<'a, '_, '_> {
    /// `$ref`: what its target requires of the same value.
    pub(super) fn follow(
        &mut self,
        schema: &'a SpecSchema,
        compile: impl FnOnce(&mut Self, &'a SpecSchema) -> Predicate,
    ) -> Predicate {
        let Some(reference) = &schema.reference else { return Predicate::Always };
        let Some(target) = self.target(reference) else { return Predicate::Always };
        if self.following.contains(&target.at) {
            self.report.error_with_help(
                reference.at,
                format!("\"{}\" leads back to itself without a named object", reference.text),
                "give it \"type\": \"object\", or remove the recursion",
            );
            return Predicate::Never;
        }
        self.following.push(target.at);
        let predicate = compile(self, target);
        self.following.pop();
        predicate
    }

    /// `allOf`, `anyOf`, `oneOf`, `not`, `if`: the same for every kind of value.
    ///
    /// There is a subject unless the value is an object: those cannot be compared with constants.
    pub(super) fn combinations(
        &mut self,
        schema: &'a SpecSchema,
        subject: Option<&Subject>,
        compile: &mut dyn FnMut(&mut Self, &'a SpecSchema) -> Predicate,
    ) -> Predicate {
        let mut parts = Vec::new();
        for part in &schema.all_of {
            parts.push(compile(self, part));
        }
        let any: fn(Vec<Predicate>) -> Predicate = |parts| Predicate::any(parts);
        let one: fn(Vec<Predicate>) -> Predicate = |parts| Predicate::exactly_one(parts);
        for (branches, join) in [(&schema.any_of, any), (&schema.one_of, one)] {
            let Some(branches) = branches else { continue };
            parts.push(match subject.zip(constants(branches)) {
                Some((subject, constants)) => self.one_of(constants.into_iter().map(|(value, _)| value), subject),
                None => join(branches.iter().map(|branch| compile(self, branch)).collect()),
            });
        }
        if let Some(not) = &schema.not {
            parts.push(compile(self, not).negate());
        }
        if let Some(condition) = &schema.condition {
            let condition = compile(self, condition);
            for (branch, excused) in [(&schema.then, condition.clone().negate()), (&schema.otherwise, condition)] {
                if let Some(branch) = branch {
                    parts.push(Predicate::any([excused, compile(self, branch)]));
                }
            }
        }
        Predicate::all(parts)
    }
}

//! Compiles what a schema requires of a value of several forms.

use super::super::Checker;
use super::super::schema::SpecSchema;
use super::subject::{Subject, fits};
use crate::checked::{Predicate, Test};
use crate::raw::Value;

impl<'a> Checker<'a, '_, '_> {
    /// What a schema asks of a value of several forms: that it is valid, or which of the forms it has.
    pub(super) fn union(&mut self, schema: &'a SpecSchema, union: &str, subject: &Subject) -> Predicate {
        if let Some(boolean) = schema.boolean {
            return if boolean { Predicate::Always } else { Predicate::Never };
        }
        if self.union_spans.get(union) == Some(&schema.at) {
            return Predicate::Valid(subject.path.clone(), union.to_owned());
        }
        self.check_limits_fit(schema, &subject.ty);
        let mut parts = Vec::new();
        if let Some(types) = &schema.types {
            let forms = self.forms(union);
            let fitting = forms.iter().filter(|form| types.iter().any(|json_type| fits(*json_type, &form.ty)));
            let fitting: Vec<String> = fitting.map(|form| form.name.clone()).collect();
            parts.push(match fitting.len() {
                0 => Predicate::Never,
                all if all == forms.len() => Predicate::Always,
                _ => subject.asks(Test::Form { union: union.to_owned(), forms: fitting }),
            });
        }
        let listed: Vec<_> = schema.constant.iter().chain(schema.enumeration.iter().flatten()).collect();
        if let Some(node) = listed.iter().find(|node| !matches!(node.value, Value::Null)) {
            self.report.error_with_help(
                node.at,
                "the generator cannot compare a value with several forms",
                "test its \"type\"",
            );
        } else if !listed.is_empty() {
            parts.push(Predicate::Never);
        }
        parts.push(self.follow(schema, |checker, target| checker.union(target, union, subject)));
        parts.push(self.combinations(schema, None, &mut |checker, part| checker.union(part, union, subject)));
        Predicate::all(parts)
    }
}

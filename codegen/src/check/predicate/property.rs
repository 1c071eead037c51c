//! Compiles what a schema requires of one property: of its value, and whether it may be null or left out.

use serde_json::Value as JsonValue;

use super::super::Checker;
use super::super::schema::{Name, SpecSchema};
use super::subject::{Purpose, Subject};
use crate::checked::{Field, Literal, Predicate, PropertyPath};
use crate::raw::Span;

impl<'a> Checker<'a, '_, '_> {
    /// What a schema requires of one property: of its value, and whether it may be null or left out.
    pub(super) fn property(
        &mut self,
        schema: Option<&'a SpecSchema>,
        required: Option<&Name>,
        field: &Field,
        owner: &PropertyPath,
        purpose: Purpose,
    ) -> Predicate {
        let Some(at) = schema.map(|schema| schema.at).or(required.map(|name| name.at)) else {
            return Predicate::Always;
        };
        let subject = Subject::field(owner, field);
        let problems = self.report.count();
        let some = schema.map_or(Predicate::Always, |schema| self.value(schema, &subject));
        let is_whole = schema.is_none_or(|schema| !schema.broken) && self.report.count() == problems;
        if purpose == Purpose::Definition && some == Predicate::Never && is_whole {
            self.report.error(
                at,
                format!("no value satisfies this: the conditions on {:?} contradict each other", field.name),
            );
        }
        if !field.is_optional() {
            return some;
        }
        let on_null = schema.is_none_or(|schema| self.satisfies(schema, &JsonValue::Null));
        let none = if field.required {
            on_null
        } else {
            let on_absent = required.is_none();
            if purpose == Purpose::Rule && self.report.count() == problems {
                if field.nullable && on_null != on_absent {
                    self.null_differs(at, &field.name, on_absent);
                }
                // A bare `required` asks only whether the parameter is given, and so does a test for null.
                let is_trivial = matches!(some, Predicate::Always | Predicate::Never);
                if let Some(schema) = schema
                    && !(is_trivial && schema.is_about_null())
                {
                    self.check_default(schema, at, field, on_absent);
                }
            }
            on_absent
        };
        Predicate::optional(subject.path, none, some)
    }

    /// Whether the named properties are given.
    pub(in crate::check) fn presence(&mut self, names: &[Name], object: &str, owner: &PropertyPath) -> Predicate {
        let mut parts = Vec::new();
        for name in names {
            if let Some(field) = self.named_field(name, object) {
                parts.push(self.property(None, Some(name), &field, owner, Purpose::Rule));
            }
        }
        Predicate::all(parts)
    }

    /// The field that a rule names. A missing one is reported, unless its own problem already was.
    pub(super) fn named_field(&mut self, name: &Name, object: &str) -> Option<Field> {
        let fields = self.fields.get(object).map(Vec::as_slice).unwrap_or_default();
        if let Some(field) = fields.iter().find(|field| field.name == name.text) {
            return Some(field.clone());
        }
        let schema = self.object_spans.get(object).and_then(|at| self.objects.get(at)).map(|found| found.schema)?;
        if schema.property(&name.text).is_none() {
            self.unknown_property(name, schema.properties.iter().map(|property| property.name.text.as_str()));
        }
        None
    }

    /// Reports a rule that distinguishes `null` from leaving a parameter out, since both mean the same.
    fn null_differs(&mut self, at: Span, name: &str, on_absent: bool) {
        let help = if on_absent {
            format!("add \"required\": [{name:?}], or allow null here")
        } else {
            format!("test for a value: \"required\": [{name:?}] with \"properties\": {{{name:?}: {{\"type\": …}}}}")
        };
        self.report.error_with_help(
            at,
            format!("this distinguishes a missing {name:?} from {name:?} being null, but both mean the same"),
            help,
        );
    }

    /// Reports a rule that distinguishes a missing parameter from its default, since both mean the same.
    fn check_default(&mut self, schema: &'a SpecSchema, at: Span, field: &Field, on_absent: bool) {
        let Some(default) = field.default.as_ref().map(Literal::to_json) else { return };
        if default.is_null() || self.satisfies(schema, &default) == on_absent {
            return;
        }
        let name = &field.name;
        let (message, help) = if on_absent {
            (
                format!("this holds when {name:?} is left out, but not for {default}, its default"),
                format!("add \"required\": [{name:?}] next to \"properties\""),
            )
        } else {
            (
                format!("this fails when {name:?} is left out, but holds for {default}, its default"),
                format!("take {name:?} out of \"required\""),
            )
        };
        self.report.error_with_help(at, message, help);
    }
}

//! Compiles schemas to predicates: what a schema requires of a value that already has its Rust type.
//!
//! The same code handles parameters and rules. It reports anything that it cannot express exactly.

mod answers;
mod custom;
mod limits;
mod listed;

use std::collections::HashMap;

use foxapi_schema::assertion::{Measure, Side};
use serde_json::Value as Json;

use super::Checker;
use super::schema::{Additional, JsonType, Name, Schema};
use super::types::constants;
use crate::model::simplify::{self, count, every};
use crate::model::{Field, Item, Literal, Path, Predicate, Test, Type};
use crate::raw::{Span, Value};

/// What a schema is compiled for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The definition of a value.
    Definition,
    /// A rule over values that are defined elsewhere.
    Rule,
}

/// A value that a schema is asked of: where it is, and its type when it is not null.
pub(super) struct Subject {
    pub(super) path: Path,
    ty: Type,
}

impl Subject {
    /// A property of the object at a path.
    pub(super) fn field(owner: &Path, field: &Field) -> Self {
        Self::at(owner, &field.name, &field.ty)
    }

    fn at(owner: &Path, name: &str, ty: &Type) -> Self {
        let path = owner.iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
        Self { path, ty: ty.clone() }
    }

    /// What paths begin at: an item, or what a form of a union holds.
    fn itself(ty: &Type) -> Self {
        Self { path: Path::new(), ty: ty.clone() }
    }

    fn asks(&self, test: Test) -> Predicate {
        Predicate::Test(self.path.clone(), test)
    }
}

impl<'a> Checker<'a, '_, '_> {
    /// What the definition of an object requires of each single field.
    pub(super) fn own_check(&mut self, schema: &'a Schema, object: &str) -> Predicate {
        self.check_limits_fit(schema, &Type::Object(object.to_owned()));
        if schema.extensible {
            self.refuse_assertions_on_answers(schema);
            return Predicate::Always;
        }
        self.properties(schema, object, &Path::new(), Purpose::Definition)
    }

    /// What a rule requires of an object.
    pub(super) fn rule(&mut self, schema: &'a Schema, object: &str) -> Predicate {
        self.object(schema, object, &Path::new())
    }

    /// What a schema asks of an object beyond having its type.
    fn object(&mut self, schema: &'a Schema, object: &str, owner: &Path) -> Predicate {
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

    /// `$ref`: what its target requires of the same value.
    fn follow(&mut self, schema: &'a Schema, compile: impl FnOnce(&mut Self, &'a Schema) -> Predicate) -> Predicate {
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
    fn combinations(
        &mut self,
        schema: &'a Schema,
        subject: Option<&Subject>,
        compile: &mut dyn FnMut(&mut Self, &'a Schema) -> Predicate,
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

    /// `required` and `properties`.
    fn properties(&mut self, schema: &'a Schema, object: &str, owner: &Path, purpose: Purpose) -> Predicate {
        if purpose == Purpose::Rule {
            for name in schema.required.iter().chain(schema.properties.iter().map(|property| &property.name)) {
                self.named_field(name, object);
            }
        }
        let properties: HashMap<&str, &'a Schema> =
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

    /// What a schema requires of one property: of its value, and whether it may be null or left out.
    fn property(
        &mut self,
        schema: Option<&'a Schema>,
        required: Option<&Name>,
        field: &Field,
        owner: &Path,
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
        let on_null = schema.is_none_or(|schema| self.satisfies(schema, &Json::Null));
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
    fn check_default(&mut self, schema: &'a Schema, at: Span, field: &Field, on_absent: bool) {
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

    /// `minProperties` and `maxProperties` of an object whose properties are known.
    pub(super) fn given_count(&mut self, schema: &'a Schema, object: &str, owner: &Path) -> Predicate {
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
        Predicate::Written { paths, minimum, maximum }
    }

    /// Whether the named properties are given.
    pub(super) fn presence(&mut self, names: &[Name], object: &str, owner: &Path) -> Predicate {
        let mut parts = Vec::new();
        for name in names {
            if let Some(field) = self.named_field(name, object) {
                parts.push(self.property(None, Some(name), &field, owner, Purpose::Rule));
            }
        }
        Predicate::all(parts)
    }

    /// What a schema asks of a value that is not null and has its Rust type.
    fn value(&mut self, schema: &'a Schema, subject: &Subject) -> Predicate {
        if let Type::Object(object) = &subject.ty {
            return self.object(schema, object, &subject.path);
        }
        if let Type::Union(union) = &subject.ty {
            return self.union(schema, union, subject);
        }
        if let Some(boolean) = schema.boolean {
            return if boolean { Predicate::Always } else { Predicate::Never };
        }
        if let Some(types) = &schema.types
            && !types.iter().any(|json_type| fits(*json_type, &subject.ty))
        {
            if subject.ty == Type::Number && types.contains(&JsonType::Integer) {
                self.report.error(schema.at, "the generator cannot check whether a number is an integer");
            }
            return Predicate::Never;
        }
        self.check_limits_fit(schema, &subject.ty);
        let mut parts = Vec::new();
        parts.push(self.follow(schema, |checker, target| checker.value(target, subject)));
        parts.push(self.listed(schema, subject));
        parts.push(self.limits(schema, subject));
        match &subject.ty {
            Type::Array(item) => parts.push(self.items(schema, subject, item)),
            Type::Tuple(items) => parts.push(self.tuple_items(schema, subject, items)),
            Type::Map(value) => parts.push(self.map_values(schema, subject, value)),
            Type::FreeObject => self.refuse_look_inside(schema),
            _ => {}
        }
        parts.push(self.combinations(schema, Some(subject), &mut |checker, part| checker.value(part, subject)));
        simplify::all(parts)
    }

    /// What the definition of a form requires of its value.
    pub(super) fn form_check(&mut self, schema: &'a Schema, ty: &Type) -> Predicate {
        self.value(schema, &Subject::itself(ty))
    }

    /// What a schema asks of a value of several forms: that it is valid, or which of the forms it has.
    fn union(&mut self, schema: &'a Schema, union: &str, subject: &Subject) -> Predicate {
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

    /// `items` and `contains`.
    fn items(&mut self, schema: &'a Schema, subject: &Subject, item: &Item) -> Predicate {
        let mut parts = Vec::new();
        if let Some(items) = &schema.items {
            parts.push(every(&subject.path, Measure::Items, self.item(items, item)));
        }
        if let Some(contains) = &schema.contains {
            let predicate = self.item(contains, item);
            let minimum = schema.count(Measure::Matches, Side::AtLeast).unwrap_or(1);
            parts.push(count(&subject.path, predicate, minimum, schema.count(Measure::Matches, Side::AtMost)));
        }
        Predicate::all(parts)
    }

    /// `prefixItems` and `items` of a tuple.
    fn tuple_items(&mut self, schema: &'a Schema, subject: &Subject, items: &[Item]) -> Predicate {
        let prefix = schema.prefix_items.as_deref().unwrap_or_default();
        let schemas = prefix.iter().map(Some).chain(std::iter::repeat(schema.items.as_deref()));
        let mut parts = Vec::new();
        for ((index, item), schema) in items.iter().enumerate().zip(schemas) {
            let Some(schema) = schema else { continue };
            let slot = Subject::at(&subject.path, &index.to_string(), &item.ty);
            let some = self.value(schema, &slot);
            parts.push(match item.nullable {
                true => Predicate::optional(slot.path, self.satisfies(schema, &Json::Null), some),
                false => some,
            });
        }
        Predicate::all(parts)
    }

    /// `additionalProperties` of a map.
    fn map_values(&mut self, schema: &'a Schema, subject: &Subject, value: &Item) -> Predicate {
        match &schema.additional {
            Some((_, Additional::Each(each))) => every(&subject.path, Measure::Properties, self.item(each, value)),
            Some((_, Additional::Refused)) => every(&subject.path, Measure::Properties, Predicate::Never),
            Some((_, Additional::Allowed)) | None => Predicate::Always,
        }
    }

    /// Reports a rule about the properties of a free object, which can have any value.
    fn refuse_look_inside(&mut self, schema: &Schema) {
        if let Some((at, Additional::Each(_) | Additional::Refused)) = &schema.additional {
            self.report.error_with_help(
                *at,
                "a rule cannot look inside an object with arbitrary properties",
                "define the object with \"properties\"",
            );
        }
    }

    fn item(&mut self, schema: &'a Schema, item: &Item) -> Predicate {
        let some = self.value(schema, &Subject::itself(&item.ty));
        match item.nullable {
            true => Predicate::optional(Path::new(), self.satisfies(schema, &Json::Null), some),
            false => some,
        }
    }

    /// The field that a rule names. A missing one is reported, unless its own problem already was.
    fn named_field(&mut self, name: &Name, object: &str) -> Option<Field> {
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
}

/// Whether values of a Rust type are of a JSON type.
fn fits(json_type: JsonType, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Enumeration { .. } => json_type == JsonType::String,
        Type::Boolean => json_type == JsonType::Boolean,
        Type::Number => json_type == JsonType::Number,
        Type::Integer(_) => matches!(json_type, JsonType::Integer | JsonType::Number),
        Type::Array(_) | Type::Tuple(_) => json_type == JsonType::Array,
        Type::Object(_) | Type::Map(_) | Type::FreeObject => json_type == JsonType::Object,
        // The forms are tested one by one.
        Type::Union(_) => json_type != JsonType::Null,
    }
}

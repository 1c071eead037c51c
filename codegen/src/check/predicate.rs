//! From schemas to predicates: what a schema asks of a value that already has its Rust type.
//!
//! The same function serves parameters and rules. What it cannot express exactly it reports.

use serde_json::Value as Json;

use super::Checker;
use super::schema::{JsonType, LimitKeyword, Name, Schema};
use super::simplify::{self, count, every, integer_range};
use super::types::{constants, integer_of_number, non_null_branch};
use crate::diagnostic::Span;
use crate::model::{Field, Item, Literal, Place, Predicate, Test, Type};
use crate::raw::{Node, Value};

/// What a value is called inside of a closure; schemas never look further out.
pub(crate) const VARIABLE: &str = "value";

/// What a schema is compiled for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The definition of a value.
    Definition,
    /// A rule over values that are defined elsewhere.
    Rule,
}

/// The place of an object's field.
fn place_of(owner: &[String], field: &Field) -> Place {
    let path = owner.iter().chain([&field.ident]).cloned().collect();
    Place { path, reference: false, ty: field.ty.clone() }
}

impl<'a> Checker<'a, '_, '_> {
    /// What the definition of an object asks of its fields, each by itself.
    pub(super) fn own_check(&mut self, schema: &'a Schema, object: &str) -> Predicate {
        self.check_limits_fit(schema, &Type::Object(object.to_owned()));
        if schema.extensible {
            self.refuse_assertions_on_answers(schema);
            return Predicate::Always;
        }
        self.properties(schema, object, &this(), Purpose::Definition)
    }

    /// What a rule asks of an object of a type.
    pub(super) fn rule(&mut self, schema: &'a Schema, object: &str) -> Predicate {
        self.object(schema, object, &this())
    }

    /// What a schema asks of an object beyond having its type.
    fn object(&mut self, schema: &'a Schema, object: &str, owner: &[String]) -> Predicate {
        if let Some(boolean) = schema.boolean {
            return if boolean { Predicate::Always } else { Predicate::Never };
        }
        if self.object_spans.get(object) == Some(&schema.at) {
            return Predicate::Valid { place: owner.to_vec(), object: object.to_owned() };
        }
        if schema.types.as_ref().is_some_and(|types| !types.contains(&JsonType::Object)) {
            return Predicate::Never;
        }
        if let Some((at, _)) = schema.additional {
            self.report.error_with_help(
                at,
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
        parts.push(self.sum_equals(schema, object, owner));
        parts.push(self.combined_max_items(schema, object, owner));
        Predicate::all(parts)
    }

    /// `$ref`: what its target asks of the same value.
    fn follow(&mut self, schema: &'a Schema, compile: impl FnOnce(&mut Self, &'a Schema) -> Predicate) -> Predicate {
        let Some(reference) = &schema.reference else { return Predicate::Always };
        let Some(target) = self.target(reference) else { return Predicate::Always };
        if self.following.contains(&target.at) {
            self.report.error_with_help(
                reference.at,
                format!("\"{}\" leads back to itself, and is no object with a name", reference.text),
                "give it \"type\": \"object\", or do without the recursion",
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
    /// `place` is where the value is, unless it is an object: those cannot be compared with constants.
    fn combinations(
        &mut self,
        schema: &'a Schema,
        place: Option<&Place>,
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
            parts.push(match place.zip(constants(branches)) {
                Some((place, constants)) => self.one_of(constants.into_iter().map(|(value, _)| value), place),
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
    fn properties(&mut self, schema: &'a Schema, object: &str, owner: &[String], purpose: Purpose) -> Predicate {
        let fields = self.fields.get(object).cloned().unwrap_or_default();
        if purpose == Purpose::Rule {
            for name in schema.required.iter().chain(schema.properties.iter().map(|property| &property.name)) {
                self.named_field(name, object);
            }
        }
        let parts: Vec<_> = fields
            .iter()
            .map(|field| {
                let property = schema.properties.iter().find(|property| property.name.text == field.name);
                let required = schema.required.iter().find(|name| name.text == field.name);
                self.property(property.map(|property| &property.schema), required, field, owner, purpose)
            })
            .collect();
        Predicate::all(parts)
    }

    /// What a schema asks of one property: of its value, of null, and of leaving it out.
    fn property(
        &mut self,
        schema: Option<&'a Schema>,
        required: Option<&Name>,
        field: &Field,
        owner: &[String],
        purpose: Purpose,
    ) -> Predicate {
        let Some(at) = schema.map(|schema| schema.at).or(required.map(|name| name.at)) else {
            return Predicate::Always;
        };
        let place = place_of(owner, field);
        let problems = self.report.count();
        let is_optional = field.is_optional();
        let inner = Place { path: vec![VARIABLE.to_owned()], reference: false, ty: field.ty.clone() };
        let value = if is_optional { &inner } else { &place };
        let some = schema.map_or(Predicate::Always, |schema| self.value(schema, value));
        let is_whole = schema.is_none_or(|schema| !schema.broken) && self.report.count() == problems;
        if purpose == Purpose::Definition && some == Predicate::Never && is_whole {
            self.report
                .error(at, format!("no value satisfies this: what {:?} asks for contradicts itself", field.name));
        }
        if !is_optional {
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
                self.check_default(schema, at, field, on_absent);
            }
            on_absent
        };
        Predicate::optional(place, none, some)
    }

    /// `null` means the same as leaving a parameter out, so a rule must not tell them apart.
    fn null_differs(&mut self, at: Span, name: &str, on_absent: bool) {
        let help = if on_absent {
            format!("add \"required\": [{name:?}], or allow null here")
        } else {
            format!("say what a value is: \"required\": [{name:?}] with \"properties\": {{{name:?}: {{\"type\": …}}}}")
        };
        self.report.error_with_help(
            at,
            format!("this tells {name:?} left out from {name:?} being null, which mean the same"),
            help,
        );
    }

    /// An absent parameter stands for its default, so a rule must judge both alike.
    fn check_default(&mut self, schema: Option<&'a Schema>, at: Span, field: &Field, on_absent: bool) {
        let Some(default) = self.default_of(field) else { return };
        // A bare `required` asks whether the parameter is written down, not what it is.
        let Some(schema) = schema else { return };
        if default.is_null() || self.satisfies(schema, &default) == on_absent {
            return;
        }
        let name = &field.name;
        let (message, help) = if on_absent {
            (
                format!("this holds when {name:?} is left out, but not for {default}, its default"),
                format!("add \"required\": [{name:?}] beside \"properties\""),
            )
        } else {
            (
                format!("this fails when {name:?} is left out, but holds for {default}, its default"),
                format!("take {name:?} out of \"required\""),
            )
        };
        self.report.error_with_help(at, message, help);
    }

    /// The default of a field, as written in the definition of its object.
    fn default_of(&self, field: &Field) -> Option<Json> {
        match field.default.as_ref()? {
            Literal::String(text) => Some(text.as_str().into()),
            Literal::Boolean(flag) => Some((*flag).into()),
            Literal::Integer(value) => i64::try_from(*value).ok().map(Json::from),
            Literal::Number(value) => Some((*value).into()),
            Literal::Variant { enumeration, variant } => self
                .variants(enumeration)
                .iter()
                .find(|known| known.name == *variant)
                .map(|known| known.value.as_str().into()),
        }
    }

    /// Whether the named properties are given.
    pub(super) fn presence(&mut self, names: &[Name], object: &str, owner: &[String]) -> Predicate {
        let mut parts = Vec::new();
        for name in names {
            if let Some(field) = self.named_field(name, object) {
                parts.push(self.property(None, Some(name), &field, owner, Purpose::Rule));
            }
        }
        Predicate::all(parts)
    }

    /// What a schema asks of a value that is not null and has its Rust type.
    fn value(&mut self, schema: &'a Schema, place: &Place) -> Predicate {
        if let Type::Object(object) = &place.ty {
            return self.object(schema, object, &place.path);
        }
        if let Some(boolean) = schema.boolean {
            return if boolean { Predicate::Always } else { Predicate::Never };
        }
        if let Some(types) = &schema.types
            && !types.iter().any(|json_type| fits(*json_type, &place.ty))
        {
            if place.ty == Type::Number && types.contains(&JsonType::Integer) {
                self.report.error(schema.at, "the generator cannot ask whether a number is an integer");
            }
            return Predicate::Never;
        }
        self.check_limits_fit(schema, &place.ty);
        let mut parts = Vec::new();
        parts.push(self.follow(schema, |checker, target| checker.value(target, place)));
        parts.push(self.listed(schema, place));
        parts.push(self.limits(schema, place));
        if let Type::Array(item) = &place.ty {
            parts.push(self.items(schema, place, item));
        }
        parts.push(self.combinations(schema, Some(place), &mut |checker, part| checker.value(part, place)));
        simplify::all(parts)
    }

    /// `const` and `enum`.
    fn listed(&mut self, schema: &'a Schema, place: &Place) -> Predicate {
        let mut parts = Vec::new();
        if let Some(constant) = &schema.constant {
            parts.push(self.one_of([constant], place));
        }
        if let Some(values) = &schema.enumeration {
            parts.push(self.one_of(values, place));
        }
        Predicate::all(parts)
    }

    fn one_of(&mut self, values: impl IntoIterator<Item = &'a Node>, place: &Place) -> Predicate {
        if matches!(&place.ty, Type::Enumeration { name, .. } if self.incomplete.contains(name)) {
            // What the enumeration lacks was reported already.
            return Predicate::Always;
        }
        let mut literals = Vec::new();
        for value in values.into_iter().filter(|value| !matches!(value.value, Value::Null)) {
            match self.literal(value, &place.ty) {
                Some(Literal::Integer(number)) if !in_range(number, &place.ty) => {}
                Some(literal) => literals.push(literal),
                None => self.not_a_value(value, &place.ty),
            }
        }
        match (literals.as_slice(), &place.ty) {
            ([], _) => Predicate::Never,
            ([Literal::Boolean(first), Literal::Boolean(second)], _) if first != second => Predicate::Always,
            _ => {
                let others = self.other_values(&literals, &place.ty);
                if others.as_ref().is_some_and(Vec::is_empty) {
                    return Predicate::Always;
                }
                let test = Test::OneOf { values: literals, others: others.unwrap_or_default() };
                Predicate::Test { place: place.clone(), test }
            }
        }
    }

    /// The values of an enumeration that are not among some of them.
    fn other_values(&self, values: &[Literal], ty: &Type) -> Option<Vec<Literal>> {
        let Type::Enumeration { name, .. } = ty else {
            return None;
        };
        let all = self
            .variants(name)
            .iter()
            .map(|variant| Literal::Variant { enumeration: name.clone(), variant: variant.name.clone() });
        Some(all.filter(|value| !values.contains(value)).collect())
    }

    /// Reports a constant that no value of the type can equal.
    fn not_a_value(&mut self, node: &Node, ty: &Type) {
        let found = node.to_json();
        let (message, help) = match ty {
            Type::Enumeration { name, .. } => {
                let values: Vec<&str> = self.variants(name).iter().map(|variant| variant.value.as_str()).collect();
                let close = found.as_str().and_then(|text| crate::suggest::closest(text, values.iter().copied()));
                let help = close.map_or_else(
                    || format!("the values are {}", values.join(", ")),
                    |close| format!("did you mean {close:?}?"),
                );
                (format!("`{name}` has no value {found}"), help)
            }
            Type::Array(_) | Type::Object(_) => (
                format!("the generator cannot compare with {}", node.kind()),
                "compare its items or properties".to_owned(),
            ),
            ty => (format!("{found} is not {}", describe(ty)), "write a value of the parameter's type".to_owned()),
        };
        self.report.error_with_help(node.at, message, help);
    }

    /// `items` and `contains`.
    fn items(&mut self, schema: &'a Schema, place: &Place, item: &Item) -> Predicate {
        let mut parts = Vec::new();
        if let Some(items) = &schema.items {
            parts.push(every(place, self.item(items, item)));
        }
        if let Some(contains) = &schema.contains {
            let predicate = self.item(contains, item);
            let bound = |keyword| schema.limit(keyword).and_then(|limit| limit.value.as_u64());
            let minimum = bound(LimitKeyword::MinContains).unwrap_or(1);
            parts.push(count(place, predicate, minimum, bound(LimitKeyword::MaxContains)));
        }
        Predicate::all(parts)
    }

    fn item(&mut self, schema: &'a Schema, item: &Item) -> Predicate {
        let variable = |reference| Place { path: vec![VARIABLE.to_owned()], reference, ty: item.ty.clone() };
        if !item.nullable {
            return self.value(schema, &variable(true));
        }
        let some = self.value(schema, &variable(false));
        let none = self.satisfies(schema, &Json::Null);
        Predicate::optional(variable(true), none, some)
    }

    /// Numbers, lengths and formats.
    fn limits(&mut self, schema: &'a Schema, place: &Place) -> Predicate {
        let bound = |keyword| schema.limit(keyword);
        let count = |keyword| bound(keyword).and_then(|limit| limit.value.as_u64());
        let mut tests = Vec::new();
        let mut range = Predicate::Always;
        match &place.ty {
            Type::Integer(integer) => {
                let (least, most) = integer.range();
                let lower = [(LimitKeyword::Minimum, false), (LimitKeyword::ExclusiveMinimum, true)];
                let upper = [(LimitKeyword::Maximum, false), (LimitKeyword::ExclusiveMaximum, true)];
                let lower = lower
                    .into_iter()
                    .filter_map(|(keyword, strict)| bound(keyword).and_then(|limit| lowest(&limit.value, strict)))
                    .max();
                let upper = upper
                    .into_iter()
                    .filter_map(|(keyword, strict)| bound(keyword).and_then(|limit| highest(&limit.value, strict)))
                    .min();
                if lower.is_some_and(|lower| lower > most) || upper.is_some_and(|upper| upper < least) {
                    return Predicate::Never;
                }
                let (lower, upper) = (lower.filter(|lower| *lower > least), upper.filter(|upper| *upper < most));
                range = integer_range(place, lower, upper);
                if let Some(limit) = bound(LimitKeyword::MultipleOf) {
                    match integer_of_number(&limit.value) {
                        Some(1) => {}
                        Some(divisor) if divisor <= most => tests.push(Test::MultipleOf(divisor)),
                        _ => self.report.error(
                            limit.at,
                            format!("an integer cannot be checked to be a multiple of {}", limit.value),
                        ),
                    }
                }
            }
            Type::Number => {
                let value = |keyword| bound(keyword).and_then(|limit| limit.value.as_f64());
                let tighter =
                    |plain: Option<f64>, strict: Option<f64>, wins: fn(f64, f64) -> bool| match (plain, strict) {
                        (Some(plain), Some(strict)) if wins(plain, strict) => Some((plain, true)),
                        (plain, strict) => strict.map(|strict| (strict, false)).or(plain.map(|plain| (plain, true))),
                    };
                let (least, above) = (value(LimitKeyword::Minimum), value(LimitKeyword::ExclusiveMinimum));
                let (most, below) = (value(LimitKeyword::Maximum), value(LimitKeyword::ExclusiveMaximum));
                let lower = tighter(least, above, |plain, strict| plain > strict);
                let upper = tighter(most, below, |plain, strict| plain < strict);
                if lower.is_some() || upper.is_some() {
                    tests.push(Test::NumberRange(lower, upper));
                }
                if let Some(limit) = bound(LimitKeyword::MultipleOf) {
                    self.report.error_with_help(
                        limit.at,
                        "the generator knows \"multipleOf\" for integers only",
                        "say it in the description, or list the values with \"enum\"",
                    );
                }
            }
            Type::String => {
                tests.extend(count(LimitKeyword::MinLength).filter(|least| *least > 0).map(Test::MinLength));
                tests.extend(count(LimitKeyword::MaxLength).map(Test::MaxLength));
                if let Some((_, schemes)) = &schema.uri_schemes {
                    tests.push(Test::Uri(Some(schemes.iter().map(|scheme| scheme.text.clone()).collect())));
                } else if schema.format.is_some() {
                    tests.push(Test::Uri(None));
                }
            }
            Type::Array(item) => {
                if let Some(at) = schema.unique_items.filter(|_| self.takes_null_for_absent(&item.ty, &mut Vec::new()))
                {
                    self.report.error_with_help(
                        at,
                        "\"uniqueItems\" cannot be checked: items that differ in null alone are read as equal",
                        "say it in the description",
                    );
                }
                tests.extend(count(LimitKeyword::MinItems).filter(|least| *least > 0).map(Test::MinItems));
                tests.extend(count(LimitKeyword::MaxItems).map(Test::MaxItems));
                tests.extend(schema.unique_items.map(|_| Test::UniqueItems));
            }
            Type::Boolean | Type::Enumeration { .. } | Type::Object(_) => {}
        }
        let tests = tests.into_iter().map(|test| Predicate::Test { place: place.clone(), test });
        Predicate::all([range].into_iter().chain(tests))
    }

    /// Whether a value holds an object with a property that may be null or left out, which is read as the same.
    fn takes_null_for_absent<'t>(&'t self, ty: &'t Type, seen: &mut Vec<&'t str>) -> bool {
        match ty {
            Type::Array(item) => self.takes_null_for_absent(&item.ty, seen),
            Type::Object(name) if !seen.contains(&name.as_str()) => {
                seen.push(name);
                let fields = self.fields.get(name).map(Vec::as_slice).unwrap_or_default();
                fields
                    .iter()
                    .any(|field| field.nullable && !field.required || self.takes_null_for_absent(&field.ty, seen))
            }
            _ => false,
        }
    }

    /// A keyword for another kind of value would never say anything, so it is a mistake.
    fn check_limits_fit(&mut self, schema: &Schema, ty: &Type) {
        let subject = match ty {
            Type::String => "strings",
            Type::Integer(_) | Type::Number => "numbers",
            Type::Array(_) => "arrays",
            Type::Boolean | Type::Enumeration { .. } | Type::Object(_) => "",
        };
        let limits = schema.limits.iter().map(|limit| (limit.at, limit.keyword.as_str(), limit.keyword.subject()));
        let formats = schema.format.iter().map(|name| (name.at, "format", "strings"));
        let schemes = schema.uri_schemes.iter().map(|(at, _)| (*at, "x-uri-schemes", "strings"));
        let items = schema.items.iter().map(|items| (items.at, "items", "arrays"));
        let contains = schema.contains.iter().map(|contains| (contains.at, "contains", "arrays"));
        let unique = schema.unique_items.iter().map(|at| (*at, "uniqueItems", "arrays"));
        let mut misplaced: Vec<_> =
            limits.chain(formats).chain(schemes).chain(items).chain(contains).chain(unique).collect();
        if !matches!(ty, Type::Object(_)) {
            misplaced.extend(schema.properties.iter().map(|property| (property.name.at, "properties", "objects")));
            misplaced.extend(schema.required.iter().map(|name| (name.at, "required", "objects")));
            misplaced
                .extend(schema.dependent_required.iter().map(|(name, _)| (name.at, "dependentRequired", "objects")));
            misplaced.extend(
                schema.dependent_schemas.iter().map(|property| (property.name.at, "dependentSchemas", "objects")),
            );
            misplaced.extend(schema.additional.map(|(at, _)| (at, "additionalProperties", "objects")));
            misplaced.extend(schema.sum_equals.iter().map(|sum| (sum.at, "x-sum-equals", "objects")));
            misplaced.extend(
                schema.combined_max_items.iter().map(|combined| (combined.at, "x-combined-max-items", "objects")),
            );
        }
        for (at, keyword, meant_for) in misplaced {
            if meant_for != subject {
                self.report.error(at, format!("\"{keyword}\" is about {meant_for}, and this is {}", describe(ty)));
            }
        }
    }

    /// Answers are read, not judged, so what they promise belongs into descriptions.
    fn refuse_assertions_on_answers(&mut self, schema: &'a Schema) {
        let mut places = Vec::new();
        collect_assertions(schema, &mut places);
        let properties = schema.properties.iter().map(|property| &property.schema);
        for property in properties.filter(|property| property.types.as_deref() != Some(&[JsonType::Object])) {
            collect_assertions(property, &mut places);
        }
        for at in places {
            self.report.error_with_help(at, "answers of the server are read, not judged", "say it in the description");
        }
    }

    fn sum_equals(&mut self, schema: &'a Schema, object: &str, owner: &[String]) -> Predicate {
        let Some(sum) = &schema.sum_equals else { return Predicate::Always };
        let items = self.named_field(&sum.items, object);
        let total = self.named_field(&sum.total, object);
        let Some(items) = items else { return Predicate::Never };
        let item_object = match &items.ty {
            Type::Array(item) if !item.nullable => match &item.ty {
                Type::Object(name) => Some(name),
                _ => None,
            },
            _ => None,
        };
        let Some(item_object) = item_object else {
            self.report.error(sum.items.at, format!("{:?} is not an array of objects", sum.items.text));
            return Predicate::Never;
        };
        let property = self.named_field(&sum.property, item_object);
        let (Some(property), Some(total)) = (property, total) else { return Predicate::Never };
        for (name, field) in [(&sum.total, &total), (&sum.property, &property)] {
            if !matches!(field.ty, Type::Integer(_)) {
                self.report.error(name.at, format!("{:?} is not an integer", name.text));
                return Predicate::Never;
            }
        }
        if property.is_optional() {
            let message = format!("{:?} may be left out, so there is no sum", sum.property.text);
            self.report.error_with_help(sum.property.at, message, "make it required");
            return Predicate::Never;
        }
        let default = match total.default {
            Some(Literal::Integer(default)) => Some(default),
            _ => None,
        };
        Predicate::SumEquals {
            items: place_of(owner, &items),
            items_optional: items.is_optional(),
            property: property.ident.clone(),
            total: place_of(owner, &total),
            total_optional: total.is_optional(),
            default,
        }
    }

    fn combined_max_items(&mut self, schema: &'a Schema, object: &str, owner: &[String]) -> Predicate {
        let Some(combined) = &schema.combined_max_items else { return Predicate::Always };
        let mut arrays = Vec::new();
        for name in &combined.arrays {
            let Some(field) = self.named_field(name, object) else { continue };
            if matches!(field.ty, Type::Array(_)) {
                arrays.push((place_of(owner, &field), field.is_optional()));
            } else {
                self.report.error(name.at, format!("{:?} is not an array", name.text));
            }
        }
        Predicate::CombinedMaxItems { arrays, maximum: combined.maximum }
    }

    /// The field that a rule names; that there is none is reported, unless its own problem already was.
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

/// Where a schema asks for more than a type, or than one of some values.
fn collect_assertions(schema: &Schema, places: &mut Vec<Span>) {
    let shape = [&schema.any_of, &schema.one_of]
        .into_iter()
        .flatten()
        .filter(|branches| non_null_branch(schema).is_none() && constants(branches).is_none());
    places.extend(shape.flatten().map(|branch| branch.at));
    places.extend(schema.all_of.iter().map(|part| part.at));
    places.extend(schema.limits.iter().map(|limit| limit.at));
    places.extend(schema.format.iter().map(|name| name.at));
    places.extend(schema.uri_schemes.iter().map(|(at, _)| *at));
    places.extend(schema.unique_items);
    places.extend([&schema.contains, &schema.not, &schema.condition].into_iter().flatten().map(|part| part.at));
    places.extend(schema.dependent_required.iter().map(|(name, _)| name.at));
    places.extend(schema.dependent_schemas.iter().map(|property| property.name.at));
    places.extend(schema.sum_equals.iter().map(|sum| sum.at));
    places.extend(schema.combined_max_items.iter().map(|combined| combined.at));
    if let Some(items) = &schema.items {
        collect_assertions(items, places);
    }
    if let Some(inner) = non_null_branch(schema) {
        collect_assertions(inner, places);
    }
}

/// Whether values of a Rust type are of a JSON type.
fn fits(json_type: JsonType, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Enumeration { .. } => json_type == JsonType::String,
        Type::Boolean => json_type == JsonType::Boolean,
        Type::Number => json_type == JsonType::Number,
        Type::Integer(_) => matches!(json_type, JsonType::Integer | JsonType::Number),
        Type::Array(_) => json_type == JsonType::Array,
        Type::Object(_) => json_type == JsonType::Object,
    }
}

fn describe(ty: &Type) -> String {
    match ty {
        Type::String => "a string".to_owned(),
        Type::Boolean => "a boolean".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Integer(_) => "an integer".to_owned(),
        Type::Enumeration { name, .. } => format!("a value of `{name}`"),
        Type::Object(_) => "an object".to_owned(),
        Type::Array(_) => "an array".to_owned(),
    }
}

fn in_range(value: i128, ty: &Type) -> bool {
    match ty {
        Type::Integer(integer) => {
            let (least, most) = integer.range();
            (least..=most).contains(&value)
        }
        _ => true,
    }
}

/// The lowest integer that a lower bound allows.
fn lowest(bound: &serde_json::Number, strict: bool) -> Option<i128> {
    match integer_of_number(bound) {
        Some(bound) => Some(if strict { bound + 1 } else { bound }),
        None => bound.as_f64().map(|bound| bound.ceil() as i128),
    }
}

/// The highest integer that an upper bound allows.
fn highest(bound: &serde_json::Number, strict: bool) -> Option<i128> {
    match integer_of_number(bound) {
        Some(bound) => Some(if strict { bound - 1 } else { bound }),
        None => bound.as_f64().map(|bound| bound.floor() as i128),
    }
}

/// The path of the object that a method belongs to.
fn this() -> Vec<String> {
    vec!["self".to_owned()]
}

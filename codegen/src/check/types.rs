//! Which Rust type each schema has, and which named types there are.

use serde_json::Value as Json;

use std::collections::{HashMap, HashSet};

use super::schema::{JsonType, LimitKeyword, Name, Property, Schema};
use super::{Checker, Found, names};
use crate::diagnostic::Span;
use crate::model::{Enumeration, Field, Integer, Item, Type, Variant};
use crate::raw::{Node, Value};

/// The type of a value, and whether it may be null.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

/// So many items can be read and written, and have a placeholder.
const LONGEST_TUPLE: usize = 8;

/// Whether a schema is `{"type": "null"}` or `{"const": null}`, apart from documentation.
fn is_null(schema: &Schema) -> bool {
    let null_type = schema.types.as_deref().is_none_or(|types| types == [JsonType::Null]);
    let null_constant = schema.constant.as_ref().is_none_or(|constant| matches!(constant.value, Value::Null));
    let is_said = schema.types.is_some() || schema.constant.is_some();
    is_said && null_type && null_constant && !schema.says_more_than_a_value()
}

/// For `anyOf` or `oneOf` of one schema and null: that schema.
pub(super) fn non_null_branch(schema: &Schema) -> Option<&Schema> {
    match schema.any_of.as_deref().or(schema.one_of.as_deref())? {
        [inner, null] | [null, inner] if is_null(null) && !is_null(inner) && inner.constant.is_none() => Some(inner),
        _ => None,
    }
}

/// The constants of a `oneOf` or `anyOf` that consists of nothing else, apart from null.
pub(super) fn constants(branches: &[Schema]) -> Option<Vec<(&Node, &Schema)>> {
    let is_constant = |branch: &Schema| branch.types.is_none() && !branch.says_more_than_a_value();
    let branches = branches.iter().filter(|branch| !is_null(branch));
    branches.map(|branch| Some((branch.constant.as_ref().filter(|_| is_constant(branch))?, branch))).collect()
}

/// The [`constants`] of the first list of branches that has nothing else.
pub(super) fn branch_constants(schema: &Schema) -> Option<Vec<(&Node, &Schema)>> {
    [&schema.one_of, &schema.any_of].into_iter().flatten().find_map(|branches| constants(branches))
}

/// The values of `enum`, of a `oneOf` of constants, or of a lone `const`; without null.
fn listed_values(schema: &Schema) -> Option<Vec<(&Node, Option<&Schema>)>> {
    let values: Vec<_> = if let Some(values) = &schema.enumeration {
        values.iter().map(|value| (value, None)).collect()
    } else if let Some(constants) = branch_constants(schema) {
        constants.into_iter().map(|(value, branch)| (value, Some(branch))).collect()
    } else {
        vec![(schema.constant.as_ref()?, None)]
    };
    Some(values.into_iter().filter(|(value, _)| !matches!(value.value, Value::Null)).collect())
}

impl<'a> Checker<'a, '_, '_> {
    /// Finds all named types, beginning with the files and what they define.
    pub(super) fn discover_types(&mut self) {
        let files = self.files;
        for (index, file) in files.iter().enumerate() {
            let schema = &file.schema;
            if schema.types.is_some() || !schema.properties.is_empty() {
                self.slot(schema, &|| String::new(), index);
            } else if schema.definitions.is_empty() && !schema.broken {
                self.report.error_with_help(
                    schema.at,
                    "this file defines nothing",
                    "give it \"type\": \"object\" and \"properties\", or \"$defs\"",
                );
            }
            for Property { name, schema } in &schema.definitions {
                self.slot(schema, &|| name.text.clone(), index);
            }
            self.check_pending();
        }
        for (at, name) in std::mem::take(&mut self.undescribed) {
            self.report.error_with_help(
                at,
                format!("the type `{name}` has no description"),
                "say what it is: it becomes its documentation",
            );
        }
    }

    fn check_pending(&mut self) {
        while let Some(at) = self.pending.pop() {
            if let Some(found) = self.objects.get(&at) {
                let (name, schema, file) = (found.name.clone(), found.schema, found.file);
                let fields = self.fields_of(schema, &name, file);
                self.fields.insert(name, fields);
            }
        }
    }

    /// The type of the values that a schema describes, and whether null is among them.
    ///
    /// `name` is what an unnamed type is called.
    pub(super) fn slot(&mut self, schema: &'a Schema, name: &dyn Fn() -> String, file: usize) -> Option<Slot> {
        let ty = self.type_of(schema, name, file)?;
        let nullable = self.satisfies(schema, &Json::Null);
        self.check_examples(schema, nullable);
        Some(Slot { ty, nullable })
    }

    fn type_of(&mut self, schema: &'a Schema, name: &dyn Fn() -> String, file: usize) -> Option<Type> {
        if let Some(reference) = &schema.reference {
            let target = self.target(reference)?;
            let target_file = self.file_index(target.at)?;
            let target_name = reference.text.rsplit('/').next().unwrap_or_default().to_owned();
            return self.type_of(target, &|| target_name.clone(), target_file);
        }
        if let Some(inner) = non_null_branch(schema) {
            return self.type_of(inner, name, file);
        }
        if let Some(values) = listed_values(schema) {
            return self.listed_type(schema, &values, name, file);
        }
        let Some(types) = &schema.types else {
            if let Some(inner) = schema.all_of.iter().find(|part| part.types.is_some() || part.reference.is_some()) {
                return self.type_of(inner, name, file);
            }
            if schema.broken {
                return None;
            }
            self.report.error_with_help(
                schema.at,
                "this value has no type",
                "give it \"type\", \"enum\", \"oneOf\" with constants, or \"$ref\"",
            );
            return None;
        };
        let mut others = types.iter().copied().filter(|json_type| *json_type != JsonType::Null);
        let (Some(json_type), None) = (others.next(), others.next()) else {
            self.report.error_with_help(
                schema.at,
                "a value has exactly one type, beside null",
                "split it into several parameters, or keep the type that the documentation names first",
            );
            return None;
        };
        match json_type {
            JsonType::Boolean => Some(Type::Boolean),
            JsonType::String => Some(Type::String),
            JsonType::Number => Some(Type::Number),
            JsonType::Integer => Some(Type::Integer(self.integer(schema))),
            JsonType::Array => self.array_type(schema, name, file),
            JsonType::Object => self.object_type(schema, name, file),
            JsonType::Null => None,
        }
    }

    pub(super) fn file_index(&self, at: Span) -> Option<usize> {
        self.file_of_source.get(&at.file).copied()
    }

    /// The type of a value that is one of a list.
    fn listed_type(
        &mut self,
        schema: &'a Schema,
        values: &[(&'a Node, Option<&'a Schema>)],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        let Some((first, _)) = values.first() else {
            self.report.error(schema.at, "a value that is always null says nothing");
            return None;
        };
        if let Some((odd, _)) = values.iter().find(|(value, _)| value.kind() != first.kind()) {
            self.report.error_with_help(
                odd.at,
                format!("one list cannot have both {} and {}", first.kind(), odd.kind()),
                "a value has exactly one type, beside null",
            );
            return None;
        }
        match &first.value {
            Value::String(_) => self.enumeration(schema, values, name, file),
            Value::Boolean(_) => Some(Type::Boolean),
            Value::Number(_) => {
                if schema.types.is_none() {
                    // Without it `5.0` would be as good as 5.
                    self.report.error_with_help(
                        first.at,
                        "a list of numbers does not say whether they are integers",
                        "add \"type\": \"integer\" or \"type\": \"number\"",
                    );
                }
                let all_integers = values.iter().all(|(value, _)| integer_of(value).is_some());
                let says_number = schema.types.as_ref().is_some_and(|types| types.contains(&JsonType::Number));
                Some(if all_integers && !says_number { Type::Integer(self.integer(schema)) } else { Type::Number })
            }
            _ => {
                self.report.error(first.at, format!("a list of values cannot have {}", first.kind()));
                None
            }
        }
    }

    fn enumeration(
        &mut self,
        schema: &'a Schema,
        values: &[(&'a Node, Option<&'a Schema>)],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some((_, known)) = self.enumerations.get(&schema.at) {
            return Some(Type::Enumeration { name: known.name.clone(), open: known.open });
        }
        let name = self.declare(schema, name)?;
        let mut variants: Vec<Variant> = Vec::with_capacity(values.len());
        for (value, branch) in values {
            match self.variant(&variants, value, *branch) {
                Some(variant) => variants.push(variant),
                None => drop(self.incomplete.insert(name.clone())),
            }
        }
        if schema.extensible && variants.iter().any(|variant| variant.name == "Unknown") {
            self.report.error(
                schema.at,
                "an extensible enumeration keeps unknown values in `Unknown`: no value can be called so",
            );
        }
        let description = schema.description.as_ref().map_or_else(String::new, |name| name.text.clone());
        let set = Enumeration { name: name.clone(), description, variants, open: schema.extensible };
        let open = set.open;
        self.enumeration_spans.insert(name.clone(), schema.at);
        self.enumerations.insert(schema.at, (file, set));
        Some(Type::Enumeration { name, open })
    }

    /// The values of an enumeration, by its type name.
    pub(super) fn variants(&self, enumeration: &str) -> &[Variant] {
        let set = self.enumeration_spans.get(enumeration).and_then(|at| self.enumerations.get(at));
        set.map(|(_, set)| set.variants.as_slice()).unwrap_or_default()
    }

    fn variant(&mut self, earlier: &[Variant], value: &Node, branch: Option<&Schema>) -> Option<Variant> {
        let text = value.as_str()?;
        if earlier.iter().any(|variant| variant.value == text) {
            // Reported where the list was read.
            return None;
        }
        let title = branch.and_then(|branch| branch.title.as_ref());
        let name = match title {
            Some(title) if names::is_type_name(&title.text) => title.text.clone(),
            Some(title) => {
                let help = names::type_name(&title.text).map_or_else(
                    || "write it in UpperCamelCase, beginning with a letter".to_owned(),
                    |name| format!("did you mean {name:?}?"),
                );
                let message = format!("the title {:?} cannot be the name of a value", title.text);
                self.report.error_with_help(title.at, message, help);
                return None;
            }
            None => match names::type_name(text) {
                Some(name) => name,
                None => {
                    let help = format!(
                        "write {{\"const\": {text:?}, \"title\": \"…\"}} in a \"oneOf\", with a name in UpperCamelCase"
                    );
                    self.report.error_with_help(
                        value.at,
                        format!("no good name follows from the value {text:?}"),
                        help,
                    );
                    return None;
                }
            },
        };
        if let Some(other) = earlier.iter().find(|variant| variant.name == name) {
            let at = title.map_or(value.at, |title| title.at);
            self.report.error_with_help(
                at,
                format!("{text:?} and {:?} would both be called `{name}`", other.value),
                "give one of them another \"title\"",
            );
            return None;
        }
        let description = branch.and_then(|branch| branch.description.as_ref()).map(|text| text.text.clone());
        Some(Variant { name, value: text.to_owned(), description })
    }

    /// Finds a name for a type and makes sure that it is good and free.
    fn declare(&mut self, schema: &'a Schema, name: &dyn Fn() -> String) -> Option<String> {
        let fallback;
        let (at, text) = match &schema.title {
            Some(Name { at, text }) => (*at, text),
            None => {
                fallback = name();
                (schema.at, &fallback)
            }
        };
        if text.is_empty() {
            self.report.error_with_help(
                at,
                "this type has no name",
                "add a \"title\" in UpperCamelCase, such as KlingV3TextToVideo",
            );
            return None;
        }
        if !names::is_type_name(text) {
            let help = names::type_name(text).map_or_else(
                || "write it in UpperCamelCase, beginning with a letter".to_owned(),
                |name| format!("did you mean {name:?}?"),
            );
            self.report.error_with_help(at, format!("{text:?} cannot be the name of a type"), help);
            return None;
        }
        let is_struct = schema.types.as_ref().is_some_and(|types| types.contains(&JsonType::Object));
        if names::is_taken_type(text) || is_struct && names::is_taken_struct(text) {
            self.report.error_with_help(
                at,
                format!("`{text}` already means something in Rust or in this crate"),
                "choose another \"title\"",
            );
            return None;
        }
        if schema.description.is_none() && schema.endpoint.is_none() {
            self.undescribed.push((schema.at, text.clone()));
        }
        self.claim(at, text).then(|| text.clone())
    }

    /// Takes a name for a type, unless another one has it.
    fn claim(&mut self, at: Span, name: &str) -> bool {
        if let Some(first) = self.type_names.get(name) {
            let first = self.report.describe(*first);
            self.report.error_with_help(
                at,
                format!("two types cannot both be called `{name}`; the other is at {first}"),
                "choose another \"title\", or share one type by \"$ref\"",
            );
            return false;
        }
        self.type_names.insert(name.to_owned(), at);
        true
    }

    /// The Rust type of an integer, from its limits or its list of values.
    fn integer(&self, schema: &Schema) -> Integer {
        let listed: Vec<i128> = listed_values(schema)
            .map(|values| values.iter().filter_map(|(value, _)| integer_of(value)).collect())
            .unwrap_or_default();
        let bound = |keyword| schema.limit(keyword).and_then(|limit| limit.value.as_f64());
        let lower = listed.iter().min().map(|least| *least as f64).or_else(|| {
            bound(LimitKeyword::Minimum).or_else(|| bound(LimitKeyword::ExclusiveMinimum).map(|bound| bound + 1.0))
        });
        let upper = listed
            .iter()
            .max()
            .map(|most| *most as f64)
            .or_else(|| bound(LimitKeyword::Maximum).or_else(|| bound(LimitKeyword::ExclusiveMaximum)));
        match (lower, upper) {
            (Some(lower), Some(upper)) if lower >= 0.0 && upper > f64::from(u32::MAX) => Integer::U64,
            (Some(lower), _) if lower >= 0.0 => Integer::U32,
            _ => Integer::I64,
        }
    }

    fn array_type(&mut self, schema: &'a Schema, name: &dyn Fn() -> String, file: usize) -> Option<Type> {
        if let Some(prefix) = &schema.prefix_items {
            return self.tuple_type(schema, prefix, name, file);
        }
        let Some(items) = &schema.items else {
            self.report.error_with_help(schema.at, "an array needs \"items\"", "say of what type the items are");
            return None;
        };
        let item = self.slot(items, &|| format!("{}Item", name()), file)?;
        self.refuse_map_inside(&item.ty, items.at);
        Some(Type::Array(Box::new(Item { ty: item.ty, nullable: item.nullable })))
    }

    fn object_type(&mut self, schema: &'a Schema, name: &dyn Fn() -> String, file: usize) -> Option<Type> {
        if let Some(known) = self.objects.get(&schema.at) {
            return Some(Type::Object(known.name.clone()));
        }
        if let Some(each) = schema.each() {
            return self.map_type(schema, each, name, file);
        }
        match (schema.extensible, schema.is_closed()) {
            (false, false) => self.report.error_with_help(
                schema.at,
                "an object says what it does with further properties",
                "add \"additionalProperties\": false (a request), or \"x-extensible\": true (an answer)",
            ),
            (true, true) => self.report.error(
                schema.at,
                "an extensible object keeps further properties: \"additionalProperties\": false contradicts that",
            ),
            _ => {}
        }
        let name = self.declare(schema, name)?;
        if !schema.extensible {
            if schema.properties.is_empty() {
                self.report.error(schema.at, "an object without properties says nothing");
            }
            self.claim(schema.at, &format!("{name}Builder"));
        }
        self.object_spans.insert(name.clone(), schema.at);
        self.objects.insert(schema.at, Found { name: name.clone(), file, schema });
        self.pending.push(schema.at);
        Some(Type::Object(name))
    }

    /// The type of an array that has a schema for each of its items.
    fn tuple_type(
        &mut self,
        schema: &'a Schema,
        prefix: &'a [Schema],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        let length = prefix.len();
        let count = |keyword| schema.limit(keyword).and_then(|limit| limit.value.as_u64());
        let has_end = schema.items.as_ref().is_some_and(|items| items.boolean == Some(false))
            || count(LimitKeyword::MaxItems) == Some(length as u64);
        if !has_end || count(LimitKeyword::MinItems) != Some(length as u64) {
            self.report.error_with_help(
                schema.at,
                "the generator knows \"prefixItems\" only where there is one schema for every item",
                format!("add \"items\": false and \"minItems\": {length}, or give \"items\" one schema"),
            );
            return None;
        }
        if length > LONGEST_TUPLE {
            let message = format!("{length} items, each with a schema of its own, are more than the generator knows");
            self.report.error_with_help(schema.at, message, "make it an object");
            return None;
        }
        let mut items = Vec::with_capacity(length);
        for (index, part) in prefix.iter().enumerate() {
            let slot = self.slot(part, &|| format!("{}Item{}", name(), index + 1), file)?;
            if matches!(slot.ty, Type::Object(_) | Type::Array(_) | Type::Tuple(_) | Type::Map(_)) {
                let message = "an item with a schema of its own is a string, a number or a boolean";
                self.report.error_with_help(part.at, message, "make the whole an object");
                return None;
            }
            items.push(Item { ty: slot.ty, nullable: slot.nullable });
        }
        Some(Type::Tuple(items))
    }

    /// The type of an object whose properties have any name and are all of one type.
    fn map_type(
        &mut self,
        schema: &'a Schema,
        each: &'a Schema,
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some(property) = schema.properties.first() {
            self.report.error_with_help(
                property.name.at,
                "an object has either named properties or others of one type, not both",
                "write \"additionalProperties\": false, or leave \"properties\" out",
            );
            return None;
        }
        if schema.extensible {
            self.report.error(schema.at, "an extensible object keeps further properties whatever their type");
        }
        let value = self.slot(each, &|| format!("{}Value", name()), file)?;
        self.refuse_map_inside(&value.ty, each.at);
        Some(Type::Map(Box::new(Item { ty: value.ty, nullable: value.nullable })))
    }

    /// Only as the value of a property is a map read with an eye on names that stand there twice.
    fn refuse_map_inside(&mut self, inner: &Type, at: Span) {
        if matches!(inner, Type::Map(_)) {
            self.report.error_with_help(
                at,
                "an object of unnamed properties cannot be an item, nor the value of another one",
                "make it a property of an object",
            );
        }
    }

    fn fields_of(&mut self, schema: &'a Schema, owner: &str, file: usize) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(schema.properties.len());
        for Property { name, schema: property } in &schema.properties {
            let Some(ident) = names::field(&name.text) else {
                self.report.error_with_help(
                    name.at,
                    format!("no Rust name follows from the property {:?}", name.text),
                    "the generator takes letters, digits, `_`, `-` and `.`, with a letter first",
                );
                continue;
            };
            if let Some(other) = fields.iter().find(|field| field.ident == ident) {
                let message = format!("{:?} and {:?} would both be called `{ident}`", name.text, other.name);
                self.report.error(name.at, message);
                continue;
            }
            if schema.extensible && ident == "extra" {
                self.report.error(
                    name.at,
                    "an extensible object keeps further properties in `extra`: no property can be called so",
                );
            }
            let type_name = || format!("{owner}{}", names::type_name(&name.text).unwrap_or_default());
            let Some(slot) = self.slot(property, &type_name, file) else {
                continue;
            };
            if !schema.extensible && self.is_open(&slot.ty) {
                self.report.error_with_help(
                    name.at,
                    format!("{:?} is of an extensible type, which a request cannot have", name.text),
                    "leave \"x-extensible\" to answers of the server",
                );
            }
            let description = self
                .chain(property)
                .iter()
                .chain(non_null_branch(property).map(|inner| self.chain(inner)).unwrap_or_default().iter())
                .find_map(|part| part.description.as_ref());
            if description.is_none() && !property.broken {
                self.undescribed.retain(|(at, _)| *at != property.at);
                self.report.error_with_help(
                    name.at,
                    format!("{:?} has no description", name.text),
                    "say what it does: it becomes the documentation of the field",
                );
            }
            fields.push(Field {
                name: name.text.clone(),
                ident,
                description: description.map_or_else(String::new, |text| text.text.clone()),
                facts: self.limit_facts(property),
                required: schema.requires(&name.text),
                nullable: slot.nullable,
                advanced: property.advanced,
                default: self.default_literal(property, &slot.ty),
                ty: slot.ty,
            });
        }
        for required in &schema.required {
            if schema.property(&required.text).is_none() {
                self.unknown_property(required, schema.properties.iter().map(|property| property.name.text.as_str()));
            }
        }
        fields
    }

    /// Whether a type keeps what it does not know.
    fn is_open(&self, ty: &Type) -> bool {
        match ty {
            Type::Enumeration { open, .. } => *open,
            Type::Object(name) => {
                let found = self.object_spans.get(name).and_then(|at| self.objects.get(at));
                found.is_some_and(|found| found.schema.extensible)
            }
            Type::Array(item) | Type::Map(item) => self.is_open(&item.ty),
            Type::Tuple(items) => items.iter().any(|item| self.is_open(&item.ty)),
            Type::String | Type::Boolean | Type::Number | Type::Integer(_) => false,
        }
    }

    /// Reports types that need a value of their own type: no value of them would ever end.
    pub(super) fn check_endless(&mut self) {
        let needed: HashMap<&str, Vec<&str>> = self
            .fields
            .iter()
            .map(|(name, fields)| (name.as_str(), fields.iter().filter_map(needs).collect()))
            .collect();
        let endless = |name: &str| {
            let mut open: Vec<&str> = needed.get(name).cloned().unwrap_or_default();
            let mut seen = HashSet::new();
            while let Some(next) = open.pop() {
                if next == name {
                    return true;
                }
                if seen.insert(next) {
                    open.extend(needed.get(next).into_iter().flatten());
                }
            }
            false
        };
        for (at, found) in self.objects.iter().filter(|(_, found)| endless(&found.name)) {
            let message =
                format!("`{}` needs a `{}` inside of itself, so no value of it would ever end", found.name, found.name);
            self.report.error_with_help(*at, message, "take the property out of \"required\", or allow null");
        }
    }

    /// Reports a name that no property of the object has.
    pub(super) fn unknown_property<'n>(&mut self, name: &Name, known: impl Iterator<Item = &'n str> + Clone) {
        let message = format!("there is no property {:?} here", name.text);
        let help = match crate::suggest::closest(&name.text, known.clone()) {
            Some(known) => format!("did you mean {known:?}?"),
            None => format!("the properties are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.report.error_with_help(name.at, message, help);
    }
}

/// The object that a value of the field cannot do without.
fn needs(field: &Field) -> Option<&str> {
    match &field.ty {
        Type::Object(name) if !field.is_optional() => Some(name),
        _ => None,
    }
}

/// The value of a node that is an integer.
pub(super) fn integer_of(node: &Node) -> Option<i128> {
    match &node.value {
        Value::Number(number) => integer_of_number(number),
        _ => None,
    }
}

/// The value of a number that is an integer, also when written as `5.0`.
pub(super) fn integer_of_number(number: &serde_json::Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)).or_else(|| {
        let value = number.as_f64()?;
        (value.fract() == 0.0 && value.abs() < 1e18).then_some(value as i128)
    })
}

//! Types of listed values: enumerations, and numbers and booleans limited to some values.

use std::collections::HashMap;

use foxapi_schema::json_type::JsonType;

use crate::check::schema::SpecSchema;
use crate::check::{Checker, names};
use crate::checked::{Enumeration, Type, Variant};
use crate::raw::{Node, Value};

/// Whether a schema is `{"type": "null"}` or `{"const": null}`, ignoring documentation.
pub(super) fn is_null(schema: &SpecSchema) -> bool {
    let null_type = schema.types.as_deref().is_none_or(|types| types == [JsonType::Null]);
    let null_constant = schema.constant.as_ref().is_none_or(|constant| matches!(constant.value, Value::Null));
    let is_said = schema.types.is_some() || schema.constant.is_some();
    is_said && null_type && null_constant && !schema.says_more_than_a_value()
}

/// For `anyOf` or `oneOf` of one schema and null: that schema.
pub(in crate::check) fn non_null_branch(schema: &SpecSchema) -> Option<&SpecSchema> {
    match schema.any_of.as_deref().or(schema.one_of.as_deref())? {
        [inner, null] | [null, inner] if is_null(null) && !is_null(inner) && inner.constant.is_none() => Some(inner),
        _ => None,
    }
}

/// The constants of a `oneOf` or `anyOf` that consists of nothing else, apart from null.
pub(in crate::check) fn constants(branches: &[SpecSchema]) -> Option<Vec<(&Node, &SpecSchema)>> {
    let is_constant = |branch: &SpecSchema| branch.types.is_none() && !branch.says_more_than_a_value();
    let branches = branches.iter().filter(|branch| !is_null(branch));
    branches.map(|branch| Some((branch.constant.as_ref().filter(|_| is_constant(branch))?, branch))).collect()
}

/// The [`constants`] of the first list of branches that consists only of constants.
pub(in crate::check) fn branch_constants(schema: &SpecSchema) -> Option<Vec<(&Node, &SpecSchema)>> {
    [&schema.one_of, &schema.any_of].into_iter().flatten().find_map(|branches| constants(branches))
}

/// The branches, without null, of an `anyOf` that lists values and at least one range of the type next to it.
pub(in crate::check) fn value_beside_range(schema: &SpecSchema) -> Option<Vec<&SpecSchema>> {
    let branches: Vec<&SpecSchema> = schema.any_of.iter().flatten().filter(|branch| !is_null(branch)).collect();
    let is_plain = |branch: &&SpecSchema| branch.types.is_none() && branch.reference.is_none();
    let is_range = |branch: &&SpecSchema| branch.constant.is_none();
    (branches.len() > 1 && branches.iter().all(is_plain) && branches.iter().any(is_range)).then_some(branches)
}

/// The values of `enum`, of a `oneOf` of constants, or of a lone `const`; without null.
pub(super) fn listed_values(schema: &SpecSchema) -> Option<Vec<(&Node, Option<&SpecSchema>)>> {
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
    /// Reports single values that the range next to them already includes.
    pub(super) fn check_value_beside_range(&mut self, schema: &'a SpecSchema) {
        let branches = value_beside_range(schema).unwrap_or_default();
        for constant in branches.iter().filter_map(|branch| branch.constant.as_ref()) {
            let value = constant.to_json();
            if branches.iter().any(|branch| branch.constant.is_none() && self.satisfies(branch, &value)) {
                self.report.error_with_help(
                    constant.at,
                    format!("{value} has no effect: the range next to it includes it"),
                    "remove it, or narrow the range",
                );
            }
        }
    }

    /// The type of a value that is one of a list.
    pub(super) fn listed_type(
        &mut self,
        schema: &'a SpecSchema,
        values: &[(&'a Node, Option<&'a SpecSchema>)],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        let Some((first, _)) = values.first() else {
            self.report.error(schema.at, "a value that is always null has no effect");
            return None;
        };
        if let Some((odd, _)) = values.iter().find(|(value, _)| value.kind() != first.kind()) {
            self.report.error_with_help(
                odd.at,
                format!("one list cannot have both {} and {}", first.kind(), odd.kind()),
                "a value has exactly one type, apart from null",
            );
            return None;
        }
        match &first.value {
            Value::String(_) => self.enumeration(schema, values, name, file),
            Value::Boolean(_) => Some(Type::Boolean),
            Value::Number(_) => {
                if schema.types.is_none() {
                    // Without a type, `5.0` would be as good as 5.
                    self.report.error_with_help(
                        first.at,
                        "a list of numbers does not say whether they are integers",
                        "add \"type\": \"integer\" or \"type\": \"number\"",
                    );
                }
                let all_integers = values.iter().all(|(value, _)| value.as_integer().is_some());
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
        schema: &'a SpecSchema,
        values: &[(&'a Node, Option<&'a SpecSchema>)],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some((_, known)) = self.enumerations.get(&schema.at) {
            return Some(Type::Enumeration { name: known.name.clone(), open: known.open });
        }
        let name = self.declare(schema, name)?;
        let mut variants: Vec<Variant> = Vec::with_capacity(values.len());
        let mut taken: HashMap<String, String> = HashMap::with_capacity(values.len());
        for (value, branch) in values {
            match self.variant(&mut taken, value, *branch) {
                Some(variant) => variants.push(variant),
                None => drop(self.incomplete.insert(name.clone())),
            }
        }
        if schema.extensible && variants.iter().any(|variant| variant.name == "Unknown") {
            self.report.error(
                schema.at,
                "an extensible enumeration keeps unknown values in `Unknown`: no value can have that name",
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
    pub(in crate::check) fn variants(&self, enumeration: &str) -> &[Variant] {
        let set = self.enumeration_spans.get(enumeration).and_then(|at| self.enumerations.get(at));
        set.map(|(_, set)| set.variants.as_slice()).unwrap_or_default()
    }

    /// `taken` maps each name in use to its value.
    fn variant(
        &mut self,
        taken: &mut HashMap<String, String>,
        value: &Node,
        branch: Option<&SpecSchema>,
    ) -> Option<Variant> {
        let text = value.as_str()?;
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
                        format!("the value {text:?} cannot be turned into a good name"),
                        help,
                    );
                    return None;
                }
            },
        };
        if taken.get(&name).is_some_and(|other| other == text) {
            // Reported where the list was read.
            return None;
        }
        if let Some(other) = taken.get(&name) {
            let at = title.map_or(value.at, |title| title.at);
            self.report.error_with_help(
                at,
                format!("{text:?} and {other:?} would both be called `{name}`"),
                "give one of them another \"title\"",
            );
            return None;
        }
        taken.insert(name.clone(), text.to_owned());
        let description = branch.and_then(|branch| branch.description.as_ref()).map(|text| text.text.clone());
        Some(Variant { name, value: text.to_owned(), description })
    }
}

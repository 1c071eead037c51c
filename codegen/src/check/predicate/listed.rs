//! Compiles lists of values: `const`, `enum` and branches of constants.

use std::collections::{HashMap, HashSet};

use super::super::Checker;
use super::super::schema::SpecSchema;
use super::limits::describe;
use super::subject::Subject;
use crate::checked::{Integer, Literal, Predicate, Test, Type};
use crate::raw::{Node, Value};

impl<'a> Checker<'a, '_, '_> {
    /// `const` and `enum`.
    pub(super) fn listed(&mut self, schema: &'a SpecSchema, subject: &Subject) -> Predicate {
        let mut parts = Vec::new();
        if let Some(constant) = &schema.constant {
            parts.push(self.one_of([constant], subject));
        }
        if let Some(values) = &schema.enumeration {
            parts.push(self.one_of(values, subject));
        }
        Predicate::all(parts)
    }

    pub(super) fn one_of(&mut self, values: impl IntoIterator<Item = &'a Node>, subject: &Subject) -> Predicate {
        if matches!(&subject.ty, Type::Enumeration { name, .. } if self.incomplete.contains(name)) {
            // What the enumeration lacks was reported already.
            return Predicate::Always;
        }
        let mut literals = Vec::new();
        let known: HashMap<String, Literal> = self.constants_of(&subject.ty);
        for value in values.into_iter().filter(|value| !matches!(value.value, Value::Null)) {
            let listed = value.as_str().and_then(|text| known.get(text)).cloned();
            match listed.or_else(|| self.literal(value, &subject.ty)) {
                Some(Literal::Integer(number)) if !in_range(number, &subject.ty) => {
                    if !in_range(number, &Type::Integer(Integer::U64))
                        && !in_range(number, &Type::Integer(Integer::I64))
                    {
                        let message = format!("{number} is not a 64-bit integer");
                        self.report.error_with_help(value.at, message, "take it out of the list");
                    }
                }
                Some(literal) => literals.push(literal),
                None => self.not_a_value(value, &subject.ty),
            }
        }
        self.one_of_literals(literals, subject)
    }

    /// One of some constants, which are of its type.
    pub(in crate::check) fn one_of_literals(&self, literals: Vec<Literal>, subject: &Subject) -> Predicate {
        match (literals.as_slice(), &subject.ty) {
            ([], _) => Predicate::Never,
            ([Literal::Boolean(first), Literal::Boolean(second)], _) if first != second => Predicate::Always,
            _ => {
                let others = self.other_values(&literals, &subject.ty);
                if others.as_ref().is_some_and(Vec::is_empty) {
                    return Predicate::Always;
                }
                let test = Test::OneOf { values: literals, others: others.unwrap_or_default() };
                Predicate::Test(subject.path.clone(), test)
            }
        }
    }

    /// The values of an enumeration; empty for other types.
    fn constants_of(&self, ty: &Type) -> HashMap<String, Literal> {
        let Type::Enumeration { name, .. } = ty else { return HashMap::new() };
        self.variants(name).iter().map(|variant| (variant.value.clone(), variant.constant(name))).collect()
    }

    /// The values of an enumeration other than the given ones.
    fn other_values(&self, values: &[Literal], ty: &Type) -> Option<Vec<Literal>> {
        let Type::Enumeration { name, .. } = ty else {
            return None;
        };
        let is_listed: HashSet<&str> = values
            .iter()
            .filter_map(|value| match value {
                Literal::Variant { variant, .. } => Some(variant.as_str()),
                _ => None,
            })
            .collect();
        let others = self.variants(name).iter().filter(|variant| !is_listed.contains(variant.name.as_str()));
        Some(others.map(|variant| variant.constant(name)).collect())
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
            Type::Array(_) | Type::Tuple(_) | Type::Map(_) | Type::Object(_) | Type::Union(_) | Type::FreeObject => (
                format!("the generator cannot compare with {}", node.kind()),
                "compare its items or properties".to_owned(),
            ),
            ty => (format!("{found} is not {}", describe(ty)), "write a value of the parameter's type".to_owned()),
        };
        self.report.error_with_help(node.at, message, help);
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

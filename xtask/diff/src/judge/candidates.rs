//! Values to try for a property: one of each sort that checks and rules distinguish.

mod arrays;
mod questions;
mod scalars;
mod set;

use foxapi_codegen::checked::{Item, Type};

use super::evaluate::Knowledge;
use crate::meaning::Meaning;
use crate::meaning::formula::{Formula, PropertyPath, ValueTest};
use crate::value::Value;
use arrays::{entries, lists, sums};
use questions::{contents, every, tests_of, totals};
use scalars::{integers, numbers, texts};

pub(super) use set::Candidates;

/// The depth to which nested objects are filled.
const DEEPEST: usize = 3;

/// How many values of a property are tried inside nested objects, as there would be too many combinations of all.
const FEW: usize = 8;

/// Two states of the specs; the bodies are those of the first.
#[derive(Clone, Copy)]
pub(super) struct Explorer<'e, 'm> {
    pub(super) from: &'e Meaning<'m>,
    pub(super) to: &'e Meaning<'m>,
}

impl Explorer<'_, '_> {
    /// Values of a type that the questions about the value at `path` distinguish, without null and absence.
    pub(super) fn values(&self, ty: &Type, path: &PropertyPath, questions: &[&Formula], depth: usize) -> Candidates {
        let tests = tests_of(path, questions);
        match ty {
            Type::Boolean => Candidates::complete(vec![Value::Boolean(true), Value::Boolean(false)]),
            Type::Enumeration { name, .. } => Candidates::complete(self.from.options(name)),
            Type::Integer(integer) => integers(*integer, &tests, &totals(path, questions)),
            Type::Number => numbers(&tests),
            Type::String => texts(&tests),
            Type::Array(item) => self.lists(item, &tests, path, questions, depth),
            Type::Map(item) => {
                let mut candidates = self.lists(item, &tests, path, questions, depth);
                candidates.values = candidates.values.into_iter().map(entries).collect();
                candidates
            }
            Type::Union(name) => {
                let forms = self.from.forms(name).iter().map(|form| self.values(&form.ty, path, questions, depth));
                let forms: Vec<Candidates> = forms.collect();
                let is_complete = forms.iter().all(|form| form.complete);
                let values = forms.into_iter().flat_map(|form| form.values).collect();
                Candidates { values, complete: is_complete, samples: Vec::new() }
            }
            Type::FreeObject => {
                // Its contents make no difference.
                let mut candidates = lists(&tests, path, questions, &[Value::Boolean(true)]);
                candidates.values = candidates.values.into_iter().map(entries).collect();
                candidates
            }
            Type::Tuple(items) => Candidates::complete(self.tuples(items, path, questions, depth)),
            Type::Object(name) => Candidates::complete(self.objects(name, path, questions, depth)),
        }
    }

    /// Arrays of each length that makes a difference, and with each item that does.
    fn lists(
        &self,
        item: &Item,
        tests: &[&ValueTest],
        path: &PropertyPath,
        questions: &[&Formula],
        depth: usize,
    ) -> Candidates {
        let inner: Vec<&Formula> = contents(path, questions);
        let mut items = self.values(&item.ty, &PropertyPath::new(), &inner, depth).values;
        if item.nullable {
            items.push(Value::Null);
        }
        // Items that satisfy all come first: the longest lists are made of them.
        let every: Vec<&Formula> = every(path, questions);
        let knowledge = Knowledge::whole(self.from, &[]);
        items.sort_by_key(|value| every.iter().filter(|asked| knowledge.of_item(asked, value) == Some(false)).count());
        if depth > 0 {
            items.truncate(FEW);
        }
        let mut candidates = lists(tests, path, questions, &items);
        candidates.values.extend(items.first().into_iter().flat_map(|plain| sums(path, questions, plain)));
        candidates
    }

    /// A plain tuple, and tuples that differ from it in one item.
    fn tuples(&self, items: &[Item], path: &PropertyPath, questions: &[&Formula], depth: usize) -> Vec<Value> {
        let knowledge = Knowledge::whole(self.from, &[]);
        let choices: Vec<Vec<Value>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let place: PropertyPath = path.iter().cloned().chain([index.to_string()]).collect();
                let mut values = self.values(&item.ty, &place, questions, depth).values;
                if item.nullable {
                    values.push(Value::Null);
                }
                let tests = tests_of(&place, questions);
                values.sort_by_key(|value| {
                    tests.iter().filter(|test| knowledge.test(value, test) == Some(false)).count()
                });
                values
            })
            .collect();
        let plain: Vec<Value> = choices.iter().map(|values| values.first().cloned().unwrap_or(Value::Null)).collect();
        let mut tuples = vec![Value::List(plain.clone())];
        for (index, values) in choices.into_iter().enumerate() {
            for value in values.into_iter().skip(1) {
                let mut tuple = plain.clone();
                if let Some(item) = tuple.get_mut(index) {
                    *item = value;
                }
                tuples.push(Value::List(tuple));
            }
        }
        tuples
    }

    /// A plain object of a type, and objects that differ from it in one property; valid ones come first.
    fn objects(&self, name: &str, path: &PropertyPath, questions: &[&Formula], depth: usize) -> Vec<Value> {
        let Some(shape) = self.from.objects.get(name).filter(|_| depth < DEEPEST) else {
            // Stands for all objects, since nothing looks inside.
            return vec![Value::Object(Vec::new())];
        };
        let own = shape.premises().chain(self.to.objects.get(name).into_iter().flat_map(|shape| shape.premises()));
        let own: Vec<&Formula> = own.collect();
        let mut base = Vec::new();
        let mut choices = Vec::new();
        for slot in &shape.slots {
            let field = slot.field;
            let inside: PropertyPath = path.iter().chain([&field.name]).cloned().collect();
            // Questions of the object's own checks about the property, and questions from outside.
            let mut values = self.values(&field.ty, &vec![field.name.clone()], &own, depth + 1).values;
            let asked = self.values(&field.ty, &inside, questions, depth + 1).values;
            for value in asked.into_iter().chain(slot.samples.iter().cloned()) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            if depth > 0 {
                values.truncate(FEW);
            }
            let is_valid = |value: &&Value| {
                let known = [(field.name.clone(), (*value).clone())];
                let knowledge = Knowledge::whole(self.from, &known);
                slot.limits.iter().all(|limit| knowledge.holds(limit) == Some(true))
            };
            let plain = match field.required {
                true => values.iter().find(is_valid).or(values.first()).cloned().unwrap_or(Value::Null),
                false => Value::Absent,
            };
            base.push((field.name.clone(), plain));
            choices.push(values);
        }
        let mut objects = vec![Value::Object(base.clone())];
        for (index, values) in choices.into_iter().enumerate() {
            for value in values {
                let mut members = base.clone();
                if let Some((_, member)) = members.get_mut(index) {
                    *member = value;
                }
                objects.push(Value::Object(members));
            }
        }
        let knowledge = Knowledge::whole(self.from, &[]);
        objects.sort_by_key(|object| !knowledge.accepts(name, object));
        objects
    }
}

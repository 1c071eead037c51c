//! From the predicates of the model, which speak of Rust fields, to formulas, which speak of properties.

use std::collections::BTreeMap;

use foxapi_codegen::model::{Format, Object, Place, Predicate, Test as ModelTest, Type};

use super::Meaning;
use super::formula::{Formula, Path, Test};
use crate::compare::words_of;

pub(super) struct Translator<'t, 'm> {
    pub(super) meaning: &'t Meaning<'m>,
    pub(super) objects: &'t BTreeMap<&'m str, &'m Object>,
}

/// What the first name of a place stands for.
#[derive(Clone)]
struct Scope {
    path: Path,
    ty: Type,
    /// Whether objects inside are judged elsewhere, by the structure of the property.
    shallow: bool,
}

impl Translator<'_, '_> {
    /// What the definition of an object asks of its properties, each by itself.
    pub(super) fn check(&self, object: &Object) -> Vec<Formula> {
        let scope = Scope { path: Path::new(), ty: Type::Object(object.name.clone()), shallow: true };
        let parts = match &object.check {
            Predicate::All(parts) => parts.as_slice(),
            single => std::slice::from_ref(single),
        };
        parts.iter().flat_map(|part| self.limits(part, &scope)).filter(|part| *part != Formula::Always).collect()
    }

    /// A check of one property, a formula for each thing it says. Tests say nothing of what is not given.
    fn limits(&self, predicate: &Predicate, scope: &Scope) -> Vec<Formula> {
        let Predicate::Optional { place, none: true, some } = predicate else {
            return conjuncts(self.formula(predicate, scope));
        };
        let inner = self.resolve(&place.path, scope);
        let guarded = |part: Formula| match part {
            Formula::Test(..) | Formula::Every(..) => part,
            part => Formula::if_given(&inner.path, part),
        };
        conjuncts(self.formula(some, &inner)).into_iter().map(guarded).collect()
    }

    /// A rule of an object.
    pub(super) fn rule(&self, predicate: &Predicate, object: &Object) -> Formula {
        self.formula(predicate, &Scope { path: Path::new(), ty: Type::Object(object.name.clone()), shallow: false })
    }

    fn formula(&self, predicate: &Predicate, scope: &Scope) -> Formula {
        if let Some(opaque) = self.opaque(predicate, scope) {
            return opaque;
        }
        let all = |parts: &[Predicate]| parts.iter().map(|part| self.formula(part, scope)).collect::<Vec<_>>();
        match predicate {
            Predicate::Always => Formula::Always,
            Predicate::Never => Formula::Never,
            Predicate::All(parts) => Formula::all(all(parts)),
            Predicate::Any(parts) => Formula::any(all(parts)),
            Predicate::ExactlyOne(parts) => Formula::ExactlyOne(all(parts)),
            Predicate::Not(inner) => self.formula(inner, scope).negate(),
            Predicate::Optional { place, none, some } => {
                let inner = self.resolve(&place.path, scope);
                let (given, some) = (Formula::Given(inner.path.clone()), self.formula(some, &inner));
                if *none { Formula::any([given.negate(), some]) } else { Formula::all([given, some]) }
            }
            Predicate::Test { place, test } => Formula::Test(self.resolve(&place.path, scope).path, self.test(test)),
            Predicate::Valid { place, object } => {
                let inner = self.resolve(place, scope);
                if scope.shallow { Formula::Always } else { Formula::Valid(inner.path, object.clone()) }
            }
            Predicate::Every { place, predicate } => match self.item(place, predicate, scope) {
                (_, Formula::Always) => Formula::Always,
                (path, item) => Formula::Every(path, Box::new(item)),
            },
            Predicate::Count { place, predicate, minimum, maximum } => {
                let (path, item) = self.item(place, predicate, scope);
                Formula::Count { path, item: Box::new(item), minimum: *minimum, maximum: *maximum }
            }
            Predicate::GivenCount { fields, minimum, maximum } => {
                let paths = fields.iter().map(|field| self.resolve(&field.path, scope).path).collect();
                Formula::Written { paths, minimum: *minimum, maximum: *maximum }
            }
            Predicate::SumEquals { items, property, total, default, .. } => {
                let items = self.resolve(&items.path, scope);
                let property = match &items.ty {
                    Type::Array(item) => self.property(&item.ty, property).0,
                    _ => property.clone(),
                };
                let total = self.resolve(&total.path, scope).path;
                Formula::Sum { items: items.path, property, total, default: *default }
            }
            Predicate::CombinedMaxItems { arrays, maximum } => {
                let arrays = arrays.iter().map(|(place, _)| self.resolve(&place.path, scope).path).collect();
                Formula::Together { arrays, maximum: *maximum }
            }
        }
    }

    /// What is asked of the inside of a map or a tuple: there is nothing in a [`Path`] to say where that is.
    fn opaque(&self, predicate: &Predicate, scope: &Scope) -> Option<Formula> {
        let (place, asked) = match predicate {
            Predicate::Test { place, .. } => (place, self.asked(predicate)),
            Predicate::Every { place, predicate } => (place, format!("each value {}", self.asked(predicate))),
            Predicate::Optional { place, some, none } => {
                (place, self.asked(some) + if *none { " or null" } else { " and not null" })
            }
            _ => return None,
        };
        let found = self.resolve(&place.path, scope);
        let words = match &found.ty {
            Type::Tuple(_) => {
                let index: u64 = place.path.last().and_then(|step| step.parse().ok())?;
                format!("item {} {asked}", index + 1)
            }
            Type::Map(_) if !matches!(predicate, Predicate::Optional { .. }) => match predicate {
                Predicate::Test { test: ModelTest::MinItems(count), .. } => format!("at least {count} properties"),
                Predicate::Test { test: ModelTest::MaxItems(count), .. } => format!("at most {count} properties"),
                _ => asked,
            },
            _ => return None,
        };
        Some(Formula::Test(found.path, Test::Opaque(words)))
    }

    /// What a predicate asks of one value, in words that differ where it does.
    fn asked(&self, predicate: &Predicate) -> String {
        match predicate {
            Predicate::Test { test, .. } => words_of(&self.test(test)),
            Predicate::All(parts) => parts.iter().map(|part| self.asked(part)).collect::<Vec<_>>().join(" and "),
            Predicate::Valid { object, .. } => format!("a valid {object}"),
            other => format!("{other:?}"),
        }
    }

    /// What is said of each item, with paths that start at the item.
    fn item(&self, place: &Place, predicate: &Predicate, scope: &Scope) -> (Path, Formula) {
        let array = self.resolve(&place.path, scope);
        let ty = match array.ty {
            Type::Array(item) => item.ty,
            other => other,
        };
        let inner = Scope { path: Path::new(), ty, shallow: scope.shallow };
        (array.path, self.formula(predicate, &inner))
    }

    /// The first name is a variable, which stands for what the scope is about; the others are fields.
    fn resolve(&self, place: &[String], scope: &Scope) -> Scope {
        let mut found = scope.clone();
        for ident in place.iter().skip(1) {
            if matches!(found.ty, Type::Tuple(_)) {
                break;
            }
            let (name, ty) = self.property(&found.ty, ident);
            found.path.push(name);
            found.ty = ty.unwrap_or(found.ty);
        }
        found
    }

    /// The property that a field stands for, and its type.
    fn property(&self, owner: &Type, ident: &str) -> (String, Option<Type>) {
        let object = match owner {
            Type::Object(name) => self.objects.get(name.as_str()),
            _ => None,
        };
        let field = object.and_then(|object| object.fields.iter().find(|field| field.ident == ident));
        field.map_or((ident.to_owned(), None), |field| (field.name.clone(), Some(field.ty.clone())))
    }

    fn test(&self, test: &ModelTest) -> Test {
        match test {
            ModelTest::OneOf { values, .. } => {
                Test::OneOf(values.iter().map(|value| self.meaning.constant(value)).collect())
            }
            ModelTest::IntegerRange(low, high) => Test::Integers(*low, *high),
            ModelTest::NumberRange(low, high) => Test::Numbers(*low, *high),
            ModelTest::MultipleOf(divisor) => Test::MultipleOf(*divisor),
            ModelTest::MinLength(length) => Test::MinLength(*length),
            ModelTest::MaxLength(length) => Test::MaxLength(*length),
            ModelTest::Format(Format::Uri) => Test::Uri(None),
            ModelTest::Url(schemes) => Test::Uri(Some(schemes.clone())),
            ModelTest::Format(format) => Test::Opaque(format.describe().to_owned()),
            ModelTest::Pattern(pattern) => Test::Opaque(format!("a text that matches `{pattern}`")),
            ModelTest::MultipleOfNumber(step) => Test::Opaque(format!("a multiple of {step}")),
            ModelTest::MinItems(count) => Test::MinItems(*count),
            ModelTest::MaxItems(count) => Test::MaxItems(*count),
            ModelTest::UniqueItems => Test::Unique,
        }
    }
}

fn conjuncts(formula: Formula) -> Vec<Formula> {
    match formula {
        Formula::All(parts) => parts,
        single => vec![single],
    }
}

//! Translates the predicates of the model, which are about Rust fields, to formulas, which are about properties.

use std::collections::BTreeMap;

use foxapi_codegen::model::{Form, Object, Place, Predicate, Test as ModelTest, Type};
use foxapi_schema::assertion::Assertion;

use super::Meaning;
use super::formula::{Formula, Kind, Path, Test};
use crate::pattern::Pattern;
use crate::value::Value;

pub(super) struct Translator<'t, 'm> {
    pub(super) meaning: &'t Meaning<'m>,
    pub(super) objects: &'t BTreeMap<&'m str, &'m Object>,
}

/// The value that the first name of a place stands for.
#[derive(Clone)]
struct Scope {
    path: Path,
    ty: Type,
    /// Whether objects inside are judged elsewhere, by the structure of the property.
    shallow: bool,
}

impl Translator<'_, '_> {
    /// The requirements of an object's definition on single properties.
    pub(super) fn check(&self, object: &Object) -> Vec<Formula> {
        let scope = Scope { path: Path::new(), ty: Type::Object(object.name.clone()), shallow: true };
        let parts = match &object.check {
            Predicate::All(parts) => parts.as_slice(),
            single => std::slice::from_ref(single),
        };
        parts.iter().flat_map(|part| self.limits(part, &scope)).filter(|part| *part != Formula::Always).collect()
    }

    /// A check of one property as separate formulas. Tests have no effect on values that are not given.
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

    /// The requirements on the value at a path, in a form of that type.
    pub(super) fn limits_of(meaning: &Meaning<'_>, check: &Predicate, path: &Path, ty: &Type) -> Vec<Formula> {
        let translator = Translator { meaning, objects: &BTreeMap::new() };
        let scope = Scope { path: path.clone(), ty: ty.clone(), shallow: true };
        conjuncts(translator.formula(check, &scope))
    }

    /// A rule of an object.
    pub(super) fn rule(&self, predicate: &Predicate, object: &Object) -> Formula {
        self.formula(predicate, &Scope { path: Path::new(), ty: Type::Object(object.name.clone()), shallow: false })
    }

    fn formula(&self, predicate: &Predicate, scope: &Scope) -> Formula {
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
            Predicate::Test { place, test } => self.test(self.resolve(&place.path, scope).path, test),
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
            Predicate::Sum { items, property, total, default, .. } => {
                let items = self.resolve(&items.path, scope);
                let property = match &items.ty {
                    Type::Array(item) => self.property(&item.ty, property).0,
                    _ => property.clone(),
                };
                let total = self.resolve(&total.path, scope).path;
                Formula::Sum { items: items.path, property, total, default: *default }
            }
            Predicate::Together { arrays, maximum } => {
                let arrays = arrays.iter().map(|(place, _)| self.resolve(&place.path, scope).path).collect();
                Formula::Together { arrays, maximum: *maximum }
            }
        }
    }

    /// The formula about each item, with paths that start at the item.
    fn item(&self, place: &Place, predicate: &Predicate, scope: &Scope) -> (Path, Formula) {
        let array = self.resolve(&place.path, scope);
        let ty = match array.ty {
            Type::Array(item) | Type::Map(item) => item.ty,
            other => other,
        };
        let inner = Scope { path: Path::new(), ty, shallow: scope.shallow };
        (array.path, self.formula(predicate, &inner))
    }

    /// Resolves a place: the first name is a variable for the value of the scope, the others are fields.
    fn resolve(&self, place: &[String], scope: &Scope) -> Scope {
        let mut found = scope.clone();
        for ident in place.iter().skip(1) {
            if let Type::Tuple(items) = &found.ty {
                let item = ident.parse().ok().and_then(|index: usize| items.get(index));
                found.ty = item.map_or(Type::Boolean, |item| item.ty.clone());
                found.path.push(ident.clone());
                continue;
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

    fn test(&self, path: Path, test: &ModelTest) -> Formula {
        let test = match test {
            ModelTest::OneOf { values, .. } => {
                let mut values: Vec<_> = values.iter().map(|value| self.meaning.constant(value)).collect();
                // Their order has no meaning.
                values.sort_by(Value::order);
                Test::OneOf(values)
            }
            ModelTest::Range(low, high) => Test::Range(low.clone(), high.clone()),
            ModelTest::Asserts(Assertion::Pattern(pattern)) => Test::Pattern(Pattern::new(pattern)),
            ModelTest::Asserts(assertion) => Test::Asserts(assertion.clone()),
            ModelTest::Form { union, forms } => {
                let forms = self.meaning.forms(union).iter().filter(|form| forms.contains(&form.name));
                return Formula::any(forms.map(|form| Formula::Test(path.clone(), Test::Kind(kind(form)))));
            }
        };
        Formula::Test(path, test)
    }
}

fn conjuncts(formula: Formula) -> Vec<Formula> {
    match formula {
        Formula::All(parts) => parts,
        single => vec![single],
    }
}

/// The kind of value of a form.
fn kind(form: &Form) -> Kind {
    match form.ty {
        Type::String | Type::Enumeration { .. } => Kind::Text,
        Type::Boolean => Kind::Boolean,
        Type::Number | Type::Integer(_) => Kind::Number,
        Type::Array(_) | Type::Tuple(_) => Kind::List,
        Type::Object(_) | Type::Map(_) | Type::FreeObject | Type::Union(_) => Kind::Object,
    }
}

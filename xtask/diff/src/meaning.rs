//! What a checked spec set means for bodies: each object as formulas about JSON, without Rust names.

pub(crate) mod formula;
mod samples;

use std::collections::BTreeMap;

use foxapi_codegen::checked::{
    self, Availability, Enumeration, Field, Form, Item, Module, Object, Predicate, RequestPage, SpecSet, Type, Union,
};
use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};
use foxapi_schema::validator::ParsedSchema;

use serde_json::Value as JsonValue;

use crate::pattern::Pattern;
use crate::value::{Text, Value};
use formula::{Formula, JsonKind, PropertyPath, ValueTest, if_given, written};
use samples::Sample;

/// A state of the specs, by type name.
#[derive(Debug)]
pub(crate) struct Meaning<'m> {
    pub(crate) objects: BTreeMap<&'m str, Shape<'m>>,
    pub(crate) enumerations: BTreeMap<&'m str, (&'m Module, &'m Enumeration)>,
    pub(crate) unions: BTreeMap<&'m str, (&'m Module, &'m Union)>,
    /// The schemas of requests, by object name.
    schemas: BTreeMap<&'m str, ParsedSchema>,
}

/// An object and its requirements.
#[derive(Debug)]
pub(crate) struct Shape<'m> {
    pub(crate) module: &'m Module,
    pub(crate) object: &'m Object,
    pub(crate) slots: Vec<Slot<'m>>,
    pub(crate) availability: Vec<Available<'m>>,
    pub(crate) rules: Vec<Clause<'m>>,
}

/// A property and its own requirements.
#[derive(Debug)]
pub(crate) struct Slot<'m> {
    pub(crate) field: &'m Field,
    /// Requirements on its presence and type.
    pub(crate) structure: Vec<Formula>,
    /// Limits on its value.
    pub(crate) limits: Vec<Formula>,
    /// Values that the documentation shows: examples and the default.
    pub(crate) samples: Vec<Value>,
}

/// A parameter or option that only some models of a page have.
#[derive(Debug)]
pub(crate) struct Available<'m> {
    pub(crate) known: &'m Availability,
    /// The requirement on the other models.
    pub(crate) asks: Formula,
}

/// A rule.
#[derive(Debug)]
pub(crate) struct Clause<'m> {
    pub(crate) sentence: &'m str,
    pub(crate) parts: Vec<Formula>,
}

impl<'m> Meaning<'m> {
    pub(crate) fn of(specs: &'m SpecSet) -> Self {
        let schemas = specs.requests().filter_map(|(module, object, _)| {
            Some((object.name.as_str(), ParsedSchema::read(&module.schema.as_ref()?.into())?))
        });
        let mut meaning = Self {
            objects: BTreeMap::new(),
            enumerations: BTreeMap::new(),
            unions: BTreeMap::new(),
            schemas: schemas.collect(),
        };
        for module in &specs.modules {
            meaning.enumerations.extend(module.enumerations().map(|set| (set.name.as_str(), (module, set))));
            meaning.unions.extend(module.unions().map(|union| (union.name.as_str(), (module, union))));
        }
        let objects: BTreeMap<&str, &Object> =
            specs.modules.iter().flat_map(Module::objects).map(|object| (object.name.as_str(), object)).collect();
        let samples = samples::of(specs, &objects);
        for module in &specs.modules {
            for object in module.objects() {
                let shape = meaning.shape(module, object, &samples);
                meaning.objects.insert(&object.name, shape);
            }
        }
        meaning
    }

    fn shape(&self, module: &'m Module, object: &'m Object, samples: &[Sample]) -> Shape<'m> {
        let checks = self.limits(&object.check);
        let slots = object.fields.iter().map(|field| {
            let is_own = |check: &&Formula| check.properties() == [field.name.as_str()];
            let limits = checks.iter().filter(is_own).cloned().collect();
            let samples = samples.iter().filter(|(owner, name, _)| (owner, name) == (&object.name, &field.name));
            let samples = samples.map(|(.., value)| value.clone()).collect();
            Slot { field, structure: self.structure(field), limits, samples }
        });
        let availability = object.availability.iter();
        let availability = availability.map(|known| Available { known, asks: self.formula(&known.predicate) });
        let rules = object.rules.iter().map(|rule| Clause {
            sentence: &rule.sentence,
            parts: rule.parts.iter().map(|part| self.formula(part)).collect(),
        });
        Shape { module, object, slots: slots.collect(), availability: availability.collect(), rules: rules.collect() }
    }

    /// What the specs require of JSON values.
    fn formula(&self, predicate: &Predicate) -> Formula {
        predicate.map(&|path, test| self.test(path, test))
    }

    fn test(&self, path: &PropertyPath, test: &checked::Test) -> Formula {
        let test = match test {
            checked::Test::OneOf { values, .. } => {
                let mut values: Vec<_> = values.iter().map(|value| Value::of_json(&value.to_json())).collect();
                // Their order has no meaning.
                values.sort_by(Value::order);
                ValueTest::OneOf(values)
            }
            checked::Test::Range(low, high) => ValueTest::Range(low.clone(), high.clone()),
            // All numbers of JSON are.
            checked::Test::Finite => return Formula::Always,
            checked::Test::Asserts(Assertion::Pattern(pattern)) => ValueTest::Pattern(Pattern::new(pattern)),
            checked::Test::Asserts(assertion) => ValueTest::Asserts(assertion.clone()),
            checked::Test::Form { union, forms } => {
                let forms = self.forms(union).iter().filter(|form| forms.contains(&form.name));
                return Formula::any(forms.map(|form| Formula::Test(path.clone(), ValueTest::Kind(kind(form)))));
            }
        };
        Formula::Test(path.clone(), test)
    }

    /// What a definition requires of single values: a formula for each thing it says. Objects inside are checked by
    /// the structure of the property.
    fn limits(&self, check: &Predicate) -> Vec<Formula> {
        let asked = self.formula(&check.clone().without_calls(&|_| false));
        let mut limits = Vec::new();
        for part in asked.conjuncts() {
            match part {
                Formula::Always => {}
                Formula::Optional { path, none: true, some } => {
                    limits.extend(some.conjuncts().iter().map(|part| match part {
                        // Tests have no effect on values that are not given.
                        Formula::Test(..) | Formula::Every(..) => part.clone(),
                        part => if_given(path, part.clone()),
                    }));
                }
                part => limits.push(part.clone()),
            }
        }
        limits
    }

    fn structure(&self, field: &Field) -> Vec<Formula> {
        let path = vec![field.name.clone()];
        let mut parts = Vec::new();
        if field.required {
            parts.push(written(path.clone()));
        }
        if !field.nullable {
            parts.push(not_null(&path));
        }
        parts.extend(self.kind(&path, &field.ty));
        parts
    }

    /// The requirement that a value has a type if it is given.
    pub(crate) fn kind(&self, path: &PropertyPath, ty: &Type) -> Vec<Formula> {
        let test = |test| vec![Formula::Test(path.clone(), test)];
        match ty {
            Type::String => test(ValueTest::Kind(JsonKind::Text)),
            Type::Boolean => test(ValueTest::Kind(JsonKind::Boolean)),
            Type::Number => test(ValueTest::Kind(JsonKind::Number)),
            Type::Integer(integer) => {
                let (least, most) = integer.range();
                test(ValueTest::Kind(JsonKind::Integer(least, most)))
            }
            Type::Enumeration { name, .. } => test(ValueTest::OneOf(self.options(name))),
            Type::Object(name) => {
                vec![
                    Formula::Test(path.clone(), ValueTest::Kind(JsonKind::Object)),
                    Formula::Valid(path.clone(), name.clone()),
                ]
            }
            Type::FreeObject => test(ValueTest::Kind(JsonKind::Object)),
            Type::Union(name) => {
                let forms = self.forms(name).iter().map(|form| {
                    let limits = self.formula(&form.check.clone().without_calls(&|_| false));
                    let limits = limits.moved(&|inside| Some([path.as_slice(), inside].concat()));
                    Formula::all(self.kind(path, &form.ty).into_iter().chain(limits))
                });
                vec![if_given(path, Formula::any(forms))]
            }
            Type::Tuple(items) => {
                let counts = [Side::AtLeast, Side::AtMost].map(|side| {
                    let limit = items.len().into();
                    ValueTest::Asserts(Assertion::Bound(Bound { measure: Measure::Items, side, strict: false, limit }))
                });
                let parts = [ValueTest::Kind(JsonKind::List)].into_iter().chain(counts);
                let mut parts: Vec<Formula> = parts.map(|part| Formula::Test(path.clone(), part)).collect();
                for (index, item) in items.iter().enumerate() {
                    let place: PropertyPath = path.iter().cloned().chain([index.to_string()]).collect();
                    if !item.nullable {
                        parts.push(if_given(path, Formula::given(place.clone())));
                    }
                    parts.extend(self.kind(&place, &item.ty));
                }
                parts
            }
            Type::Array(item) | Type::Map(item) => {
                let Item { ty: inner, nullable } = item.as_ref();
                let root = PropertyPath::new();
                let null = (!nullable).then(|| Formula::given(root.clone()));
                let every = Formula::all(null.into_iter().chain(self.kind(&root, inner)));
                let kind = if matches!(ty, Type::Map(_)) { JsonKind::Object } else { JsonKind::List };
                vec![Formula::Test(path.clone(), ValueTest::Kind(kind)), Formula::Every(path.clone(), Box::new(every))]
            }
        }
    }

    /// Whether the collector accepts a body, if the object is a request.
    pub(crate) fn accepts(&self, object: &Object, body: &JsonValue) -> bool {
        let models = |page: &'m RequestPage| page.models.iter().map(String::as_str).collect::<Vec<_>>();
        let page = self.objects.get(object.name.as_str()).and_then(|shape| shape.object.page.as_ref());
        let schema = self.schemas.get(object.name.as_str());
        schema.zip(page).is_none_or(|(schema, page)| schema.violations(&models(page), body).is_empty())
    }

    /// The forms of a union.
    pub(crate) fn forms(&self, name: &str) -> &'m [Form] {
        self.unions.get(name).map(|(_, union)| union.forms.as_slice()).unwrap_or_default()
    }

    /// The values of an enumeration.
    pub(crate) fn options(&self, name: &str) -> Vec<Value> {
        let variants = self.enumerations.get(name).map(|(_, set)| set.variants.as_slice()).unwrap_or_default();
        variants.iter().map(|variant| Value::Text(Text::exact(&variant.value))).collect()
    }

    /// Whether there is a type of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.objects.contains_key(name) || self.enumerations.contains_key(name) || self.unions.contains_key(name)
    }

    /// Types, including those they contain.
    pub(crate) fn reached<'s>(&'s self, types: Vec<&'s str>) -> Vec<&'s str> {
        let mut reached = types;
        let mut index = 0;
        while let Some(name) = reached.get(index) {
            let fields = self.objects.get(name).into_iter().flat_map(|shape| &shape.object.fields);
            let forms = self.forms(name).iter().map(|form| &form.ty);
            for inner in fields.map(|field| &field.ty).chain(forms).flat_map(Type::mentioned) {
                if !reached.contains(&inner) {
                    reached.push(inner);
                }
            }
            index += 1;
        }
        reached
    }

    /// Whether a type is part of any request.
    pub(crate) fn is_in_requests(&self, name: &str) -> bool {
        self.pages().any(|(_, shape)| self.reached(vec![&shape.object.name]).contains(&name))
    }

    /// The objects that are requests.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&'m RequestPage, &Shape<'m>)> {
        self.objects.values().filter_map(|shape| Some((shape.object.page.as_ref()?, shape)))
    }
}

impl<'m> Shape<'m> {
    pub(crate) fn slot(&self, name: &str) -> Option<&Slot<'m>> {
        self.slots.iter().find(|slot| slot.field.name == name)
    }

    /// All requirements on an object, except that it must not have other properties.
    pub(crate) fn premises(&self) -> impl Iterator<Item = &Formula> {
        let own = self.slots.iter().flat_map(|slot| slot.structure.iter().chain(&slot.limits));
        let own = own.chain(self.availability.iter().map(|available| &available.asks));
        own.chain(self.rules.iter().flat_map(|rule| &rule.parts))
    }
}

/// The requirement that a value is not null.
pub(crate) fn not_null(path: &PropertyPath) -> Formula {
    Formula::any([written(path.clone()).negate(), Formula::given(path.clone())])
}

/// The kind of value that a form is.
fn kind(form: &Form) -> JsonKind {
    match form.ty {
        Type::String | Type::Enumeration { .. } => JsonKind::Text,
        Type::Boolean => JsonKind::Boolean,
        Type::Number | Type::Integer(_) => JsonKind::Number,
        Type::Array(_) | Type::Tuple(_) => JsonKind::List,
        Type::Object(_) | Type::Map(_) | Type::FreeObject | Type::Union(_) => JsonKind::Object,
    }
}

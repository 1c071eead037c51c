//! Searches for a body that was valid and violates a claim: over sorts of values to prove that there is none, over
//! exact values to find an example.

use foxapi_codegen::checked::{Object, Type};
use foxapi_schema::assertion::Assertion;

use super::candidates::{Candidates, Explorer};
use super::evaluate::Knowledge;
use super::{ClaimSubject, Ruling};
use crate::meaning::Meaning;
use crate::meaning::formula::{Formula, PropertyPath, ValueTest};
use crate::value::{Text, Value};

/// How many times properties are given a value before a question is left open.
const PATIENCE: usize = 20_000;

/// How many questions about contents are tried both ways.
const CONTENTS: usize = 4;

/// The search for an object that was valid and violates the claim.
pub(super) struct Search<'s, 'm> {
    meaning: &'s Meaning<'m>,
    claim: &'s Formula,
    pub(super) premises: Vec<&'s Formula>,
    /// The properties with their candidates; those of the claim come first.
    properties: Vec<(&'s str, Candidates)>,
    /// How many of the properties the claim is about.
    claimed: usize,
    /// Whether contents are looked at, to find an example, or assumed, to find a proof.
    deep: bool,
    granted: Vec<(Formula, bool)>,
    known: Vec<(String, Value)>,
    patience: usize,
    /// The object to find bodies of, if they have to be completely valid.
    pub(super) whole: Option<&'s Object>,
    /// Whether there was a body that was neither ruled out nor an example.
    open: bool,
}

impl<'s, 'm> Search<'s, 'm> {
    pub(super) fn new(
        explorer: &Explorer<'s, 'm>,
        subject: ClaimSubject<'s, 'm>,
        claim: &'s Formula,
        fixed: Option<(&'s str, Vec<Value>)>,
    ) -> Self {
        let premises: Vec<&Formula> = subject.from.premises().collect();
        let news = subject.to.into_iter().flat_map(|shape| shape.premises());
        let questions: Vec<&Formula> = premises.iter().copied().chain(news).chain([claim]).collect();
        let mut about = claim.properties();
        about.extend(fixed.iter().map(|(name, _)| *name));
        let mut properties: Vec<(&str, Candidates)> = Vec::new();
        for slot in &subject.from.slots {
            let field = slot.field;
            let mut candidates = match (&fixed, subject.models, &field.ty) {
                (Some((name, values)), ..) if *name == field.name => {
                    Candidates { values: values.clone(), complete: true, samples: Vec::new() }
                }
                (_, Some(models), Type::Enumeration { .. }) if field.name == "model" => {
                    let values = models.iter().map(|model| Value::Text(Text::exact(model)));
                    Candidates { values: values.collect(), complete: true, samples: Vec::new() }
                }
                _ => {
                    let mut candidates = explorer.values(&field.ty, &vec![field.name.clone()], &questions, 0);
                    if field.nullable {
                        candidates.values.push(Value::Null);
                    }
                    if !field.required {
                        candidates.values.insert(0, Value::Absent);
                    }
                    candidates.samples.clone_from(&slot.samples);
                    candidates
                }
            };
            // A value that its own limits refuse, whatever it contains, is in no valid body.
            candidates.values.retain(|value| {
                let known = [(field.name.clone(), value.clone())];
                let knowledge = Knowledge { closed: false, deep: false, ..Knowledge::whole(explorer.from, &known) };
                !slot.structure.iter().chain(&slot.limits).any(|own| knowledge.holds(own) == Some(false))
            });
            properties.push((&field.name, candidates));
        }
        properties.sort_by_key(|(name, _)| !about.contains(name));
        let claimed = properties.iter().filter(|(name, _)| about.contains(name)).count();
        // Properties that did not exist are not given.
        let unknown = claim.properties().into_iter().filter(|name| subject.from.slot(name).is_none());
        let known = unknown.map(|name| (name.to_owned(), Value::Absent)).collect();
        Self {
            meaning: explorer.from,
            claim,
            premises,
            properties,
            claimed,
            deep: false,
            granted: Vec::new(),
            known,
            patience: PATIENCE,
            whole: Some(subject.from.object),
            open: false,
        }
    }

    /// A search about a single value.
    pub(super) fn of_one(
        meaning: &'s Meaning<'m>,
        claim: &'s Formula,
        premises: Vec<&'s Formula>,
        property: (&'s str, Candidates),
    ) -> Self {
        Self {
            meaning,
            claim,
            premises,
            properties: vec![property],
            claimed: 1,
            deep: false,
            granted: Vec::new(),
            known: Vec::new(),
            patience: PATIENCE,
            whole: None,
            open: false,
        }
    }

    /// Looks for a proof and, if there is none, for an example.
    pub(super) fn run(mut self) -> Ruling {
        let full: Vec<Candidates> = self.properties.iter().map(|(_, candidates)| candidates.clone()).collect();
        for (_, candidates) in &mut self.properties {
            candidates.forget_contents();
        }
        self.one_of_each_sort();
        let contents = contents(self.claim);
        let complete = contents.len() <= CONTENTS && full.iter().all(|candidates| candidates.complete);
        let granted = contents.get(..contents.len().min(CONTENTS)).unwrap_or_default();
        if let Some(example) = self.grant(granted) {
            return Ruling::Refuted(example);
        }
        if complete && !self.open {
            return Ruling::Proven;
        }
        for ((_, candidates), full) in self.properties.iter_mut().zip(full) {
            *candidates = full;
        }
        self.write_out();
        (self.deep, self.patience) = (true, PATIENCE);
        self.one_of_each_sort();
        self.assign(0).map_or(Ruling::Undecided, Ruling::Refuted)
    }

    /// Keeps one of the values that neither a premise nor the claim distinguishes.
    fn one_of_each_sort(&mut self) {
        let mut sorted = std::mem::take(&mut self.properties);
        for (name, candidates) in &mut sorted {
            let name = *name;
            let is_about =
                |atom: &&Formula| atom.own_paths().iter().any(|path| path.first().is_some_and(|it| it == name));
            let all = self.premises.iter().copied().chain([self.claim]).flat_map(Formula::parts);
            let mut atoms: Vec<&Formula> = Vec::new();
            for atom in all.filter(is_about) {
                if !atoms.contains(&atom) {
                    atoms.push(atom);
                }
            }
            let mut sorts: Vec<Vec<Option<i128>>> = Vec::new();
            candidates.values.retain(|value| {
                let known = [(name.to_owned(), value.clone())];
                let knowledge =
                    Knowledge { meaning: self.meaning, known: &known, closed: false, deep: self.deep, granted: &[] };
                let sort: Vec<Option<i128>> = atoms.iter().map(|atom| knowledge.trace(atom, name, value)).collect();
                let is_new = !sorts.contains(&sort);
                if is_new {
                    sorts.push(sort);
                }
                is_new
            });
        }
        self.properties = sorted;
    }

    /// Turns sorts of values into exact values: adds those that the documentation shows, and drops impossible ones.
    fn write_out(&mut self) {
        let (claimed, meaning, premises) = (self.claimed, self.meaning, &self.premises);
        for (index, (name, candidates)) in self.properties.iter_mut().enumerate() {
            let samples = std::mem::take(&mut candidates.samples);
            // Samples come right after absence; for the properties of the claim they come last, after plainer values.
            let is_absent = candidates.values.first() == Some(&Value::Absent);
            let at = if index < claimed { candidates.values.len() } else { usize::from(is_absent) };
            candidates.values.splice(at..at, samples);
            let own: Vec<&&Formula> = premises.iter().filter(|premise| premise.properties() == [*name]).collect();
            candidates.values.retain(|value| {
                let known = [((*name).to_owned(), value.clone())];
                let knowledge = Knowledge { closed: false, ..Knowledge::whole(meaning, &known) };
                !own.iter().any(|own| knowledge.holds(own) == Some(false))
            });
        }
    }

    /// Takes each question about contents for true and for false.
    fn grant(&mut self, contents: &[Formula]) -> Option<Value> {
        let Some((first, rest)) = contents.split_first() else { return self.assign(0) };
        for truth in [true, false] {
            self.granted.push((first.clone(), truth));
            let found = self.grant(rest);
            self.granted.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn knowledge(&self) -> Knowledge<'_, 'm> {
        let granted = if self.deep { &[] } else { self.granted.as_slice() };
        Knowledge { meaning: self.meaning, known: &self.known, closed: false, deep: self.deep, granted }
    }

    fn assign(&mut self, index: usize) -> Option<Value> {
        if index >= self.claimed && self.knowledge().holds(self.claim) == Some(true) {
            return None;
        }
        let Some((name, candidates)) = self.properties.get(index) else { return self.body() };
        let (name, count) = (*name, candidates.values.len());
        for at in 0..count {
            let candidate = self.properties.get(index).and_then(|(_, candidates)| candidates.values.get(at));
            let Some(value) = candidate.cloned() else { break };
            if self.patience == 0 {
                self.open = true;
                return None;
            }
            self.patience -= 1;
            self.known.push((name.to_owned(), value));
            let found = if self.is_ruled_out(name) { None } else { self.assign(index + 1) };
            if found.is_some() {
                return found;
            }
            self.known.pop();
            if self.open && !self.deep {
                // A proof is no longer possible.
                return None;
            }
        }
        None
    }

    /// Whether a premise about a property that was just given a value is false.
    fn is_ruled_out(&self, name: &str) -> bool {
        let knowledge = self.knowledge();
        let about = |premise: &&&Formula| premise.paths().iter().any(|path| path.first().is_some_and(|it| it == name));
        self.premises.iter().filter(about).any(|premise| knowledge.holds(premise) == Some(false))
    }

    /// The body in which all properties have a value, if it is an example; otherwise the question is open.
    fn body(&mut self) -> Option<Value> {
        let knowledge = Knowledge::whole(self.meaning, &self.known);
        let was_valid = self.premises.iter().all(|premise| knowledge.holds(premise) == Some(true));
        if was_valid && knowledge.holds(self.claim) == Some(false) {
            let example = Value::Object(self.known.clone());
            if self.whole.is_none_or(|object| self.meaning.accepts(object, &example.to_json())) {
                return Some(example);
            }
        }
        self.open = true;
        None
    }
}

/// What a formula asks of the inside of arrays and objects.
fn contents(formula: &Formula) -> Vec<Formula> {
    let is_inside = |path: &PropertyPath| path.len() > 1;
    let mut different: Vec<Formula> = Vec::new();
    for part in formula.parts() {
        let asked = match part {
            Formula::Every(..)
            | Formula::Count { .. }
            | Formula::Sum { .. }
            | Formula::Valid(..)
            | Formula::Test(_, ValueTest::Pattern(_)) => part.clone(),
            // What is counted can be told of all values of a sort at once.
            Formula::Test(_, ValueTest::Asserts(asserted)) if !matches!(asserted, Assertion::Bound(_)) => part.clone(),
            Formula::Test(path, _) if is_inside(path) => part.clone(),
            Formula::Optional { path, .. } if is_inside(path) => Formula::given(path.clone()),
            _ => continue,
        };
        if !different.contains(&asked) {
            different.push(asked);
        }
    }
    different
}

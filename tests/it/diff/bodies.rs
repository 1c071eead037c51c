//! Generated pairs of specs: changes that are safe for bodies refuse none that was valid, and breaking ones show one
//! that is now refused. The judge is a JSON Schema validator on the spec files as written.

use std::cell::Cell;

use foxapi_diff::Class;
use proptest::strategy::Strategy;

use super::comparison;
use super::edit::{Folder, Pair};
use crate::oracle::bodies::{Bodies, Body};
use crate::oracle::choices::Choices;
use crate::oracle::runs;
use crate::oracle::text::Json;
use crate::oracle::verdict::Reference;

/// Pairs of specs that are tried.
const PAIRS: u32 = 150;

/// Random bodies per model of a safe pair, made for the old spec, and as many for the new one.
const BODIES: usize = 60;

#[derive(Default)]
struct Seen {
    pairs: Cell<u32>,
    safe: Cell<u32>,
    valid_bodies: Cell<u32>,
    examples: Cell<u32>,
    risky: Cell<u32>,
    unshown: Cell<u32>,
}

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

#[test]
fn safe_is_never_refused_and_breaking_has_an_example() {
    let folders = Folder::all();
    let seen = Seen::default();
    let pairs = (Choices::tapes(40), Choices::tapes(60 * BODIES / 10))
        .prop_map(|(edits, bodies)| (Pair::new(&folders, &edits), bodies));
    runs::run(PAIRS, &pairs, |(pair, tape)| pair.map_or(Ok(()), |pair| check(&pair, &tape, &seen)));
    let [pairs, safe, valid, examples, risky, unshown] =
        [&seen.pairs, &seen.safe, &seen.valid_bodies, &seen.examples, &seen.risky, &seen.unshown].map(Cell::get);
    let summary = format!(
        "{pairs} pairs, {safe} safe, {valid} valid bodies, {examples} examples, {risky} risky, {unshown} not shown"
    );
    assert!(pairs > PAIRS / 2 && safe > pairs / 10 && valid > safe * 20 && examples > pairs / 10, "{summary}");
    // A diff that never decides would pass as well.
    assert!(risky + unshown < pairs / 10, "{summary}");
    println!("{summary}");
}

fn check(pair: &Pair, tape: &[u32], seen: &Seen) -> Result<(), String> {
    count(&seen.pairs);
    let comparison = comparison(&pair.from, &pair.to);
    let models = |specs| Pair::models(specs, &pair.page);
    let before = Reference::new(&pair.from, &pair.page, models(&pair.from));
    let after = Reference::new(&pair.to, &pair.page, models(&pair.to));
    for change in &comparison.changes {
        match (&change.bodies.example, change.bodies.class) {
            (Some(example), _) => {
                count(&seen.examples);
                let body = Body::new(&Json::of(example), false);
                let (old, new) = (before.of_any_body(&body), after.of_any_body(&body));
                if !old.is_valid() || new.is_valid() {
                    return Err(format!("{change:#?}\nbefore: {old:?}, after: {new:?}"));
                }
            }
            // Removing something breaks those who relied on it, even without an example.
            (None, Class::Breaking) if change.bodies.why.ends_with("refused") => count(&seen.unshown),
            (None, Class::Breaking) => return Err(format!("breaking without an example: {change:#?}")),
            // A changed default means something else, but refuses nothing.
            (None, Class::Risky) if change.bodies.why.contains("proven") => count(&seen.risky),
            (None, _) => {}
        }
    }
    if comparison.changes.iter().any(|change| change.bodies.class > Class::Safe) {
        return Ok(());
    }
    count(&seen.safe);
    for specs in [&pair.from, &pair.to] {
        let bodies = Bodies::new(specs, &pair.page);
        for model in models(&pair.from) {
            for index in 0..BODIES {
                // Other parts of the tape give other bodies.
                let start = index * 7 % tape.len().max(1);
                let own: Vec<u32> =
                    tape[start..].iter().take(60).map(|choice| choice.wrapping_mul(index as u32 * 2 + 1)).collect();
                let body = bodies.make(&model, &own);
                if !before.of_any_body(&body).is_valid() {
                    continue;
                }
                count(&seen.valid_bodies);
                let verdict = after.of_any_body(&body);
                if !verdict.is_valid() {
                    let said = &comparison.changes;
                    return Err(format!("safe is {said:#?}\nand refuses {body:?}: {verdict:?}"));
                }
            }
        }
    }
    Ok(())
}

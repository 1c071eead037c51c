//! Every page is judged by our validators and by an independent one, which must agree on random bodies.
//!
//! The judge is the crate `jsonschema` on the spec files as they are written; it shares no code with the generator
//! or the runtime. Intended differences are listed in [`deviations`].

pub(crate) mod bodies;
pub(crate) mod choices;
pub(crate) mod deviations;
mod dialect;
mod hints;
pub(crate) mod judge;
pub(crate) mod runs;
mod samples;
pub(crate) mod specs;
mod subject;
pub(crate) mod text;
pub(crate) mod verdict;

use std::cell::Cell;
use std::sync::LazyLock;

use foxapi_models::kling::KlingO3ReferenceToVideo;
use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::{AnyRequest, Page, Request, models};
use foxapi_tests::workspace;
use proptest::strategy::Strategy;

use bodies::{Bodies, Body};
use choices::Choices;
use specs::Specs;
use verdict::{Reference, Verdict};

/// The number of bodies for all models together, so that the test takes the same time for any number of models;
/// `cargo xtask fuzz` tries more.
const CASES: usize = 20_000;

/// Choices per body: more than most bodies ask for.
const CHOICES: usize = 60;

static SPECS: LazyLock<Specs> = LazyLock::new(|| Specs::read(&workspace().join("spec")));

/// Compares the judges of a page on bodies of each of its models.
#[track_caller]
fn check(page: &Page, compare: fn(&Reference<'_>, &Body) -> Result<Verdict, String>) {
    let cases = u32::try_from(CASES / models().count()).expect("a number of bodies");
    let file = format!("{}.json", page.slug);
    let specs = SPECS.only(&[&file, "common.json"]);
    let bodies = Bodies::new(&specs, &file);
    let models = page.models.iter().map(|model| (*model).to_owned());
    let reference = Reference::new(&specs, &file, models.collect());
    for model in page.models {
        let (valid, all) = (Cell::new(0_u32), Cell::new(0_u32));
        runs::run(cases, &Choices::tapes(CHOICES).prop_map(|tape| bodies.make(model, &tape)), |body| {
            let verdict = compare(&reference, &body)?;
            all.set(all.get() + 1);
            valid.set(valid.get() + u32::from(verdict.is_valid()));
            Ok(())
        });
        runs::tried(model, all.get(), valid.get());
        // Bodies with only one verdict would prove nothing. Rules that exclude most bodies leave few that are valid.
        let share = f64::from(valid.get()) / f64::from(all.get());
        assert!((0.01..0.9).contains(&share), "{model}: {share} of the bodies are valid");
    }
}

/// Checks every `step`th page, so that two tests keep two processors busy.
fn check_every(step: usize, first: usize) {
    for page in AnyRequest::pages().iter().skip(first).step_by(step) {
        check(page, subject::compare_any);
    }
}

#[test]
fn pages_of_odd_places() {
    check_every(2, 0);
}

#[test]
fn pages_of_even_places() {
    check_every(2, 1);
}

/// A request is read in the same way by its own type, as shown for a page of each sort.
#[test]
fn pages_by_their_own_types() {
    check(KlingO3ReferenceToVideo::pages()[0], subject::compare::<KlingO3ReferenceToVideo>);
    check(Veo31ImageToVideo::pages()[0], subject::compare::<Veo31ImageToVideo>);
}

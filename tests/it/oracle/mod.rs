//! Every page, judged by our validators and by an independent one: on random bodies they must say the same.
//!
//! The judge is the crate `jsonschema` on the spec files as they are written; it shares no code with the generator
//! or the runtime. Where the two mean to differ is listed in [`deviations`].

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

use foxapi_models::kling::{KlingO3ImageToVideo, KlingO3ReferenceToVideo, KlingV3MotionControl, KlingV3TextToVideo};
use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::{Request, VideoRequest};
use foxapi_tests::workspace;
use proptest::strategy::Strategy;

use bodies::Bodies;
use choices::Choices;
use specs::Specs;
use verdict::Reference;

/// Bodies per model.
const CASES: u32 = 20_000;

/// Choices per body: more than most bodies ask for.
const CHOICES: usize = 60;

/// Compares the judges of a page on bodies of each of its models.
#[track_caller]
fn check<R: Request>() {
    let [page] = R::pages() else { panic!("a type of one page") };
    let file = format!("{}.json", page.slug);
    let specs = Specs::read(&workspace().join("spec"));
    let bodies = Bodies::new(&specs, &file);
    let models = page.models.iter().map(|model| (*model).to_owned());
    let reference = Reference::new(&specs, &file, models.collect());
    for model in page.models {
        let (valid, all) = (Cell::new(0_u32), Cell::new(0_u32));
        runs::run(CASES, &Choices::tapes(CHOICES).prop_map(|tape| bodies.make(model, &tape)), |body| {
            let verdict = subject::compare::<R>(&reference, &body)?;
            all.set(all.get() + 1);
            valid.set(valid.get() + u32::from(verdict.is_valid()));
            Ok(())
        });
        runs::tried(model, all.get(), valid.get());
        // Bodies of one kind alone would prove nothing.
        let share = f64::from(valid.get()) / f64::from(all.get());
        assert!((0.1..0.9).contains(&share), "{model}: {share} of the bodies are valid");
    }
}

macro_rules! pages {
    ($($test:ident: $Type:ty),+ $(,)?) => {
        $(
            #[test]
            fn $test() {
                check::<$Type>();
            }
        )+

        #[test]
        fn every_page_is_compared() {
            let compared = [$(<$Type>::pages()),+].concat();
            let compared: Vec<_> = compared.iter().map(|page| page.slug).collect();
            let known: Vec<_> = VideoRequest::pages().iter().map(|page| page.slug).collect();
            assert_eq!(compared, known);
        }
    };
}

pages! {
    kling_o3_image_to_video: KlingO3ImageToVideo,
    kling_o3_reference_to_video: KlingO3ReferenceToVideo,
    kling_v3_motion_control: KlingV3MotionControl,
    kling_v3_text_to_video: KlingV3TextToVideo,
    veo_3_1_image_to_video: Veo31ImageToVideo,
}

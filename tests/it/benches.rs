//! The benchmarks measure what they claim: valid specs, with the number of pages that they state.

use foxapi_benches::synthetic::Spec;
use foxapi_benches::{synthetic, typify};
use foxapi_codegen::{check, generate};

/// The names of the requests in a folder.
fn requests(folder: &[Spec]) -> Vec<&str> {
    let pages = folder.iter().filter(|(_, spec)| spec.get("x-endpoint").is_some());
    pages.filter_map(|(_, spec)| spec["title"].as_str()).collect()
}

#[test]
fn spec_folders_of_any_size_are_right() {
    let there = requests(&synthetic::real()).len();
    for pages in [1, 5, 2 * there] {
        let sources = synthetic::sources(&synthetic::folder(pages));
        let specs = check(&sources).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(specs.requests().count(), pages);
    }
}

#[test]
fn the_first_pages_are_the_real_ones() {
    let real = synthetic::real();
    let made = synthetic::folder(requests(&real).len());
    let generated = |folder| generate(&synthetic::sources(folder)).expect("the specs are right").files;
    assert_eq!(generated(&real), generated(&made));
}

#[test]
fn typify_makes_a_builder_for_every_page() {
    let folder = synthetic::folder(7);
    let (with, without) = (typify::rust(&folder, true), typify::rust(&folder, false));
    let names = requests(&folder);
    assert_eq!(names.len(), 7);
    for name in names {
        assert_eq!(with.matches(&format!("pub struct {name} {{")).count(), 2, "{name} and its builder");
    }
    assert!(!without.contains("pub mod builder"));
}

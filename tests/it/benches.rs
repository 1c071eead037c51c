//! What the benchmarks measure is what they say: specs that are right, and as many pages as they claim.

use foxapi_benches::{synthetic, typify};
use foxapi_codegen::{check, generate};

#[test]
fn spec_folders_of_any_size_are_right() {
    for pages in [1, 5, 12] {
        let sources = synthetic::sources(&synthetic::folder(pages));
        let model = check(&sources).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(model.requests().count(), pages);
    }
}

#[test]
fn five_pages_are_the_real_ones() {
    let real = generate(&synthetic::sources(&synthetic::real())).expect("the specs are right");
    let made = generate(&synthetic::sources(&synthetic::folder(5))).expect("the specs are right");
    assert_eq!(real.files, made.files);
}

#[test]
fn typify_makes_a_builder_for_every_page() {
    let rust = typify::rust(&synthetic::folder(7), true);
    for name in ["KlingO3ImageToVideo", "KlingO3ImageToVideoN1"] {
        assert_eq!(rust.matches(&format!("pub struct {name} {{")).count(), 2, "{name} and its builder");
    }
    assert!(!typify::rust(&synthetic::folder(7), false).contains("pub mod builder"));
}

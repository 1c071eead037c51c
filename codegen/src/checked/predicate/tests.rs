//! Tests the algebra alone; that predicates mean what specs say is tested where code is generated and compared.

use foxapi_schema::assertion::{Assertion, Bound, Side};

use super::{Literal, Predicate, PropertyPath, Test};

fn path(steps: &[&str]) -> PropertyPath {
    steps.iter().map(|step| (*step).to_owned()).collect()
}

fn at_least(steps: &[&str], limit: i128) -> Predicate {
    Predicate::Test(path(steps), Test::Range(Some(Bound::of_integers(Side::AtLeast, limit)), None))
}

fn one_of(values: &[&str], others: &[&str]) -> Predicate {
    let literals = |values: &[&str]| values.iter().map(|value| Literal::String((*value).to_owned())).collect();
    Predicate::Test(path(&["mode"]), Test::OneOf { values: literals(values), others: literals(others) })
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(Box::new(predicate))
}

#[test]
fn the_opposite_is_pushed_inwards_and_the_opposite_of_that_is_what_was() {
    let (unique, a) = (Predicate::Test(path(&["list"]), Test::Asserts(Assertion::Unique)), path(&["a"]));
    for (predicate, opposite) in [
        (Predicate::Always, Predicate::Never),
        (unique.clone(), not(unique.clone())),
        (one_of(&["std"], &["pro"]), one_of(&["pro"], &["std"])),
        (one_of(&["std"], &[]), not(one_of(&["std"], &[]))),
        (Predicate::given(a.clone()), Predicate::optional(a.clone(), true, Predicate::Never)),
        (
            Predicate::optional(a.clone(), true, at_least(&["a"], 1)),
            Predicate::optional(a.clone(), false, not(at_least(&["a"], 1))),
        ),
        (
            Predicate::any([Predicate::given(a.clone()), unique.clone()]),
            Predicate::all([Predicate::given(a).negate(), not(unique)]),
        ),
    ] {
        assert_eq!(predicate.clone().negate(), opposite);
        assert_eq!(opposite.negate(), predicate);
    }
}

#[test]
fn parts_that_say_nothing_vanish_and_those_that_decide_are_all_that_is_left() {
    let (one, other) = (at_least(&["a"], 1), at_least(&["b"], 2));
    let both = Predicate::all([one.clone(), Predicate::all([Predicate::Always, other.clone()])]);
    assert_eq!(both, Predicate::All(vec![one.clone(), other.clone()]));
    assert_eq!(Predicate::all([one.clone(), Predicate::Always, one.clone()]), one);
    assert_eq!(Predicate::all([one.clone(), Predicate::Never]), Predicate::Never);
    assert_eq!(Predicate::any([one.clone(), Predicate::Never]), one);
    assert_eq!(Predicate::any([one, Predicate::Always, other]), Predicate::Always);
    assert_eq!(Predicate::<Test>::all([]), Predicate::Always);
    assert_eq!(Predicate::<Test>::any([]), Predicate::Never);
}

#[test]
fn what_is_moved_leads_elsewhere_but_for_what_is_said_of_items() {
    let inside = Predicate::Every(path(&["list"]), Box::new(at_least(&["size"], 1)));
    let predicate = Predicate::optional(path(&["list"]), true, inside);
    let under = |path: &PropertyPath| Some([&["object".to_owned()], path.as_slice()].concat());
    let item = Predicate::Every(path(&["object", "list"]), Box::new(at_least(&["size"], 1)));
    let moved = Predicate::optional(path(&["object", "list"]), true, item);
    assert_eq!(predicate.moved(&under), Some(moved));
    assert_eq!(predicate.moved(&|path| (path.first()? == "other").then(|| path.clone())), None);
    assert_eq!(predicate.properties(), ["list"]);
}

#[test]
fn types_that_check_nothing_are_not_asked() {
    let valid = || Predicate::Valid(PropertyPath::new(), "Point".to_owned());
    let count = Predicate::Count { path: path(&["points"]), item: Box::new(valid()), minimum: 2, maximum: None };
    let two = Bound { measure: foxapi_schema::assertion::Measure::Items, ..Bound::of_integers(Side::AtLeast, 2) };
    let size = Predicate::Test(path(&["points"]), Test::Asserts(Assertion::Bound(two)));
    for (predicate, rest) in [
        (valid(), Predicate::Always),
        (not(valid()), Predicate::Never),
        (Predicate::Every(path(&["points"]), Box::new(valid())), Predicate::Always),
        (count, size),
    ] {
        assert_eq!(predicate.types(), ["Point"]);
        assert_eq!(predicate.clone().without_calls(&|_| true), predicate);
        assert_eq!(predicate.without_calls(&|_| false), rest);
    }
}

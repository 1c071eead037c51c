//! Limits by what they measure.

use serde_json::json;

use super::*;

fn bound(keyword: Keyword, limit: &Value) -> Bound {
    let bound = Bound::read(keyword, limit).and_then(Result::ok);
    bound.unwrap_or_else(|| Bound::of_integers(Side::AtLeast, i128::MIN))
}

#[test]
fn limits_are_compared_with_what_they_measure() {
    for (keyword, limit, value, wrong) in [
        (Keyword::Minimum, json!(5), json!(4), "is 4, at least 5 is allowed"),
        (Keyword::Maximum, json!(5.5), json!(6), "is 6, at most 5.5 is allowed"),
        (Keyword::ExclusiveMinimum, json!(0), json!(0.0), "is 0.0, only more than 0 is allowed"),
        (Keyword::ExclusiveMaximum, json!(1), json!(1), "is 1, only less than 1 is allowed"),
        (Keyword::MinLength, json!(2), json!("語"), "has 1 character, at least 2 are needed"),
        (Keyword::MaxLength, json!(1), json!("語語"), "has 2 characters, at most 1 is allowed"),
        (Keyword::MinItems, json!(1), json!([]), "has 0 items, at least 1 is needed"),
        (Keyword::MaxItems, json!(0), json!([1]), "has 1 item, at most 0 are allowed"),
        (Keyword::MinProperties, json!(1), json!({}), "has 0 properties, at least 1 must be set"),
        (Keyword::MaxProperties, json!(1), json!({"a": 1, "b": 1}), "has 2 properties, at most 1 is allowed"),
    ] {
        let bound = bound(keyword, &limit);
        assert!(!bound.holds(&View::from(&value)), "{keyword} {limit} {value}");
        assert_eq!(bound.violation(&View::from(&value)), wrong);
        assert!(bound.holds(&View::Boolean(true)), "{keyword} is not about booleans");
    }
}

#[test]
fn limit_itself_belongs_unless_it_is_strict() {
    for (keyword, value) in [(Keyword::Minimum, json!(5.0)), (Keyword::Maximum, json!(5))] {
        assert!(bound(keyword, &json!(5)).holds(&View::from(&value)));
    }
    assert!(bound(Keyword::MaxLength, &json!(2)).holds(&View::from(&json!("語語"))));
    assert!(bound(Keyword::ExclusiveMinimum, &json!(0)).holds(&View::from(&json!(0.1))));
}

#[test]
fn stricter_limit_implies_a_looser_one_and_not_the_other_way_round() {
    let pairs = [
        (Keyword::Minimum, 2, Keyword::Minimum, 1),
        (Keyword::MaxLength, 1, Keyword::MaxLength, 2),
        (Keyword::ExclusiveMinimum, 1, Keyword::Minimum, 1),
        (Keyword::Maximum, 1, Keyword::ExclusiveMaximum, 2),
    ];
    for (stricter, low, looser, high) in pairs {
        let (stricter, looser) = (bound(stricter, &json!(low)), bound(looser, &json!(high)));
        assert!(stricter.implies(&looser) && stricter.implies(&stricter), "{stricter:?} {looser:?}");
        assert!(!looser.implies(&stricter), "{looser:?} {stricter:?}");
    }
    assert!(!bound(Keyword::MinItems, &json!(2)).implies(&bound(Keyword::MinLength, &json!(1))));
}

#[test]
fn both_sides_are_one_phrase() {
    let limits = |low: u32, high: u32| {
        let bounds = [bound(Keyword::MinItems, &json!(low)), bound(Keyword::MaxItems, &json!(high))];
        phrases(&bounds.iter().collect::<Vec<_>>())
    };
    assert_eq!(limits(1, 5), ["1 to 5 items"]);
    assert_eq!(limits(1, 1), ["exactly 1 item"]);
    assert_eq!(phrases(&[&bound(Keyword::MaxProperties, &json!(1))]), ["at most 1 property"]);
}

#[test]
fn the_opposite_allows_what_a_bound_refuses_and_nothing_else() {
    for side in [Side::AtLeast, Side::AtMost] {
        for strict in [false, true] {
            let bound = Bound { strict, ..Bound::of_integers(side, 3) };
            for number in [2, 3, 4] {
                let number = number.into();
                assert_ne!(bound.keeps(&number), bound.opposite().keeps(&number), "{bound:?}: {number}");
            }
            assert_eq!(bound.opposite().opposite(), bound);
        }
    }
}

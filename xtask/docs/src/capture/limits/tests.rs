use super::*;

fn limits_in(label: Label, text: &str) -> Option<Vec<(&'static str, String)>> {
    let limits = read(label, text)?;
    Some(limits.into_iter().map(|(limit, number)| (limit.word(), number.to_string())).collect())
}

fn limits(pairs: &[(&'static str, &str)]) -> Option<Vec<(&'static str, String)>> {
    Some(pairs.iter().map(|(limit, number)| (*limit, (*number).to_owned())).collect())
}

#[test]
fn ranges_are_read_on_either_side() {
    assert_eq!(limits_in(Label::Range, "1 <= x <= 6"), limits(&[("minimum", "1"), ("maximum", "6")]));
    assert_eq!(limits_in(Label::Range, "x >= 0"), limits(&[("minimum", "0")]));
    assert_eq!(limits_in(Label::Range, "`x <= 10`"), limits(&[("maximum", "10")]));
    assert_eq!(
        limits_in(Label::Range, "0 < x < 1.5"),
        limits(&[("exclusiveMinimum", "0"), ("exclusiveMaximum", "1.5")])
    );
    assert_eq!(limits_in(Label::Range, "-1 ≤ x"), limits(&[("minimum", "-1")]));
    assert_eq!(limits_in(Label::Range, "one to six"), None);
}

#[test]
fn lengths_are_read_with_their_units() {
    assert_eq!(limits_in(Label::StringLength, "1 - 2500"), limits(&[("minLength", "1"), ("maxLength", "2500")]));
    assert_eq!(limits_in(Label::ArrayLength, "`1 - 4` elements"), limits(&[("minItems", "1"), ("maxItems", "4")]));
    assert_eq!(limits_in(Label::ArrayLength, "1 element"), limits(&[("minItems", "1"), ("maxItems", "1")]));
    assert_eq!(limits_in(Label::MaxLength, "5,000"), limits(&[("maxLength", "5000")]));
    assert_eq!(limits_in(Label::MaxItems, "many"), None);
}

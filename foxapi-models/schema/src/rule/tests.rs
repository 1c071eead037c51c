//! Rules between properties: how they are read, what they refuse and how they are worded.

use serde_json::json;

use super::*;
use crate::invalid_keyword::KeywordPart;
use crate::json::View;

fn problems(name: &str, value: Value) -> Vec<(KeywordPart, String)> {
    let problems = Rule::read(name, &value).and_then(Result::err).unwrap_or_default();
    problems.into_iter().map(|problem| (problem.at, problem.message)).collect()
}

#[test]
fn what_a_rule_counts_is_read_whole_or_not_at_all() {
    let inside = |pointer: &str| KeywordPart::Value(pointer.to_owned());
    for (name, value, at, message) in [
        ("x-sum-equals", json!([]), inside(""), "\"x-sum-equals\" takes an object, not an array"),
        (
            "x-sum-equals",
            json!({"items": "a", "property": "b"}),
            KeywordPart::Keyword,
            "\"x-sum-equals\" needs \"total\"",
        ),
        (
            "x-sum-equals",
            json!({"items": "a", "property": "b", "total": 1}),
            inside("/total"),
            "\"x-sum-equals\" takes names of properties, not a number",
        ),
        (
            "x-combined-max-items",
            json!({"arrays": ["a", "b"], "maximum": 1, "min": 0}),
            KeywordPart::Name("/min".to_owned()),
            "\"x-combined-max-items\" does not take \"min\"",
        ),
        (
            "x-combined-max-items",
            json!({"arrays": ["a", "a"], "maximum": 1}),
            inside("/arrays/1"),
            "\"a\" is listed twice in \"x-combined-max-items\"",
        ),
        (
            "x-combined-max-items",
            json!({"arrays": ["a", "b"], "maximum": -1}),
            inside("/maximum"),
            "\"maximum\" takes a non-negative integer",
        ),
    ] {
        assert_eq!(problems(name, value).first(), Some(&(at, message.to_owned())));
    }
    assert!(Rule::read("maxItems", &json!(1)).is_none());
}

#[test]
fn rules_hold_or_blame_a_property() {
    let sum = json!({"items": "shots", "property": "seconds", "total": "duration"});
    let together = json!({"arrays": ["images", "videos"], "maximum": 2});
    let rules = [("x-sum-equals", sum), ("x-combined-max-items", together)];
    let [Some(Ok(sum)), Some(Ok(together))] = rules.map(|(name, value)| Rule::read(name, &value)) else { return };
    let five = json!(5);
    let default = |name: &str| (name == "duration").then_some(&five);
    let blamed = |rule: &Rule, object: Value| {
        let found = rule.violation(View::from(&object).as_object()?, &default);
        found.map(|(property, why)| format!("{property} {why}"))
    };
    let shots = json!({"shots": [{"seconds": 2}, {"seconds": 2}]});
    let wrong = "shots has items whose `seconds` adds up to 4, but `duration` is 5 by default";
    assert_eq!(blamed(&sum, shots).as_deref(), Some(wrong));
    assert_eq!(blamed(&sum, json!({"shots": [{"seconds": 5}]})), None);
    assert_eq!(blamed(&sum, json!({"shots": [{}], "duration": 9})), None);
    let wrong = "images `images` and `videos` together have 3 items, at most 2 are allowed";
    assert_eq!(blamed(&together, json!({"images": [1, 2], "videos": [3]})).as_deref(), Some(wrong));
    assert_eq!(blamed(&together, json!({"videos": [1, 2]})), None);
    assert_eq!([sum.properties(), together.properties()], [["shots", "duration"], ["images", "videos"]]);
}

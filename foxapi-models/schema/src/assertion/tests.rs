//! Every limit of the dialect: how it is read, what it refuses and how it is worded.

use serde_json::json;

use super::*;
use crate::invalid_keyword::KeywordPart;
use crate::keyword::{DIALECT, Role};

/// Every assertion keyword with a value that it takes, and an instance that it then refuses.
fn examples() -> Vec<(&'static str, Value, Value)> {
    let mut examples = Vec::new();
    for entry in DIALECT {
        let (value, refused) = match entry.name {
            "minProperties" => (json!(1), json!({})),
            "maxProperties" => (json!(0), json!({"a": 1})),
            "minLength" => (json!(3), json!("aa")),
            "maxLength" => (json!(3), json!("aaaa")),
            "format" => (json!("date"), json!("today")),
            "pattern" => (json!("^a"), json!("b")),
            "minimum" | "exclusiveMinimum" => (json!(3), json!(2)),
            "maximum" | "exclusiveMaximum" | "multipleOf" => (json!(3), json!(4)),
            "minItems" => (json!(1), json!([])),
            "maxItems" => (json!(1), json!([1, 2])),
            "uniqueItems" => (json!(true), json!([1, 1])),
            "x-uri-schemes" => (json!(["https"]), json!("http://a.example")),
            // Only with `contains` is it known what they count.
            "minContains" | "maxContains" => (json!(3), Value::Null),
            _ => continue,
        };
        examples.push((entry.name, value, refused));
    }
    examples
}

#[test]
fn each_limit_of_the_dialect_has_an_example() {
    let read: Vec<&str> = examples().into_iter().map(|(name, ..)| name).collect();
    let others = ["required", "dependentRequired", "const", "enum"];
    let limits = DIALECT.iter().filter(|entry| entry.role == Role::Assertion && !others.contains(&entry.name));
    assert_eq!(read, limits.map(|entry| entry.name).collect::<Vec<_>>());
}

#[test]
fn what_is_read_knows_its_keyword_has_words_and_refuses_something() {
    for (name, value, refused) in examples() {
        let assertion = Assertion::read(name, &value).and_then(Result::ok).flatten();
        assert_eq!(assertion.as_ref().map(|assertion| assertion.keyword().as_str()), Some(name));
        if let Some(assertion) = assertion {
            assert_eq!(assertion.value(), value, "{name}");
            assert!(!assertion.phrase().is_empty() && assertion.implies(&assertion), "{name}");
            assert!(assertion.holds(&View::Null), "{name} is not about null");
            assert!(refused.is_null() || !assertion.holds(&View::from(&refused)), "{name} takes {refused}");
        }
    }
}

#[test]
fn wrong_values_are_refused_in_words() {
    let problem = |name, value| {
        let read = Assertion::read(name, &value);
        let problems = read.and_then(Result::err).unwrap_or_default();
        problems
            .into_iter()
            .map(|problem| (problem.at, problem.message))
            .next()
            .unwrap_or((KeywordPart::Keyword, String::new()))
    };
    for (name, value, pointer, message) in [
        ("maxLength", json!(-1), "", "\"maxLength\" takes a non-negative integer, not -1"),
        ("maxLength", json!("5"), "", "\"maxLength\" takes a non-negative integer, not a string"),
        ("minimum", json!("5"), "", "\"minimum\" takes a number, not a string"),
        ("multipleOf", json!(0), "", "\"multipleOf\" takes a number greater than 0, not 0"),
        ("multipleOf", json!([]), "", "\"multipleOf\" takes a number, not an array"),
        ("uniqueItems", json!(1), "", "\"uniqueItems\" takes `true` or `false`, not a number"),
        ("pattern", json!(1), "", "\"pattern\" takes a string, not a number"),
        ("x-uri-schemes", json!([]), "", "\"x-uri-schemes\" needs at least one scheme"),
        ("x-uri-schemes", json!(["a", "A"]), "/1", "\"A\" is not a lower-case URI scheme"),
    ] {
        assert_eq!(problem(name, value), (KeywordPart::Value(pointer.to_owned()), message.to_owned()));
    }
    assert!(matches!(Assertion::read("uniqueItems", &json!(false)), Some(Ok(None))));
}

#[test]
fn limits_of_one_value_are_told_together() {
    let read = |name, value: Value| Assertion::read(name, &value).and_then(Result::ok).flatten();
    let all = [
        read("uniqueItems", json!(true)),
        read("maxLength", json!(9)),
        read("minLength", json!(1)),
        read("maxLength", json!(5)),
        read("format", json!("uri")),
        read("exclusiveMinimum", json!(0.5)),
        read("multipleOf", json!(2)),
        read("x-uri-schemes", json!(["https"])),
    ];
    let all: Vec<&Assertion> = all.iter().flatten().collect();
    let stated = sentences(&all);
    let url = "An absolute `https` URL with a host.";
    assert_eq!(stated, ["1 to 5 characters.", "More than 0.5.", "A multiple of 2.", "No duplicates.", url]);
}

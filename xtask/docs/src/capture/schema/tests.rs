use super::*;

fn names(parameters: &[Parameter]) -> Vec<String> {
    parameters.iter().map(|it| format!("{}({})", it.name, names(&it.children).join(" "))).collect()
}

#[test]
fn a_type_that_has_itself_in_it_is_read_once() {
    let document =
        "{\"Node\": {\"properties\": {\"left\": {\"$ref\": \"#/Node\"}, \"right\": {\"$ref\": \"#/Node\"}}}}";
    let document = Node::parse(document).ok();
    let object = document.and_then(|document| object(document.get("Node").unwrap_or(&document), &document).ok());
    let read = object.map(|object| names(&object.children).join(" ")).unwrap_or_default();
    assert_eq!(read, "left(left() right()) right(left() right())");
}

#[test]
fn references_that_multiply_come_to_an_end() {
    let levels = (1..24).map(|level| {
        let last = level - 1;
        format!("\"A{level}\": {{\"allOf\": [{{\"$ref\": \"#/A{last}\"}}, {{\"$ref\": \"#/A{last}\"}}]}}")
    });
    let text = format!("{{\"A0\": {{\"type\": \"object\"}}, {}}}", levels.collect::<Vec<_>>().join(", "));
    let document = Node::parse(&text).ok();
    let refused = document.map(|document| object(document.get("A23").unwrap_or(&document), &document).is_err());
    assert_eq!(refused, Some(true));
}

/// Facts of composed schemas: no matter which branch states them, and in which order.
#[test]
fn every_branch_of_a_composed_schema_counts() {
    let base = r#"{ "properties": { "a": { "type": "string", "maxLength": 9 }, "b": { "type": "integer" } } }"#;
    let rest = r#"{ "required": ["a"], "properties": { "a": { "maxLength": 5, "minLength": 1 }, "c": { "enum": ["x", "y"] } } }"#;
    let last = r#"{ "required": ["b"], "properties": { "c": { "enum": ["y", "z"], "default": "y" } } }"#;
    let mut read = Vec::new();
    for branches in [[base, rest, last], [last, rest, base], [rest, last, base]] {
        let text = format!(r#"{{ "allOf": [{}], "required": ["d"] }}"#, branches.join(", "));
        let root = Node::parse(&text).ok();
        let mut children = root.and_then(|root| object(&root, &root).ok()).unwrap_or_default().children;
        children.sort_by(|one, other| one.name.cmp(&other.name));
        let facts = children.into_iter().map(|mut child| {
            child.limits.sort_by_key(|at| at.value.0.word());
            let limits: Vec<_> = child.limits.iter().map(|at| (at.value.0, at.value.1.clone())).collect();
            let options: Vec<_> = child.options.iter().map(|at| at.value.clone()).collect();
            (child.name, child.kind, child.required, limits, options, child.default.map(|at| at.value))
        });
        read.push(facts.collect::<Vec<_>>());
    }
    let [first, second, third] = read.as_slice() else { unreachable!("three orders") };
    assert_eq!(first, second);
    assert_eq!(first, third);
    let required: Vec<_> = first.iter().map(|(name, _, required, ..)| (name.as_str(), *required)).collect();
    assert_eq!(required, [("a", true), ("b", true), ("c", false), ("d", true)]);
    let [a, _, c, _] = first.as_slice() else { unreachable!("four properties") };
    assert_eq!(a.3, [(Limit::MaxLength, 5.into()), (Limit::MinLength, 1.into())]);
    assert_eq!(c.4, [JsonValue::from("y")]);
}

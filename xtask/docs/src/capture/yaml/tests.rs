use super::*;

#[test]
fn json_and_yaml_read_alike_and_know_their_lines() {
    let from_json = Node::parse("{\n  \"a\": [\n    1.5, true, null, \"x\"],\n  \"b\": {}\n}");
    let from_yaml = read("a:\n  - 1.5\n  - true\n  - ~\n  - x\nb: {}\n").map_err(|error| error.value);
    let (from_json, from_yaml) = (from_json.ok(), from_yaml.ok());
    assert_eq!(from_json.as_ref().map(Node::to_json), from_yaml.as_ref().map(Node::to_json));
    let line = |node: &Option<Node>| node.as_ref().and_then(|node| Some(node.member("b")?.at.line));
    assert_eq!((line(&from_json), line(&from_yaml)), (Some(4), Some(6)));
}

#[test]
fn yaml_takes_ratios_and_quoted_numbers_for_text() {
    let node = read("[16:9, '5', \"true\", 4k, 1.0, -1]").map_err(|error| error.value);
    assert_eq!(node.map(|node| node.to_json()), Ok(serde_json::json!(["16:9", "5", "true", "4k", 1.0, -1])));
}

#[test]
fn an_alias_stands_for_its_value_but_cannot_blow_up() {
    let node = read("a: &it [1]\nb: *it\n").map_err(|error| error.value);
    assert_eq!(node.map(|node| node.to_json()), Ok(serde_json::json!({"a": [1], "b": [1]})));
    let levels = (1..30).map(|level| {
        let last = level - 1;
        format!("l{level}: &l{level} [*l{last}, *l{last}]\n")
    });
    let bomb = format!("l0: &l0 [1]\n{}", levels.collect::<String>());
    assert!(read(&bomb).is_err_and(|error| error.value.contains("budget")));
    assert!(read(&"[".repeat(100_000)).is_err());
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read(&closed).is_err());
    assert!(read(&"- ".repeat(100_000)).is_err_and(|error| error.value.contains("too deep")));
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    assert_eq!(read("a: 1\nb: [\nc: 2\n").map_err(|error| error.line > 1).err(), Some(true));
    assert!(read("a: 1\na: 2\n").is_err_and(|error| error.line == 2));
}

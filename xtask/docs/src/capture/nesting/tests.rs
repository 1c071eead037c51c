use serde_json::json;

use super::*;

fn listed(name: &str, kind: ValueKind, opens: bool) -> Listed {
    Listed { parameter: Parameter { name: name.to_owned(), kind: Some(kind), ..Parameter::default() }, opens }
}

fn tree(listed: Vec<Listed>, body: JsonValue) -> Option<String> {
    let (nested, _) = nest(&listed, &[Body { line: 1, end: 1, value: body }]).ok()?;
    let names = |it: &Parameter| it.children.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join(" ");
    let shown = nested
        .iter()
        .map(|it| if it.children.is_empty() { it.name.clone() } else { format!("{}({})", it.name, names(it)) });
    Some(shown.collect::<Vec<_>>().join(" "))
}

fn text(name: &str) -> Listed {
    listed(name, ValueKind::String(None), false)
}

fn list(name: &str, opens: bool) -> Listed {
    listed(name, ValueKind::Array(Some(Box::new(ValueKind::Object))), opens)
}

#[test]
fn properties_are_told_by_their_names() {
    let named =
        vec![list("layers", false), text("layers.url"), text("layers[].tone"), text("camera.type"), text("seed")];
    assert_eq!(tree(named, json!({})), Some("layers(url tone) camera(type) seed".to_owned()));
}

#[test]
fn properties_without_prefix_are_told_by_what_stands_around_them() {
    let page =
        |opens| vec![text("model"), text("prompt"), list("shots", opens), text("index"), text("prompt"), text("seed")];
    assert_eq!(tree(page(false), json!({"prompt": "x"})), Some("model prompt shots(index prompt) seed".to_owned()));
    let body = json!({"prompt": "x", "shots": [{"index": 1, "prompt": "y"}], "seed": 1});
    assert_eq!(tree(page(true), body), Some("model prompt shots(index prompt) seed".to_owned()));
    let open = vec![text("prompt"), list("shots", true), text("index"), text("tone"), text("seed")];
    assert_eq!(tree(open, json!({"prompt": "x", "seed": 1})), Some("prompt shots(index tone) seed".to_owned()));
    let closed = vec![text("prompt"), list("shots", false), text("tone"), text("seed")];
    assert_eq!(tree(closed, json!({"prompt": "x"})), Some("prompt shots tone seed".to_owned()));
}

#[test]
fn what_stands_there_twice_is_no_property_of_a_text() {
    assert_eq!(tree(vec![text("prompt"), text("seed"), text("prompt")], json!({})), None);
    assert_eq!(tree(vec![text("model"), list("shots", false), text("model")], json!({})), None);
}

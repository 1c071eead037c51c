use serde_json::json;

use super::*;

fn first(text: &str) -> Call {
    calls(&text.lines().collect::<Vec<_>>()).into_iter().next().unwrap_or_default()
}

#[test]
fn a_call_over_several_lines_is_read() {
    let call = first(
        "Title\ncurl --request POST \\\n  --url https://api.example.com/v1/x \\\n  --data '\n{\n  \"a\": \"it'\\''s\"\n}\n'\nnext",
    );
    assert_eq!(call.method, Some(At::new(2, "POST".to_owned())));
    assert_eq!(call.url, Some(At::new(3, "https://api.example.com/v1/x".to_owned())));
    assert_eq!(call.body, Some(Body { line: 5, end: 7, value: json!({"a": "it's"}) }));
    assert_eq!(call.end, 9);
}

#[test]
fn bodies_are_read_in_every_way_that_a_shell_hands_them_over() {
    for text in [
        "curl -X POST \\ --url 'https://a.b/c' \\ --data ' { \"a\": 1 } '",
        "curl https://a.b/c --json '{\"a\": 1}'",
        "curl https://a.b/c --data-raw $'{\"a\": 1}'",
        "curl https://a.b/c -d \"{\\\"a\\\": 1}\"",
    ] {
        let call = first(text);
        assert_eq!(call.url.map(|at| at.value), Some("https://a.b/c".to_owned()), "{text}");
        assert_eq!(call.body.map(|body| body.value), Some(json!({"a": 1})), "{text}");
    }
}

#[test]
fn every_call_is_read_and_ends_where_it_ends() {
    let text =
        "curl https://a.b/c -d '{\"a\": 1}'\n{\n  \"model\": \"x\"\n}\ncurl https://a.b/d \\\n  -d '{\n\"a\": 2}'";
    let calls = calls(&text.lines().collect::<Vec<_>>());
    let ends: Vec<_> = calls.iter().filter_map(|call| call.body.as_ref()).map(|body| (body.line, body.end)).collect();
    assert_eq!(ends, [(1, 1), (6, 7)]);
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(first("curl https://a.b/c \\\n  --data '{\n  \"a\": 1,\n}'").broken.map(|at| at.line), Some(4));
    let skipped = |text: &str| first(text).skipped.unwrap_or_default();
    assert!(skipped("curl https://a.b/c -d @body.json").contains("not on the line"));
    assert!(skipped("curl https://a.b/c -F image=@a.png").contains("a form"));
    assert!(skipped("curl https://a.b/c -d 'a=1'").contains("not JSON"));
    assert!(skipped("curl https://a.b/c -d '{\"a\": 1}").contains("are not closed"));
}

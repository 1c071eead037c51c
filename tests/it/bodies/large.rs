//! Ten megabytes of violations are judged within a few times the memory of the body.

use allocation_counter::measure;
use foxapi_models::{AnyRequest, Request};

const LENGTH: usize = 10_000_000;

/// The most memory for any body, no matter what it consists of.
const PEAK: u64 = 8 * LENGTH as u64;

/// Enough items for a text of the wanted length.
fn items(item: &str) -> String {
    let times = LENGTH / (item.len() + 1);
    format!("[{}{item}]", format!("{item},").repeat(times))
}

#[test]
fn a_large_body_takes_a_few_times_its_length() {
    let with = |value: &str| format!(r#"{{"model":"kling-v3-text-to-video","prompt":"a","voice_ids":{value}}}"#);
    let names: String = (0..LENGTH / 13).map(|number| format!(r#""a{number:07}":1,"#)).collect();
    let mut table = vec![
        ("numbers", with(&items("1"))),
        ("short texts", with(&items(r#""abcdefgh""#))),
        ("lists", with(&items("[]"))),
        ("objects", with(&items("{}"))),
        ("objects that hold something", with(&items(r#"{"a":1}"#))),
        ("a long text", with(&format!(r#""{}""#, "a".repeat(LENGTH)))),
        ("unknown names", format!(r#"{{{names}"model":"kling-v3-text-to-video","prompt":"a"}}"#)),
        ("an unknown model", format!(r#"{{"a":{},"model":"none"}}"#, items("1"))),
        ("no object", items("1")),
    ];
    // Members before the model are buffered until it is known which request it is.
    table.push(("before the model", format!(r#"{{"voice_ids":{},"model":"kling-v3-text-to-video"}}"#, items("{}"))));
    let mut wrong = Vec::new();
    for (name, body) in &table {
        let mut error = None;
        let memory = measure(|| error = AnyRequest::from_json(body).err());
        let error = error.unwrap_or_else(|| panic!("{name}: is valid"));
        if memory.bytes_max > PEAK {
            wrong.push(format!("{name}: {} MB at once", memory.bytes_max / 1_000_000));
        }
        let said = error.to_string();
        assert!(said.len() < 100_000 && !said.contains("as JSON"), "{name}: {}", super::excerpt(&said));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // A small body of the same kind is explained.
    let small = AnyRequest::from_json(&with(r#"[1, {"a": 1}]"#)).expect_err("a number");
    assert!(small.violations().iter().any(|it| it.path == "/voice_ids/0"), "{small}");
}

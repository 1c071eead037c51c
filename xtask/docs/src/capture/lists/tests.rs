use serde_json::json;

use super::*;
use crate::capture::blocks::of_lines;

/// The values of the list, and the remaining text.
fn taken(text: &str, kind: &ValueKind) -> (Vec<JsonValue>, Vec<String>) {
    let words = of_lines(text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())));
    let (values, words) = take(&words, Some(kind)).unwrap_or_else(|| (Vec::new(), words.clone()));
    (values.into_iter().map(|at| at.value).collect(), words.into_iter().map(|block| block.text).collect())
}

#[test]
fn lists_of_values_are_taken_in_every_form() {
    let text = ValueKind::String(None);
    let cases = [
        ("Options:\n\n• 720p — SD\n• 4k — own tier\nNotes:\n• x", &text, vec![json!("720p"), json!("4k")]),
        ("**Options:**\n- `16:9` — Wide (default)\n- `1:1`", &text, vec![json!("16:9"), json!("1:1")]),
        ("可选值: 4、8、12", &ValueKind::Integer, vec![json!(4), json!(8), json!(12)]),
        ("Options: a_b / c_d", &text, vec![json!("a_b"), json!("c_d")]),
        ("Options: 720p or 1080p.", &text, vec![json!("720p"), json!("1080p")]),
        ("可选值:\n• std:标准\n• pro:高", &text, vec![json!("std"), json!("pro")]),
        ("Options:\nValue\tMeaning\nstd\tfast\npro\tgood\n", &text, vec![json!("std"), json!("pro")]),
        ("| 可选值 | 说明 |\n|---|---|\n| `std` | 标准 |\n| `pro` | 高 |", &text, vec![json!("std"), json!("pro")]),
        ("Options:\n• 16:9 / 1280x720 — Wide", &text, vec![json!("16:9"), json!("1280x720")]),
        (
            "可选值：\n- `16:9`（横屏）、`9:16`（竖屏）、`4:3`\n- `adaptive`：自动",
            &text,
            vec![json!("16:9"), json!("9:16"), json!("4:3"), json!("adaptive")],
        ),
    ];
    for (words, kind, values) in cases {
        assert_eq!(taken(words, kind).0, values, "{words}");
    }
}

#[test]
fn what_is_said_about_values_or_after_them_stays() {
    let text = ValueKind::String(None);
    assert_eq!(taken("Look\nOptions:\n• std — fast\n• pro\nNot both.", &text).1, ["Look", "std — fast", "Not both."]);
    assert_eq!(taken("Options: 720p, 1080p. More cost more.", &text).1, ["More cost more."]);
    assert_eq!(taken("Options: 720p, 1080p (default)", &text).1, ["Options: 720p, 1080p (default)"]);
}

#[test]
fn what_is_not_a_list_of_values_is_left_whole() {
    for (words, kind) in [
        ("Options: see the table below", ValueKind::String(None)),
        ("Options: 3-15", ValueKind::Integer),
        ("可选值: 16:99:161:1", ValueKind::String(None)),
        ("Options:\nstdgood\nprobetter\n", ValueKind::String(None)),
        ("Options:\n• -1 — automatic\n• 4 - 15 seconds", ValueKind::Integer),
        ("清晰度，可选 720p、1080p", ValueKind::String(None)),
    ] {
        let (values, left) = taken(words, &kind);
        assert_eq!((values.len(), left.len()), (0, words.lines().count()), "{words}");
    }
    assert_eq!(head("5 - 5-second video"), ("5", "- 5-second video"));
    assert_eq!(head("4 - 15 seconds"), ("4 - 15 seconds", ""));
}

#[test]
fn values_that_run_together_are_told() {
    let listed = |texts: &[&str]| texts.iter().map(|text| At::new(1, json!(text))).collect::<Vec<_>>();
    assert!(is_glued(&listed(&["2:120:919.5:9", "1:2"]), &[]));
    assert!(is_glued(&listed(&["softhard", "loud"]), &[&json!("soft")]));
    assert!(!is_glued(&listed(&["16:9", "1:1"]), &[&json!("1:1")]));
    assert!(!is_glued(&listed(&["text-to-video", "video"]), &[&json!("video")]));
}

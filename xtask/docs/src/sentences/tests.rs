use super::{normal::normal, split::sentences, *};
use crate::capture::blocks::{of_lines, of_markdown};

#[test]
fn sentences_end_where_they_end_in_both_languages() {
    let cases: [(&str, &[&str]); 12] = [
        ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
        ("At most 2.5 s, e.g. Two clips. Then more.", &["At most 2.5 s, e.g. Two clips.", "Then more."]),
        ("See https://a.b/c?d=e. Or not.", &["See https://a.b/c?d=e.", "Or not."]),
        ("支持中文。不支持英文！是吗？对", &["支持中文。", "不支持英文！", "是吗？", "对"]),
        ("仅支持mp4.不支持avi", &["仅支持mp4.", "不支持avi"]),
        ("Formats: .mp4, .mov, max. 5 files", &["Formats: .mp4, .mov, max. 5 files"]),
        ("Text (Chinese. Or English.) goes on. End", &["Text (Chinese. Or English.) goes on.", "End"]),
        ("veo-3.1: Standard veo-3.1-fast: Fast", &["veo-3.1: Standard veo-3.1-fast: Fast"]),
        ("4, 6, 8; more later", &["4, 6, 8; more later"]),
        ("1. First of all", &["1. First of all"]),
        ("...", &[]),
        ("a. b", &["a. b"]),
    ];
    for (text, expected) in cases {
        assert_eq!(sentences(text), expected, "{text}");
    }
}

#[test]
fn what_does_not_change_a_sentence_does_not_change_its_hash() {
    let same: [&[&str]; 6] = [
        &[
            "Maximum 2500 characters",
            "maximum  2500 characters.",
            "**Maximum** `2500` characters",
            "• Maximum 2500 characters;",
        ],
        &["最长 2500 字符", "最长2500字符", "最长２５００字符。"],
        &["720p — 720P SD", "720p: 720P SD", "720p - 720p sd", "720p：720P SD", "720p – 720P SD"],
        &["Use <<<voice_1>>>, not “a”", "use <<<voice_1>>> , not \"a\""],
        &["格式:mp4、mov", "格式：mp4, mov"],
        &["Between 1 - 4 elements", "Between `1 - 4` elements", "between 1-4 elements"],
    ];
    for group in same {
        let forms: Vec<String> = group.iter().map(|sentence| normal(sentence)).collect();
        assert!(forms.windows(2).all(|pair| pair.first() == pair.last()), "{forms:?}");
    }
    let different = [
        "at most 25 s",
        "at most 2 5 s",
        "at least 25 s",
        "at most 25 m",
        "at most -25 s",
        "16:9",
        "16-9",
        "(0, 1]",
        "[0, 1]",
    ];
    for (at, one) in different.iter().enumerate() {
        for other in different.iter().skip(at + 1) {
            assert_ne!(hash(one), hash(other), "{one} {other}");
        }
    }
}

#[test]
fn a_browser_and_markdown_have_the_same_sentences() {
    let copied = "The voice. Speak up\n\nNotes:\n\n  • At most 2 voices\nNot supported:\n  • fast: at all\n";
    let markdown = "The\nvoice. Speak up\n\n**Notes:**\n\n- At most `2` voices\n\nNot supported:\n\n- `fast`: at all\n";
    let lines = copied.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let hashes = |words: &[Block]| of_words("", words).into_iter().map(|it| (it.hash, it.words)).collect::<Vec<_>>();
    assert_eq!(hashes(&of_lines(lines)), hashes(&of_markdown(markdown)));
    let words: Vec<String> = of_words("", &of_markdown(markdown)).into_iter().map(|it| it.words).collect();
    assert_eq!(words, ["The voice.", "Speak up", "At most 2 voices", "Not supported: fast: at all"]);
}

use super::*;

fn read(line: &str) -> Option<(String, bool, usize)> {
    let line = type_line(line)?;
    let kind = line.kind.map_or_else(|| "any".to_owned(), |kind| kind.to_string());
    Some((kind, line.nullable, line.badges.len()))
}

#[test]
fn types_are_read_as_pages_write_them() {
    let cases = [
        ("string", "string", false, 0),
        ("string | null", "string", true, 0),
        ("string<uri>[] | null", "string[]", true, 0),
        ("enum<string>", "string", false, 0),
        ("enum<integer> | null", "integer", true, 0),
        ("integer<int64>", "integer", false, 0),
        ("object[]", "object[]", false, 0),
        ("Element · object[]", "object[]", false, 0),
        ("any", "any", false, 0),
        ("string | object", "string | object", false, 0),
        ("object[]string[]", "object[] | string[]", false, 0),
        ("(Text · object | File · object)[]", "object[]", false, 0),
        ("stringrequired", "string", false, 1),
        ("integer默认值:1必填", "integer", false, 2),
        ("enum<string>default:url", "string", false, 1),
        (r"object\[\] \| null", "object[]", true, 0),
        ("float", "number", false, 0),
        ("int | null", "integer", true, 0),
        ("list<string>", "string[]", false, 0),
        ("array[integer]", "integer[]", false, 0),
        ("map<string, string> | null", "object", true, 0),
        ("Boolean required", "boolean", false, 1),
        ("字符串必填", "string", false, 1),
    ];
    for (line, kind, nullable, badges) in cases {
        assert_eq!(read(line), Some((kind.to_owned(), nullable, badges)), "{line}");
    }
}

#[test]
fn words_are_no_types() {
    for line in ["strings of text", "A string", "numbers", "objection", "", "Object storage", "any number of images"] {
        assert_eq!(type_line(line), None, "{line}");
    }
    assert_eq!(both("prompt string required").map(|(name, _)| name), Some("prompt".to_owned()));
    assert_eq!(both("Any string will do"), None);
}

#[test]
fn types_that_are_not_known_have_the_form_of_types() {
    let read =
        |line: &str| type_line(line).map(|line| (line.kind.as_ref().map(ToString::to_string), line.is_certain()));
    assert_eq!(read("Element[] | null"), Some((Some("Element[]".to_owned()), true)));
    assert_eq!(read("map<Layer> | null"), Some((Some("object".to_owned()), true)));
    assert_eq!(read("FileReference[][]"), Some((Some("FileReference[][]".to_owned()), true)));
    assert_eq!(read("array<Layer>"), Some((Some("array".to_owned()), true)));
    assert_eq!(read("Tone required"), Some((Some("Tone".to_owned()), true)));
    assert_eq!(read("Tone"), Some((Some("Tone".to_owned()), false)));
    for line in ["Tone of the voice", "\"x\"", "5", "[1]", "Notes:"] {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn names_are_names() {
    assert_eq!(name(r"image\_urls"), Some("image_urls".to_owned()));
    assert_eq!(name("elements.frontal_image_url"), Some("elements.frontal_image_url".to_owned()));
    for line in ["Notes:", "two words", "5", "• 720p", "\"x\"", "pending,"] {
        assert_eq!(name(line), None, "{line}");
    }
}

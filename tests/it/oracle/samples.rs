//! Values that challenge validators: at limits, beyond them, and of other types.

use serde_json::{Number, Value};

use super::choices::Choices;
use super::specs::FileSchema;
use super::text::Json;

/// A value that belongs nowhere in particular.
pub(crate) fn odd(choices: &mut Choices<'_>) -> Json {
    match choices.below(12) {
        0 => Json::Null,
        1 => Json::Bool(choices.once_in(2)),
        2 => Json::String(text(choices, &[])),
        3..=6 => extreme(choices),
        7 => Json::Array(Vec::new()),
        8 => Json::Object(Vec::new()),
        9 => Json::Array(vec![odd(choices)]),
        10 => Json::Object(vec![(name(choices), odd(choices))]),
        _ => Json::String((*choices.of(&["5", "true", "null", "{}", "4K", "1080P", " std", "std\0"])).to_owned()),
    }
}

fn extreme(choices: &mut Choices<'_>) -> Json {
    const NUMBERS: &[&str] = &[
        "0",
        "1",
        "-1",
        "5.0",
        "0.5",
        "-0",
        "-0.0",
        "1e0",
        "1E+2",
        "0e10",
        "1e308",
        "-1e308",
        "1e-400",
        "4294967295",
        "4294967296",
        "2147483648",
        "-2147483649",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "1e400",
        "123456789012345678901234567890",
    ];
    Json::number(choices.of(NUMBERS))
}

/// A name that is unlikely to be that of a property.
pub(crate) fn name(choices: &mut Choices<'_>) -> String {
    const NAMES: &[&str] = &[
        "x",
        "",
        "Model",
        "promt",
        "seed",
        "a/b",
        "m~n",
        "~1",
        "0",
        "-",
        "\u{0}",
        "モデル",
        "mo\u{301}del",
        "$ref",
        "type",
        "properties",
        "$serde_json::private::Number",
        "__proto__",
        "image_url ",
    ];
    (*choices.of(NAMES)).to_owned()
}

/// A count near a limit.
pub(crate) fn length(choices: &mut Choices<'_>, limits: &[u64]) -> usize {
    if limits.is_empty() || choices.once_in(4) {
        return *choices.of(&[1, 0, 2, 3]);
    }
    let limit = usize::try_from(*choices.of(limits)).unwrap_or(usize::MAX);
    *choices.of(&[limit, limit.saturating_sub(1), limit.saturating_add(1), limit])
}

/// A string: usually short, sometimes as long as a limit or one more or less, in all kinds of letters.
pub(crate) fn text(choices: &mut Choices<'_>, limits: &[u64]) -> String {
    const SHORT: &[&str] = &[
        "text",
        "",
        " ",
        "河",
        "\u{0}",
        "\"\\/\u{8}\u{c}\n\r\t\u{1f}\u{7f}",
        "e\u{301}\u{323}",
        "👩‍👩‍👧‍👦",
        "🦊",
        "\u{feff}\u{200b}\u{202e}",
        "\u{2028}\u{2029}",
        "\u{d7ff}\u{e000}\u{fffe}\u{ffff}\u{10ffff}",
        "İıſß",
    ];
    // Long texts take time, and test little that short ones do not.
    let is_near_limit = !limits.is_empty() && (limits.iter().all(|limit| *limit < 20) || choices.once_in(6));
    if !is_near_limit {
        return (*choices.of(SHORT)).to_owned();
    }
    let unit = *choices.of(&["x", "河", "🦊", "e\u{301}", "👩‍👧", "\u{0}"]);
    unit.chars().cycle().take(length(choices, limits).min(10_000)).collect()
}

/// Something like a URI, valid or not, assembled from parts.
pub(crate) fn uri(choices: &mut Choices<'_>) -> String {
    const SCHEMES: &[&str] = &[
        "https", "http", "HTTPS", "hTTp", "ftp", "", "httpsx", "h+t.t-p", "1http", "ht_tp", "urn", "s3", "http ",
        "\u{212a}",
    ];
    const SEPARATORS: &[&str] = &["://", ":", ":/", ":///", "", "//", ":\\\\"];
    const USERS: &[&str] = &["", "user@", "u:p@", "@", "a@b@", "u%40:@", "é@"];
    const HOSTS: &[&str] = &[
        "example.com",
        "",
        "localhost",
        "192.0.2.7",
        "256.1.1.1",
        "[2001:db8::1]",
        "[::1",
        "[]",
        "[v1.x:y]",
        "[::1%25eth0]",
        "[1::2::3]",
        "ex%41mple",
        "ex%4",
        "exa mple",
        "münchen.de",
        "xn--mnchen-3ya.de",
        "a..b",
        "-a-",
        "a_b",
        "!$&'()*+,;=",
        "<a>",
    ];
    const PORTS: &[&str] = &["", ":80", ":", ":99999999", ":x", ":-1", ":８"];
    const PATHS: &[&str] = &[
        "/a.jpg", "", "/", "/a b", "/%20", "/%zz", "/%", "//", "/../..", "/é", "/a\u{0}", "/a\\b", "/{}", "/|",
        "/a:b@c", "/\n",
    ];
    const QUERIES: &[&str] = &["", "?", "?a=b&c=[1]", "?a=%C3%A9", "?\"", "??/", "?é"];
    const FRAGMENTS: &[&str] = &["", "#", "#top", "#a#b", "#/%41?", "#<"];
    let plain = !choices.once_in(3);
    if plain {
        return format!("{}://example.com{}", choices.of(&SCHEMES[..2]), choices.of(&PATHS[..3]));
    }
    let mut part = |parts: &[&'static str]| -> &'static str {
        // Most parts are valid, so that an invalid one decides.
        if choices.once_in(3) { choices.of::<&'static str>(parts) } else { parts[0] }
    };
    [SCHEMES, SEPARATORS, USERS, HOSTS, PORTS, PATHS, QUERIES, FRAGMENTS].map(&mut part).concat()
}

/// Something like a `data:` URI, valid or not, assembled from parts.
pub(crate) fn data_uri(choices: &mut Choices<'_>) -> String {
    const SCHEMES: &[&str] = &["data:", "DATA:", "data", "data://", "date:", "dat%61:", " data:"];
    const MEDIA: &[&str] = &[
        "image/png",
        "",
        "text/plain",
        "image/svg+xml",
        "base64",
        "image/",
        "/png",
        "a/b/c",
        "a/b?c",
        "image /png",
        "é/x",
        "[a]/b",
    ];
    const PARAMETERS: &[&str] = &[";base64", "", ";charset=utf-8;base64", ";", ";;", ";a=\"b\"", ";a/b"];
    const COMMAS: &[&str] = &[",", "", ",,", "%2C"];
    const DATA: &[&str] =
        &["iVBORw0KGgo=", "", "a-_b", "%3Csvg/%3E", "<svg/>", "a b", "a#b", "#", "a?b", "%zz", "é", "a\n", "a,b"];
    let mut part = |parts: &[&'static str]| -> &'static str {
        if choices.once_in(3) { choices.of::<&'static str>(parts) } else { parts[0] }
    };
    [SCHEMES, MEDIA, PARAMETERS, COMMAS, DATA].map(&mut part).concat()
}

/// A text with a format, or nearly so: mostly valid parts, sometimes an invalid one.
pub(crate) fn formatted(choices: &mut Choices<'_>, format: &str) -> String {
    const DATES: &[&str] = &[
        "2024-02-29",
        "1999-12-31",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "24-01-01",
        "2024-1-01",
        "",
        "٢024-01-01",
    ];
    const TIMES: &[&str] = &[
        "08:30:00",
        "23:59:60",
        "23:59:59.999999999",
        "24:00:00",
        "08:60:00",
        "08:30:61",
        "8:30:00",
        "08:30",
        "08:30:00.",
    ];
    const OFFSETS: &[&str] = &["Z", "+02:00", "-08:00", "z", "+24:00", "+00:60", "", "+0200", " Z", "-00:00"];
    const GROUPS: &[&str] = &["aa98", "0000", "AA98", "aa9", "aa980", "ga98", "", "aa-8"];
    const LOCALS: &[&str] =
        &["joe.bloggs", "te~st", "\"joe bloggs\"", ".test", "test.", "te..st", "", "a b", "jöe", "a@b"];
    const DOMAINS: &[&str] = &[
        "example.com",
        "a",
        "[127.0.0.1]",
        "[IPv6:::1]",
        "",
        "-a.com",
        "a-.com",
        "exa mple.com",
        "[127.0.0.300]",
        "a..b",
    ];
    let mut part = |parts: &[&'static str]| -> &'static str {
        if choices.once_in(3) { choices.of::<&'static str>(parts) } else { parts[0] }
    };
    match format {
        "date" => part(DATES).to_owned(),
        "time" => part(TIMES).to_owned() + part(OFFSETS),
        "date-time" => [part(DATES), part(&["T", "t", " ", ""]), part(TIMES), part(OFFSETS)].concat(),
        "uuid" => {
            let mut group = || part(GROUPS).to_owned();
            format!("{}{}-{}-{}-{}-{}{}{}", group(), group(), group(), group(), group(), group(), group(), group())
        }
        "email" => [part(LOCALS), part(&["@", "", "@@"]), part(DOMAINS)].concat(),
        other => panic!("no samples of the format {other}"),
    }
}

/// A text made from the parts of a pattern, so that some texts match.
pub(crate) fn patterned(choices: &mut Choices<'_>, pattern: &str) -> String {
    const PARTS: &[&str] = &["a", "fox", "#", "0x1", "12", "abc", "-", "é", " ", "A1", "_", "\n", "", "#fff", "٣"];
    const FEW: usize = 4;
    let starts_right = PARTS.iter().find(|part| pattern.starts_with('^') && pattern.contains(**part));
    let rest = (0..choices.below(FEW)).map(|_| *choices.of(PARTS)).collect::<String>();
    starts_right.filter(|_| !choices.once_in(3)).copied().unwrap_or_default().to_owned() + &rest
}

/// An integer within the limits of a schema, at them, or beyond.
pub(crate) fn integer(choices: &mut Choices<'_>, parts: &[FileSchema<'_>], hints: &[Number]) -> Json {
    let bound = |keyword: &str| parts.iter().find_map(|part| part.get(keyword)?.as_i64());
    let low = bound("minimum").or(bound("exclusiveMinimum").map(|bound| bound.saturating_add(1)));
    let high = bound("maximum").or(bound("exclusiveMaximum").map(|bound| bound.saturating_sub(1)));
    match choices.below(8) {
        6 if !hints.is_empty() => near(choices, hints),
        7 => extreme(choices),
        _ => {
            let low = low.unwrap_or_else(|| high.map_or(0, |high| high.min(0)));
            let span = high.map_or(10, |high| high.saturating_sub(low)).clamp(0, 1000).unsigned_abs();
            Json::number(low.saturating_add_unsigned(u64::from(choices.number()) % (span + 1)))
        }
    }
}

/// A limit, or one more or less.
fn near(choices: &mut Choices<'_>, limits: &[Number]) -> Json {
    let limit = choices.of(limits);
    let step = *choices.of(&[0_i128, -1, 1]);
    match limit.to_string().parse::<i128>() {
        Ok(integer) => Json::number(integer + step),
        Err(_) => Json::of(&Value::from(limit.as_f64().unwrap_or_default() + step as f64 / 8.0)),
    }
}

/// A number within the limits of a schema, at them, or beyond.
pub(crate) fn number(choices: &mut Choices<'_>, parts: &[FileSchema<'_>], hints: &[Number]) -> Json {
    match choices.below(4) {
        1 => Json::of(&Value::from(f64::from(choices.number() % 4000) / 1000.0 - 2.0)),
        2 if !hints.is_empty() => near(choices, hints),
        3 => extreme(choices),
        _ => integer(choices, parts, hints),
    }
}

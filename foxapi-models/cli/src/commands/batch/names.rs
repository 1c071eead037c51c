//! Names of result files, which describe the result and stay the same when rows are added or moved.

use std::path::{Path, PathBuf};

use foxapi_models::{Model, OutputKind, ParameterKind, Task};
use serde_json::Value;

use crate::flags;
use crate::journal;

/// Nobody would read more of a text in a listing.
const LONGEST: usize = 40;

/// The extensions that a server may give a result: with any other, the file could be a program.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "mp4", "m4v", "mov", "webm", "mkv", "avi", "gif",
    "png", "jpg", "jpeg", "webp", "avif", "bmp", "tif", "tiff", "svg", "heic",
    "mp3", "wav", "ogg", "opus", "flac", "m4a", "aac",
    "txt", "md", "json", "srt", "vtt", "pdf", "docx", "tex", "zip", "glb",
];

/// The beginning of the first text in the body and of the hash of the work: `rain-on-a-lake-0123456789`.
pub(super) fn stem(model: &Model, body: &Value, key: &str) -> String {
    let short = journal::short(key);
    let hash = short.rsplit(':').next().unwrap_or_default().replace('#', "-");
    let is_text = |kind: &ParameterKind| matches!(kind, ParameterKind::String);
    let texts = flags::parameters(model).filter(|parameter| is_text(&parameter.kind));
    let text = texts.filter_map(|parameter| body.get(&parameter.name)?.as_str()).next().unwrap_or(&model.id);
    let words = slug(text);
    if words.is_empty() { hash } else { format!("{words}-{hash}") }
}

/// The words of a text in characters that every file system allows.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if slug.chars().count() >= LONGEST {
            break;
        }
        match letter {
            letter if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The name of a result, with the extension of its address if that is a known one.
pub(super) fn file(stem: &str, task: &Task, index: usize, results: usize) -> PathBuf {
    let number = if results < 2 { String::new() } else { format!("-{}", index + 1) };
    let urls = task.result_urls();
    let address = urls.get(index).copied().unwrap_or_default();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref().filter(|ending| ENDINGS.contains(ending)).or_else(|| usual(task)) {
        Some(ending) => format!("{stem}{number}.{ending}").into(),
        None => format!("{stem}{number}").into(),
    }
}

/// The usual extension of such a result, for an address without one.
fn usual(task: &Task) -> Option<&'static str> {
    match task.type_.as_ref()? {
        OutputKind::Video => Some("mp4"),
        OutputKind::Image => Some("png"),
        OutputKind::Audio => Some("mp3"),
        OutputKind::Text => Some("txt"),
        _ => None,
    }
}

/// Whether a file is the first of the results with this stem.
pub(super) fn is_first(stem: &str, file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let rest = name.strip_prefix(stem);
    let rest = rest.map(|rest| rest.strip_prefix("-1").unwrap_or(rest));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::{file, is_first, slug};

    #[test]
    fn the_first_of_several_is_known_by_its_name() {
        for name in ["rain-01", "rain-01.mp4", "rain-01-1.mp4", "rain-01-1"] {
            assert!(is_first("rain-01", Path::new(name)), "{name}");
        }
        for name in ["rain-01-2.mp4", "rain-01-10.mp4", "rain-012.mp4", "other.mp4"] {
            assert!(!is_first("rain-01", Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_text_becomes_the_words_of_a_name() {
        assert_eq!(slug("Rain on a lake, at night…"), "rain-on-a-lake-at-night");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("雨 ☔ Regen"), "雨-regen");
        assert_eq!(slug("…"), "");
        assert!(slug(&"x".repeat(1000)).len() <= 40);
    }

    #[test]
    fn the_ending_is_that_of_the_address() {
        let named = |url: &str| {
            let task = serde_json::from_value(json!({"id": "t", "status": "completed", "results": [{"url": url}]}));
            task.map(|task| file("x", &task, 0, 1).display().to_string()).unwrap_or_default()
        };
        assert_eq!(named("https://a.example/b.MP4?x=1.zip"), "x.mp4");
        assert_eq!(named("https://a.example/b"), "x");
        assert_eq!(named("https://a.example/b.%2e%2e"), "x");
        assert_eq!(named("https://a.example/b.longer-than-that"), "x");
    }
}

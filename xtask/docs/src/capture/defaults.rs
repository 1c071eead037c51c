//! The default that words name: `default is 5 seconds`, `720p by default`, `默认为 16:9`, `disabled by default`.

use serde_json::Value as Json;

use super::notes;
use crate::page::{At, Kind, Options};

const OFF: [&str; 9] = ["disabled", "off", "false", "关闭", "不开启", "不启用", "禁用", "否", "不生成"];
const ON: [&str; 6] = ["enabled", "on", "true", "开启", "启用", "打开"];

/// Reads the default that words name; what is no value of the parameter is no default.
pub(crate) fn read(prose: &[At<String>], kind: Option<&Kind>, options: &Options) -> Option<At<Json>> {
    prose.iter().find_map(|line| {
        // Items of a list of values mark theirs in a way of their own.
        let text = notes::plain(&line.value);
        if notes::item(&text)
            .is_some_and(|item| ["(default)", "（默认）", "(默认)"].iter().any(|mark| item.contains(mark)))
        {
            return None;
        }
        let value = match kind {
            Some(Kind::Boolean) => flag(&text.to_lowercase()),
            kind => value(&line.value, kind, options),
        };
        value.map(|value| At::new(line.line, value))
    })
}

/// `Disabled by default`, `默认关闭`.
fn flag(text: &str) -> Option<Json> {
    let near = match text.find("default") {
        Some(at) => {
            let before = text.get(..at).unwrap_or_default().trim_end();
            match before.strip_suffix("by") {
                Some(before) if before.contains("not ") => Some("off"),
                Some(before) => before.trim_end().rsplit(char::is_whitespace).next(),
                None => after(text.get(at..)?, "default"),
            }
        }
        None => {
            after(text.get(text.find("默认")?..)?, "默认").map(|near| if near.starts_with('不') { "off" } else { near })
        }
    }?;
    let says = |words: &[&str]| words.iter().any(|word| near == *word || !word.is_ascii() && near.starts_with(word));
    match (says(&OFF), says(&ON)) {
        (true, false) => Some(false.into()),
        (false, true) => Some(true.into()),
        _ => None,
    }
}

fn value(line: &str, kind: Option<&Kind>, options: &Options) -> Option<Json> {
    let lowered = line.to_lowercase();
    let (at, word) = ["default", "默认"].into_iter().find_map(|word| Some((lowered.find(word)?, word)))?;
    // Letters of other languages may change their length when lowered.
    let (line, at) = if lowered.len() == line.len() { (line, at) } else { (lowered.as_str(), at) };
    let before = line.get(..at)?.trim_end();
    let token = match before.strip_suffix("by").or_else(|| before.strip_suffix("By")) {
        Some(before) => before.trim_end().rsplit([' ', ',', '，']).next()?,
        None => after(line.get(at..)?, line.get(at..at + word.len())?)?,
    };
    let is_marked = token.starts_with(['`', '"', '“']);
    let token = token.trim_matches(['`', '"', '“', '”', '\'']);
    match kind {
        Some(Kind::Integer | Kind::Number) => {
            let end = token.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | '-')).unwrap_or(token.len());
            token.get(..end)?.trim_end_matches('.').parse().ok().map(Json::Number)
        }
        Some(Kind::String(_)) | None => {
            let value = Json::from(token);
            let is_value = match options {
                Options::Listed(values) => values.iter().any(|it| it.value == value),
                _ => is_marked && !token.is_empty(),
            };
            is_value.then_some(value)
        }
        _ => None,
    }
}

/// What stands behind the word, without `value is`, `to`, a colon.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.strip_prefix(word)?;
    loop {
        let trimmed = rest.trim_start_matches([' ', ':', '：', '=']);
        let filler = ["s to ", "value is ", "value", "is ", "to ", "值为", "值是", "值", "为", "是", "使用"];
        match filler.iter().find_map(|it| trimmed.strip_prefix(it)) {
            Some(next) => rest = next,
            None => {
                let end = trimmed.find([' ', ',', '，', '。', ';', '；', ')', '）', '、']).unwrap_or(trimmed.len());
                let token = trimmed.get(..end)?.trim_end_matches('.');
                return (!token.is_empty()).then_some(token);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(text: &str, kind: &Kind) -> Option<Json> {
        let options = Options::Listed(vec![At::new(1, json!("720p")), At::new(1, json!("16:9"))]);
        read(&[At::new(1, text.to_owned())], Some(kind), &options).map(|at| at.value)
    }

    #[test]
    fn words_name_the_default() {
        for text in [
            "Length in seconds, default is 5 seconds",
            "Defaults to 5",
            "默认5秒",
            "默认值为 5",
            "Default: 5.",
            "5 by default",
        ] {
            assert_eq!(said(text, &Kind::Integer), Some(json!(5)), "{text}");
        }
        let text = Kind::String(None);
        assert_eq!(said("Default value is `720p`", &text), Some(json!("720p")));
        assert_eq!(said("默认为 16:9，可改", &text), Some(json!("16:9")));
        assert_eq!(said("Disabled by default", &Kind::Boolean), Some(json!(false)));
        assert_eq!(said("默认开启", &Kind::Boolean), Some(json!(true)));
        assert_eq!(said("Not enabled by default", &Kind::Boolean), Some(json!(false)));
        assert_eq!(said("默认不加水印", &Kind::Boolean), Some(json!(false)));
    }

    #[test]
    fn what_is_no_value_is_no_default() {
        assert_eq!(said("the default behaviour of the model", &Kind::String(None)), None);
        assert_eq!(said("The default depends on the model", &Kind::Integer), None);
        assert_eq!(said("5 (default)", &Kind::Boolean), None);
    }
}

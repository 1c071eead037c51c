//! Limits that words state: `3-15` of a number, `at most 2500 characters` of a text, `up to 5 images` of a list.

use serde_json::Number;

use super::{figures, notes};
use crate::page::{At, Kind, Limit};

const MOST: [&str; 28] = [
    "maximum",
    "max ",
    "max.",
    "max:",
    "at most",
    "up to",
    "no more than",
    "not more than",
    "not exceed",
    "cannot exceed",
    "limited to",
    "limit of",
    "no longer than",
    "<=",
    "≤",
    "最多",
    "最长",
    "最大",
    "最高",
    "不超过",
    "不得超过",
    "不能超过",
    "不可超过",
    "上限",
    "不多于",
    "不大于",
    "限制",
    "以内",
];

const LEAST: [&str; 16] = [
    "minimum",
    "min ",
    "min.",
    "min:",
    "at least",
    "no less than",
    "not less than",
    "no fewer than",
    ">=",
    "≥",
    "最少",
    "至少",
    "不少于",
    "最短",
    "最小",
    "不小于",
];

/// Words that make a statement one about some cases.
const CONDITIONS: [&str; 23] = [
    "best",
    "cheap",
    "typical",
    "previously",
    "formerly",
    "以前",
    "when ",
    "if ",
    "unless ",
    "only ",
    "depending",
    "depends",
    "with ",
    "recommend",
    "则",
    "如果",
    "若",
    "仅",
    "时,",
    "时，",
    "时：",
    "时 ",
    "建议",
];

/// What else is counted in words about a list.
const OTHER_UNITS: [&str; 44] = [
    "mb",
    "kb",
    "gb",
    "px",
    "pixel",
    "second",
    "秒",
    "minute",
    "分钟",
    "hour",
    "小时",
    "fps",
    "像素",
    "each",
    "per image",
    "every",
    "每",
    "character",
    "字符",
    "token",
    "retries",
    "times",
    "次",
    "days",
    "天",
    "ratio",
    "total",
    "together",
    "combined",
    "合计",
    "resolution",
    "width",
    "height",
    "edge",
    "duration",
    "length",
    "bytes",
    "分辨率",
    "宽",
    "高",
    "大小",
    "时长",
    "长度",
    "帧",
];

/// What no value of a parameter is counted in: it is about the making of the video, or about how the value is written.
const OF_SOMETHING_ELSE: [&str; 20] = [
    "character",
    "char",
    "digit",
    "credit",
    "minute",
    "hour",
    "request",
    "retr",
    "sentence",
    "word",
    "token",
    "day",
    "time",
    "字符",
    "积分",
    "分钟",
    "小时",
    "位",
    "次",
    "天",
];

/// What lists hold, as words count it.
const COUNTED: [&str; 22] = [
    "image",
    "picture",
    "video",
    "audio",
    "clip",
    "item",
    "element",
    "file",
    "url",
    "voice",
    "reference",
    "segment",
    "shot",
    "entr",
    "tag",
    "张",
    "个",
    "段",
    "项",
    "条",
    "幅",
    "份",
];

const COUNTING: [&str; 6] = ["number of", "count", "数量", "个数", "张数", "support"];

const CHARACTERS: [&str; 4] = ["character", "chars", "字符", "个字"];

/// Reads the limits that words state of a value; a line that names one of `others` is about them.
pub(crate) fn read(prose: &[At<String>], kind: &Kind, others: &[&str]) -> Vec<At<(Limit, Number)>> {
    let mut found = Vec::new();
    for line in prose {
        let text = without_past(&notes::plain(&line.value).to_lowercase());
        if others.iter().any(|name| text.contains(&name.to_lowercase())) {
            continue;
        }
        for clause in clauses(&text) {
            let limits = if CONDITIONS.iter().any(|word| clause.contains(word)) || clause.ends_with('时') {
                Vec::new()
            } else {
                clause_limits(clause, kind)
            };
            found.extend(limits.into_iter().map(|limit| At::new(line.line, limit)));
        }
    }
    found
}

/// A text without the words that name bounds.
pub(crate) fn without_bounds(text: &str) -> String {
    MOST.iter().chain(&LEAST).fold(text.to_owned(), |text, word| text.replace(word, " "))
}

/// A line without what it says in brackets of the past: `3-15 (previously 5-10)`.
fn without_past(line: &str) -> String {
    let Some((before, rest)) = line.split_once(['(', '（']) else { return line.to_owned() };
    match rest.split_once([')', '）']) {
        Some((inner, after)) if says(inner, &["previously", "formerly", "before", "以前", "之前", "原"]) => {
            format!("{before}{}", without_past(after))
        }
        _ => line.to_owned(),
    }
}

/// Whether words count characters: `500 个字符`, `500 字以内`, no `字段` and no `字节`.
fn counts_characters(clause: &str) -> bool {
    let is_unit = |figure: &figures::Figure| {
        let after = clause.get(figure.end..).unwrap_or_default().trim_start();
        after.strip_prefix('字').is_some_and(|rest| !rest.starts_with(['段', '节']))
    };
    says(clause, &CHARACTERS) || figures::figures(clause).iter().any(is_unit)
}

/// The parts of a line that speak for themselves.
fn clauses(line: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (at, letter) in line.char_indices() {
        match letter {
            '[' | '(' | '（' | '【' => depth += 1,
            ']' | ')' | '）' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let after = at + letter.len_utf8();
        let is_end = matches!(letter, '。' | '；' | ';' | '，')
            || matches!(letter, '.' | ',') && line.get(after..).is_some_and(|it| it.starts_with(' '));
        if is_end && depth == 0 {
            clauses.extend(line.get(start..at));
            start = after;
        }
    }
    clauses.extend(line.get(start..));
    clauses
}

fn clause_limits(clause: &str, kind: &Kind) -> Vec<(Limit, Number)> {
    match kind {
        Kind::Integer | Kind::Number => of_number(clause),
        Kind::String(_) if counts_characters(clause) => counted(clause, Limit::MinLength, Limit::MaxLength),
        Kind::Array(_) if OTHER_UNITS.iter().all(|unit| !clause.contains(unit)) => {
            counted(clause, Limit::MinItems, Limit::MaxItems)
        }
        _ => Vec::new(),
    }
}

fn number(text: &str) -> Option<Number> {
    text.parse().ok()
}

/// A range, or bounds that are named one by one.
fn of_number(clause: &str) -> Vec<(Limit, Number)> {
    let is_other = |figure: &figures::Figure| {
        let unit = clause.get(figure.end..).unwrap_or_default().trim_start();
        OF_SOMETHING_ELSE.iter().any(|other| unit.starts_with(other))
    };
    if figures::figures(clause).iter().any(is_other) {
        return Vec::new();
    }
    if let [(least, most)] = figures::ranges(clause).as_slice() {
        let least = number(&least.text).map(|it| (lower(clause, least.start), it));
        let most = number(&most.text).map(|it| (upper(clause, most.end), it));
        return least.into_iter().chain(most).collect();
    }
    let figures = figures::figures(clause);
    let mut limits = Vec::new();
    let mut start = 0;
    for figure in &figures {
        let before = clause.get(start..figure.start).unwrap_or_default();
        start = figure.end;
        let limit = match (says(before, &MOST), says(before, &LEAST)) {
            (true, false) => Limit::Maximum,
            (false, true) => Limit::Minimum,
            _ => continue,
        };
        limits.extend(number(&figure.text).map(|it| (limit, it)));
    }
    limits
}

/// A round bracket leaves out the number beside it, where the other bracket shows that brackets mean something.
fn lower(clause: &str, start: usize) -> Limit {
    let is_open = clause.get(..start).is_some_and(|it| it.trim_end().ends_with(['(', '（']));
    let is_mixed = clause.get(start..).is_some_and(|it| it.contains([']', '】']));
    if is_open && is_mixed { Limit::ExclusiveMinimum } else { Limit::Minimum }
}

fn upper(clause: &str, end: usize) -> Limit {
    let is_open = clause.get(end..).is_some_and(|it| it.trim_start().starts_with([')', '）']));
    let is_mixed = clause.get(..end).is_some_and(|it| it.contains(['[', '【']));
    if is_open && is_mixed { Limit::ExclusiveMaximum } else { Limit::Maximum }
}

/// Limits of how many there are: whole numbers, and the least of them not nothing.
fn counted(clause: &str, least: Limit, most: Limit) -> Vec<(Limit, Number)> {
    let is_length = least == Limit::MinLength;
    if let [(one, another)] = figures::ranges(clause).as_slice() {
        // Ratios and shares have ranges as well: what is counted stands behind the numbers, or a word for counting before.
        let behind = clause.get(another.end..).unwrap_or_default().trim_start();
        let is_counted = is_length || COUNTED.iter().any(|unit| behind.starts_with(unit)) || says(clause, &COUNTING);
        let bounds = [(least, one), (most, another)].into_iter().filter(|_| is_counted);
        return bounds.filter_map(|(it, figure)| Some((it, whole(&figure.text)?))).collect();
    }
    let figures = figures::figures(clause);
    let [figure] = figures.as_slice() else { return Vec::new() };
    let limit = match (says(clause, &MOST), says(clause, &LEAST)) {
        (true, false) => most,
        (false, true) => least,
        _ => return Vec::new(),
    };
    whole(&figure.text).map(|it| (limit, it)).into_iter().collect()
}

/// A count; that there is at least nothing says nothing.
fn whole(text: &str) -> Option<Number> {
    text.parse::<u64>().ok().filter(|count| *count > 0).map(Number::from)
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, kind: &Kind) -> Vec<String> {
        let prose = [At::new(1, text.to_owned())];
        let limits = read(&prose, kind, &["image_urls"]);
        limits.into_iter().map(|at| format!("{} {}", at.value.0.keyword(), at.value.1)).collect()
    }

    #[test]
    fn words_bound_numbers() {
        for text in [
            "Seconds, 3-15",
            "between 3 and 15",
            "At least 3, at most 15",
            "最少 3 秒，不超过 15 秒",
            "取值范围：[3, 15]",
            "min 3 max 15",
        ] {
            assert_eq!(said(text, &Kind::Integer), ["minimum 3", "maximum 15"], "{text}");
        }
        assert_eq!(said("range (0, 1]", &Kind::Number), ["exclusiveMinimum 0", "maximum 1"]);
        assert_eq!(said("Seconds, 3-15 (previously 5-10)", &Kind::Integer), ["minimum 3", "maximum 15"]);
        for text in [
            "Generating takes 1-3 minutes",
            "Range of costs: 1-9 credits",
            "Typically 3-5 digits",
            "At most 5 requests per second",
            "Values between 1 and 100 are cheapest",
            "1-8 characters are shown",
            "1 is the strictest, 6 the most permissive",
            "When image_urls is set, 3-15",
            "In fast mode, only 3-15",
            "5 and 10",
        ] {
            assert_eq!(said(text, &Kind::Integer), [""; 0], "{text}");
        }
    }

    #[test]
    fn words_bound_texts_and_lists() {
        let text = Kind::String(None);
        assert_eq!(said("Maximum 2500 characters", &text), ["maxLength 2500"]);
        assert_eq!(said("1-500 个字符", &text), ["minLength 1", "maxLength 500"]);
        assert_eq!(said("提示词，2000 字以内", &text), ["maxLength 2000"]);
        assert_eq!(said("不超过 500 字", &text), ["maxLength 500"]);
        assert_eq!(said("不超过 500 字节", &text), [""; 0]);
        assert_eq!(said("Prompts of up to 2000 characters give the best results", &text), [""; 0]);
        assert_eq!(said("Maximum 10 seconds, up to 10MB", &text), [""; 0]);
        let list = Kind::Array(None);
        assert_eq!(said("Supports 1-9 images, each up to 10MB", &list), ["minItems 1", "maxItems 9"]);
        assert_eq!(said("最多 4 张，单张不超过 10MB", &list), ["maxItems 4"]);
        assert_eq!(said("At least 720p resolution", &list), [""; 0]);
        assert_eq!(said("No more than 3 together with image_urls", &list), [""; 0]);
    }
}

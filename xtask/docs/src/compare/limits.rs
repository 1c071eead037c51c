//! Limits of the page against those of the spec: what its labels say, and what its words say.

use serde_json::Number;

use super::{Comparer, facts::words};
use crate::{
    capture::{bounds, figures},
    finding::Topic,
    page::{At, Kind, Limit, Options, Parameter},
};

/// The limits that the words of the page state of a parameter.
type Said = [At<(Limit, Number)>];

impl Comparer<'_> {
    pub(super) fn limits(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        let is_integer = of_spec.kind == Some(Kind::Integer);
        let (on_page, in_spec) = (Limits::of(of_page, is_integer), Limits::of(of_spec, is_integer));
        let said = self.said(of_page, of_spec);
        let mut unlabelled = Vec::new();
        for limit in Limit::ALL {
            let keyword = limit.keyword();
            match (on_page.get(limit), in_spec.get(limit)) {
                (Some((one, line)), Some((another, _))) if one.as_f64() != another.as_f64() => {
                    let message = format!("{keyword} is {one} on the page and {another} in the spec");
                    self.find(Topic::Limit, pointer, keyword, line, message);
                }
                (Some((one, line)), None) => {
                    let message = format!("{keyword} is {one} on the page, the spec has none");
                    self.find(Topic::Limit, pointer, "", line, message);
                }
                (Some(_), Some((another, _))) => {
                    self.denied(limit, another, &said, &in_spec, pointer);
                }
                (None, Some((another, _))) => {
                    if self.denied(limit, another, &said, &in_spec, pointer) {
                        continue;
                    }
                    match of(&said, limit).next() {
                        Some(at) => unlabelled.push((keyword, at.line)),
                        None if says(limit, of_page, &in_spec) => {
                            unlabelled.push((keyword, line_with_number(of_page).unwrap_or(of_page.line)));
                        }
                        None => {
                            let message = format!("{keyword} is {another} in the spec, the page does not say so");
                            let line = line_with_number(of_page).unwrap_or(of_page.line);
                            self.find(Topic::Limit, pointer, keyword, line, message);
                        }
                    }
                }
                (None, None) => self.unknown(limit, of_page, &said, pointer),
            }
        }
        self.unlabelled(of_page, &unlabelled);
    }

    /// The limits that words state; what is listed has its limits in the list.
    fn said(&self, of_page: &Parameter, of_spec: &Parameter) -> Vec<At<(Limit, Number)>> {
        let kind = of_page.kind.as_ref().or(of_spec.kind.as_ref());
        let is_listed = of_page.options != Options::None || of_spec.options != Options::None;
        match kind {
            Some(kind) if !is_listed => bounds::read(&of_page.prose, kind, &self.page.names(&of_page.name)),
            _ => Vec::new(),
        }
    }

    /// Finds what the words deny, whatever the label says; says whether they do.
    fn denied(&mut self, limit: Limit, spec: &Number, said: &Said, in_spec: &Limits, pointer: &str) -> bool {
        let mut in_words = of(said, limit).peekable();
        let Some(first) = in_words.peek().copied() else { return false };
        if in_words.any(|at| at.value.1.as_f64() == spec.as_f64()) {
            return false;
        }
        let number = &first.value.1;
        let both = |one: Limit, other: Limit| {
            let (least, most) = (of(said, one).next()?, of(said, other).next()?);
            let (from, to) = (in_spec.get(one)?.0, in_spec.get(other)?.0);
            Some(format!("the words of the page say {} to {}, the spec {from} to {to}", least.value.1, most.value.1))
        };
        let range = [
            (Limit::Minimum, Limit::Maximum),
            (Limit::MinLength, Limit::MaxLength),
            (Limit::MinItems, Limit::MaxItems),
        ];
        let range = range
            .into_iter()
            .find(|(one, other)| *one == limit || *other == limit)
            .and_then(|(one, other)| both(one, other));
        let keyword = limit.keyword();
        let message =
            range.unwrap_or_else(|| format!("{keyword} is {number} in the words of the page and {spec} in the spec"));
        let line = first.line;
        if self.result.findings.iter().all(|finding| finding.line != line || finding.message != message) {
            self.find(Topic::Limit, pointer, keyword, line, message);
        }
        true
    }

    /// Limits that stand in words alone: where a label was before, that is a change which cannot be told.
    fn unlabelled(&mut self, of_page: &Parameter, limits: &[(&str, usize)]) {
        let Some((_, line)) = limits.first() else { return };
        let keywords: Vec<&str> = limits.iter().map(|(keyword, _)| *keyword).collect();
        let (keywords, name) = (keywords.join(" and "), &of_page.name);
        self.skip(format!("labels for {keywords} of `{name}`: the words alone state them (line {line})"));
    }

    /// A limit that words alone state, and the spec does not have.
    fn unknown(&mut self, limit: Limit, of_page: &Parameter, said: &Said, pointer: &str) {
        let Some(at) = of(said, limit).next() else { return };
        let (keyword, number) = (limit.keyword(), &at.value.1);
        let is_one = of(said, limit).all(|other| other.value.1 == *number);
        // Values that the page shows itself are right: then the words are about something else.
        if !is_one || of_page.shows_beyond(limit, number) {
            self.skip(format!(
                "whether the words on line {} say that {keyword} of `{}` is {number}",
                at.line, of_page.name
            ));
        } else {
            let message = format!("{keyword} is {number} in the words of the page, the spec has none");
            self.find(Topic::Limit, pointer, "", at.line, message);
        }
    }
}

/// Whether words have a limit of the spec, in a sentence of no known form.
fn says(limit: Limit, of_page: &Parameter, in_spec: &Limits) -> bool {
    let Some((number, _)) = in_spec.get(limit) else { return false };
    let words = words(of_page);
    let numbers = figures::numbers(&words);
    let range = in_spec.get(Limit::Minimum).zip(in_spec.get(Limit::Maximum));
    match (limit, range) {
        (Limit::Minimum | Limit::Maximum, Some(((least, _), (most, _)))) => {
            numbers.contains(&least.to_string()) && numbers.contains(&most.to_string()) && says_bounds(&words)
        }
        (Limit::MinLength | Limit::MaxLength, _) => characters(&words).contains(&number.to_string()),
        (Limit::MinItems | Limit::MaxItems, _) => {
            counts(&words).contains(&number.to_string()) || spells(&words, number)
        }
        _ => numbers.contains(&number.to_string()),
    }
}

/// What words say of one limit.
fn of(said: &Said, limit: Limit) -> impl Iterator<Item = &At<(Limit, Number)>> {
    said.iter().filter(move |at| at.value.0 == limit)
}

/// Whether words speak of a least and a most value: `at least 3 and at most 15`.
fn says_bounds(words: &str) -> bool {
    let words = words.to_lowercase();
    let has = |bounds: &[&str]| bounds.iter().any(|bound| words.contains(bound));
    has(&["at least", "minimum", "min ", "no less", "from", ">=", "≥", "最少", "至少", "不少于", "最短", "最小"])
        && has(&["at most", "maximum", "max ", "up to", "no more", "<=", "≤", "最多", "不超过", "最长", "最大"])
}

/// Whether words have a number as a word: `two voices`.
fn spells(words: &str, number: &Number) -> bool {
    const ENGLISH: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const CHINESE: [&str; 11] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    let Some(at) = number.as_u64().and_then(|number| usize::try_from(number).ok()) else { return false };
    let words = words.to_lowercase();
    let mut english = words.split(|it: char| !it.is_ascii_alphabetic());
    let counted = |name: &&str| ["个", "张", "段"].iter().any(|unit| words.contains(&format!("{name}{unit}")));
    ENGLISH.get(at).is_some_and(|name| english.any(|word| word == *name)) || CHINESE.get(at).is_some_and(counted)
}

/// The first line of words that has a number.
fn line_with_number(parameter: &Parameter) -> Option<usize> {
    parameter.prose.iter().find(|line| !figures::numbers(&line.value).is_empty()).map(|line| line.line)
}

/// The numbers that count characters.
fn characters(words: &str) -> Vec<String> {
    followed_by(words, |rest| {
        ["character", "chars", "个字符", "字符", "个字"].iter().any(|unit| rest.starts_with(unit))
    })
}

/// The numbers that count anything but size, time and shares.
fn counts(words: &str) -> Vec<String> {
    const UNITS: [&str; 13] =
        ["mb", "kb", "gb", "px", "p", "k", "s", "sec", "seconds", "fps", "minutes", "chars", "characters"];
    const CHINESE: [&str; 5] = ["秒", "像素", "字符", "个字", "分钟"];
    followed_by(words, |rest| {
        let unit: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        !UNITS.contains(&unit.as_str()) && !rest.starts_with('%') && CHINESE.iter().all(|unit| !rest.starts_with(unit))
    })
}

fn followed_by(words: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let words = words.to_lowercase();
    let figures = figures::figures(&words);
    let fitting = figures.into_iter().filter(|it| fits(words.get(it.end..).unwrap_or_default().trim_start()));
    fitting.map(|it| it.text).collect()
}

/// The limits of a parameter; those that exclude their number are brought to the others where that is possible.
struct Limits(Vec<(Limit, Number, usize)>);

impl Limits {
    fn of(parameter: &Parameter, is_integer: bool) -> Self {
        let mut limits: Vec<(Limit, Number, usize)> = Vec::new();
        for at in &parameter.limits {
            let (limit, number) = &at.value;
            let (limit, number) = match (limit, number.as_i64()) {
                (Limit::ExclusiveMinimum, Some(number)) if is_integer => {
                    (Limit::Minimum, number.saturating_add(1).into())
                }
                (Limit::ExclusiveMaximum, Some(number)) if is_integer => {
                    (Limit::Maximum, number.saturating_sub(1).into())
                }
                _ => (*limit, number.clone()),
            };
            limits.push((limit, number, at.line));
        }
        Self(limits)
    }

    fn get(&self, limit: Limit) -> Option<(&Number, usize)> {
        self.0.iter().find(|(it, ..)| *it == limit).map(|(_, number, line)| (number, *line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_state_bounds_and_numbers_in_many_ways() {
        assert!(says_bounds("At least 3 and at most 15 seconds"));
        assert!(says_bounds("最少 3 秒,不超过 15 秒"));
        assert!(!says_bounds("1 is the strictest, 6 is the most permissive"));
        assert!(spells("Two voices at most", &2.into()));
        assert!(spells("最多两个音色", &2.into()));
        assert!(!spells("Often used", &10.into()));
    }

    #[test]
    fn numbers_count_what_stands_behind_them() {
        assert_eq!(characters("At most 2500 characters, 16:9"), ["2500"]);
        assert_eq!(characters("最长 2500 字符"), ["2500"]);
        assert!(characters("Chinese characters are fine, 3 of them").is_empty());
        assert_eq!(counts("4 images, 10MB each, 5 s"), ["4"]);
    }
}
